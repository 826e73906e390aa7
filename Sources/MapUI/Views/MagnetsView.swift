import MapEngine
import Terminal

/// The marks of the densest clusters: a diamond above the bar, with its dollars, and a pointer on
/// the baseline. The first one is filled.
enum MagnetsView {
  /// A mark with its words, in columns of the plot and a row of the window.
  private struct Mark {
    var column: Int
    var columns: Range<Int>
    var row: Int
    var text: String
  }

  static func draw(_ scene: Scene, heights: [Int], on canvas: inout Canvas) {
    let layout = scene.layout
    let limit = min(max(scene.scale.width / 20, 2), 8)
    let largest = scene.snapshot.reading.magnets.map(\.usd).max() ?? 0
    var marks: [Mark] = []
    for (rank, magnet) in scene.snapshot.reading.magnets.enumerated() {
      guard marks.count < limit else { break }
      // A dense but small cluster is no landmark, unless it is the magnet itself.
      guard rank == 0 || magnet.usd >= largest / 10 else { continue }
      let usd = dollars(magnet, scene: scene)
      guard usd > 0,
        let mark = mark(
          usd, isFirst: rank == 0, price: magnet.price, scene: scene, heights: heights,
          beside: marks, on: canvas)
      else { continue }
      marks.append(mark)
      var style = canvas.palette.magnet
      if rank > 0 { style.attributes.remove(.bold) }
      let left = layout.plotX.lowerBound
      canvas.write(mark.text, x: left + mark.columns.lowerBound, y: mark.row, style: style)
      canvas.put("▲", x: left + mark.column, y: layout.baseline, style: style)
    }
  }

  /// Dollars of a cluster, of one layer where that stands alone.
  private static func dollars(_ cluster: Cluster, scene: Scene) -> Double {
    guard let layer = scene.ceilings.subject.isolatedLayer, layer < cluster.layers.count else {
      return cluster.usd
    }
    return cluster.layers[layer]
  }

  /// A place for a mark, its words on the right or on the left; nil where there is none.
  private static func mark(
    _ usd: Double, isFirst: Bool, price: Double, scene: Scene, heights: [Int],
    beside others: [Mark], on canvas: Canvas
  ) -> Mark? {
    guard let column = scene.scale.column(ofPrice: price) else { return nil }
    let layout = scene.layout
    let units = canvas.glyphs.unitsPerCell
    let diamond = isFirst ? "◆" : "◇"
    let amount = NumberText.usd(usd)
    let length = amount.unicodeScalars.count + 2
    for start in [column, column - length + 1] {
      let columns = start..<start + length
      guard columns.lowerBound >= 0, columns.upperBound <= scene.scale.width else { continue }
      if let price = scene.scale.priceColumn, columns.contains(price) { continue }
      let highest = heights[columns].max() ?? 0
      let lowest = layout.plotY.upperBound - 1 - (highest + units - 1) / units
      guard lowest >= layout.plotY.lowerBound else { continue }
      // A little higher, if that keeps the words off the cumulative line.
      let rows = (max(lowest - 2, layout.plotY.lowerBound)...lowest).reversed()
      let row = rows.first { isFree(columns, row: $0, layout: layout, canvas: canvas) } ?? lowest
      let wide = (columns.lowerBound - 1)..<(columns.upperBound + 1)
      guard !others.contains(where: { $0.row == row && $0.columns.overlaps(wide) }) else {
        continue
      }
      let text = start == column ? "\(diamond) \(amount)" : "\(amount) \(diamond)"
      return Mark(column: column, columns: columns, row: row, text: text)
    }
    return nil
  }

  private static func isFree(
    _ columns: Range<Int>, row: Int, layout: Layout, canvas: Canvas
  ) -> Bool {
    columns.allSatisfy {
      let cell = canvas.grid[layout.plotX.lowerBound + $0, row]
      return cell.scalar == " " || cell.style == canvas.palette.border
    }
  }
}
