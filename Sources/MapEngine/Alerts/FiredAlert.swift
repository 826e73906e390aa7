import Market

/// An alert that has fired: what happened, in words and numbers.
public struct FiredAlert: Hashable, Sendable {
  /// What its dollars come from.
  public enum Basis: String, CaseIterable, Codable, Hashable, Sendable {
    /// The market itself: prices, published liquidations, a feed's state.
    case measured
    /// The map, which is an estimate.
    case modelled
  }

  /// The rule that fired.
  public let rule: AlertRule
  /// Of which instrument.
  public let instrument: Instrument
  /// When, by the source's own time.
  public let time: Timestamp
  /// What happened.
  public let sentence: String
  /// What its dollars come from.
  public let basis: Basis
  /// Whether the market is simulated.
  public let isSimulated: Bool
  /// The price at that moment, in the quote currency; nil where it isn't known.
  public let price: Double?
  /// Whose positions it is about; nil where it is about none in particular.
  public let side: Side?
  /// The price that it is about: of a cluster its mean price; nil where there is none.
  public let level: Double?
  /// The dollars that it is about; nil where there are none.
  public let usd: Double?
  /// The venues that it is about; none where it is about all.
  public let venues: [Venue]
}

/// The alerts that fired last, newest last.
public struct AlertLog: Hashable, Sendable {
  /// How many are kept.
  public let limit: Int
  /// The alerts, oldest first.
  public private(set) var alerts: [FiredAlert] = []
  /// How many there were in all.
  public private(set) var count = 0

  /// A log without an entry that keeps so many, at least one.
  public init(limit: Int = 200) {
    self.limit = max(limit, 1)
  }

  /// Writes alerts down, in their order.
  public mutating func append(_ fired: [FiredAlert]) {
    guard !fired.isEmpty else { return }
    count += fired.count
    alerts += fired
    if alerts.count > limit { alerts.removeFirst(alerts.count - limit) }
  }
}
