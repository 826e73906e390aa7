import Market

/// A stop hunt: a wick through a confirmed swing or pool, and a close back inside.
public struct LiquiditySweep: Hashable, Sendable {
  /// What was swept.
  public enum Target: Hashable, Sendable {
    /// A swing: its bar.
    case swing(index: Int)
    /// A pool of equal highs or lows: the first swing's bar.
    case pool(firstIndex: Int)
  }

  /// A swing or a pool.
  public let target: Target
  /// Above highs, or below lows.
  public let kind: Swing.Kind
  /// The price that the wick went through: the swing's, or the pool's far edge, in the quote
  /// currency.
  public let level: Double
  /// The bar whose wick first went beyond the level.
  public let piercedAt: Int
  /// The bar that closed back inside, at whose close the sweep is known: the same bar, or a later.
  public let returnedAt: Int
  /// The price that lies farthest beyond the level, from the piercing to the return.
  public let extreme: Double

  /// Whose liquidations back the sweep: shorts' above a high, longs' below a low.
  public var backing: Side { kind.backing }

  /// The way that price turned to.
  public var reversal: MarketDirection { kind.outwards.opposite }

  /// How far the wick went beyond the level, in the quote currency.
  public var depth: Double { abs(extreme - level) }

  /// Whether one bar went through and came back.
  public var isWithinOneBar: Bool { piercedAt == returnedAt }
}
