import Market

/// How one venue takes part in the map of an instrument.
public struct VenueState: Hashable, Sendable {
  /// The venue.
  public let venue: Venue
  /// Whether it was chosen to take part.
  public var isEnabled: Bool
  /// How its feed stands.
  public var status: FeedStatus
  /// Since when its feed is in that state.
  public var since: Timestamp

  /// A venue in that state.
  public init(venue: Venue, isEnabled: Bool, status: FeedStatus, since: Timestamp) {
    self.venue = venue
    self.isEnabled = isEnabled
    self.status = status
    self.since = since
  }
}

extension FeedHealth {
  /// The health of a map that several venues feed: live when all of them are.
  public init(of states: [VenueState]) {
    let enabled = states.filter(\.isEnabled)
    guard !enabled.isEmpty else {
      self = .refused(reason: "every venue is switched off")
      return
    }
    let healths = enabled.map(\.status.health)
    if healths.allSatisfy({ $0 == .live }) {
      self = .live
      return
    }
    if healths.allSatisfy({ $0 == .live || $0 == .catchingUp }) {
      self = .catchingUp
      return
    }
    let stale = healths.compactMap { health in
      if case .stale(let since) = health { since } else { nil }
    }
    if stale.count == healths.count, let newest = stale.max() {
      self = .stale(since: newest)
      return
    }
    let trouble = enabled.compactMap(\.trouble)
    let isRefused = healths.allSatisfy { if case .refused = $0 { true } else { false } }
    let reason = trouble.joined(separator: "; ")
    self = isRefused ? .refused(reason: reason) : .partial(reason: reason)
  }
}

extension VenueState {
  /// What is wrong with the venue, in a sentence; nil where nothing is.
  public var trouble: String? {
    switch status.health {
    case .live, .complete, .catchingUp: nil
    case .partial(let reason): "\(venue.displayName): \(reason)"
    case .stale where status.progress == 0:
      "\(venue.displayName): \(status.obstacle ?? "no answer yet")"
    case .stale(let since):
      "\(venue.displayName) is silent since \(since)"
        + (status.obstacle.map { ": \($0)" } ?? "")
    case .refused(let reason): "\(venue.displayName) refuses: \(reason)"
    }
  }
}
