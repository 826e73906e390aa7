import Terminal

/// A framed box over the map.
enum Box {
  /// Draws the box and its title; the frame is the palette's own unless another style is given.
  static func draw(
    x: Range<Int>, y: Range<Int>, title: String, frame: Style? = nil, on canvas: inout Canvas
  ) {
    let palette = canvas.palette
    let frame = frame ?? palette.overlayBorder
    canvas.grid.fill(x: x, y: y, with: Cell(" ", style: palette.overlay))
    let right = x.upperBound - 1
    let bottom = y.upperBound - 1
    for column in x {
      canvas.put("─", x: column, y: y.lowerBound, style: frame)
      canvas.put("─", x: column, y: bottom, style: frame)
    }
    for row in y {
      canvas.put("│", x: x.lowerBound, y: row, style: frame)
      canvas.put("│", x: right, y: row, style: frame)
    }
    canvas.put("╭", x: x.lowerBound, y: y.lowerBound, style: frame)
    canvas.put("╮", x: right, y: y.lowerBound, style: frame)
    canvas.put("╰", x: x.lowerBound, y: bottom, style: frame)
    canvas.put("╯", x: right, y: bottom, style: frame)
    var style = palette.overlay
    style.attributes.insert(.bold)
    canvas.write(title, x: x.lowerBound + 2, y: y.lowerBound, style: style)
  }
}
