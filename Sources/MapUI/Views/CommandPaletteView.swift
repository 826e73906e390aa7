import Terminal

/// The command palette as a box over the view. What can do nothing now is dim; why, stands in the
/// last line for the chosen one, and beside the others where the window is wide.
///
///     ╭─ Commands ───────────────────────────────────╮
///     │ mag_                                         │
///     │  m        To the magnet, the densest cluster │
///     │  n        Next cluster by density            │
///     │  N        Previous cluster by density        │
///     │ This map has no magnet                       │
///     ╰──────────────────── Enter runs · Esc closes ─╯
enum CommandPaletteView {
  private static let keyWidth = 10
  private static let wordWidth = 36

  /// Where the box stands, and the rows of its list.
  struct Place: Hashable {
    let x: Range<Int>
    let y: Range<Int>
    /// Rows of the list.
    let list: Range<Int>

    init(_ layout: Layout) {
      let width = min(layout.width - 6, 100)
      let rows = CommandPaletteView.visibleRows(layout)
      let left = (layout.width - width) / 2
      let top = max((layout.height - rows - 4) / 2, 0)
      x = left..<left + width
      y = top..<top + rows + 4
      list = top + 2..<top + 2 + rows
    }
  }

  /// Rows of the list in a window of that size.
  static func visibleRows(_ layout: Layout) -> Int { min(max(layout.height - 9, 3), 16) }

  /// The entries in sight, by their place among the matches, and their rows.
  static func rows(
    _ count: Int, _ palette: CommandPalette, _ place: Place
  ) -> [(index: Int, y: Int)] {
    let scroll = palette.scroll.settled(count: count, visible: place.list.count)
    return (0..<min(place.list.count, count - scroll.top)).map {
      (scroll.top + $0, place.list.lowerBound + $0)
    }
  }

  static func draw(
    _ state: AppState, open: CommandPalette, layout: Layout, on canvas: inout Canvas
  ) {
    let palette = canvas.palette
    let place = Place(layout)
    let matches = state.paletteMatches
    Box.draw(x: place.x, y: place.y, title: " Commands ", on: &canvas)
    let left = place.x.lowerBound + 2
    let room = place.x.count - 4
    let end = canvas.write(
      open.text, x: left, y: place.y.lowerBound + 1, style: palette.onOverlay(palette.strong))
    canvas.write("_", x: end, y: place.y.lowerBound + 1, style: palette.onOverlay(palette.dim))
    let selected = open.scroll.settled(count: matches.count, visible: place.list.count).selected
    var reason: String?
    for (index, y) in rows(matches.count, open, place) {
      let why = state.uselessness(of: matches[index].command)
      if index == selected { reason = why }
      draw(
        matches[index], why: why, isChosen: index == selected, x: left, room: room, y: y,
        on: &canvas)
    }
    if matches.isEmpty {
      canvas.write(
        "no command fits", x: left + 1, y: place.list.lowerBound,
        style: palette.onOverlay(palette.dim))
    }
    if let reason, let line = Wrap.lines(reason, width: room, limit: 1).first {
      canvas.write(
        line, x: left, y: place.y.upperBound - 2, style: palette.onOverlay(palette.warning))
    }
    let note = " \(matches.count) · Enter runs · Esc closes "
    canvas.write(
      note, x: place.x.upperBound - 2 - note.unicodeScalars.count, y: place.y.upperBound - 1,
      style: palette.overlayBorder)
  }

  private static func draw(
    _ entry: PaletteEntry, why: String?, isChosen: Bool, x: Int, room: Int, y: Int,
    on canvas: inout Canvas
  ) {
    let palette = canvas.palette
    let style =
      isChosen
      ? palette.selection : why == nil ? palette.overlay : palette.onOverlay(palette.dim)
    let keyStyle =
      isChosen || why != nil ? style : palette.onOverlay(palette.magnet)
    canvas.write(String(repeating: " ", count: room), x: x, y: y, style: style)
    canvas.write(Wrap.cut(entry.keys, width: keyWidth - 1), x: x + 2, y: y, style: keyStyle)
    let words = x + 2 + keyWidth
    let free = room - 3 - keyWidth
    canvas.write(Wrap.cut(entry.words, width: free), x: words, y: y, style: style)
    // A mark of its own where dim and bright can't be told apart.
    guard let why else { return }
    let rest = free - wordWidth
    if rest >= 24 {
      canvas.write(Wrap.cut(why, width: rest), x: words + wordWidth, y: y, style: style)
    } else {
      canvas.put("–", x: x, y: y, style: style)
    }
  }
}
