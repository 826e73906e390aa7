import Market

/// Dollars that would be force-closed, by price bin, leverage layer and venue.
///
/// Sums are exact in the sense that every total is the sum of the same cells, added in the same
/// order: bins of a side add up to its total, layers to their bin, venues to the whole.
public struct LiquidationMap: Hashable, Sendable {
  /// The bins, anchored at the price.
  public let grid: PriceGrid
  /// The bands of the stacked bar, lowest leverage first.
  public let layers: [LeverageLayer]
  /// The venues that were summed.
  public let venues: [Venue]
  /// US dollars of bin `b`, layer `l`, venue `v` at index `(l * venues.count + v) * bins + b`.
  public let cells: [Double]
  /// US dollars of bin `b`, layer `l` over all venues at index `l * bins + b`.
  public let layerCells: [Double]
  /// US dollars of each bin over all layers and venues.
  public let binTotals: [Double]

  /// A map of those cells. The cells' count must be layers x venues x bins; values are dollars.
  public init(grid: PriceGrid, layers: [LeverageLayer], venues: [Venue], cells: [Double]) {
    precondition(cells.count == layers.count * venues.count * grid.count, "shape of the map")
    self.grid = grid
    self.layers = layers
    self.venues = venues
    self.cells = cells
    let bins = grid.count
    var byLayer = [Double](repeating: 0, count: layers.count * bins)
    var totals = [Double](repeating: 0, count: bins)
    for layer in layers.indices {
      for venue in venues.indices {
        let start = (layer * venues.count + venue) * bins
        for bin in 0..<bins { byLayer[layer * bins + bin] += cells[start + bin] }
      }
      for bin in 0..<bins { totals[bin] += byLayer[layer * bins + bin] }
    }
    layerCells = byLayer
    binTotals = totals
  }

  /// The price that the map is anchored at.
  public var price: Double { grid.price }

  /// Dollars in a bin of one layer and one venue, by their indices.
  public func usd(bin: Int, layer: Int, venue: Int) -> Double {
    cells[(layer * venues.count + venue) * grid.count + bin]
  }

  /// Dollars in a bin of one layer over all venues.
  public func usd(bin: Int, layer: Int) -> Double {
    layerCells[layer * grid.count + bin]
  }

  /// Dollars in a bin of one venue over all layers.
  public func usd(bin: Int, venue: Int) -> Double {
    layers.indices.reduce(0) { $0 + usd(bin: bin, layer: $1, venue: venue) }
  }

  /// The bins of a side, from the bottom of the grid to its top.
  public func bins(of side: Side) -> Range<Int> {
    side == .long ? 0..<grid.anchor : grid.anchor..<grid.count
  }

  /// Dollars of a side over the range of the map.
  public func total(_ side: Side) -> Double {
    bins(of: side).reduce(0) { $0 + binTotals[$1] }
  }

  /// Dollars at or nearer to the price than each bin's far edge, summed outwards from the price.
  /// Index = bin; monotone away from the price, and the outermost bin of a side holds its total.
  public func cumulative() -> [Double] {
    var curve = [Double](repeating: 0, count: grid.count)
    var sum = 0.0
    for bin in bins(of: .long).reversed() {
      sum += binTotals[bin]
      curve[bin] = sum
    }
    sum = 0
    for bin in bins(of: .short) {
      sum += binTotals[bin]
      curve[bin] = sum
    }
    return curve
  }
}
