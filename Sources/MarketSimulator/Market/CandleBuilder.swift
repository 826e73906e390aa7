import Market
import RealModule

/// One venue's forming candle. Prices are natural logarithms until the candle is made.
struct CandleBuilder: Sendable {
  private var openTime: Timestamp
  private var open: Double
  private var high: Double
  private var low: Double
  private var close: Double
  private var markHigh: Double
  private var markLow: Double
  private var volume = 0.0
  private var takerBuy = 0.0

  /// A candle that opens at the price where the one before closed.
  init(openTime: Timestamp, price: Double, mark: Double) {
    self.openTime = openTime
    open = price
    high = price
    low = price
    close = price
    markHigh = mark
    markLow = mark
  }

  /// Takes in a traded price.
  mutating func trade(at price: Double) {
    close = price
    if price > high { high = price }
    if price < low { low = price }
  }

  /// Takes in a mark price.
  mutating func mark(at price: Double) {
    if price > markHigh { markHigh = price }
    if price < markLow { markLow = price }
  }

  /// Takes in traded size, in lots.
  mutating func add(buys: Double, sells: Double) {
    volume += buys + sells
    takerBuy += buys
  }

  /// The candle as it stands.
  func candle(interval: Span, instrument: SimulatedInstrument) -> Candle {
    func price(_ log: Double) -> Double {
      instrument.rounded(price: Double.exp(log))
    }
    func size(_ lots: Double) -> Double { lots.rounded() * instrument.lotSize }
    let total = size(volume)
    return Simulated.value { () throws(MarketValueError) in
      try Candle(
        openTime: openTime, interval: interval, open: price(open), high: price(high),
        low: price(low), close: price(close), volume: total,
        takerBuyVolume: min(size(takerBuy), total), markHigh: price(markHigh),
        markLow: price(markLow))
    }
  }

  /// Begins the next candle where this one closed.
  mutating func restart(at time: Timestamp, mark: Double) {
    self = CandleBuilder(openTime: time, price: close, mark: mark)
  }
}
