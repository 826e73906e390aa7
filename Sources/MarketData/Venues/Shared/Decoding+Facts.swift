import Market

extension Decoding {
  /// A candle's prices as the venue quotes them, checked; per coin where the instrument is known.
  func candle(
    open: Double, high: Double, low: Double, close: Double, _ known: VenueInstrument?,
    isClosed: Bool?
  ) throws(DecodeProblem) -> CandleReading {
    let unit = known?.multiplier ?? 1
    var reading = CandleReading(
      interval: context.interval, open: open / unit, high: high / unit, low: low / unit,
      close: close / unit, isClosed: isClosed ?? false, statesClosed: isClosed != nil)
    if let source = context.candleSource { reading.source = source }
    _ = try checked { () throws(MarketValueError) in
      try Candle(
        openTime: Timestamp(milliseconds: 0), interval: .minutes(1), open: reading.open,
        high: reading.high, low: reading.low, close: reading.close, volume: 0)
    }
    return reading
  }

  /// Adds a candle after a last check of its volumes.
  mutating func add(
    _ candle: CandleReading, about symbol: String?, _ known: VenueInstrument?, time: Timestamp,
    reason: String? = nil
  ) throws(DecodeProblem) {
    for (volume, name) in [
      (candle.baseVolume, "base volume"), (candle.quoteVolume, "quote volume"),
      (candle.takerBuyBaseVolume, "taker buy volume"),
    ] {
      if let volume, volume < 0 || !volume.isFinite {
        throw DecodeProblem(reason: "a \(name) of \(volume)")
      }
    }
    if let interval = candle.interval, interval.milliseconds <= 0 {
      throw DecodeProblem(reason: "an interval of \(interval.milliseconds) ms")
    }
    add(.candle(candle), about: symbol, known, time: time, reason: reason)
  }

  /// Adds mark and index price, as the venue quotes them, and the funding that came along.
  mutating func addMark(
    about symbol: String?, time: Timestamp?, mark: Double?, index: Double?,
    fundingRate: Double? = nil, nextFundingTime: Timestamp? = nil
  ) throws(DecodeProblem) {
    guard wants(.markPrice) else { return }
    let known = instrument(symbol)
    for (price, name) in [(mark, "mark"), (index, "index")] {
      if let price, price <= 0 { throw DecodeProblem(reason: "a \(name) price of \(price)") }
    }
    let unit = known?.multiplier ?? 1
    add(
      .markPrice(
        MarkReading(
          mark: mark.map { $0 / unit }, index: index.map { $0 / unit }, fundingRate: fundingRate,
          nextFundingTime: nextFundingTime)),
      about: symbol, known, time: time)
  }

  mutating func addFunding(
    about symbol: String?, time: Timestamp?, rate: Double?, interval: Span? = nil,
    reason: String? = nil
  ) {
    let known = interval ?? instrument(symbol)?.fundingInterval
    add(
      .funding(FundingReading(rate: rate, interval: known)), about: symbol, time: time,
      reason: reason)
  }

  /// Adds one-sided open interest from the venue's size and, where known, its quoted price.
  mutating func addOpenInterest(
    about symbol: String?, time: Timestamp?, amount: Amount
  ) {
    add(
      .openInterest(quantity: amount.quantity, dollars: amount.dollars), about: symbol,
      time: time, reason: amount.reason)
  }

  /// Adds a liquidation from the venue's size and quoted price.
  mutating func addLiquidation(
    about symbol: String, time: Timestamp, side: Side, size: Double, price: Double
  ) throws(DecodeProblem) {
    guard wants(.liquidation) else { return }
    let known = instrument(symbol)
    let (perCoin, amount) = try traded(known, symbol, size: size, price: price)
    add(
      .liquidation(
        side: side, price: perCoin, quantity: amount.quantity, dollars: amount.dollars),
      about: symbol, known, time: time, reason: amount.reason)
  }

  /// Adds a trade from the venue's size and quoted price.
  mutating func addTrade(
    about symbol: String?, time: Timestamp, takerBought: Bool, size: Double, price: Double
  ) throws(DecodeProblem) {
    guard wants(.trade) else { return }
    let known = instrument(symbol)
    let counted = known ?? (symbol == nil && context.symbol == nil ? unnamed : nil)
    let (perCoin, amount) = try traded(counted, symbol, size: size, price: price)
    add(
      .trade(
        takerBought: takerBought, price: perCoin, quantity: amount.quantity,
        dollars: amount.dollars),
      about: symbol, known, time: time, reason: amount.reason)
  }

  private func traded(
    _ known: VenueInstrument?, _ symbol: String?, size: Double, price: Double
  ) throws(DecodeProblem) -> (Double, Amount) {
    guard price > 0 else { throw DecodeProblem(reason: "a price of \(price)") }
    guard size >= 0 else { throw DecodeProblem(reason: "a size of \(size)") }
    let amount = amount(known, symbol, size: size, price: price)
    return (price / (known?.multiplier ?? 1), amount)
  }

  /// What a size stands for, with the reason where the instrument isn't known at all.
  func amount(
    _ known: VenueInstrument?, _ symbol: String?, size: Double, price: Double?
  ) -> Amount {
    known?.amount(size, at: price)
      ?? Amount(
        reason: (symbol ?? context.symbol).map { "the contract size of \($0) is unknown" }
          ?? "the message names no instrument")
  }

  /// Marks candles without a flag as closed where a later one of their series is there, and puts
  /// all in order of time.
  mutating func settleCandles() {
    CandleOrder.settle(&found.observations)
  }
}

/// The order of candles, and which of them are over.
public enum CandleOrder {
  /// Puts observations in order of time, those without one last, and marks each candle that its
  /// venue gives no flag as closed where a later candle of its series is among them. Of several of
  /// one open time the last stands for the interval.
  public static func settle(_ observations: inout [VenueObservation]) {
    guard observations.count > 1 else { return }
    let sorted = observations.enumerated().sorted { left, right in
      let (first, second) = (left.element.time, right.element.time)
      if first == second { return left.offset < right.offset }
      guard let first else { return false }
      guard let second else { return true }
      return first < second
    }
    observations = sorted.map(\.element)
    close(&observations)
  }

  /// Marks what is over, as `settle` does, and leaves the order.
  public static func close(_ observations: inout [VenueObservation]) {
    struct Series: Hashable {
      let symbol: String?
      let interval: Span?
      let source: CandleReading.Source
    }
    var latest: [Series: Timestamp] = [:]
    var told: [Series: Set<Timestamp>] = [:]
    for index in observations.indices.reversed() {
      guard case .candle(var candle) = observations[index].content, !candle.statesClosed,
        let time = observations[index].time
      else { continue }
      let series = Series(
        symbol: observations[index].symbol, interval: candle.interval, source: candle.source)
      guard let newest = latest[series] else {
        latest[series] = time
        continue
      }
      if time < newest, told[series, default: []].insert(time).inserted {
        candle.isClosed = true
        observations[index] = observations[index].with(.candle(candle))
      }
      latest[series] = max(newest, time)
    }
  }
}

extension VenueObservation {
  /// The same with another content.
  func with(_ content: Content) -> VenueObservation {
    VenueObservation(
      venue: venue, symbol: symbol, instrument: instrument, isPerpetual: isPerpetual, time: time,
      content: content, reason: reason)
  }
}
