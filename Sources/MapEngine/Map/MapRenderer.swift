import Market
import RealModule

/// Draws position books as one map: each venue's levels at their relative distance from that
/// venue's own mark, around the mean of the marks weighted by open interest.
struct MapRenderer {
  /// One venue: what stands there, and the shares that it is weighted by.
  struct Part {
    /// The book; it has taken at least one interval.
    let book: PositionBook
    /// The shares of its components.
    let fit: ShareFit
    /// An interval on top of the book's own; nil for none.
    var preview: BookPreview?

    init(book: PositionBook, fit: ShareFit, preview: BookPreview? = nil) {
      self.book = book
      self.fit = fit
      self.preview = preview
    }

    /// The last interval.
    var last: MarketInterval? { preview?.interval ?? book.last }

    /// Coins by level within a range of absolute bins, weighted by shares.
    func stock(
      _ side: Side, components: [Int], shares: [Double], range: Range<Int>
    ) -> [Double] {
      if let preview {
        return preview.stock(
          of: book, side, components: components, shares: shares, range: range)
      }
      return book.stock(side, components: components, shares: shares, range: range)
    }
  }

  /// The venues.
  let parts: [Part]
  /// The bands of the stacked bar.
  let layers: [LeverageLayer]
  /// What the dollars mean, and what-if factors of the layers.
  let weights: MapWeights

  init(parts: [Part], layers: [LeverageLayer], weights: MapWeights = MapWeights()) {
    self.parts = parts
    self.layers = layers
    self.weights = weights
  }

  /// The price of the summed map, in the quote currency.
  var price: Double {
    var weighted = 0.0
    var weights = 0.0
    for part in parts {
      guard let last = part.last else { continue }
      let weight = max(last.openInterest, LaneInput.leastOpenInterest)
      weighted += last.mark * weight
      weights += weight
    }
    return weighted / weights
  }

  /// The map over a range in percent of the price, in that many bins.
  func map(rangePercent: Double, bins: Int) -> LiquidationMap {
    maps(on: [PriceGrid(price: price, rangePercent: rangePercent, count: bins)])[0]
  }

  /// The map on several grids around its price: the lanes are added up once for all of them.
  func maps(on grids: [PriceGrid]) -> [LiquidationMap] {
    var cells = grids.map {
      [Double](repeating: 0, count: layers.count * parts.count * $0.count)
    }
    for (venue, part) in parts.enumerated() {
      guard let mark = part.last?.mark else { continue }
      for side in Side.allCases {
        let shares = shares(part, side)
        let drawing = LevelDrawing(side, mark: mark, binWidth: part.book.binWidth, grids: grids)
        for layer in layers.indices {
          let components = components(of: part.book, in: layer)
          guard !components.isEmpty else { continue }
          let coins = part.stock(
            side, components: components, shares: shares, range: drawing.range)
          for (index, grid) in grids.enumerated() {
            drawing.add(
              coins, grid: index, to: &cells[index],
              from: (layer * parts.count + venue) * grid.count)
          }
        }
      }
    }
    return zip(grids, cells).map { grid, cells in
      LiquidationMap(grid: grid, layers: layers, venues: parts.map(\.book.venue), cells: cells)
    }
  }

  /// How wrong that map may be.
  func bands(of map: LiquidationMap) -> MapBands {
    let grid = map.grid
    var variance = [Double](repeating: 0, count: grid.count)
    var totals: [Side: Double] = [.long: 0, .short: 0]
    for part in parts {
      guard let lower = part.fit.covariance.cholesky(), let mark = part.last?.mark else { continue }
      for side in Side.allCases {
        add(
          part, side: side, grid: grid, mark: mark, lower: lower, lump: lump(part) * mark,
          to: &variance,
          total: &totals[side, default: 0])
      }
    }
    // Each side of all contracts that stand is as large as the open interest, whatever is unknown.
    let whole = parts.reduce(0) { $0 + ($1.last?.openInterest ?? 0) }
    var low = [Double](repeating: 0, count: grid.count)
    var high = low
    var coins: [Side: Double] = [.long: 0, .short: 0]
    for bin in 0..<grid.count {
      let mean = map.binTotals[bin]
      let level = (grid.edge(bin) + grid.edge(bin + 1)) / 2
      let band = MapBands.bin(mean: mean, variance: variance[bin])
      low[bin] = band.lowerBound
      high[bin] = max(min(band.upperBound, whole * level), mean)
      coins[grid.side(of: bin), default: 0] += mean / level
    }
    func total(_ side: Side) -> ClosedRange<Double> {
      let mean = map.total(side)
      let band = MapBands.total(mean: mean, variance: totals[side] ?? 0)
      guard let held = coins[side], held > 0 else { return band }
      // All of it at this map's own shape.
      return band.lowerBound...max(min(band.upperBound, mean * whole / held), mean)
    }
    return MapBands(low: low, high: high, long: total(.long), short: total(.short))
  }

  private func lump(_ part: Part) -> Double {
    part.fit.lump ?? (part.last?.openInterest ?? 0) / MapBands.coarseness
  }

  /// Adds the variance of one venue's bins and of its total on a side.
  private func add(
    _ part: Part, side: Side, grid: PriceGrid, mark: Double, lower: [Double], lump: Double,
    to variance: inout [Double], total: inout Double
  ) {
    let shares = shares(part, side)
    let count = part.book.components.count
    let bins = side == .long ? 0..<grid.anchor : grid.anchor..<grid.count
    var dollars = [Double](repeating: 0, count: count * bins.count)
    let drawing = LevelDrawing(side, mark: mark, binWidth: part.book.binWidth, grids: [grid])
    for component in 0..<count where shares[component] > 0 {
      let coins = part.stock(
        side, components: [component], shares: shares, range: drawing.range)
      drawing.add(
        coins, grid: 0, to: &dollars, from: component * bins.count - bins.lowerBound)
    }
    let doubt = MapBands.variances(dollars, bins: bins.count, lower: lower, lump: lump)
    for bin in bins { variance[bin] += doubt.bins[bin - bins.lowerBound] }
    total += doubt.total
  }

  private func components(of book: PositionBook, in layer: Int) -> [Int] {
    book.components.indices.filter {
      layers[layer].minLeverage..<layers[layer].maxLeverage ~= book.components[$0].leverage
    }
  }

  /// The shares of a venue's components on a side, what-if factors included; components of no
  /// layer have none.
  func shares(_ part: Part, _ side: Side) -> [Double] {
    var shares = part.fit.shares(weights.meaning)[side]
    var isDrawn = [Bool](repeating: false, count: shares.count)
    for layer in layers.indices {
      for component in components(of: part.book, in: layer) {
        shares[component] *= weights.factor(layer)
        isDrawn[component] = true
      }
    }
    for component in shares.indices where !isDrawn[component] { shares[component] = 0 }
    return shares
  }
}
