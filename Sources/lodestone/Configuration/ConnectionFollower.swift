import LiveMap
import Market
import MarketData

/// How venues are reached, kept in step with the file.
struct ConnectionFollower {
  /// What a save changes.
  enum Change: Sendable {
    /// Other addresses or another proxy: everything over new connections.
    case connect(LiveSource)
    /// Venues that take part from now on, or don't.
    case enable([Venue: Bool])
  }

  private let options: ConnectionOptions
  private let environment: [String: String]
  /// What is connected to; nil where no venue is asked.
  private var inForce: FeedSettings?

  /// What the arguments and a configuration say; `isLive` is whether venues are asked at all.
  init(
    _ options: ConnectionOptions, environment: [String: String], configuration: Configuration,
    isLive: Bool
  ) throws {
    self.options = options
    self.environment = environment
    inForce = isLive ? try options.feedSettings(configuration, environment: environment) : nil
  }

  /// How hosts are reached by a configuration.
  func reach(_ configuration: Configuration) throws -> FeedSettings {
    try options.feedSettings(configuration, environment: environment)
  }

  /// What a saved configuration changes; nil for nothing.
  mutating func follow(_ configuration: Configuration) throws -> Change? {
    guard let old = inForce else { return nil }
    let new = try reach(configuration)
    guard new.isReached(as: old) else {
      let source = try options.liveSource(new)
      inForce = new
      return .connect(source)
    }
    let changed = new.venues.filter { old.venues[$0.key]?.isEnabled != $0.value.isEnabled }
    inForce = new
    return changed.isEmpty ? nil : .enable(changed.mapValues(\.isEnabled))
  }
}

extension FeedSettings {
  /// Whether the same hosts are reached in the same way.
  fileprivate func isReached(as other: FeedSettings) -> Bool {
    proxies == other.proxies && venues.count == other.venues.count
      && venues.allSatisfy { venue, mine in
        other.venues[venue].map { $0.rest == mine.rest && $0.stream == mine.stream } ?? false
      }
  }
}
