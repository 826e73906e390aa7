import Market

/// A stretch of facts that is missing and won't come back.
public struct FeedGap: Hashable, Sendable, CustomStringConvertible {
  /// What is missing.
  public enum Kind: Hashable, Sendable {
    /// Liquidations that were published while nobody was connected.
    case liquidations
    /// Messages that could not be read and that may have held liquidations.
    case unreadable
    /// Candles that the venue no longer keeps in that step, or gives in a form that can't be read.
    case candles(Span)
    /// Marks of open interest, the same way.
    case openInterest(Span)
  }

  public let kind: Kind
  /// The first and the last moment of it.
  public let from, to: Timestamp
  /// Why it can't heal.
  public let reason: String

  /// A stretch.
  public init(_ kind: Kind, from: Timestamp, to: Timestamp, reason: String) {
    self.kind = kind
    self.from = from
    self.to = to
    self.reason = reason
  }

  public var description: String {
    let name =
      switch kind {
      case .liquidations: "liquidations"
      case .unreadable: "messages that may have held liquidations"
      case .candles(let step): "candles of \(Self.words(step))"
      case .openInterest(let step): "open interest every \(Self.words(step))"
      }
    return "\(name) from \(from) to \(to): \(reason)"
  }

  private static func words(_ step: Span) -> String {
    let minutes = step.milliseconds / 60_000
    if minutes % 1_440 == 0 { return "\(minutes / 1_440) d" }
    return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes) min"
  }
}

/// The gaps of one instrument, those that touch joined, in bounded number. Pure.
struct GapList: Sendable {
  /// More lines than anybody reads; older ones are counted.
  static let limit = 100
  private(set) var gaps: [FeedGap] = []
  private(set) var forgotten = 0

  mutating func add(_ gap: FeedGap) {
    if let index = gaps.lastIndex(where: {
      $0.kind == gap.kind && $0.reason == gap.reason && gap.from <= $0.to + .minutes(1)
        && $0.from <= gap.to + .minutes(1)
    }) {
      let held = gaps[index]
      gaps[index] = FeedGap(
        gap.kind, from: min(held.from, gap.from), to: max(held.to, gap.to), reason: gap.reason)
      return
    }
    gaps.append(gap)
    if gaps.count > Self.limit {
      gaps.removeFirst()
      forgotten += 1
    }
  }

  /// A line each.
  var lines: [String] {
    gaps.map(\.description) + (forgotten > 0 ? ["and \(forgotten) earlier stretches"] : [])
  }
}
