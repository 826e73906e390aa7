import Market

/// An allowance as the venue documents it.
public struct BookRule: Hashable, Sendable {
  /// What is counted: an endpoint, `weight`, `connect`.
  public let bucket: String
  /// How much of it is allowed within the window.
  public let limit: Int
  public let window: Span
  /// Whether windows begin at whole multiples of their length; any stretch of the length is one
  /// where they don't.
  public let isAligned: Bool

  init(_ bucket: String, _ limit: Int, per window: Span, isAligned: Bool = false) {
    self.bucket = bucket
    self.limit = limit
    self.window = window
    self.isAligned = isAligned
  }
}

/// Something that a client did although the venue's documentation forbids it.
public struct Violation: Hashable, Sendable, CustomStringConvertible {
  public enum Kind: String, Hashable, Sendable {
    /// More than an allowance.
    case overLimit = "over_limit"
    /// A request before the time that the venue had told to wait for.
    case impatient
    /// Too many messages, subscriptions or streams.
    case flooded
    /// A ping that wasn't answered in time.
    case unansweredPing = "unanswered_ping"
    /// A request or a message that no reader of the documentation would send.
    case malformed
    /// A request after the venue refused the location.
    case refusedPlace = "refused_place"
  }

  public let kind: Kind
  public let time: Timestamp
  /// What about, in a few words.
  public let what: String

  public var description: String { "\(kind.rawValue) at \(time.milliseconds): \(what)" }
}

/// A venue's own book-keeping of what a client took.
struct RateBook: Sendable {
  private struct Taken: Sendable {
    var entries: [(time: Int64, amount: Int)] = []
    var sum = 0
  }

  private var taken: [String: Taken] = [:]
  private(set) var violations: [Violation] = []
  private(set) var violationCounts: [Violation.Kind: Int] = [:]
  /// Until when the client was told to wait, by bucket; the empty one is everything.
  private(set) var holds: [String: (from: Int64, until: Int64)] = [:]

  /// How much of an allowance is used at a moment.
  mutating func used(_ rule: BookRule, at now: Int64) -> Int {
    let length = rule.window.milliseconds
    let from = rule.isAligned ? now - now % length : now - length + 1
    guard var bucket = taken[rule.bucket] else { return 0 }
    let old = bucket.entries.prefix { $0.time < from }
    if !old.isEmpty {
      for entry in old { bucket.sum -= entry.amount }
      bucket.entries.removeFirst(old.count)
      taken[rule.bucket] = bucket
    }
    return bucket.sum
  }

  /// Takes so much. Whether it was within the allowance.
  mutating func take(_ amount: Int, of rule: BookRule, at now: Int64) -> Bool {
    let used = used(rule, at: now)
    taken[rule.bucket, default: Taken()].entries.append((now, amount))
    taken[rule.bucket, default: Taken()].sum += amount
    guard used + amount > rule.limit else { return true }
    note(
      .overLimit,
      "\(rule.bucket): \(used + amount) of \(rule.limit) in "
        + "\(rule.window.milliseconds) ms", at: now)
    return false
  }

  /// When the oldest of what is taken leaves the window.
  mutating func reset(_ rule: BookRule, at now: Int64) -> Int64 {
    let length = rule.window.milliseconds
    if rule.isAligned { return now - now % length + length }
    return (taken[rule.bucket]?.entries.first?.time ?? now) + length
  }

  /// The client has been told not to ask until a moment.
  mutating func hold(_ bucket: String, from: Int64, until: Int64) {
    let before = holds[bucket]
    holds[bucket] = (before?.from ?? from, max(before?.until ?? 0, until))
  }

  /// Until when a bucket is held at a moment; nil where it isn't.
  mutating func held(_ bucket: String, at now: Int64) -> (from: Int64, until: Int64)? {
    guard let hold = holds[bucket] else { return nil }
    if now < hold.until { return hold }
    holds[bucket] = nil
    return nil
  }

  /// Writes a violation down; the newest two thousand are kept, all are counted.
  mutating func note(_ kind: Violation.Kind, _ what: String, at now: Int64) {
    violationCounts[kind, default: 0] += 1
    if violations.count >= 2_000 { violations.removeFirst(1_000) }
    violations.append(Violation(kind: kind, time: Timestamp(milliseconds: now), what: what))
  }
}
