import Terminal

/// What stands in a window that the map has no room in: one centred line with the size it needs.
enum SmallWindowView {
  static func draw(_ state: AppState, layout: Layout, on canvas: inout Canvas) {
    let least = "\(Layout.least.width)x\(Layout.least.height)"
    let have = "\(layout.width)x\(layout.height)"
    let wordings = [
      "Lodestone needs \(least), this window is \(have)", "needs \(least), has \(have)",
      "needs \(least)", least,
    ]
    guard let text = wordings.first(where: { $0.unicodeScalars.count <= layout.width }) else {
      return
    }
    canvas.writeCentred(
      text, x: 0..<layout.width, y: layout.height / 2, style: canvas.palette.strong)
  }
}
