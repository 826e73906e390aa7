import Testing

@testable import MapUI

@Suite("Fuzzy search")
struct WatchFuzzyTests {
  private func ranked(_ typed: String, _ names: String...) -> [String] {
    names.enumerated().compactMap { place, name in
      FuzzyScore(typed, in: name).map { ($0, place, name) }
    }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
  }

  @Test func `whole names, then beginnings, then words, then parts, then letters in order`() {
    #expect(
      ranked("in", "xixn", "login", "Zoom in", "inner", "in", "nothing of it", "no")
        == ["in", "inner", "Zoom in", "login", "nothing of it", "xixn"])
  }

  @Test func `letters that stand closer together come first`() {
    #expect(ranked("pl", "POPCL", "PENDLE", "PXL") == ["PXL", "POPCL", "PENDLE"])
  }

  @Test func `a name without all letters in that order doesn't fit, and nothing fits all`() {
    #expect(FuzzyScore("ba", in: "ab") == nil && FuzzyScore("aa", in: "a") == nil)
    #expect(FuzzyScore("", in: "BTC") != nil && FuzzyScore("a", in: "") == nil)
  }
}
