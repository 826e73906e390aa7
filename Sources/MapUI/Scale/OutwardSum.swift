import MapEngine

/// Dollars between the price and any place on the map, counted outwards on either side.
struct OutwardSum {
  private let anchor: Int
  /// Dollars between the price and the edge below each bin; `edges[count]` is the grid's top.
  private let edges: [Double]

  /// The sum over a map, of one layer only where `isolated` is its index.
  init(_ map: LiquidationMap, isolated: Int?) {
    let count = map.grid.count
    anchor = map.grid.anchor
    var sums = [Double](repeating: 0, count: count + 1)
    let offset = (isolated ?? 0) * count
    let values = isolated == nil ? map.binTotals : map.layerCells
    for bin in stride(from: anchor - 1, through: 0, by: -1) {
      sums[bin] = sums[bin + 1] + values[offset + bin]
    }
    for bin in stride(from: anchor, to: count, by: 1) {
      sums[bin + 1] = sums[bin] + values[offset + bin]
    }
    edges = sums
  }

  /// Dollars between the price and a place in bins from the bottom of the grid. Within a bin they
  /// are spread evenly, as they are in the columns.
  func usd(at position: Double) -> Double {
    let inside = min(max(position, 0), Double(edges.count - 1))
    let low = min(Int(inside), edges.count - 2)
    let share = inside - Double(low)
    return edges[low] + (edges[low + 1] - edges[low]) * share
  }
}
