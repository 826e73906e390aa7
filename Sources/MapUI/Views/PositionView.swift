import MapEngine
import Market
import Terminal

/// The liquidation price of the position that somebody asks about: a line down its column, a cross
/// on the axis and its label in the top row of the plot.
enum PositionView {
  static func draw(_ scene: Scene, state: AppState, on canvas: inout Canvas) {
    guard let check = state.positionCheck, let level = check.liquidation.liquidationPrice else {
      return
    }
    let layout = scene.layout
    let palette = canvas.palette
    let plot = layout.plotX
    let far = check.distancePercent.map { " \(NumberText.percent($0))" } ?? ""
    let price = NumberText.price(level)
    guard let column = scene.scale.column(ofPrice: level) else {
      let isLeft = scene.scale.distance(ofPrice: level) < scene.scale.centre
      let wordings = ["your liquidation \(price)\(far)", "liq. \(price)"].map {
        isLeft ? " ← \($0) " : " \($0) → "
      }
      guard let text = wordings.first(where: { $0.unicodeScalars.count <= plot.count / 2 }) else {
        return
      }
      let x = isLeft ? plot.lowerBound : plot.upperBound - text.unicodeScalars.count
      canvas.write(text, x: x, y: layout.plotY.lowerBound, style: palette.selection)
      return
    }
    let x = plot.lowerBound + column
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
    let wordings = [
      " your liquidation \(price)\(far) ", " liquidation \(price) ", " liq. \(price) ",
    ]
    guard let text = wordings.first(where: { $0.unicodeScalars.count <= plot.count / 2 }) else {
      return
    }
    let place = PriceLineView.place(text, around: x, in: plot)
    canvas.write(
      text, x: place.lowerBound, y: layout.plotY.lowerBound, style: palette.selection)
  }
}
