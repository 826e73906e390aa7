import Market

/// What a rule is judged about: an instrument, and where it tells them apart a side or a venue.
struct AlertSubject: Hashable, Sendable {
  let instrument: Instrument
  var side: Side?
  var venue: Venue?
}

/// How a rule stands with one of its subjects.
struct AlertState: Hashable, Sendable {
  /// Whether it can fire.
  var isArmed = true
  /// When it fired last.
  var firedAt: Timestamp?
  /// The magnet that changes are measured against.
  var magnet: Followed?
  /// The label that was told last, and since when it has stood.
  var bias: Label?
  /// Since when a feed is well.
  var wellSince: Timestamp?
  /// On which side of a level the price was last clearly: true above.
  var isAbove: Bool?

  /// A bias as it was told last.
  struct Label: Hashable, Sendable {
    let label: Bias.Label
    let since: Timestamp
  }

  /// A cluster as it was told last.
  struct Followed: Hashable, Sendable {
    let side: Side
    var low: Double
    var high: Double
    /// Its mean price when it was told.
    var price: Double
    /// The least that it has held since, in dollars.
    var usd: Double
  }
}

/// What a rule finds in an observation.
struct AlertFinding {
  /// The condition holds.
  var isTrue = false
  /// It is clearly over, by its margin.
  var isClear = false
  /// What is said of it.
  var sentence = ""
  var basis = FiredAlert.Basis.measured
  var level: Double?
  var usd: Double?
  var venues: [Venue] = []
  /// The state after it was told, where that is more than having been told.
  var told: AlertState?

  /// Neither true nor over.
  static let nothing = AlertFinding()
}
