import Market
import Testing

@Suite struct CandleTests {
  static func candle(
    interval: Span = .minutes(5), open: Double = 100, high: Double = 110, low: Double = 90,
    close: Double = 105, volume: Double = 7, takerBuyVolume: Double? = nil,
    markHigh: Double? = nil, markLow: Double? = nil
  ) throws(MarketValueError) -> Candle {
    try Candle(
      openTime: Timestamp(milliseconds: 1_000), interval: interval, open: open, high: high,
      low: low, close: close, volume: volume, takerBuyVolume: takerBuyVolume, markHigh: markHigh,
      markLow: markLow)
  }

  /// The field that an attempt to build a candle fails at; nil where it succeeds.
  static func fault(_ build: () throws(MarketValueError) -> Candle) -> String? {
    do throws(MarketValueError) {
      _ = try build()
      return nil
    } catch {
      return error.field
    }
  }

  @Test func `a candle keeps what it is given and closes an interval after its open`() throws {
    let candle = try Self.candle(takerBuyVolume: 3, markHigh: 109, markLow: 91)
    #expect(candle.open == 100)
    #expect(candle.high == 110)
    #expect(candle.low == 90)
    #expect(candle.close == 105)
    #expect(candle.volume == 7)
    #expect(candle.takerBuyVolume == 3)
    #expect(candle.markHigh == 109)
    #expect(candle.markLow == 91)
    #expect(candle.closeTime == Timestamp(milliseconds: 301_000))
  }

  @Test func `an interval without trades is a candle`() throws {
    let candle = try Self.candle(open: 5, high: 5, low: 5, close: 5, volume: 0)
    #expect(candle.high == candle.low)
    #expect(candle.takerBuyVolume == nil)
  }

  @Test(
    "a price that isn't a finite number above zero is an error that names it",
    arguments: [Double.nan, .infinity, -.infinity, 0, -0.0, -1])
  func prices(_ value: Double) {
    #expect(Self.fault { () throws(MarketValueError) in try Self.candle(open: value) } == "open")
    #expect(Self.fault { () throws(MarketValueError) in try Self.candle(high: value) } == "high")
    #expect(Self.fault { () throws(MarketValueError) in try Self.candle(low: value) } == "low")
    #expect(Self.fault { () throws(MarketValueError) in try Self.candle(close: value) } == "close")
    #expect(
      Self.fault { () throws(MarketValueError) in try Self.candle(markHigh: value) } == "mark_high")
    #expect(
      Self.fault { () throws(MarketValueError) in try Self.candle(markLow: value) } == "mark_low")
  }

  @Test(
    "a volume that isn't a finite number of at least zero is an error that names it",
    arguments: [Double.nan, .infinity, -.infinity, -1, -.leastNonzeroMagnitude])
  func volumes(_ value: Double) {
    #expect(
      Self.fault { () throws(MarketValueError) in try Self.candle(volume: value) } == "volume")
    #expect(
      Self.fault { () throws(MarketValueError) in try Self.candle(takerBuyVolume: value) }
        == "taker_buy_volume")
  }

  @Test func `a high below the low is an error`() {
    #expect(
      Self.fault { () throws(MarketValueError) in
        try Self.candle(open: 100, high: 99, low: 101, close: 100)
      } == "high")
    #expect(
      Self.fault { () throws(MarketValueError) in try Self.candle(markHigh: 99, markLow: 101) }
        == "mark_high")
  }

  @Test func `an open or close outside high and low is an error`() {
    #expect(Self.fault { () throws(MarketValueError) in try Self.candle(open: 111) } == "open")
    #expect(Self.fault { () throws(MarketValueError) in try Self.candle(open: 89) } == "open")
    #expect(Self.fault { () throws(MarketValueError) in try Self.candle(close: 111) } == "close")
    #expect(Self.fault { () throws(MarketValueError) in try Self.candle(close: 89) } == "close")
  }

  @Test(arguments: [0, -60_000] as [Int64])
  func `an interval without length is an error`(_ milliseconds: Int64) {
    #expect(
      Self.fault { () throws(MarketValueError) in
        try Self.candle(interval: Span(milliseconds: milliseconds))
      } == "interval")
  }

  @Test func `an error says field, value and rule`() {
    #expect(
      throws: MarketValueError(
        field: "volume", value: "-1.0", rule: "must be a finite number of at least zero")
    ) { try Self.candle(volume: -1) }
    let error = MarketValueError(field: "high", value: "0.0", rule: "must be above zero")
    #expect("\(error)" == "high is 0.0; it must be above zero")
  }
}
