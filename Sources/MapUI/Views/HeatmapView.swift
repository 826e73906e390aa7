import Terminal

/// Dollars by price and time.
enum HeatmapView {
  static func draw(_ state: AppState, area: ViewArea, on canvas: inout Canvas) {
    canvas.writeCentred(
      "Heatmap", x: area.x, y: area.y.lowerBound, style: canvas.palette.dim)
  }
}
