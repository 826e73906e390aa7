import Market
import RealModule

/// Draws position books as one map: each venue's levels at their relative distance from that
/// venue's own mark, around the mean of the marks weighted by open interest.
struct MapRenderer {
  /// The books of the venues; each has taken at least one interval.
  let books: [PositionBook]
  /// The bands of the stacked bar.
  let layers: [LeverageLayer]

  /// The price of the summed map, in the quote currency.
  var price: Double {
    var weighted = 0.0
    var weights = 0.0
    for book in books {
      guard let last = book.last else { continue }
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
    var cells = [Double](repeating: 0, count: layers.count * books.count * grid.count)
    for (venue, book) in books.enumerated() {
      for (layer, band) in layers.enumerated() {
        let components = book.components.indices.filter {
          band.minLeverage..<band.maxLeverage ~= book.components[$0].leverage
        }
        guard !components.isEmpty else { continue }
        let start = (layer * books.count + venue) * grid.count
        for side in Side.allCases {
          draw(book, side: side, components: components, grid: grid) { bin, usd in
            cells[start + bin] += usd
          }
        }
      }
    }
    return LiquidationMap(grid: grid, layers: layers, venues: books.map(\.venue), cells: cells)
  }

  private func draw(
    _ book: PositionBook, side: Side, components: [Int], grid: PriceGrid,
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
    let shares = book.components.map { $0.share * StockPrior.realisableShare }
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
