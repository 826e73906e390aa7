import Terminal

/// The venues as a box over the map; each is let in or left out by its number.
enum VenueListView {
  static func draw(_ state: AppState, layout: Layout, on canvas: inout Canvas) {
    let palette = canvas.palette
    let rows = FeedRows(
      state.source.feeds, width: min(layout.width - 8, 100), limit: layout.height - 4,
      palette: palette)
    let closes = state.keymap.offer(.leave, "closes")
    let offers = [
      "1-\(state.source.feeds.count) on or off", state.keymap.offer(.retry, "ask again"), closes,
    ]
    let notes = [
      " " + offers.filter { !$0.isEmpty }.joined(separator: " · ") + " ", " \(closes) ",
    ]
    let width = max(rows.width, 44) + 4
    let height = rows.lines.count + 2
    let left = (layout.width - width) / 2
    let top = (layout.height - height) / 2
    Box.draw(x: left..<left + width, y: top..<top + height, title: " Venues ", on: &canvas)
    rows.draw(x: left + 2, y: top + 1, isOverlay: true, on: &canvas)
    if let note = notes.first(where: { $0.unicodeScalars.count <= width - 4 }) {
      canvas.write(
        note, x: left + width - 2 - note.unicodeScalars.count, y: top + height - 1,
        style: palette.overlayBorder)
    }
  }
}
