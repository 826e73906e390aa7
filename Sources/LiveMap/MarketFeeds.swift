import Market
import MarketData

/// The venues' feeds as the background uses them: it watches instruments and reads what comes.
public protocol MarketFeeds: Sendable {
  /// Everything that the feeds have to say, in its order; for one reader.
  var updates: AsyncStream<FeedUpdate> { get }
  /// Starts to watch an instrument, or reaches further back for one that is watched; nil for as
  /// far back as venues keep. Returns at once.
  func watch(_ instrument: Instrument, back: Span?)
  /// Ends to watch an instrument.
  func unwatch(_ instrument: Instrument)
  /// Lets a venue take part, or leaves it out.
  func setEnabled(_ isEnabled: Bool, _ venue: Venue)
  /// Asks venues again that have refused or can't be reached.
  func retry()
  /// Ends all connections.
  func shutdown() async
}

/// Live venues as the origin of maps.
public struct LiveSource: Sendable {
  /// The feeds, which watch nothing yet.
  public let feeds: any MarketFeeds
  /// The venues that can take part, and which of them do.
  public let venues: [Venue: Bool]
  /// The time, for what is said to have begun when.
  public let now: @Sendable () -> Timestamp

  /// Those feeds of those venues.
  public init(
    feeds: any MarketFeeds, venues: [Venue: Bool],
    now: @escaping @Sendable () -> Timestamp = TransportClock.system.now
  ) {
    self.feeds = feeds
    self.venues = venues
    self.now = now
  }
}

extension LiveFeeds: MarketFeeds {}
