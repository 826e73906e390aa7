import Terminal

/// The themes as a narrow box at the right edge, so that the screen stays in sight in the one that
/// is tried.
enum ThemePreviewView {
  /// Where the box stands, and the rows of its list.
  struct Place: Hashable {
    let x: Range<Int>
    let y: Range<Int>
    /// Rows of the list.
    let list: Range<Int>

    init(_ state: AppState, _ layout: Layout) {
      let longest = state.themes.map { $0.name.unicodeScalars.count }.max() ?? 0
      let width = min(max(longest, 12), 30) + 6
      let rows = ThemePreviewView.visibleRows(state, layout)
      let top = max((layout.height - rows - 2) / 2, 1)
      x = layout.width - 2 - width..<layout.width - 2
      y = top..<top + rows + 2
      list = top + 1..<top + 1 + rows
    }
  }

  /// Rows of the list in a window of that size.
  static func visibleRows(_ state: AppState, _ layout: Layout) -> Int {
    min(state.themes.count, max(layout.height - 6, 1))
  }

  /// The themes in sight, by their indices, and their rows.
  static func rows(_ state: AppState, _ preview: ThemePreview, _ place: Place) -> [(
    index: Int, y: Int
  )] {
    let top = min(max(preview.top, 0), max(state.themes.count - place.list.count, 0))
    return place.list.enumerated().map { (top + $0.offset, $0.element) }
  }

  static func draw(
    _ state: AppState, preview: ThemePreview, layout: Layout, on canvas: inout Canvas
  ) {
    let palette = canvas.palette
    let place = Place(state, layout)
    let room = place.x.count - 4
    Box.draw(x: place.x, y: place.y, title: " Themes ", on: &canvas)
    for (index, y) in rows(state, preview, place) where state.themes.indices.contains(index) {
      let isShown = index == state.themeIndex
      let mark = index == preview.original ? "* " : "  "
      let text = NumberText.filled(
        Wrap.cut(mark + state.themes[index].name, width: room), room)
      canvas.write(
        text, x: place.x.lowerBound + 2, y: y,
        style: isShown ? palette.selection : palette.overlay)
    }
  }
}
