import MapEngine
import TestSupport
import Testing

@Suite struct PublishedPoolTests {
  @Test(
    "Liquidity pools equal the published results",
    .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
  func poolsEqualThePublished() throws {
    let bars = try StructureOracle.bars()
    let swings = PublishedSwings.swings(in: bars, length: 5)
    var ours = [StructureOracle.Row](repeating: [nil, nil, nil, nil], count: bars.count)
    for pool in PublishedPools.pools(in: bars, swings: swings) {
      ours[pool.firstIndex] = [
        pool.kind.outwards.sign, pool.level.single, Double(pool.lastIndex),
        Double(pool.sweptAt ?? 0),
      ]
    }
    let theirs = try StructureOracle.rows("liquidity_result_data.csv").map { row in
      [row[0], row[1]?.single, row[2], row[3]]
    }
    let mismatch = firstMismatch(ours, theirs)
    #expect(mismatch == nil)
  }

  @Test func `Equal highs gather until a bar reaches their far edge`() throws {
    let bars = StructureBars.zigzag([10, 14, 12, 14.05, 12, 15, 12, 14, 11])
    let swings = PublishedSwings.swings(in: bars, length: 2)
    let highs = PublishedPools.pools(in: bars, swings: swings, rangeShare: 0.05)
      .filter { $0.kind == .high }
    #expect(highs.count == 1)
    let pool = try #require(highs.first)
    #expect(pool.swings.map(\.index) == [4, 12])
    #expect(abs(pool.level - 14.125) < 1e-9)
    #expect(pool.backing == .short)
    // The range is 15.1 - 9.9, so that the far edge is 14.36; the way from 12 to 15 takes 0.75 a bar.
    #expect(pool.sweptAt == 20)
  }
}

extension Double {
  /// The number in the single precision in which the package keeps its levels.
  var single: Double { Double(Float(self)) }
}
