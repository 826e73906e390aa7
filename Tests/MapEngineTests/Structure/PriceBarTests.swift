import MapEngine
import Market
import Testing

@Suite struct PriceBarTests {
  private func intervals(_ count: Int, startMinute: Int64 = 0) throws -> [MarketInterval] {
    try (0..<count).map { index in
      let price = 100 + Double(index)
      let candle = try Candle(
        openTime: Timestamp(milliseconds: (startMinute + Int64(index) * 5) * 60_000),
        interval: .minutes(5), open: price, high: price + 2, low: price - 1, close: price + 1,
        volume: 1)
      return MarketInterval(candle: candle, openInterest: 1)
    }
  }

  @Test func `Bars of a longer timeframe hold the first open, the extremes and the last close`()
    throws
  {
    let bars = PriceBar.bars(of: try intervals(6), span: .minutes(15))
    #expect(bars.count == 2)
    #expect(bars.map(\.open) == [100, 103])
    #expect(bars.map(\.high) == [104, 107])
    #expect(bars.map(\.low) == [99, 102])
    #expect(bars.map(\.close) == [103, 106])
    #expect(bars.map(\.openTime.milliseconds) == [0, 900_000])
    #expect(bars.map(\.closeTime.milliseconds) == [900_000, 1_800_000])
  }

  @Test func `A last bar whose time is not over is left out`() throws {
    #expect(PriceBar.bars(of: try intervals(5), span: .minutes(15)).count == 1)
    #expect(PriceBar.bars(of: try intervals(2), span: .minutes(15)).isEmpty)
  }

  @Test func `Bars are aligned to the clock`() throws {
    let bars = PriceBar.bars(of: try intervals(4, startMinute: 10), span: .minutes(15))
    #expect(bars.map(\.openTime.milliseconds) == [0, 900_000])
    #expect(bars.map(\.open) == [100, 101])
  }

  @Test func `Intervals that are long enough stay as they are`() throws {
    let intervals = try intervals(3)
    #expect(PriceBar.bars(of: intervals, span: .minutes(5)) == intervals.map(PriceBar.init))
    #expect(PriceBar.bars(of: intervals, span: .minutes(1)) == intervals.map(PriceBar.init))
  }
}
