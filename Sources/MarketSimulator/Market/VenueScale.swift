import Market

/// What the prices and sizes of one venue are multiplied by, so that one simulated market joins
/// another without a jump.
struct VenueScale: Sendable {
  let price: Double
  let size: Double
  let instrument: SimulatedInstrument

  func scaled(price value: Double) -> Double {
    instrument.rounded(price: value * price)
  }

  func scaled(size value: Double) -> Double {
    (value * size / instrument.lotSize).rounded() * instrument.lotSize
  }

  /// The event in the scaled market.
  func applied(to event: MarketEvent) -> MarketEvent {
    MarketEvent(
      venue: event.venue, instrument: event.instrument,
      fact: Simulated.value { () throws(MarketValueError) in try applied(to: event.fact) })
  }

  private func applied(
    to fact: MarketEvent.Fact
  ) throws(MarketValueError) -> MarketEvent.Fact {
    switch fact {
    case .candle(let candle, let isClosed):
      .candle(try applied(to: candle), isClosed: isClosed)
    case .openInterest(let seen):
      .openInterest(try OpenInterest(time: seen.time, quantity: scaled(size: seen.quantity)))
    case .liquidation(let print):
      .liquidation(
        try Liquidation(
          time: print.time, side: print.side, price: scaled(price: print.price),
          quantity: scaled(size: print.quantity)))
    case .liquidatedTotal(let time, let interval, let long, let short):
      .liquidatedTotal(
        time: time, interval: interval, long: scaled(size: long), short: scaled(size: short))
    case .markPrice(let mark):
      .markPrice(
        try MarkPrice(
          time: mark.time, mark: scaled(price: mark.mark),
          index: mark.index.map { scaled(price: $0) }))
    case .trade(let trade):
      .trade(
        try Trade(
          time: trade.time, takerBought: trade.takerBought, price: scaled(price: trade.price),
          quantity: scaled(size: trade.quantity)))
    case .funding, .longShortRatio: fact
    }
  }

  private func applied(to candle: Candle) throws(MarketValueError) -> Candle {
    try Candle(
      openTime: candle.openTime, interval: candle.interval, open: scaled(price: candle.open),
      high: scaled(price: candle.high), low: scaled(price: candle.low),
      close: scaled(price: candle.close), volume: scaled(size: candle.volume),
      takerBuyVolume: candle.takerBuyVolume.map { scaled(size: $0) },
      markHigh: candle.markHigh.map { scaled(price: $0) },
      markLow: candle.markLow.map { scaled(price: $0) },
      quoteVolume: candle.quoteVolume.map { $0 * price * size })
  }
}

enum Simulated {
  /// A value of the vocabulary made from the simulator's own numbers, which are in range by
  /// construction: a market that leaves it is a bug, and stops here.
  static func value<Value>(_ make: () throws(MarketValueError) -> Value) -> Value {
    do {
      return try make()
    } catch {
      preconditionFailure("the simulated market left the range of numbers: \(error)")
    }
  }
}
