import MapEngine
import Market

/// A low and a high for each column of the screen, by price from the study's bins.
///
/// A column of several bins adds their bounds: the widest that its band can be. A column narrower
/// than a bin has its part of it. The study can be some seconds older than the map in sight, so its
/// price may lie elsewhere: the bounds of a side stay on that side.
struct ColumnBands: Hashable {
  /// US dollars, by column; zero in the price's own.
  let low: [Double]
  let high: [Double]

  /// The bars may shrink to this part of the plot, so that the highs find room above them.
  static let leastBarShare = 0.6

  /// The bands of the map in sight; nil where they aren't known: there is no study yet, it is of
  /// other weights, or one layer stands alone.
  init?(_ state: AppState, scale: ColumnScale) {
    guard let study = state.currentStudy?.snapshot, let bands = study.bands,
      study.weights == state.snapshot?.weights, state.isolatedLayer == nil
    else { return nil }
    self.init(bands, grid: study.map.grid, scale: scale)
  }

  /// The bands of bins of a grid, in the columns of a scale.
  init(_ bands: MapBands, grid: PriceGrid, scale: ColumnScale) {
    let lows = Self.sums(bands.low)
    let highs = Self.sums(bands.high)
    var low = [Double](repeating: 0, count: scale.width)
    var high = low
    for column in 0..<scale.width {
      guard let step = scale.step(ofColumn: column) else { continue }
      let bounds =
        step < 0 ? 0...Double(grid.anchor) : Double(grid.anchor)...Double(grid.count)
      let from = grid.position(of: scale.price(ofStep: step))
      let to = grid.position(of: scale.price(ofStep: step + 1))
      let first = min(max(from, bounds.lowerBound), bounds.upperBound)
      let last = min(max(to, bounds.lowerBound), bounds.upperBound)
      guard last > first else { continue }
      low[column] = Self.sum(lows, to: last) - Self.sum(lows, to: first)
      high[column] = Self.sum(highs, to: last) - Self.sum(highs, to: first)
    }
    self.low = low
    self.high = high
  }

  /// What the axis must hold: the highest bar, and of the highs as much as leaves bars their size.
  func ceiling(of peak: Double) -> Double {
    max(peak, min(high.max() ?? 0, peak / Self.leastBarShare))
  }

  /// The bounds of the bins between two prices, added up.
  static func range(
    _ bands: MapBands, grid: PriceGrid, from low: Double, to high: Double
  ) -> ClosedRange<Double> {
    func sum(_ values: [Double]) -> Double {
      let sums = sums(values)
      return Self.sum(sums, to: grid.position(of: high))
        - Self.sum(sums, to: grid.position(of: low))
    }
    let bottom = max(sum(bands.low), 0)
    return bottom...max(sum(bands.high), bottom)
  }

  private static func sums(_ values: [Double]) -> [Double] {
    var sums = [0.0]
    sums.reserveCapacity(values.count + 1)
    for value in values { sums.append((sums.last ?? 0) + value) }
    return sums
  }

  /// The sum up to a place in bins; a bin that it cuts counts in proportion.
  private static func sum(_ sums: [Double], to position: Double) -> Double {
    let inside = min(max(position, 0), Double(sums.count - 1))
    let bin = min(Int(inside), sums.count - 2)
    guard bin >= 0 else { return 0 }
    return sums[bin] + (sums[bin + 1] - sums[bin]) * (inside - Double(bin))
  }
}
