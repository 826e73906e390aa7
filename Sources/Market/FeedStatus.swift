/// How one venue's feed stands, as the screen and every output show it.
public struct FeedStatus: Hashable, Sendable {
  /// Whether it is live, and why not.
  public var health: FeedHealth
  /// Why nothing comes, where it is stale; nil where nobody knows.
  public var obstacle: String?
  /// How much of the history that was asked for is in, 0 to 1; nil once all of it is.
  public var progress: Double?
  /// Messages that were lost or could not be used since the start.
  public var dropped: Int
  /// What is missing and won't come back, a line each: stretches of liquidations that nobody was
  /// connected for, facts that the venue doesn't publish.
  public var gaps: [String]

  /// A feed in that state.
  public init(
    health: FeedHealth, obstacle: String? = nil, progress: Double? = nil, dropped: Int = 0,
    gaps: [String] = []
  ) {
    self.health = health
    self.obstacle = obstacle
    self.progress = progress
    self.dropped = dropped
    self.gaps = gaps
  }
}
