import Market

/// What is known of an instrument at a moment, for rules to be judged by.
public struct AlertObservation: Sendable {
  /// The moment, by the source's own time.
  public var time: Timestamp
  /// What it is about.
  public var instrument: Instrument
  /// The newest map; nil where there is none.
  public var snapshot: MapSnapshot?
  /// The price in the quote currency; the map's own unless given.
  public var price: Double?
  /// What traded since the last observation, where more is known than the price now.
  public var traded: ClosedRange<Double>?
  /// Liquidations that became known since the last observation.
  public var liquidations: [LiquidationPrint]
  /// How the venues' feeds stand; none where the source has no feeds.
  public var healths: [Venue: FeedHealth]
  /// Whether the past of the map is still being read, so that it changes without the market: what is
  /// said of the map waits until then.
  public var isFillingIn: Bool
  /// Whether the market is simulated.
  public var isSimulated: Bool

  /// An observation. The price and whether the market is simulated are the map's unless given.
  public init(
    time: Timestamp, instrument: Instrument, snapshot: MapSnapshot? = nil, price: Double? = nil,
    traded: ClosedRange<Double>? = nil, liquidations: [LiquidationPrint] = [],
    healths: [Venue: FeedHealth] = [:], isFillingIn: Bool = false, isSimulated: Bool? = nil
  ) {
    self.time = time
    self.instrument = instrument
    self.snapshot = snapshot
    self.price = price ?? snapshot?.price
    self.traded = traded
    self.liquidations = liquidations
    self.healths = healths
    self.isFillingIn = isFillingIn
    self.isSimulated = isSimulated ?? snapshot?.isSimulated ?? false
  }
}

/// Published liquidations of one side on a venue: a single one, or an archive's total.
public struct LiquidationPrint: Hashable, Sendable {
  /// Where.
  public let venue: Venue
  /// When; of a total the close of its interval.
  public let time: Timestamp
  /// The side of the positions that were closed.
  public let side: Side
  /// The venue's price, in the quote currency; nil of a total.
  public let price: Double?
  /// Dollars.
  public let usd: Double

  /// A single liquidation.
  public init(venue: Venue, _ liquidation: Liquidation) {
    self.venue = venue
    time = liquidation.time
    side = liquidation.side
    price = liquidation.price
    usd = liquidation.notional
  }

  /// A total in dollars.
  public init(venue: Venue, time: Timestamp, side: Side, usd: Double) {
    self.venue = venue
    self.time = time
    self.side = side
    price = nil
    self.usd = usd
  }

  /// The liquidation that an event tells of; nil where it tells of none.
  public init?(_ event: MarketEvent) {
    guard case .liquidation(let liquidation) = event.fact else { return nil }
    self.init(venue: event.venue, liquidation)
  }
}
