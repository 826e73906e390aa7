import Terminal

/// Realised liquidations as they come.
enum TapeView {
  static func draw(_ state: AppState, area: ViewArea, on canvas: inout Canvas) {
    canvas.writeCentred(
      "Tape", x: area.x, y: area.y.lowerBound, style: canvas.palette.dim)
  }
}
