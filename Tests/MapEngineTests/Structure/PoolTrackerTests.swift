import MapEngine
import Market
import Testing

@Suite struct PoolTrackerTests {
  private func pools(_ turns: [Double], atrShare: Double = 0.5) -> [LiquidityPool] {
    var swings = SwingTracker(length: 2, ties: .earliest)
    var tracker = PoolTracker(atrShare: atrShare)
    for bar in StructureBars.zigzag(turns) {
      tracker.append(bar, confirming: swings.append(bar))
    }
    return tracker.pools
  }

  /// Sixteen bars in which the average true range settles near 1.2, ending in a fall.
  private let start: [Double] = [50, 54, 50, 54, 40]

  @Test func `Two highs within the tolerance are a pool once the second is known`() throws {
    let highs = pools(start + [44, 40, 44.2, 40]).filter { $0.kind == .high && $0.level < 50 }
    #expect(highs.count == 1)
    let pool = try #require(highs.first)
    #expect(pool.swings.map(\.index) == [20, 28])
    #expect(pool.knownAt == 30)
    #expect(abs(pool.level - 44.2) < 1e-9)
    #expect(pool.farEdge > 44.3)
    #expect(pool.sweptAt == nil)
    #expect(pool.backing == .short)
  }

  @Test func `A high beyond the tolerance makes no pool with the one below it`() {
    let highs = pools(start + [44, 40, 43, 40]).filter { $0.kind == .high && $0.level < 50 }
    #expect(highs.isEmpty)
  }

  @Test func `A pool grows while it stands and ends at its far edge`() throws {
    let highs = pools(start + [44, 40, 44.2, 40, 43.9, 40, 46, 40, 44, 40])
      .filter { $0.kind == .high && $0.level < 50 }
    let pool = try #require(highs.first)
    #expect(pool.swings.map(\.index) == [20, 28, 36])
    // From 40 to 46 in four bars: 44.5 lies short of the edge or beyond it, 46 beyond it.
    #expect(pool.sweptAt == 43 || pool.sweptAt == 44)
    #expect(highs.count == 1)
  }

  @Test func `Equal lows are longs' pool`() throws {
    let pool = try #require(
      pools([50, 46, 50, 46, 60, 56, 60, 55.9, 60]).last { $0.kind == .low })
    #expect(pool.swings.map(\.price).allSatisfy { $0 > 55 })
    #expect(pool.backing == .long)
    #expect(pool.farEdge < 55.9)
  }

  @Test func `The tolerance is a share of the average true range when the first swing is known`()
    throws
  {
    var series = SeededSeries(seed: 6)
    let intervals = try series.intervals(count: 1_500, span: .hours(1))
    var settings = StructureSettings()
    settings.swingLength = 2
    settings.poolATRShare = 0.3
    let structure = MarketStructure(of: intervals.map(PriceBar.init), settings: settings)
    #expect(structure.pools.count > 20)
    for pool in structure.pools {
      let known = pool.swings[0].knownAt
      if let range = AverageTrueRange.value(of: Array(intervals[...known])) {
        #expect(abs(pool.tolerance - 0.3 * range) < 1e-9 * range)
      } else {
        #expect(pool.tolerance == pool.swings[0].price * 0.001)
      }
    }
  }

  @Test func `Before the average true range is known the tolerance is 0.1 % of price`() throws {
    let early: [(Double, Double, Double, Double)] = [
      (100, 101, 99, 100), (100, 104, 99, 100), (100, 101, 98, 100), (100, 104.1, 99, 100),
      (100, 101, 99, 100),
    ]
    var settings = StructureSettings()
    settings.swingLength = 1
    let pool = try #require(
      MarketStructure(of: StructureBars.bars(early), settings: settings).pools.first)
    #expect(abs(pool.tolerance - 0.104) < 1e-12)
    #expect(pool.swings.map(\.index) == [1, 3])
    #expect(pool.knownAt == 4)
  }

  @Test func `Pools of a random walk keep their definition`() throws {
    let bars = try StructureBars.randomWalk(seed: 5, count: 4_000)
    let pools = MarketStructure(of: bars).pools
    #expect(pools.count > 20)
    for pool in pools {
      let end = pool.sweptAt ?? bars.count
      let first = pool.swings[0]
      for swing in pool.swings.dropFirst() {
        #expect(abs(swing.price - first.price) <= pool.tolerance)
        #expect(swing.knownAt < end)
      }
      let edge = pool.farEdge
      let isHigh = pool.kind == .high
      let reached = (first.index + 1..<bars.count).first {
        isHigh ? bars[$0].high >= edge : bars[$0].low <= edge
      }
      #expect(pool.sweptAt == reached)
    }
  }
}
