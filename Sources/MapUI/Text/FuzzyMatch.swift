/// How well a text fits what somebody typed. What is typed must occur in the text in its order;
/// capitals don't matter.
enum FuzzyMatch {
  /// Above these no other kind of match can come.
  private enum Rank {
    static let exact = 4_000
    static let prefix = 3_000
    static let wordStart = 2_000
    static let within = 1_000
  }

  /// How well the text fits, more being better; nil where it doesn't. The same text comes first,
  /// then texts that begin so, then those with a word that does, then those that hold it, then
  /// those with its letters in their order: beginnings of words and neighbours count for more,
  /// letters left out for less.
  static func score(_ typed: String, in text: String) -> Int? {
    let query = letters(typed)
    let target = letters(text)
    guard !query.isEmpty else { return 0 }
    guard query.count <= target.count else { return nil }
    if query == target { return Rank.exact }
    if target.starts(with: query) { return Rank.prefix - target.count }
    var within: Int?
    for start in 0...(target.count - query.count)
    where target[start..<start + query.count].elementsEqual(query) {
      if isWordStart(start, in: target) { return Rank.wordStart - start - target.count }
      within = within ?? Rank.within - start - target.count
    }
    return within ?? scattered(query, in: target)
  }

  /// The best way to find the letters in their order, by dynamic programming over the places of
  /// the last letter found.
  private static func scattered(_ query: [UInt8], in target: [UInt8]) -> Int? {
    var best = [Int?](repeating: nil, count: target.count)
    for (place, letter) in query.enumerated() {
      var next = [Int?](repeating: nil, count: target.count)
      // The best end of what was found before, a letter less for each one left out since.
      var running: Int?
      for index in target.indices {
        if index > 0 {
          running = [running.map { $0 - 1 }, best[index - 1]].compactMap { $0 }.max()
        }
        guard target[index] == letter else { continue }
        let own = isWordStart(index, in: target) ? 12 : 1
        if place == 0 {
          next[index] = own - min(index, 6)
        } else {
          let neighbour = index > 0 ? best[index - 1].map { $0 + own + 6 } : nil
          next[index] = [neighbour, running.map { $0 + own }].compactMap { $0 }.max()
        }
      }
      best = next
    }
    return best.compactMap { $0 }.max().map { min(max($0 + 200, 1), Rank.within / 2) }
  }

  private static func isWordStart(_ index: Int, in target: [UInt8]) -> Bool {
    guard index > 0 else { return true }
    return !isWord(target[index - 1]) && isWord(target[index])
  }

  private static func isWord(_ letter: UInt8) -> Bool {
    letter >= 0x80 || (0x30...0x39).contains(letter) || (0x61...0x7a).contains(letter)
  }

  private static func letters(_ text: String) -> [UInt8] {
    let lower = text.lowercased().utf8
    let start = lower.drop { $0 == 0x20 }
    return Array(start.reversed().drop { $0 == 0x20 }.reversed())
  }
}
