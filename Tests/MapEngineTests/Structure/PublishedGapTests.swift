import MapEngine
import TestSupport
import Testing

@Suite struct PublishedGapTests {
  private func table(_ gaps: [FairValueGap], count: Int) -> [StructureOracle.Row] {
    var rows = [StructureOracle.Row](repeating: [nil, nil, nil, nil], count: count)
    for gap in gaps {
      rows[gap.index] = [gap.direction.sign, gap.top, gap.bottom, Double(gap.touchedAt ?? 0)]
    }
    return rows
  }

  @Test(
    "Fair value gaps and their first touch equal the published results",
    .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
  func gapsEqualThePublished() throws {
    let bars = try StructureOracle.bars()
    let ours = table(PublishedGaps.gaps(in: bars), count: bars.count)
    let mismatch = firstMismatch(ours, try StructureOracle.rows("fvg_result_data.csv"))
    #expect(mismatch == nil)
  }

  @Test(
    "Joined fair value gaps equal the published results",
    .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
  func joinedGapsEqualThePublished() throws {
    let bars = try StructureOracle.bars()
    let ours = table(PublishedGaps.joinedGaps(in: bars), count: bars.count)
    let mismatch = firstMismatch(ours, try StructureOracle.rows("fvg_consecutive_result_data.csv"))
    #expect(mismatch == nil)
  }
}
