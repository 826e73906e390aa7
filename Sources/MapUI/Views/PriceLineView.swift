import MapEngine
import Terminal

/// The current price: a line in its own column, its label above, and whose positions stand on
/// either side of it.
///
///      ◀ LONGS liquidated below          97,123.4          SHORTS liquidated above ▶
enum PriceLineView {
  static func draw(_ scene: Scene, on canvas: inout Canvas) {
    let layout = scene.layout
    let palette = canvas.palette
    let plot = layout.plotX
    let number = NumberText.price(scene.snapshot.price)
    let tag: Range<Int>
    if let column = scene.scale.priceColumn {
      let x = plot.lowerBound + column
      for row in layout.plotY { canvas.put("│", x: x, y: row, style: palette.price) }
      tag = place(number, around: x, in: plot)
      canvas.write(number, x: tag.lowerBound, y: layout.sides, style: palette.price)
    } else if scene.scale.first > 0 {
      let text = "← price \(number)"
      tag = plot.lowerBound..<plot.lowerBound + text.unicodeScalars.count
      canvas.write(text, x: tag.lowerBound, y: layout.sides, style: palette.price)
    } else {
      let text = "price \(number) →"
      tag = plot.upperBound - text.unicodeScalars.count..<plot.upperBound
      canvas.write(text, x: tag.lowerBound, y: layout.sides, style: palette.price)
    }
    let steps = scene.scale.steps
    if steps.lowerBound < 0 {
      let room = tag.lowerBound - 2 - plot.lowerBound
      let wordings = ["◀ LONGS liquidated below the price", "◀ LONGS below", "◀ LONGS", "◀"]
      if let text = wordings.first(where: { $0.unicodeScalars.count <= room }) {
        canvas.write(text, x: plot.lowerBound, y: layout.sides, style: palette.long)
      }
    }
    if steps.upperBound > 0 {
      let room = plot.upperBound - tag.upperBound - 2
      let wordings = ["SHORTS liquidated above the price ▶", "SHORTS above ▶", "SHORTS ▶", "▶"]
      if let text = wordings.first(where: { $0.unicodeScalars.count <= room }) {
        canvas.write(
          text, x: plot.upperBound - text.unicodeScalars.count, y: layout.sides,
          style: palette.short)
      }
    }
  }

  /// The columns of a text centred on `x`, moved as far as it takes to stay inside.
  static func place(_ text: String, around x: Int, in columns: Range<Int>) -> Range<Int> {
    let length = text.unicodeScalars.count
    let start = min(
      max(x - (length - 1) / 2, columns.lowerBound),
      max(columns.upperBound - length, columns.lowerBound))
    return start..<start + length
  }
}
