/// A level of structure that price has broken.
public struct StructureBreak: Hashable, Sendable {
  /// What the break says of the trend.
  public enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
    /// With the trend (BOS, also market structure break).
    case breakOfStructure = "bos"
    /// Against the trend (CHoCH, also market structure shift).
    case changeOfCharacter = "choch"
  }

  /// Which price of a bar breaks a level.
  public enum Rule: String, CaseIterable, Codable, Hashable, Sendable {
    /// The close.
    case close
    /// The high or the low.
    case wick

    /// The price of a bar that counts towards a direction.
    func price(of bar: PriceBar, _ direction: MarketDirection) -> Double {
      self == .close ? bar.close : bar.extreme(direction)
    }
  }

  /// With the trend or against it.
  public let kind: Kind
  /// Upwards through a swing high, or downwards through a swing low.
  public let direction: MarketDirection
  /// The swing's price, in the quote currency.
  public let level: Double
  /// The bar of the swing.
  public let swingIndex: Int
  /// The bar that broke the level, at whose close the break is known.
  public let brokenAt: Int
}
