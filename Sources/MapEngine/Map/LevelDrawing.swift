import Market
import RealModule

/// Where the levels of one side of a venue are drawn on grids around the map's price: at their
/// relative distance from the venue's own mark. Dollars at a level are coins times the level's own
/// price; engine bins that an edge cuts are shared in proportion.
struct LevelDrawing {
  /// The absolute engine bins that the grids reach.
  let range: Range<Int>
  /// The price of each of them.
  private let prices: [Double]
  /// The pieces that each grid cuts the bins into, in the order of the bins.
  private let pieces: [[Piece]]
  /// An engine bin's width in bins of each grid.
  private let ratios: [Double]

  /// What an engine bin and a grid's bin have in common.
  private struct Piece {
    /// The engine bin, counted from the range's first.
    let index: Int
    /// The grid's bin.
    let target: Int
    /// In bins of the grid.
    let overlap: Double
  }

  /// The places of a side's levels around a venue's mark.
  init(_ side: Side, mark: Double, binWidth: Double, grids: [PriceGrid]) {
    let center = Double.log(mark) / binWidth
    let middle = Int(center.rounded(.down))
    ratios = grids.map { binWidth / $0.binWidth }
    var low = middle
    var high = middle
    for (grid, ratio) in zip(grids, ratios) {
      low = min(low, Int((center - Double(grid.anchor) / ratio).rounded(.down)) - 1)
      high = max(
        high, Int((center + Double(grid.count - grid.anchor) / ratio).rounded(.up)) + 1)
    }
    let range = side == .long ? low..<middle + 1 : middle..<high + 1
    self.range = range
    prices = range.map { Double.exp((Double($0) + 0.5) * binWidth) }
    pieces = zip(grids, ratios).map { grid, ratio in
      Self.pieces(side, range: range, center: center, grid: grid, ratio: ratio)
    }
  }

  private static func pieces(
    _ side: Side, range: Range<Int>, center: Double, grid: PriceGrid, ratio: Double
  ) -> [Piece] {
    let anchor = Double(grid.anchor)
    let bounds = side == .long ? 0...anchor : anchor...Double(grid.count)
    var pieces: [Piece] = []
    pieces.reserveCapacity(range.count + Int(bounds.upperBound - bounds.lowerBound) + 2)
    for (index, bin) in range.enumerated() {
      let low = (Double(bin) - center) * ratio + anchor
      let high = low + ratio
      // A level never stands on the far side of the price; rounding must not put it there.
      let from = max(low, bounds.lowerBound)
      let to = min(high, bounds.upperBound)
      guard to > from else { continue }
      let first = Int(from.rounded(.down))
      let last = min(Int(to.rounded(.up)), grid.count)
      for target in first..<max(last, first) {
        let overlap = min(to, Double(target + 1)) - max(from, Double(target))
        if overlap > 0 { pieces.append(Piece(index: index, target: target, overlap: overlap)) }
      }
    }
    return pieces
  }

  /// Adds the dollars of `coins`, one amount for each bin of `range`, to the bins of a grid.
  ///
  /// - Parameters:
  ///   - grid: its index among the grids.
  ///   - cells: where the dollars go.
  ///   - start: the cell that stands for the grid's first bin.
  func add(_ coins: [Double], grid: Int, to cells: inout [Double], from start: Int) {
    let ratio = ratios[grid]
    for piece in pieces[grid] {
      let amount = coins[piece.index]
      guard amount > 0 else { continue }
      cells[start + piece.target] += amount * prices[piece.index] * piece.overlap / ratio
    }
  }
}
