import MapEngine
import TestSupport
import Testing

@Suite struct PublishedSwingTests {
  @Test(
    "Swing highs and lows equal the published results",
    .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
  func swingsEqualThePublished() throws {
    let bars = try StructureOracle.bars()
    var ours = [StructureOracle.Row](repeating: [nil, nil], count: bars.count)
    for swing in PublishedSwings.swings(in: bars, length: 5) {
      ours[swing.index] = [swing.kind.outwards.sign, swing.price]
    }
    let mismatch = firstMismatch(ours, try StructureOracle.rows("swing_highs_lows_result_data.csv"))
    #expect(mismatch == nil)
  }

  @Test func `Of neighbouring highs the higher stays, of equal ones the earlier`() {
    let highs = [5, 5.1, 5.2, 9, 6, 6.1, 9.5, 6, 6.1, 9.5, 6.5, 6.6, 6.7, 6.8]
    let bars = StructureBars.bars(
      highs.enumerated().map { (4, $1, 1 + Double($0) / 100, 4) })
    let swings = PublishedSwings.swings(in: bars, length: 2)
    #expect(swings.map(\.index) == [0, 6, 13])
    #expect(swings.map(\.kind) == [.low, .high, .low])
  }

  @Test func `The ends get the kind opposite to their neighbour`() throws {
    let closes: [Double] = [10, 11, 12, 13, 14, 13, 12, 11, 10]
    let swings = PublishedSwings.swings(in: StructureBars.bars(closes: closes), length: 2)
    #expect(swings.map(\.index) == [0, 4, 8])
    #expect(swings.map(\.kind) == [.low, .high, .low])
  }

  @Test func `Too few bars have no swings`() {
    for count in 0..<6 {
      let bars = StructureBars.bars(closes: (0..<count).map { Double($0 % 2) + 1 })
      #expect(PublishedSwings.swings(in: bars, length: 2).isEmpty)
    }
  }
}
