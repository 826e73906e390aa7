import MapEngine
import Market

extension LiveMap {
  /// What a screen can ask for.
  public enum Wish: Sendable {
    /// The map of another instrument or timeframe.
    case show(Instrument, Timeframe)
    /// What a study has to hold from now on.
    case look(Depth)
    /// The map with other weights: another sum of the same books.
    case weigh(MapWeights)
    /// The map in other layers.
    case divide([LeverageLayer])
    /// The shares from elsewhere; the books are worked through anew.
    case learn(ShareLearning)
    /// Instruments to list besides, at most ``watchlistCapacity``.
    case list([Instrument])
    /// A simulated market that stands still, or goes on.
    case pause(Bool)
    /// A venue that takes part, or doesn't.
    case enable(Venue, Bool)
    /// Venues that have refused or can't be reached are asked again.
    case retry
    /// The venues over other connections, or at other addresses: everything is read anew.
    case connect(LiveSource)
    /// The simulator in place of the origin.
    case simulate(DemoSettings)
    /// The origin again.
    case leaveSimulator
  }

  /// What a study holds.
  public enum Depth: Sendable {
    /// What the map means now.
    case now
    /// The map over time besides.
    case overTime
  }
}
