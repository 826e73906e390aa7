import MapEngine
import Market
import Terminal

/// The liquidation price of the position that somebody asks about: a line down its column, a cross
/// on the axis and its label in the top row of the plot.
enum PositionView {
  /// Where the label stands, and the column of the line.
  struct Place: Hashable {
    let text: String
    let x: Int
    /// The column of the window that the line goes down; nil where it is out of sight.
    let column: Int?
    /// Columns of the label.
    var columns: Range<Int> { x..<x + text.unicodeScalars.count }
  }

  /// Where the position of a state stands on its scene; nil where there is none, or no room for its
  /// label.
  static func place(_ scene: Scene, state: AppState) -> Place? {
    guard let check = state.positionCheck, let level = check.liquidation.liquidationPrice else {
      return nil
    }
    let plot = scene.layout.plotX
    let far = check.distancePercent.map { " \(NumberText.percent($0))" } ?? ""
    let price = NumberText.price(level)
    func fitting(_ wordings: [String]) -> String {
      wordings.first { $0.unicodeScalars.count <= plot.count / 2 } ?? ""
    }
    guard let column = scene.scale.column(ofPrice: level) else {
      let isLeft = scene.scale.distance(ofPrice: level) < scene.scale.centre
      let text = fitting(
        ["your liquidation \(price)\(far)", "liq. \(price)"].map {
          isLeft ? " ← \($0) " : " \($0) → "
        })
      let x = isLeft ? plot.lowerBound : plot.upperBound - text.unicodeScalars.count
      return text.isEmpty ? nil : Place(text: text, x: x, column: nil)
    }
    let x = plot.lowerBound + column
    let text = fitting([
      " your liquidation \(price)\(far) ", " liquidation \(price) ", " liq. \(price) ",
    ])
    return Place(
      text: text, x: PriceLineView.place(text, around: x, in: plot).lowerBound, column: x)
  }

  static func draw(_ scene: Scene, state: AppState, on canvas: inout Canvas) {
    guard let place = place(scene, state: state) else { return }
    if let x = place.column { drawLine(x, scene.layout, on: &canvas) }
    canvas.write(
      place.text, x: place.x, y: scene.layout.plotY.lowerBound, style: canvas.palette.selection)
  }

  private static func drawLine(_ x: Int, _ layout: Layout, on canvas: inout Canvas) {
    let palette = canvas.palette
    let ghost = canvas.glyphs.lower("┊")
    for row in layout.plotY {
      let under = canvas.grid[x, row]
      let isGround = under.style.background == palette.background
      let isFree =
        isGround && (under.scalar == " " || under.style == palette.border || under.scalar == ghost)
      guard isFree || under.scalar == " " else { continue }
      // A cell full of one layer keeps its colour behind the line.
      var style = palette.warning
      style.background = under.style.background
      if !isFree, Contrast.ratio(style.foreground, style.background) < 2 {
        style.foreground = palette.background
      }
      canvas.put("╎", x: x, y: row, style: style)
    }
    canvas.put("×", x: x, y: layout.baseline, style: palette.warning)
  }
}
