import Market

/// One of a venue's connections as it is wanted: what carries it now, what will, and what was missed.
struct StreamLink: Sendable {
  var plan: StreamPlan
  var active: StreamLine?
  /// The connection that will take over.
  var coming: StreamLine?
  var backoff = Backoff()
  var nextTry: Timestamp
  /// How often in a row a subscription stayed silent though its connection stood.
  var silences = 0
  /// Subscriptions that were cut off, and since when.
  var lost: [StreamSubscription: Timestamp] = [:]
  /// Why the last connection failed or ended.
  var trouble: String?
  /// A replacement is wanted now.
  var isTired = false

  init(plan: StreamPlan, nextTry: Timestamp) {
    self.plan = plan
    self.nextTry = nextTry
  }

  /// The active connection is gone: what was on it is missing from when it was last heard, or since
  /// the given moment, unless the next already stands.
  mutating func lose(since: Timestamp? = nil) {
    if let line = active, line.isOpen {
      let covered = coming.flatMap { $0.isOpen ? $0.subscribed : nil } ?? []
      for subscription in line.subscribed.subtracting(covered) where lost[subscription] == nil {
        lost[subscription] = min(since ?? line.heard, line.heard)
      }
    }
    active = coming
    coming = nil
  }

  /// When something is next to be done.
  func nextDue(now: Timestamp) -> Timestamp? {
    var due: [Timestamp] = []
    if active == nil { due.append(nextTry) }
    if let line = active, line.isOpen {
      if let replaceAt = line.replaceAt, coming == nil { due.append(max(replaceAt, nextTry)) }
      if isTired, coming == nil { due.append(nextTry) }
      if let next = line.nextDue(now: now) { due.append(next) }
    }
    if let line = coming, let openedAt = line.openedAt {
      if line.isFlowing { due.append(openedAt + .seconds(2)) }
      if let next = line.nextDue(now: now) { due.append(next) }
    }
    return due.min()
  }
}
