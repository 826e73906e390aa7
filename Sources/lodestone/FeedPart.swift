import LiveMap
import Market

/// How a venue's feed stands, as JSON.
struct FeedPart: Encodable {
  let state: VenueState

  private enum CodingKeys: String, CodingKey {
    case state, since, reason, dropped, progress, gaps
  }

  func encode(to encoder: any Encoder) throws {
    let (name, reason) = words
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .state)
    try container.encode(state.since, forKey: .since)
    try container.encode(reason, forKey: .reason)
    try container.encode(state.status.dropped, forKey: .dropped)
    try container.encode(state.status.progress, forKey: .progress)
    try container.encode(state.status.gaps, forKey: .gaps)
  }

  /// The state's name, and why it isn't live.
  private var words: (name: String, reason: String?) {
    switch state.status.health {
    // A feed that has given all is as good as live.
    case .live, .complete: ("live", nil)
    case .catchingUp: ("catching_up", nil)
    case .partial(let reason): ("partial", reason)
    case .stale(let since):
      ("stale", "no data since \(since)" + (state.status.obstacle.map { ": \($0)" } ?? ""))
    case .refused(let reason): ("refused", reason)
    }
  }
}
