import MapEngine
import Market

/// A position of the simulated market, and whether its liquidation price is where it would end.
public struct SimulatedPosition: Hashable, Sendable {
  /// The position: side, size, liquidation price, effective leverage as its margin stands now.
  public let position: StandingPosition
  /// The entry price in the quote currency.
  public let entryPrice: Double
  /// Whether the venue would really force-close it there. False where a stop, margin that its
  /// owner would add, or the liquidity provider's own means stand in front.
  public let isRealisable: Bool
}

/// What stands in front of a liquidation price, or doesn't.
public enum TruthTarget: String, CaseIterable, Codable, Hashable, Sendable {
  /// Every open position at its liquidation price.
  case nominal
  /// Only the positions that would really be force-closed there.
  case realisable
}

/// A forced closing as it really happened, published or not.
public struct SimulatedLiquidation: Hashable, Sendable {
  /// Where.
  public let venue: Venue
  /// When, on which side, at what fill price and size.
  public let liquidation: Liquidation
}
