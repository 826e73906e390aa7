import Terminal

/// What the map is worth, measured.
enum AccuracyView {
  static func draw(_ state: AppState, area: ViewArea, on canvas: inout Canvas) {
    canvas.writeCentred(
      "Accuracy", x: area.x, y: area.y.lowerBound, style: canvas.palette.dim)
  }
}
