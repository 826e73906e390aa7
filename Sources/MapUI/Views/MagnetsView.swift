import MapEngine
import Terminal

/// The marks of the densest clusters: a diamond above the bar, with its dollars, and a pointer on
/// the baseline. The first one is filled.
enum MagnetsView {
  static func draw(_ scene: Scene, heights: [Int], on canvas: inout Canvas) {
    let layout = scene.layout
    let units = canvas.glyphs.unitsPerCell
    let width = scene.scale.width
    let limit = min(max(width / 20, 2), 8)
    let largest = scene.snapshot.reading.magnets.map(\.usd).max() ?? 0
    var taken: [(row: Int, columns: Range<Int>)] = []
    var drawn = 0
    for (rank, magnet) in scene.snapshot.reading.magnets.enumerated() {
      guard drawn < limit else { break }
      // A dense but small cluster is no landmark, unless it is the magnet itself.
      guard rank == 0 || magnet.usd >= largest / 10 else { continue }
      guard let column = scene.scale.column(ofPrice: magnet.price) else { continue }
      let amount = NumberText.usd(magnet.usd)
      let length = amount.unicodeScalars.count + 2
      for start in [column, column - length + 1] {
        let columns = start..<start + length
        guard columns.lowerBound >= 0, columns.upperBound <= width else { continue }
        if let price = scene.scale.priceColumn, columns.contains(price) { continue }
        let highest = heights[columns].max() ?? 0
        let row = layout.plotY.upperBound - 1 - (highest + units - 1) / units
        guard row >= layout.plotY.lowerBound else { continue }
        let wide = (columns.lowerBound - 1)..<(columns.upperBound + 1)
        guard !taken.contains(where: { $0.row == row && $0.columns.overlaps(wide) }) else {
          continue
        }
        taken.append((row, columns))
        let mark = rank == 0 ? "◆" : "◇"
        let text = start == column ? "\(mark) \(amount)" : "\(amount) \(mark)"
        var style = canvas.palette.magnet
        if rank > 0 { style.attributes.remove(.bold) }
        canvas.write(text, x: layout.plotX.lowerBound + start, y: row, style: style)
        canvas.put(
          "▲", x: layout.plotX.lowerBound + column, y: layout.baseline, style: style)
        drawn += 1
        break
      }
    }
  }
}
