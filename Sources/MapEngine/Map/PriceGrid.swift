import Market
import RealModule

/// Bins of equal width in log price, anchored at a price so that none straddles it: bins below
/// `anchor` hold longs, bins from `anchor` on hold shorts.
public struct PriceGrid: Hashable, Sendable {
  /// The price at the edge between bin `anchor - 1` and bin `anchor`, in the quote currency.
  public let price: Double
  /// The width of a bin: the natural logarithm of its high over its low.
  public let binWidth: Double
  /// The number of bins below the price.
  public let anchor: Int
  /// The number of bins.
  public let count: Int

  /// A grid of `count` bins that reaches `rangePercent` of the price to either side, each end to
  /// within half a bin. There is at least one bin on either side.
  public init(price: Double, rangePercent: Double, count: Int) {
    let reach = min(max(rangePercent, 0.01), 99) / 100
    let below = -Double.log(onePlus: -reach)
    let above = Double.log(onePlus: reach)
    let bins = max(count, 2)
    self.price = price
    self.count = bins
    binWidth = (below + above) / Double(bins)
    anchor = min(max(Int((below / binWidth).rounded()), 1), bins - 1)
  }

  /// The same range with each bin cut into so many equal ones, so that sums over it are the same.
  public func divided(by parts: Int) -> PriceGrid { PriceGrid(cutting: self, into: max(parts, 1)) }

  private init(cutting whole: PriceGrid, into parts: Int) {
    price = whole.price
    binWidth = whole.binWidth / Double(parts)
    anchor = whole.anchor * parts
    count = whole.count * parts
  }

  /// The edge below bin `index`; `edge(count)` is the top of the grid.
  public func edge(_ index: Int) -> Double {
    index == anchor ? price : price * Double.exp(Double(index - anchor) * binWidth)
  }

  /// The price at a place on the grid, in bins from its bottom; the inverse of `position(of:)`.
  public func price(at position: Double) -> Double {
    price * Double.exp((position - Double(anchor)) * binWidth)
  }

  /// The side whose positions are liquidated in that bin.
  public func side(of bin: Int) -> Side {
    bin < anchor ? .long : .short
  }

  /// Where a price stands, in bins from the bottom of the grid; may lie outside `0 ..< count`.
  public func position(of price: Double) -> Double {
    Double.log(price / self.price) / binWidth + Double(anchor)
  }
}
