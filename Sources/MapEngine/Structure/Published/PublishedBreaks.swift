/// Breaks of structure and changes of character as the Python package smartmoneyconcepts publishes
/// them. They need hindsight, as the swings do that they are made of (``PublishedSwings``), and the
/// later removal of superseded ones; ``BreakTracker`` is what is drawn.
public enum PublishedBreaks {
  /// A break, and whether a later one has taken its place.
  public struct Candidate: Hashable, Sendable {
    /// The break.
    public let found: StructureBreak
    /// Whether a later candidate was broken no later than this one, which is therefore dropped.
    public internal(set) var isSuperseded: Bool
  }

  /// The breaks that stand at the end, in the order of their swings.
  public static func breaks(
    in bars: [PriceBar], swings: [Swing], rule: StructureBreak.Rule = .close
  ) -> [StructureBreak] {
    candidates(in: bars, swings: swings, rule: rule).filter { !$0.isSuperseded }.map(\.found)
  }

  /// All breaks, in the order of their swings.
  ///
  /// Of four successive swings v0 v1 v2 v3 that begin with a low: bullish break of structure if
  /// v0 < v2 < v1 < v3, bullish change of character if v2 < v0 < v1 < v3; mirrored for those that
  /// begin with a high. The level is v1, broken by the first bar from two after v1's on that closes
  /// (or reaches) beyond it. What is never broken is none. A break supersedes earlier ones that
  /// were not broken before it. The package compares with levels in single precision, which decides
  /// where a close equals a level; so does this, for the sake of the same results.
  ///
  /// - Parameter swings: alternating, as ``PublishedSwings`` gives them.
  public static func candidates(
    in bars: [PriceBar], swings: [Swing], rule: StructureBreak.Rule = .close
  ) -> [Candidate] {
    let patterns = (0..<max(swings.count - 3, 0)).compactMap { start in
      kind(of: Array(swings[start..<start + 4])).map { (kind: $0, swing: swings[start + 1]) }
    }
    let broken = brokenBars(patterns.map(\.swing), in: bars, rule: rule)
    var candidates: [Candidate] = []
    var standing: [Int] = []
    for (pattern, brokenAt) in zip(patterns, broken) {
      guard let brokenAt else { continue }
      // What stands was broken in ascending order, so that only the last can be superseded.
      while let last = standing.last, candidates[last].found.brokenAt >= brokenAt {
        candidates[last].isSuperseded = true
        standing.removeLast()
      }
      standing.append(candidates.count)
      candidates.append(
        Candidate(
          found: StructureBreak(
            kind: pattern.kind, direction: pattern.swing.kind.outwards,
            level: pattern.swing.price, swingIndex: pattern.swing.index, brokenAt: brokenAt),
          isSuperseded: false))
    }
    return candidates
  }

  /// What four successive swings announce; nil for nothing.
  private static func kind(of swings: [Swing]) -> StructureBreak.Kind? {
    let kind = swings[0].kind
    guard swings.map(\.kind) == [kind, kind.opposite, kind, kind.opposite] else { return nil }
    let v = swings.map { $0.price * kind.opposite.outwards.sign }
    guard v[1] < v[3] else { return nil }
    if v[0] < v[2], v[2] < v[1] { return .breakOfStructure }
    if v[2] < v[0], v[0] < v[1] { return .changeOfCharacter }
    return nil
  }

  /// For each level the first bar from two after its swing on that is beyond it.
  private static func brokenBars(
    _ levels: [Swing], in bars: [PriceBar], rule: StructureBreak.Rule
  ) -> [Int?] {
    var broken = [Int?](repeating: nil, count: levels.count)
    var above = LevelLadder<Int>(reachedBy: .bullish)
    var below = LevelLadder<Int>(reachedBy: .bearish)
    var next = 0
    for (index, bar) in bars.enumerated() {
      while next < levels.count, levels[next].index + 2 <= index {
        let level = Double(Float(levels[next].price))
        if levels[next].kind == .high {
          above.insert(next, at: level)
        } else {
          below.insert(next, at: level)
        }
        next += 1
      }
      let reached =
        above.takeReached(by: rule.price(of: bar, .bullish), beyond: true)
        + below.takeReached(by: rule.price(of: bar, .bearish), beyond: true)
      for level in reached { broken[level] = index }
    }
    return broken
  }
}
