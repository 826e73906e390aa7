import Market

/// A map of one moment that can be asked for the dollars between any two prices.
struct MapFrame: Sendable {
  /// The map.
  let map: LiquidationMap
  /// Dollars of all bins below each edge.
  private let below: [Double]

  init(_ map: LiquidationMap) {
    self.map = map
    var sum = 0.0
    var below = [0.0]
    below.reserveCapacity(map.grid.count + 1)
    for bin in 0..<map.grid.count {
      sum += map.binTotals[bin]
      below.append(sum)
    }
    self.below = below
  }

  /// Dollars of a side between two prices; a bin that one of them cuts counts in proportion.
  func usd(_ side: Side, from low: Double, to high: Double) -> Double {
    guard high > low, low > 0 else { return 0 }
    let bins = map.bins(of: side)
    let range = Double(bins.lowerBound)...Double(bins.upperBound)
    let from = min(max(map.grid.position(of: low), range.lowerBound), range.upperBound)
    let to = min(max(map.grid.position(of: high), range.lowerBound), range.upperBound)
    return max(dollars(below: to) - dollars(below: from), 0)
  }

  /// Whether a price lies on the grid.
  func holds(_ price: Double) -> Bool {
    let position = map.grid.position(of: price)
    return position >= 0 && position <= Double(map.grid.count)
  }

  private func dollars(below position: Double) -> Double {
    let bin = min(Int(position), map.grid.count - 1)
    return below[bin] + (below[bin + 1] - below[bin]) * (position - Double(bin))
  }
}
