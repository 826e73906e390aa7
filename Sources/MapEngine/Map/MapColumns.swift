import Market

/// A stretch of the map in equal columns, as a screen shows it. Bins that an edge cuts are
/// shared in proportion to log price, so no dollar is lost or made.
public struct MapColumns: Hashable, Sendable {
  /// The number of columns.
  public let count: Int
  /// Where the stretch begins and ends, in bins of the map's grid.
  public let span: ClosedRange<Double>
  /// Dollars of column `c`, layer `l` at index `l * count + c`.
  public let layers: [Double]
  /// Dollars of each column.
  public let totals: [Double]

  /// The stretch `span` of a map, in bins of its grid, as `count` equal columns. Parts of the
  /// span outside the grid are empty.
  public init(_ map: LiquidationMap, span: ClosedRange<Double>, count: Int) {
    self.count = max(count, 0)
    self.span = span
    let bins = map.grid.count
    var byLayer = [Double](repeating: 0, count: map.layers.count * self.count)
    let width = (span.upperBound - span.lowerBound) / Double(max(self.count, 1))
    if width > 0 {
      let firstBin = max(Int(span.lowerBound.rounded(.down)), 0)
      let lastBin = min(Int(span.upperBound.rounded(.up)), bins)
      for bin in stride(from: firstBin, to: lastBin, by: 1) {
        let low = (Double(bin) - span.lowerBound) / width
        let high = (Double(bin + 1) - span.lowerBound) / width
        let firstColumn = max(Int(low.rounded(.down)), 0)
        let lastColumn = min(Int(high.rounded(.up)), self.count)
        for column in stride(from: firstColumn, to: lastColumn, by: 1) {
          let overlap = min(high, Double(column + 1)) - max(low, Double(column))
          guard overlap > 0 else { continue }
          let share = overlap / (high - low)
          for layer in map.layers.indices {
            byLayer[layer * self.count + column] += map.layerCells[layer * bins + bin] * share
          }
        }
      }
    }
    layers = byLayer
    var sums = [Double](repeating: 0, count: self.count)
    for layer in map.layers.indices {
      for column in 0..<self.count { sums[column] += byLayer[layer * self.count + column] }
    }
    totals = sums
  }
}
