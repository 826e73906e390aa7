import Market

/// What a request takes out of one of a host's allowances.
public struct RateCost: Hashable, Sendable {
  /// The allowance's name, e.g. `weight`, or an endpoint's path where it has one of its own.
  public let bucket: String
  public let amount: Int

  /// A cost of `amount` on the allowance of that name.
  public init(_ bucket: String, _ amount: Int = 1) {
    self.bucket = bucket
    self.amount = amount
  }
}

/// How much a host allows in how much time.
public struct RateRule: Hashable, Sendable {
  /// The allowance's name.
  public let bucket: String
  /// The most that the host allows in any window.
  public let limit: Int
  public let window: Span

  /// An allowance of `limit` in each `window`.
  public init(_ bucket: String, limit: Int, per window: Span) {
    self.bucket = bucket
    self.limit = limit
    self.window = window
  }
}

/// The token buckets of one host and what the host itself said: pure, time is handed in.
///
/// A bucket holds half of what may be used and fills with the other half per window. So never more
/// than `share` of a limit is spent in a window, wherever the host's own windows begin.
public struct RateBudget: Sendable {
  /// How much of each limit is used at most; the rest is for what travels and for others.
  public static let defaultShare = 0.8

  private struct Bucket {
    var rule: RateRule
    var tokens: Double
    var filled: Timestamp
  }

  private let share: Double
  private var buckets: [String: Bucket] = [:]
  private var holds: [String: Timestamp] = [:]
  private var hostHold: Timestamp?

  /// A budget of these allowances; an allowance without a rule is unlimited until the host objects.
  public init(rules: [RateRule], share: Double = defaultShare, now: Timestamp) {
    self.share = min(1, max(0.01, share))
    for rule in rules { set(rule, now: now) }
  }

  /// Takes a rule over from the host's own description, e.g. Binance's `rateLimits`.
  public mutating func set(_ rule: RateRule, now: Timestamp) {
    var bucket = Bucket(rule: rule, tokens: 0, filled: now)
    bucket.tokens = capacity(rule)
    if let old = refilled(rule.bucket, now) { bucket.tokens = min(bucket.tokens, old.tokens) }
    buckets[rule.bucket] = bucket
  }

  /// How long a request must still wait; zero when it may go now.
  ///
  /// A cost beyond a bucket's size waits until the bucket is full, and leaves a debt.
  public func wait(for costs: [RateCost], now: Timestamp) -> Span {
    var until = hostHold ?? now
    for cost in costs {
      if let hold = holds[cost.bucket] { until = max(until, hold) }
      guard let bucket = refilled(cost.bucket, now) else { continue }
      let lack = min(Double(cost.amount), capacity(bucket.rule)) - bucket.tokens
      guard lack > 0 else { continue }
      let needed = Int64((lack / rate(bucket.rule)).rounded(.up))
      until = max(until, now + Span(milliseconds: max(1, needed)))
    }
    return max(until, now) - now
  }

  /// Takes the costs out of their buckets, whether or not they have so much.
  public mutating func spend(_ costs: [RateCost], now: Timestamp) {
    for cost in costs {
      guard var bucket = refilled(cost.bucket, now) else { continue }
      bucket.tokens -= Double(cost.amount)
      buckets[cost.bucket] = bucket
    }
  }

  /// Lets nothing go before the moment: from the whole host, or from one allowance.
  public mutating func hold(until moment: Timestamp, bucket: String? = nil) {
    if let bucket {
      holds[bucket] = max(moment, holds[bucket] ?? moment)
    } else {
      hostHold = max(moment, hostHold ?? moment)
    }
  }

  /// How long the whole host is held; nil when it isn't.
  public func hold(now: Timestamp) -> Span? {
    guard let hostHold, hostHold > now else { return nil }
    return hostHold - now
  }

  /// The host's own count of what its current window has used, by us and by others at our address.
  ///
  /// Near the limit the allowance is held for `rest`, what is left of the host's window.
  public mutating func observe(used: Int, of name: String, rest: Span, now: Timestamp) {
    guard var bucket = refilled(name, now) else { return }
    let limit = Double(bucket.rule.limit)
    bucket.tokens = min(bucket.tokens, limit * share - Double(used))
    buckets[name] = bucket
    if Double(used) >= limit * (1 + share) / 2 { hold(until: now + rest, bucket: name) }
  }

  /// The most that a bucket holds.
  private func capacity(_ rule: RateRule) -> Double { max(1, Double(rule.limit) * share / 2) }

  /// Tokens per millisecond.
  private func rate(_ rule: RateRule) -> Double {
    Double(rule.limit) * share / 2 / Double(max(1, rule.window.milliseconds))
  }

  /// The bucket as it stands now.
  private func refilled(_ name: String, _ now: Timestamp) -> Bucket? {
    guard var bucket = buckets[name] else { return nil }
    let passed = Double(max(0, (now - bucket.filled).milliseconds))
    bucket.tokens = min(capacity(bucket.rule), bucket.tokens + passed * rate(bucket.rule))
    bucket.filled = max(now, bucket.filled)
    return bucket
  }
}
