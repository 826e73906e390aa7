import MapEngine

/// The dollars in each column of the screen, by layer. The price's own column is empty.
struct ColumnStacks {
  /// Columns.
  let count: Int
  /// Layers of the map.
  let layerCount: Int
  /// Dollars of layer `l` in column `c` at index `c * layerCount + l`; an isolated layer stands
  /// alone.
  let layers: [Double]
  /// Dollars of each column.
  let totals: [Double]
  /// The largest of them.
  let peak: Double

  /// The dollars of a map in those columns, of one layer only where `isolated` is its index.
  /// The two sides are binned apart, so that no column holds dollars of both.
  init(_ map: LiquidationMap, scale: ColumnScale, isolated: Int?) {
    count = scale.width
    layerCount = map.layers.count
    var cells = [Double](repeating: 0, count: count * layerCount)
    var sums = [Double](repeating: 0, count: count)
    let steps = scale.steps
    let sides = [
      steps.lowerBound..<max(min(steps.upperBound, 0), steps.lowerBound),
      min(max(steps.lowerBound, 0), steps.upperBound)..<steps.upperBound,
    ]
    for side in sides where !side.isEmpty {
      let low = scale.position(ofStep: side.lowerBound)
      let high = scale.position(ofStep: side.upperBound)
      let columns = MapColumns(map, span: low...high, count: side.count)
      for index in 0..<columns.count {
        let column = scale.column(ofStep: side.lowerBound + index)
        guard column >= 0 && column < count else { continue }
        for layer in 0..<layerCount where isolated == nil || isolated == layer {
          let usd = columns.layers[layer * columns.count + index]
          cells[column * layerCount + layer] = usd
          sums[column] += usd
        }
      }
    }
    layers = cells
    totals = sums
    peak = sums.max() ?? 0
  }
}
