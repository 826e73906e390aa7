import Market

/// Swings of one kind so near each other that the stops and liquidation prices of many traders lie
/// together beyond them: equal highs, equal lows.
public struct LiquidityPool: Hashable, Sendable {
  /// Equal highs or equal lows.
  public let kind: Swing.Kind
  /// How far from the first swing the others may lie, in the quote currency.
  public let tolerance: Double
  /// The swings, the first one first. The later ones join as they are known.
  public internal(set) var swings: [Swing]
  /// The first bar that reached the far edge; nil while the pool stands.
  public internal(set) var sweptAt: Int?

  /// A pool of one swing, which is none yet.
  init(first: Swing, tolerance: Double) {
    kind = first.kind
    self.tolerance = tolerance
    swings = [first]
  }

  /// Whose positions are liquidated beyond it.
  public var backing: Side { kind.backing }

  /// The mean price of the swings, in the quote currency.
  public var level: Double { swings.reduce(0) { $0 + $1.price } / Double(swings.count) }

  /// The price at which it counts as swept: the first swing's and the tolerance outwards.
  public var farEdge: Double { swings[0].price + tolerance * kind.outwards.sign }

  /// The first swing's bar.
  public var firstIndex: Int { swings[0].index }

  /// The last swing's bar.
  public var lastIndex: Int { swings[swings.count - 1].index }

  /// The bar at whose close the second swing, and so the pool, is known; nil for one swing.
  public var knownAt: Int? { swings.count > 1 ? swings[1].knownAt : nil }

  /// Whether a swing is of its kind and within the tolerance of the first.
  func admits(_ swing: Swing) -> Bool {
    let first = swings[0].price
    return swing.kind == kind && swing.price >= first - tolerance
      && swing.price <= first + tolerance
  }
}
