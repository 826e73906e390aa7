import Market

/// What feeds have to say, in its order.
public enum FeedUpdate: Sendable {
  /// Facts for the map of a watched instrument: candles (a forming one too), open interest at the
  /// marks that the venue's history keeps, liquidations.
  case facts(Venue, Instrument, [MarketEvent])
  /// What holds now of a watched instrument; replaces what was said before.
  case standing(Venue, Instrument, VenueStanding)
  /// How the feed of a watched instrument stands; replaces what was said before.
  case status(Venue, Instrument, FeedStatus)
  /// A watched instrument's maintenance tiers, as the venue publishes them.
  case maintenanceTiers(Venue, Instrument, VenueInstrument, MaintenanceTiers)
  /// All that a venue lists.
  case instruments(Venue, [VenueInstrument])
}

/// What a venue says of an instrument now. Prices per coin; nil where it hasn't said.
public struct VenueStanding: Hashable, Sendable {
  public var mark: Double?
  public var index: Double?
  /// One-sided, in coins.
  public var openInterest: Double?
  public var funding: Funding?
  /// Of accounts where the venue says so.
  public var longShortRatio: LongShortRatio?
  /// When the newest of it was said.
  public var time: Timestamp?

  /// Nothing said yet.
  public init() {}
}
