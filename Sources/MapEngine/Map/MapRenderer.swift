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
      guard let last = part.book.last else { continue }
      let weight = max(last.openInterest, LaneInput.leastOpenInterest)
      weighted += last.mark * weight
      weights += weight
    }
    return weighted / weights
  }

  /// The map over a range in percent of the price, in that many bins. Dollars at a level are
  /// coins times the level's own price; engine bins that an edge cuts are shared in proportion.
  func map(rangePercent: Double, bins: Int) -> LiquidationMap {
    let grid = PriceGrid(price: price, rangePercent: rangePercent, count: bins)
    var cells = [Double](repeating: 0, count: layers.count * parts.count * grid.count)
    for (venue, part) in parts.enumerated() {
      for layer in layers.indices {
        let components = components(of: part.book, in: layer)
        guard !components.isEmpty else { continue }
        let start = (layer * parts.count + venue) * grid.count
        for side in Side.allCases {
          draw(
            part.book, side: side, components: components, shares: shares(part, side), grid: grid
          ) { bin, usd in
            cells[start + bin] += usd
          }
        }
      }
    }
    return LiquidationMap(
      grid: grid, layers: layers, venues: parts.map(\.book.venue), cells: cells)
  }

  /// How wrong that map may be.
  func bands(of map: LiquidationMap) -> MapBands {
    let grid = map.grid
    var variance = [Double](repeating: 0, count: grid.count)
    var totals: [Side: Double] = [.long: 0, .short: 0]
    for part in parts {
      guard let lower = part.fit.covariance.cholesky(), let mark = part.book.mark else { continue }
      for side in Side.allCases {
        add(
          part, side: side, grid: grid, lower: lower, lump: lump(part) * mark, to: &variance,
          total: &totals[side, default: 0])
      }
    }
    var low = [Double](repeating: 0, count: grid.count)
    var high = low
    for bin in 0..<grid.count {
      let band = MapBands.bin(mean: map.binTotals[bin], variance: variance[bin])
      low[bin] = band.lowerBound
      high[bin] = band.upperBound
    }
    func total(_ side: Side) -> ClosedRange<Double> {
      MapBands.total(mean: map.total(side), variance: totals[side] ?? 0)
    }
    return MapBands(low: low, high: high, long: total(.long), short: total(.short))
  }

  private func lump(_ part: Part) -> Double {
    part.fit.lump ?? (part.book.last?.openInterest ?? 0) / MapBands.coarseness
  }

  /// Adds the variance of one venue's bins and of its total on a side.
  private func add(
    _ part: Part, side: Side, grid: PriceGrid, lower: [Double], lump: Double,
    to variance: inout [Double], total: inout Double
  ) {
    let shares = shares(part, side)
    let count = part.book.components.count
    let bins = side == .long ? 0..<grid.anchor : grid.anchor..<grid.count
    var dollars = [Double](repeating: 0, count: count * bins.count)
    for component in 0..<count where shares[component] > 0 {
      draw(part.book, side: side, components: [component], shares: shares, grid: grid) {
        bin, usd in
        dollars[component * bins.count + bin - bins.lowerBound] += usd
      }
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

  private func draw(
    _ book: PositionBook, side: Side, components: [Int], shares: [Double], grid: PriceGrid,
    add: (_ bin: Int, _ usd: Double) -> Void
  ) {
    guard let mark = book.mark else { return }
    let width = book.binWidth
    let center = Double.log(mark) / width
    let ratio = width / grid.binWidth
    let lowest = Int((center - Double(grid.anchor) / ratio).rounded(.down)) - 1
    let highest = Int((center + Double(grid.count - grid.anchor) / ratio).rounded(.up)) + 1
    let middle = Int(center.rounded(.down))
    let range = side == .long ? lowest..<middle + 1 : middle..<highest + 1
    let coins = book.stock(side, components: components, shares: shares, range: range)
    let anchor = Double(grid.anchor)
    let bounds = side == .long ? 0...anchor : anchor...Double(grid.count)
    for (index, amount) in coins.enumerated() where amount > 0 {
      let bin = Double(range.lowerBound + index)
      let usd = amount * Double.exp((bin + 0.5) * width)
      let low = (bin - center) * ratio + anchor
      let high = low + ratio
      // A level never stands on the far side of the price; rounding must not put it there.
      let from = max(low, bounds.lowerBound)
      let to = min(high, bounds.upperBound)
      guard to > from else { continue }
      let first = Int(from.rounded(.down))
      let last = min(Int(to.rounded(.up)), grid.count)
      for target in first..<max(last, first) {
        let overlap = min(to, Double(target + 1)) - max(from, Double(target))
        if overlap > 0 { add(target, usd * overlap / ratio) }
      }
    }
  }
}
