import Market

/// Knows when each subscription last had data, and which have been silent for too long. Pure.
///
/// A socket that acknowledges a subscription and then stays silent looks healthy to everything else.
public struct Watchdog<Key: Hashable & Sendable>: Sendable {
  /// A subscription that has been silent for too long.
  public struct Silence: Hashable, Sendable {
    public let key: Key
    /// When data last came, or when it was first expected.
    public let since: Timestamp
  }

  private struct Watch {
    let patience: Span
    var last: Timestamp
  }

  private var watches: [Key: Watch] = [:]

  /// Watches nothing yet.
  public init() {}

  /// Expects data on a subscription at least once in every `patience` from now on.
  public mutating func expect(_ key: Key, within patience: Span, now: Timestamp) {
    watches[key] = Watch(patience: patience, last: now)
  }

  /// Notes that data came; acknowledgements and pongs are none.
  public mutating func fed(_ key: Key, now: Timestamp) {
    guard let watch = watches[key] else { return }
    watches[key]?.last = max(watch.last, now)
  }

  /// No longer expects data on a subscription.
  public mutating func forget(_ key: Key) {
    watches[key] = nil
  }

  /// When data last came on a subscription, or when it was first expected.
  public func last(_ key: Key) -> Timestamp? { watches[key]?.last }

  /// The subscriptions that are silent for longer than they may, the longest silent first.
  public func silent(now: Timestamp) -> [Silence] {
    watches.filter { now - $0.value.last > $0.value.patience }
      .map { Silence(key: $0.key, since: $0.value.last) }
      .sorted { $0.since < $1.since }
  }

  /// The moment at which the next subscription will have been silent for too long.
  public var nextCheck: Timestamp? {
    watches.values.map { $0.last + $0.patience + Span(milliseconds: 1) }.min()
  }
}
