import Terminal

/// The venues as a box over the map; each is let in or left out by its number.
enum VenueListView {
  /// Where the box stands, and whose each of its lines is.
  struct Place {
    let x: Range<Int>
    let y: Range<Int>
    let rows: FeedRows
    /// The number of each line's venue.
    var venues: [Int] { rows.numbers }

    /// The place in a window; the palette is asked only for the styles of words.
    init(_ state: AppState, _ layout: Layout, palette: Palette? = nil) {
      rows = FeedRows(
        state.source.feeds, width: min(layout.width - 8, 100), limit: layout.height - 4,
        palette: palette ?? Palette(state.theme, depth: state.depth, layerCount: 0))
      let width = max(rows.width, 44) + 4
      let height = rows.lines.count + 2
      let left = (layout.width - width) / 2
      let top = (layout.height - height) / 2
      x = left..<left + width
      y = top..<top + height
    }
  }

  static func draw(_ state: AppState, layout: Layout, on canvas: inout Canvas) {
    let palette = canvas.palette
    let place = Place(state, layout, palette: palette)
    let closes = state.keymap.offer(.leave, "closes")
    let offers = [
      "1-\(state.source.feeds.count) on or off", state.keymap.offer(.retry, "ask again"), closes,
    ]
    let notes = [
      " " + offers.filter { !$0.isEmpty }.joined(separator: " · ") + " ", " \(closes) ",
    ]
    let (left, width) = (place.x.lowerBound, place.x.count)
    let (top, height) = (place.y.lowerBound, place.y.count)
    Box.draw(x: place.x, y: place.y, title: " Venues ", on: &canvas)
    place.rows.draw(x: left + 2, y: top + 1, isOverlay: true, on: &canvas)
    if let note = notes.first(where: { $0.unicodeScalars.count <= width - 4 }) {
      canvas.write(
        note, x: left + width - 2 - note.unicodeScalars.count, y: top + height - 1,
        style: palette.overlayBorder)
    }
  }
}
