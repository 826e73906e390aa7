import TestSupport
import Testing

/// Every recorded message of a venue, and what the recordings' index says that it holds.
struct VenueRecordings: CustomTestStringConvertible, Sendable {
  let venue: String
  let facts: [RecordedFacts]
  /// What the map has no use for, and how it is recognised.
  let useless: [(file: String, name: String)]
  /// What a venue refuses, or what nobody can read, and how its report begins.
  let refusals: [(file: String, words: String)]
  /// What can't be told without knowing what was asked for.
  let byChannel: [String]

  static let all = [binance, bybit, okx, hyperliquid, gate]

  init(
    of venue: String, facts: [RecordedFacts], useless: [(file: String, name: String)] = [],
    refusals: [(file: String, words: String)], byChannel: [String] = []
  ) {
    self.venue = venue
    self.facts = facts
    self.useless = useless
    self.refusals = refusals
    self.byChannel = byChannel
  }

  var testDescription: String { venue }

  /// Every file that a test reads.
  var tested: [String] {
    facts.map(\.file) + useless.map(\.file) + refusals.map(\.file) + byChannel
  }
}

/// What a recording must decode to.
struct RecordedFacts: CustomTestStringConvertible, Sendable {
  let file: String
  let count: Int
  /// All facts, or the first two and the last.
  let words: [String]

  init(_ file: String, count: Int, _ words: [String]) {
    self.file = file
    self.count = count
    self.words = words
  }

  var testDescription: String { file }

  func check() throws {
    let decoded = try Recordings.decode(file)
    #expect(decoded.problems.isEmpty)
    let found = decoded.words
    #expect(found.count == count)
    let shown = words.count == count ? found : Array(found.prefix(2)) + found.suffix(1)
    #expect(shown == words)
  }
}
