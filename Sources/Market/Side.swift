/// The side of a position. A liquidation carries the side of the position that is liquidated,
/// never of the order that closes it.
public enum Side: String, CaseIterable, Codable, Hashable, Sendable {
  case long
  case short

  /// +1 for a long, -1 for a short.
  public var sign: Double { self == .long ? 1 : -1 }

  /// The other side.
  public var opposite: Side { self == .long ? .short : .long }
}
