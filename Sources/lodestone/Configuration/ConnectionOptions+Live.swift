import LiveMap
import Market
import MarketData

extension ConnectionOptions {
  /// The venues as a source, which asks nothing yet.
  func liveSource(
    _ configuration: Configuration, environment: [String: String]
  ) throws -> LiveSource {
    let settings = try feedSettings(configuration, environment: environment)
    let feeds: LiveFeeds
    do {
      feeds = try LiveFeeds(settings: settings, seed: .random(in: .min ... .max))
    } catch {
      throw CommandFailure(.runTime, "the venues' connections can't be set up: \(error)")
    }
    return LiveSource(feeds: feeds, venues: settings.venues.mapValues(\.isEnabled))
  }
}
