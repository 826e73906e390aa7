import Market

/// A turning point: a bar whose high or low its neighbours on both sides don't exceed.
public struct Swing: Hashable, Sendable {
  /// Which end of the bar is the turning point.
  public enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
    case high
    case low

    /// The other kind.
    public var opposite: Kind { self == .high ? .low : .high }

    /// The way that leads beyond such a swing.
    public var outwards: MarketDirection { self == .high ? .bullish : .bearish }

    /// Whose positions are liquidated beyond such a swing: shorts above a high, longs below a low.
    public var backing: Side { self == .high ? .short : .long }

    /// The price of a bar that such a swing takes.
    func price(of bar: PriceBar) -> Double { bar.extreme(outwards) }

    /// Whether a price lies farther out than another.
    func isBeyond(_ price: Double, _ level: Double) -> Bool {
      self == .high ? price > level : price < level
    }
  }

  /// High or low.
  public let kind: Kind
  /// The bar of the turning point.
  public let index: Int
  /// Its high or low, in the quote currency.
  public let price: Double
  /// The bar at whose close the swing is known: the last of its right-hand bars.
  public let knownAt: Int
}
