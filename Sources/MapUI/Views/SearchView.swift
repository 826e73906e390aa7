import Terminal

/// The search for a symbol as a box over the map.
///
///     ╭─ Symbol ───────────────────────╮
///     │ PE▏                            │
///     │ PEPE      5 venues             │
///     │ PENDLE    3 venues             │
///     ╰──────────── Enter · Esc closes ╯
enum SearchView {
  private static let width = 40

  /// Where the box stands, and the rows of its list.
  struct Place: Hashable {
    let x: Range<Int>
    let y: Range<Int>
    /// Rows of the list.
    let list: Range<Int>

    init(_ layout: Layout) {
      let rows = min(AppState.searchRows, layout.height - 6)
      let left = (layout.width - SearchView.width) / 2
      let top = (layout.height - rows - 3) / 2
      x = left..<left + SearchView.width
      y = top..<top + rows + 3
      list = top + 2..<top + 2 + rows
    }
  }

  static func draw(
    _ state: AppState, search: SymbolSearch, layout: Layout, on canvas: inout Canvas
  ) {
    let palette = canvas.palette
    let matches = state.searchMatches
    let place = Place(layout)
    let rows = place.list.count
    let left = place.x.lowerBound
    let top = place.y.lowerBound
    Box.draw(
      x: place.x, y: place.y,
      title: search.isForWatchlist ? " Add to the watchlist " : " Symbol ", on: &canvas)
    let end = canvas.write(
      search.text, x: left + 2, y: top + 1, style: palette.onOverlay(palette.strong))
    canvas.write("_", x: end, y: top + 1, style: palette.onOverlay(palette.dim))
    for (row, match) in matches.prefix(rows).enumerated() {
      let isChosen = row == search.index
      let style = isChosen ? palette.selection : palette.overlay
      let count = match.venueCount.map { $0 == 1 ? "1 venue" : "\($0) venues" } ?? ""
      let text = NumberText.filled(" " + match.symbol.base, 22) + NumberText.filled(count, 12)
      canvas.write(String(text.prefix(width - 4)), x: left + 2, y: top + 2 + row, style: style)
    }
    if matches.isEmpty {
      let text = state.source.isLive ? "no venue has listed it yet" : "not in this source"
      canvas.write(text, x: left + 3, y: top + 2, style: palette.onOverlay(palette.dim))
    }
    let note = " ↑↓ · Enter chooses · Esc closes "
    canvas.write(
      note, x: left + width - 2 - note.unicodeScalars.count, y: top + rows + 2,
      style: palette.overlayBorder)
  }
}
