import Market

/// Why a position has no liquidation price.
public enum LiquidationObstacle: Hashable, Sendable, CustomStringConvertible {
  /// The venue doesn't offer that leverage at that size.
  case leverage(Double, maximum: Double, symbol: String, venue: Venue)
  /// The venue doesn't allow a position of that size, in the unit of its table.
  case size(Double, maximum: Double, symbol: String, venue: Venue)
  /// The margin doesn't exceed what the venue requires at the entry price.
  case liquidatedAtEntry(margin: Double, required: Double)
  /// The margin outlasts every price above zero; the equation's root, where it has one.
  case outlasts(root: Double?)

  public var description: String {
    switch self {
    case .leverage(let leverage, let maximum, let symbol, let venue):
      "no such position: \(venue.displayName) offers \(plain(maximum))x at most in \(symbol) at"
        + " that size, not \(plain(leverage))x"
    case .size(let size, let maximum, let symbol, let venue):
      "no such position: \(venue.displayName) allows a size of \(plain(maximum)) at most in"
        + " \(symbol), not \(plain(size))"
    case .liquidatedAtEntry(let margin, let required):
      "no liquidation price: the margin of \(plain(margin)) doesn't exceed the \(plain(required))"
        + " required at the entry, so the position would be liquidated at once"
    case .outlasts(let root):
      "no liquidation price: the margin outlasts every price above zero"
        + (root.map { "; the equation's root is \(plain($0))" } ?? "")
    }
  }

  /// A number without a fraction when it has none.
  private func plain(_ value: Double) -> String {
    value.rounded() == value && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
  }
}
