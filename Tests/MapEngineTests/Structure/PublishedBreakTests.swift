import MapEngine
import TestSupport
import Testing

@Suite struct PublishedBreakTests {
  @Test(
    "Breaks of structure and changes of character equal the published results",
    .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
  func breaksEqualThePublished() throws {
    let bars = try StructureOracle.bars()
    let swings = PublishedSwings.swings(in: bars, length: 5)
    var ours = [StructureOracle.Row](repeating: [nil, nil, nil, nil], count: bars.count)
    for candidate in PublishedBreaks.candidates(in: bars, swings: swings) {
      let found = candidate.found
      // The package leaves the bar that broke a superseded level in its table.
      ours[found.swingIndex][3] = Double(found.brokenAt)
      guard !candidate.isSuperseded else { continue }
      let column = found.kind == .breakOfStructure ? 0 : 1
      ours[found.swingIndex][column] = found.direction.sign
      ours[found.swingIndex][2] = found.level
    }
    let mismatch = firstMismatch(ours, try StructureOracle.rows("bos_choch_result_data.csv"))
    #expect(mismatch == nil)
  }

  private func breaks(
    _ turns: [Double], rule: StructureBreak.Rule = .close
  ) -> [StructureBreak] {
    let bars = StructureBars.zigzag(turns)
    let swings = PublishedSwings.swings(in: bars, length: 2)
    return PublishedBreaks.breaks(in: bars, swings: swings, rule: rule)
  }

  @Test func `A higher low and a close above the high between break structure`() throws {
    let all = breaks([20, 10, 14, 12, 16, 13])
    #expect(all.count == 1)
    let found = try #require(all.first)
    #expect(found.kind == .breakOfStructure)
    #expect(found.direction == .bullish)
    #expect(found.level == 14.1)
    #expect(found.swingIndex == 8)
    #expect(found.brokenAt == 15)
  }

  @Test func `A lower low and a close above the high between change the character`() throws {
    let all = breaks([20, 10, 14, 9, 16, 13])
    #expect(all.map(\.kind) == [.breakOfStructure, .changeOfCharacter])
    #expect(all.map(\.direction) == [.bearish, .bullish])
    #expect(all.map(\.level) == [9.9, 14.1])
    #expect(all.map(\.brokenAt) == [12, 15])
  }

  @Test func `A wick alone breaks a level only where wicks count`() {
    let turns = [20, 10, 14, 12, 14.05, 12.5]
    #expect(breaks(turns).isEmpty)
    #expect(breaks(turns, rule: .wick).map(\.brokenAt) == [16])
  }
}
