import MapEngine
import Market
import Testing

@Suite struct SweepEvidenceTests {
  /// Bars of ten minutes whose last sweeps the high of 12 in bar 2; intervals are half as long.
  private let prices: [(Double, Double, Double, Double)] = [
    (10, 10.5, 9.5, 10), (10, 11, 9.4, 10.5), (10.5, 12, 9.3, 10), (10, 11, 8, 9),
    (9, 10.9, 8.5, 10), (10, 10.8, 8.6, 10), (10, 12.4, 9.9, 12.2), (12.2, 12.5, 11, 11.5),
  ]

  private func bars() -> [PriceBar] {
    prices.enumerated().map { index, price in
      PriceBar(
        openTime: Timestamp(milliseconds: Int64(index) * 600_000), span: .minutes(10),
        open: price.0, high: price.1, low: price.2, close: price.3)
    }
  }

  private func sweep() throws -> LiquiditySweep {
    var settings = StructureSettings()
    settings.swingLength = 2
    return try #require(MarketStructure(of: bars(), settings: settings).sweeps.first)
  }

  /// Two intervals a bar; open interest is 1000 less ten for each interval so far.
  private func intervals(
    liquidatedLong: Double?, liquidatedShort: Double?
  ) throws -> [MarketInterval] {
    try (0..<prices.count * 2).map { index in
      let price = prices[index / 2]
      let candle = try Candle(
        openTime: Timestamp(milliseconds: Int64(index) * 300_000), interval: .minutes(5),
        open: price.0, high: price.1, low: price.2, close: price.3, volume: 1)
      return MarketInterval(
        candle: candle, openInterest: 1_000 - 10 * Double(index), liquidatedLong: liquidatedLong,
        liquidatedShort: liquidatedShort)
    }
  }

  @Test func `Open interest and prints count from the piercing bar to the return`() throws {
    let sweep = try sweep()
    #expect([sweep.piercedAt, sweep.returnedAt] == [6, 7])
    let evidence = try #require(
      SweepEvidence(
        of: sweep, in: bars(), intervals: try intervals(liquidatedLong: 1, liquidatedShort: 3)))
    #expect(evidence.openInterestBefore == 890)
    #expect(evidence.openInterestAfter == 850)
    #expect(evidence.openInterestDrop == 40)
    #expect(evidence.liquidated == 12)
    #expect(evidence.liquidatedOpposite == 4)
    #expect(evidence.positionsClosed && evidence.liquidationsPrinted)
  }

  @Test func `Liquidations of the wrong side confirm nothing`() throws {
    let evidence = try #require(
      SweepEvidence(
        of: try sweep(), in: bars(),
        intervals: try intervals(liquidatedLong: 3, liquidatedShort: 1)))
    #expect(!evidence.liquidationsPrinted)
  }

  @Test func `Prints that are not published are unknown, not none`() throws {
    let evidence = try #require(
      SweepEvidence(
        of: try sweep(), in: bars(),
        intervals: try intervals(liquidatedLong: nil, liquidatedShort: nil)))
    #expect(evidence.liquidated == nil)
    #expect(!evidence.liquidationsPrinted)
  }

  @Test func `Without an interval before the sweep nothing is said`() throws {
    let late = Array(try intervals(liquidatedLong: 1, liquidatedShort: 1)[12...])
    #expect(SweepEvidence(of: try sweep(), in: bars(), intervals: late) == nil)
    #expect(SweepEvidence(of: try sweep(), in: bars(), intervals: []) == nil)
  }
}
