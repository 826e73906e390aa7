import Market

/// One closed bar of a story: what traded, and what it did to the standing positions.
public struct StoryBar: Hashable, Sendable {
  /// The prices.
  public let price: PriceBar
  /// The lowest price that crosses longs: the mark's where known.
  public let crossLow: Double
  /// The highest price that crosses shorts.
  public let crossHigh: Double
  /// The standard deviation of the log price over one hour, as of the close; nil at first.
  public let volatility: Double?
  /// Wilder's average true range as of the close, in the quote currency; nil at first.
  public let atr: Double?
  /// Dollars of the map as of the bar's open that the bar crossed: what it ate.
  public let eaten: BySide<Double>
  /// Published liquidations within the bar in dollars; nil where none are published.
  public let printed: BySide<Double?>
  /// One-sided open interest over all venues as of the close, in coins.
  public let openInterest: Double

  /// The prices of a side's levels that the bar crossed, seen from the price before it: empty
  /// where it went the other way.
  func crossed(_ side: Side, from price: Double) -> ClosedRange<Double>? {
    switch side {
    case .long: crossLow < price ? crossLow...price : nil
    case .short: crossHigh > price ? price...crossHigh : nil
    }
  }
}
