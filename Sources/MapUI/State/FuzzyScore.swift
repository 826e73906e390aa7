/// How well a name fits what was typed; the least is the best. Capitals don't matter.
///
/// A name that is typed in full comes first, then those that begin so, then those of which a word
/// does, then those that hold it, then those that hold its letters in that order: the closer
/// together, the better.
struct FuzzyScore: Comparable, Hashable {
  /// In what way the name fits.
  enum Way: Int, Comparable {
    case whole, beginning, word, part, letters

    static func < (left: Way, right: Way) -> Bool { left.rawValue < right.rawValue }
  }

  /// In what way it fits.
  let way: Way
  /// How many characters of the name the typed ones are spread over.
  let spread: Int
  /// How many characters stand before them.
  let start: Int

  /// The score of a name; nil where it doesn't hold all letters in that order.
  init?(_ typed: String, in name: String) {
    let wanted = Array(typed.lowercased())
    let letters = Array(name.lowercased())
    guard let first = wanted.first, let place = Self.closest(wanted, in: letters, from: first)
    else {
      guard wanted.isEmpty else { return nil }
      (way, spread, start) = (.beginning, 0, 0)
      return
    }
    spread = place.count
    start = place.lowerBound
    if place.count > wanted.count {
      way = .letters
    } else if start > 0 {
      let isWord = !letters[start - 1].isLetter && !letters[start - 1].isNumber
      way = isWord ? .word : .part
    } else {
      way = wanted.count == letters.count ? .whole : .beginning
    }
  }

  static func < (left: FuzzyScore, right: FuzzyScore) -> Bool {
    (left.way, left.spread, left.start) < (right.way, right.spread, right.start)
  }

  /// The shortest stretch of the letters that holds the wanted ones in their order; of several
  /// the first.
  private static func closest(
    _ wanted: [Character], in letters: [Character], from first: Character
  ) -> Range<Int>? {
    var best: Range<Int>?
    for start in letters.indices where letters[start] == first {
      var found = 0
      var end = start
      while end < letters.count, found < wanted.count {
        if letters[end] == wanted[found] { found += 1 }
        end += 1
      }
      guard found == wanted.count else { break }
      if best.map({ end - start < $0.count }) ?? true { best = start..<end }
    }
    return best
  }
}
