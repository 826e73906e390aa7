import Testing

@testable import MapUI

@Suite struct FuzzyMatchTests {
  private func order(_ typed: String, _ texts: [String]) -> [String] {
    texts.compactMap { text in FuzzyMatch.score(typed, in: text).map { ($0, text) } }
      .sorted { $0.0 > $1.0 }.map(\.1)
  }

  @Test func `the same text comes first, then beginnings, words, parts, letters in order`() {
    let texts = ["my zigzag of oms", "quickzoom", "whole zoom", "zoom in", "zoom"]
    #expect(order("zoom", texts) == Array(texts.reversed()))
  }

  @Test func `letters must all be there, in their order`() {
    #expect(FuzzyMatch.score("gtm", in: "go to magnet") != nil)
    #expect(FuzzyMatch.score("mtg", in: "go to magnet") == nil)
    #expect(FuzzyMatch.score("magnett", in: "go to magnet") == nil)
    #expect(FuzzyMatch.score("magnet", in: "mag") == nil)
    #expect(FuzzyMatch.score("x", in: "") == nil)
  }

  @Test func `capitals and blanks around don't matter`() {
    #expect(FuzzyMatch.score("  ETH ", in: "eth") == FuzzyMatch.score("eth", in: "ETH"))
    #expect(FuzzyMatch.score("", in: "anything") == 0)
  }

  @Test func `beginnings of words and neighbours count for more`() {
    #expect(order("nm", ["enumerate", "next magnet"]).first == "next magnet")
    #expect(order("tim", ["t-i-m", "xtxixm", "s timx"]).first == "s timx")
  }

  @Test func `the best way through the letters is found, not the first`() throws {
    // The first c would be paid for with a long gap.
    let near = try #require(FuzzyMatch.score("ce", in: "c of the cx e"))
    let far = try #require(FuzzyMatch.score("ce", in: "c of the xx e"))
    #expect(near >= far)
  }
}
