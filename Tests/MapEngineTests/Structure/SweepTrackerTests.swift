import MapEngine
import Market
import Testing

@Suite struct SweepTrackerTests {
  /// A swing high at 12 in bar 2, a swing low at 8 in bar 3, both known with n = 2, then more bars.
  private func sweeps(
    _ more: [(Double, Double, Double, Double)], returnBars: Int = 2
  ) -> [LiquiditySweep] {
    var settings = StructureSettings()
    settings.swingLength = 2
    settings.sweepReturnBars = returnBars
    let bars: [(Double, Double, Double, Double)] = [
      (10, 10.5, 9.5, 10), (10, 11, 9.4, 10.5), (10.5, 12, 9.3, 10), (10, 11, 8, 9),
      (9, 10.9, 8.5, 10), (10, 10.8, 8.6, 10),
    ]
    return MarketStructure(of: StructureBars.bars(bars + more), settings: settings).sweeps
  }

  @Test func `A wick through a high and a close inside is a sweep within one bar`() throws {
    let sweeps = sweeps([(10, 12.4, 9.9, 11.8)])
    #expect(sweeps.count == 1)
    let sweep = try #require(sweeps.first)
    #expect(sweep.target == .swing(index: 2))
    #expect(sweep.level == 12)
    #expect(sweep.piercedAt == 6)
    #expect(sweep.returnedAt == 6)
    #expect(sweep.isWithinOneBar)
    #expect(sweep.extreme == 12.4)
    #expect(abs(sweep.depth - 0.4) < 1e-9)
    #expect(sweep.backing == .short)
    #expect(sweep.reversal == .bearish)
  }

  @Test func `A sweep below a low is backed by longs`() throws {
    let sweep = try #require(sweeps([(10, 10.2, 7.5, 9)]).first)
    #expect(sweep.kind == .low)
    #expect(sweep.target == .swing(index: 3))
    #expect(sweep.backing == .long)
    #expect(sweep.reversal == .bullish)
    #expect(sweep.extreme == 7.5)
  }

  @Test func `A close may return within two bars, and the farthest wick counts`() throws {
    let more: [(Double, Double, Double, Double)] = [
      (10, 12.4, 9.9, 12.2), (12.2, 13, 12.1, 12.5), (12.5, 12.6, 11, 11.5),
    ]
    let sweep = try #require(sweeps(more).first)
    #expect(sweep.piercedAt == 6)
    #expect(sweep.returnedAt == 8)
    #expect(sweep.extreme == 13)
    #expect(sweeps(more, returnBars: 1).isEmpty)
    #expect(sweeps(more, returnBars: 0).isEmpty)
  }

  @Test func `A level that is not given back in time is broken, and taken once`() {
    let accepted: [(Double, Double, Double, Double)] = [
      (10, 12.4, 9.9, 12.2), (12.2, 13, 12.1, 12.5), (12.5, 12.9, 12.1, 12.6),
      (12.6, 12.7, 11, 11.5), (11.5, 12.3, 11.2, 11.6),
    ]
    #expect(sweeps(accepted).isEmpty)
    let again: [(Double, Double, Double, Double)] = [
      (10, 12.4, 9.9, 11.8), (11.8, 12.3, 11.5, 11.7),
    ]
    #expect(sweeps(again).count == 1)
  }

  @Test func `A wick that only touches the level, or a close at it, is no sweep`() {
    #expect(sweeps([(10, 12, 9.9, 11.8)]).isEmpty)
    #expect(sweeps([(10, 12.4, 9.9, 12)]).isEmpty)
  }

  @Test func `A swing is no target before its right-hand bars are there`() {
    // Bar 6 is higher than its neighbours, but bar 7 exceeds it at once.
    #expect(sweeps([(10, 11.5, 9.9, 11), (11, 11.6, 10.5, 10.8)]).isEmpty)
  }

  @Test func `A pool is swept through its far edge`() throws {
    var settings = StructureSettings()
    settings.swingLength = 2
    settings.ties = .earliest
    settings.poolATRShare = 0.5
    let bars = StructureBars.zigzag([50, 54, 50, 54, 40, 44, 40, 44.2, 40, 43])
    var prices = bars.map { ($0.open, $0.high, $0.low, $0.close) }
    prices.append((43, 46, 42.5, 43))
    let structure = MarketStructure(of: StructureBars.bars(prices), settings: settings)
    let pool = try #require(structure.pools.last { $0.kind == .high })
    let sweep = try #require(
      structure.sweeps.last { $0.target == .pool(firstIndex: pool.firstIndex) })
    #expect(pool.sweptAt == bars.count)
    #expect(sweep.piercedAt == bars.count)
    #expect(sweep.level == pool.farEdge)
    #expect(structure.sweeps.contains { $0.target == .swing(index: 28) })
  }

  @Test func `Sweeps of a random walk keep their definition`() throws {
    let bars = try StructureBars.randomWalk(seed: 8, count: 4_000)
    let structure = MarketStructure(of: bars)
    #expect(structure.sweeps.count > 50)
    #expect(structure.sweeps.contains { $0.kind == .high })
    #expect(structure.sweeps.contains { !$0.isWithinOneBar })
    for sweep in structure.sweeps {
      #expect(sweep.returnedAt - sweep.piercedAt <= 2)
      let bars = bars[sweep.piercedAt...sweep.returnedAt]
      let closes = bars.map {
        sweep.kind == .high ? $0.close < sweep.level : $0.close > sweep.level
      }
      #expect(closes.last == true)
      #expect(!closes.dropLast().contains(true))
      #expect(
        sweep.extreme == (sweep.kind == .high ? bars.map(\.high).max() : bars.map(\.low).min()))
    }
  }
}
