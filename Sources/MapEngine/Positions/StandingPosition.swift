import Market

/// An open position whose every property is known: the simulator's truth, or a position that a
/// venue discloses.
public struct StandingPosition: Hashable, Sendable {
  /// Where it stands.
  public let venue: Venue
  /// Long or short.
  public let side: Side
  /// Coins.
  public let quantity: Double
  /// Where the venue would force-close it, in the quote currency.
  public let liquidationPrice: Double
  /// Entry price over the distance from entry to bankruptcy.
  public let effectiveLeverage: Double

  /// A position with those properties.
  public init(
    venue: Venue, side: Side, quantity: Double, liquidationPrice: Double,
    effectiveLeverage: Double
  ) {
    self.venue = venue
    self.side = side
    self.quantity = quantity
    self.liquidationPrice = liquidationPrice
    self.effectiveLeverage = effectiveLeverage
  }
}
