import Market

/// What holds now of an instrument, the newest of each kind whatever order it came in. Pure.
struct FeedStanding: Sendable {
  private(set) var value = VenueStanding()
  private var isChanged = false
  private var times: [VenueChannel: Timestamp] = [:]

  /// Takes a reading that isn't older than what is held of its kind.
  mutating func take(_ observation: VenueObservation, of listed: VenueInstrument?) {
    switch observation.content {
    case .markPrice(let reading):
      take(reading, time: observation.time, of: listed)
    case .openInterest:
      guard case .openInterest(let reading)? = observation.event(mark: value.mark)?.fact,
        isNewest(.openInterest, reading.time)
      else { return }
      value.openInterest = reading.quantity
      changed(reading.time)
    case .funding(let reading):
      // Its time is that of the payment: the last one told stands.
      guard let rate = reading.rate, let time = observation.time else { return }
      set(rate: rate, time: time, interval: reading.interval ?? listed?.fundingInterval)
    case .longShortRatio:
      guard case .longShortRatio(let ratio)? = observation.event()?.fact,
        ratio.measure == .accounts || value.longShortRatio?.measure != .accounts,
        isNewest(.longShortRatio, ratio.time)
      else { return }
      value.longShortRatio = ratio
      changed(ratio.time)
    case .candle, .liquidation, .liquidatedTotals, .trade, .instrument, .maintenanceTiers:
      return
    }
  }

  private mutating func take(
    _ reading: MarkReading, time: Timestamp?, of listed: VenueInstrument?
  ) {
    guard let time, isNewest(.markPrice, time) else { return }
    if let mark = reading.mark, mark > 0, mark.isFinite { value.mark = mark }
    if let index = reading.index, index > 0, index.isFinite { value.index = index }
    if let rate = reading.fundingRate, let next = reading.nextFundingTime {
      set(rate: rate, time: next, interval: value.funding?.interval ?? listed?.fundingInterval)
    }
    changed(time)
  }

  private mutating func set(rate: Double, time: Timestamp, interval: Span?) {
    // What no funding can be is left out.
    guard let funding = try? Funding(time: time, rate: rate, interval: interval) else { return }
    if let held = value.funding, held.time > time { return }
    if value.funding != funding { isChanged = true }
    value.funding = funding
  }

  private mutating func isNewest(_ channel: VenueChannel, _ time: Timestamp) -> Bool {
    if let held = times[channel], held > time { return false }
    times[channel] = time
    return true
  }

  private mutating func changed(_ time: Timestamp) {
    value.time = max(value.time ?? time, time)
    isChanged = true
  }

  /// Takes out what is to be told; nil where nothing has changed.
  mutating func takeChange() -> VenueStanding? {
    guard isChanged else { return nil }
    isChanged = false
    return value
  }
}
