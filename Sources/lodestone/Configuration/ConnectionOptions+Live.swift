import LiveMap
import Market
import MarketData

extension ConnectionOptions {
  /// The venues as a source, which asks nothing yet.
  func liveSource(
    _ configuration: Configuration, environment: [String: String]
  ) throws -> LiveSource {
    try liveSource(try feedSettings(configuration, environment: environment))
  }

  /// The venues, reached so, as a source which asks nothing yet.
  func liveSource(_ settings: FeedSettings) throws -> LiveSource {
    let feeds: LiveFeeds
    do {
      feeds = try LiveFeeds(settings: settings, seed: .random(in: .min ... .max))
    } catch {
      throw CommandFailure(.runTime, "the venues' connections can't be set up: \(error)")
    }
    return LiveSource(feeds: feeds, venues: settings.venues.mapValues(\.isEnabled))
  }
}

extension CommandFailure {
  /// What a command says that nobody is left to ask for.
  static let noVenue = CommandFailure(
    .usage, "every venue is switched off; choose some with --venues")
}

extension LiveSource {
  /// Throws where no venue takes part, its connections given back first.
  func requireVenue() async throws {
    guard !venues.values.contains(true) else { return }
    await feeds.shutdown()
    throw CommandFailure.noVenue
  }
}
