/// Which way a gap, a break or a trend points.
public enum MarketDirection: String, CaseIterable, Codable, Hashable, Sendable {
  /// Upwards.
  case bullish
  /// Downwards.
  case bearish

  /// +1 upwards, -1 downwards.
  public var sign: Double { self == .bullish ? 1 : -1 }

  /// The other direction.
  public var opposite: MarketDirection { self == .bullish ? .bearish : .bullish }
}
