import Terminal

/// A framed box over the map.
enum Box {
  static func draw(x: Range<Int>, y: Range<Int>, title: String, on canvas: inout Canvas) {
    let palette = canvas.palette
    canvas.grid.fill(x: x, y: y, with: Cell(" ", style: palette.overlay))
    let right = x.upperBound - 1
    let bottom = y.upperBound - 1
    for column in x {
      canvas.put("─", x: column, y: y.lowerBound, style: palette.overlayBorder)
      canvas.put("─", x: column, y: bottom, style: palette.overlayBorder)
    }
    for row in y {
      canvas.put("│", x: x.lowerBound, y: row, style: palette.overlayBorder)
      canvas.put("│", x: right, y: row, style: palette.overlayBorder)
    }
    canvas.put("╭", x: x.lowerBound, y: y.lowerBound, style: palette.overlayBorder)
    canvas.put("╮", x: right, y: y.lowerBound, style: palette.overlayBorder)
    canvas.put("╰", x: x.lowerBound, y: bottom, style: palette.overlayBorder)
    canvas.put("╯", x: right, y: bottom, style: palette.overlayBorder)
    var style = palette.overlay
    style.attributes.insert(.bold)
    canvas.write(title, x: x.lowerBound + 2, y: y.lowerBound, style: style)
  }
}
