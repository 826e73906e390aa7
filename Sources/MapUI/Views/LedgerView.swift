import Terminal

/// Magnets and their lives, stop hunts, the reading with its record.
enum LedgerView {
  static func draw(_ state: AppState, area: ViewArea, on canvas: inout Canvas) {
    canvas.writeCentred(
      "Ledger", x: area.x, y: area.y.lowerBound, style: canvas.palette.dim)
  }
}
