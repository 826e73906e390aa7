import MapEngine
import Market

/// What the background has to say to a screen. The newest replaces all before it.
public struct MapUpdate: Sendable {
  /// The instrument and the timeframe that it is about.
  public let instrument: Instrument
  /// The timeframe that was asked for.
  public let timeframe: Timeframe
  /// Whether it comes from the simulator.
  public let isSimulated: Bool
  /// The moment that the source had reached when it was said; nil where nobody knows.
  public let time: Timestamp?
  /// The map; nil when there is none yet, or none can be drawn.
  public let snapshot: MapSnapshot?
  /// The newest study; nil until there is one.
  public let study: MapStudy?
  /// Realised liquidations.
  public let tape: LiquidationTape
  /// What each venue says, in a fixed order.
  public let figures: [VenueFigures]
  /// How the source is doing.
  public let health: FeedHealth
  /// How each venue takes part, in a fixed order; none where the source isn't live.
  public let feeds: [VenueState]
  /// All that the venues list, as far as they have said so.
  public let listed: [ListedInstrument]
  /// A row of each listed instrument that there is a map of.
  public let watched: [WatchRow]
  /// Timeframes that the source can't fill, with the reason.
  public let unavailable: [Timeframe: String]
}

/// Where maps come from.
public enum MapOrigin: Sendable {
  /// The built-in simulated market.
  case demo(DemoSettings)
  /// Files: a path, whose rules they follow, and what to do with bad rows.
  case files(path: String, venue: Venue, skipBadRows: Bool)
  /// The venues themselves.
  case live(LiveSource)
}

extension MapOrigin {
  /// Whether facts come from the venues themselves.
  public var isLive: Bool { if case .live = self { true } else { false } }
}
