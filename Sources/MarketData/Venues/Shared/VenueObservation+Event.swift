import Market

extension VenueObservation {
  /// The fact for the map; nil where the map has no use for it (dated futures, instruments, tiers,
  /// mark and index candles), or where the message left something out that a fact needs.
  ///
  /// - Parameter mark: a price per coin, for sizes that the venue states in dollars without price.
  public func event(mark: Double? = nil) -> MarketEvent? {
    guard isPerpetual, let instrument,
      let fact = try? fact(mark: mark)  // What the door refuses is no fact.
    else { return nil }
    return MarketEvent(venue: venue, instrument: instrument, fact: fact)
  }

  private func fact(mark: Double?) throws(MarketValueError) -> MarketEvent.Fact? {
    guard let time else { return nil }
    switch content {
    case .candle(let candle):
      return try fact(candle, openTime: time)
    case .openInterest(let quantity, let dollars):
      guard let coins = coins(quantity, dollars, at: mark) else { return nil }
      return .openInterest(try OpenInterest(time: time, quantity: coins))
    case .markPrice(let reading):
      guard let mark = reading.mark else { return nil }
      return .markPrice(try MarkPrice(time: time, mark: mark, index: reading.index))
    case .funding(let funding):
      guard let rate = funding.rate else { return nil }
      return .funding(try Funding(time: time, rate: rate, interval: funding.interval))
    case .liquidation(let side, let price, let quantity, _):
      guard let quantity else { return nil }
      return .liquidation(
        try Liquidation(time: time, side: side, price: price, quantity: quantity))
    case .liquidatedTotals(let long, let short, let interval):
      guard let interval, let longs = coins(long.quantity, long.dollars, at: mark),
        let shorts = coins(short.quantity, short.dollars, at: mark)
      else { return nil }
      return .liquidatedTotal(time: time, interval: interval, long: longs, short: shorts)
    case .trade(let takerBought, let price, let quantity, _):
      guard let quantity else { return nil }
      return .trade(
        try Trade(time: time, takerBought: takerBought, price: price, quantity: quantity))
    case .longShortRatio(let reading):
      return .longShortRatio(
        try LongShortRatio(time: time, measure: reading.measure, ratio: reading.ratio))
    case .instrument, .maintenanceTiers:
      return nil
    }
  }

  private func fact(
    _ candle: CandleReading, openTime: Timestamp
  ) throws(MarketValueError) -> MarketEvent.Fact? {
    guard candle.source == .trades, let interval = candle.interval, let volume = candle.baseVolume
    else { return nil }
    return .candle(
      try Candle(
        openTime: openTime, interval: interval, open: candle.open, high: candle.high,
        low: candle.low, close: candle.close, volume: volume,
        takerBuyVolume: candle.takerBuyBaseVolume, quoteVolume: candle.quoteVolume),
      isClosed: candle.isClosed)
  }

  private func coins(_ quantity: Double?, _ dollars: Double?, at mark: Double?) -> Double? {
    if let quantity { return quantity }
    guard let dollars, let mark, mark > 0 else { return nil }
    return dollars / mark
  }
}
