import MapEngine
import Market

/// Intervals of a random walk that any test can make again from its seed.
struct SeededSeries {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
  }

  /// A number in 0 ..< 1 (splitmix64: Steele, Lea, Flood 2014).
  mutating func next() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) / 9_007_199_254_740_992
  }

  /// Candles that follow each other without a gap, of `span` each, starting at a price.
  mutating func candles(
    count: Int, price: Double = 50_000, span: Span = .minutes(5), volatility: Double = 0.004,
    from start: Timestamp = Timestamp(milliseconds: 1_700_000_100_000)
  ) throws -> [Candle] {
    var last = price
    return try (0..<count).map { index in
      let open = last
      let close = open * (1 + (next() - 0.5) * volatility)
      let high = max(open, close) * (1 + next() * volatility / 2)
      let low = min(open, close) * (1 - next() * volatility / 2)
      last = close
      return try Candle(
        openTime: start + Span(milliseconds: span.milliseconds * Int64(index)), interval: span,
        open: open, high: high, low: low, close: close, volume: 20 + 400 * next(),
        takerBuyVolume: 10)
    }
  }

  /// The same as intervals, with open interest that wanders and now and then falls hard.
  mutating func intervals(
    count: Int, price: Double = 50_000, span: Span = .minutes(5), volatility: Double = 0.004
  ) throws -> [MarketInterval] {
    var interest = 80_000.0
    return try candles(count: count, price: price, span: span, volatility: volatility).map {
      interest *= next() < 0.02 ? 0.9 : 1 + (next() - 0.49) * 0.01
      return MarketInterval(candle: $0, openInterest: interest)
    }
  }

  /// The same as events of a venue: closed candles and open interest as of each close.
  mutating func events(
    count: Int, venue: Venue = .binance, instrument: Instrument = Instrument(base: "BTC"),
    price: Double = 50_000, span: Span = .minutes(5)
  ) throws -> [MarketEvent] {
    try intervals(count: count, price: price, span: span).flatMap { interval in
      let candle = try Candle(
        openTime: interval.openTime, interval: interval.span, open: interval.open,
        high: interval.high, low: interval.low, close: interval.close, volume: interval.volume)
      let interest = try OpenInterest(
        time: interval.closeTime, quantity: interval.openInterest)
      return [MarketEvent.Fact.candle(candle, isClosed: true), .openInterest(interest)].map {
        MarketEvent(venue: venue, instrument: instrument, fact: $0)
      }
    }
  }
}
