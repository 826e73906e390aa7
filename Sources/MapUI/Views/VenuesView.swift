import Terminal

/// The map of each venue on one axis of price.
enum VenuesView {
  static func draw(_ state: AppState, area: ViewArea, on canvas: inout Canvas) {
    canvas.writeCentred(
      "Venues", x: area.x, y: area.y.lowerBound, style: canvas.palette.dim)
  }
}
