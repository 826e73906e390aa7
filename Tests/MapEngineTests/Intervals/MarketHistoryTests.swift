import MapEngine
import Market
import Testing

@Suite struct MarketHistoryTests {
  private static let bitcoin = Instrument(base: "BTC")

  private func minute(_ index: Int64) -> Timestamp {
    Timestamp(milliseconds: 1_700_000_040_000 + index * 60_000)
  }

  private func event(_ fact: MarketEvent.Fact, venue: Venue = .binance) -> MarketEvent {
    MarketEvent(venue: venue, instrument: Self.bitcoin, fact: fact)
  }

  private func candle(_ index: Int64, close: Double = 100, volume: Double = 5) throws -> Candle {
    try Candle(
      openTime: minute(index), interval: .minutes(1), open: close, high: close, low: close,
      close: close, volume: volume)
  }

  @Test func `open interest counts from the first close at or after it was seen`() throws {
    var history = MarketHistory()
    history.append([
      event(.openInterest(try OpenInterest(time: minute(0), quantity: 10))),
      event(.candle(try candle(0), isClosed: true)),
      event(.candle(try candle(1), isClosed: true)),
      event(.openInterest(try OpenInterest(time: minute(2), quantity: 20))),
      event(.candle(try candle(2), isClosed: true)),
    ])
    let series = try #require(history.series().first)
    #expect(series.intervals.map(\.openInterest) == [10, 20, 20])
    #expect(series.firstKnownInterest == 0)
  }

  @Test func `what is let go of is gone, and open interest still holds`() throws {
    var history = MarketHistory()
    history.append([event(.openInterest(try OpenInterest(time: minute(0), quantity: 10)))])
    history.append([event(.openInterest(try OpenInterest(time: minute(9), quantity: 20)))])
    for index in Int64(0)..<6 {
      history.append([event(.candle(try candle(index), isClosed: true))])
    }
    history.forget(before: minute(3))
    #expect(history.first == minute(3) && history.last == minute(6))
    let series = try #require(history.series().first)
    #expect(series.intervals.map(\.openInterest) == [10, 10, 10] && series.gaps == 0)
    history.forget(before: minute(100))
    #expect(history.venues.isEmpty && history.first == nil)
  }

  @Test func `holes between candles are counted`() throws {
    var history = MarketHistory()
    for index in [Int64(0), 1, 4, 5, 7] {
      history.append([event(.candle(try candle(index), isClosed: true))])
    }
    #expect(history.series().first?.gaps == 3)
  }

  @Test func `the forming candle is replaced and goes when its interval closes`() throws {
    var history = MarketHistory()
    history.append([
      event(.openInterest(try OpenInterest(time: minute(0), quantity: 10))),
      event(.candle(try candle(0), isClosed: true)),
      event(.candle(try candle(1, close: 101), isClosed: false)),
      event(.candle(try candle(1, close: 102), isClosed: false)),
    ])
    #expect(history.forming(.binance)?.close == 102)
    #expect(history.series().first?.intervals.count == 1)
    history.append([event(.candle(try candle(1, close: 103), isClosed: true))])
    #expect(history.forming(.binance) == nil)
    #expect(history.series().first?.intervals.last?.close == 103)
  }

  @Test func `a venue without open interest moves with the venues that have it`() throws {
    var history = MarketHistory()
    for (index, interest) in [100.0, 150, 200].enumerated() {
      history.append([
        event(.candle(try candle(Int64(index)), isClosed: true)),
        event(
          .openInterest(try OpenInterest(time: minute(Int64(index) + 1), quantity: interest))),
        event(.candle(try candle(Int64(index)), isClosed: true), venue: .gate),
      ])
    }
    history.append([
      event(.openInterest(try OpenInterest(time: minute(2), quantity: 30)), venue: .gate)
    ])
    let gate = try #require(history.series().first { $0.venue == .gate })
    #expect(gate.intervals.map(\.openInterest) == [20, 30, 40])
    #expect(gate.firstKnownInterest == gate.intervals.count)
  }

  @Test func `with no open interest at all a day's mean volume stands in, settled in a day`() throws
  {
    var history = MarketHistory()
    for index in Int64(0)..<3_000 {
      let volume = index < 1_440 ? 2.0 : 50
      history.append([event(.candle(try candle(index, volume: volume), isClosed: true))])
    }
    let series = try #require(history.series().first)
    #expect(series.intervals.map(\.openInterest).allSatisfy { abs($0 - 2_880) < 1e-6 })
  }

  @Test func `liquidations fall into the interval in which they happened`() throws {
    var history = MarketHistory()
    history.append([
      event(.candle(try candle(0), isClosed: true)),
      event(.candle(try candle(1), isClosed: true)),
      event(
        .liquidation(
          try Liquidation(
            time: minute(0) + .seconds(30), side: .long, price: 99, quantity: 3))),
      event(.liquidatedTotal(time: minute(2), interval: .minutes(1), long: 1, short: 7)),
    ])
    let series = try #require(history.series().first)
    #expect(series.intervals.map(\.liquidatedLong) == [3, 1])
    #expect(series.intervals.map(\.liquidatedShort) == [0, 7])
  }
}
