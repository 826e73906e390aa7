import Market

/// What takes longer than a map: what it means, how wrong it may be, how it came about. A screen
/// shows the newest study beside a map that may be some seconds newer.
public struct MapStudy: Equatable, Sendable {
  /// The map that was studied, in the request's bins, with its bands.
  public let snapshot: MapSnapshot
  /// What it means, with records, structure, ledger, waves and hunts.
  public let insight: MapInsight
  /// The map over time; nil until it is asked for, or where the facts are too few.
  public let history: MapHistory?

  /// The moment that it is about.
  public var asOf: Timestamp { snapshot.asOf }

  /// A study of that map.
  public init(snapshot: MapSnapshot, insight: MapInsight, history: MapHistory?) {
    self.snapshot = snapshot
    self.insight = insight
    self.history = history
  }
}
