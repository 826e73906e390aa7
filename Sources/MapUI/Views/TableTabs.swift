import Terminal

/// The panes of a view by their names, the one that keys go to set apart, and what changes it:
///
///      [Magnets 12]  Hunts 5  Reading 22   w next pane
enum TableTabs {
  /// The names, and as much of what keys do as fits beside them.
  static func items(
    _ names: [String], focus: Int, hints: [LineItem], palette: Palette
  ) -> [LineItem] {
    names.enumerated().map { index, name in
      // Brackets tell the pane apart where there is no colour.
      LineItem(
        index == focus ? "[\(name)]" : " \(name) ", index == focus ? palette.strong : palette.dim,
        rank: index == focus ? 0 : 1, gap: 1, target: .pane(index))
    } + hints
  }

  /// What keys do, as items that give way before everything else.
  static func hints(_ keys: [(key: String, word: String)], palette: Palette) -> [LineItem] {
    keys.enumerated().flatMap { index, hint in
      [
        LineItem(["\(hint.key) \(hint.word)"], palette.dim, rank: 5 + index, gap: 2)
      ]
    }
  }
}

/// The heading of a pane: its name on a rule, what is in sight of it at the right.
enum PaneTitle {
  static func draw(
    _ name: String, note: String, isFocused: Bool, x: Range<Int>, y: Int,
    on canvas: inout Canvas
  ) {
    let palette = canvas.palette
    for column in x { canvas.put("─", x: column, y: y, style: palette.border) }
    let title = isFocused ? "[\(name)]" : " \(name) "
    let length = title.unicodeScalars.count
    guard length + 2 <= x.count else { return }
    canvas.write(
      title, x: x.lowerBound + 1, y: y, style: isFocused ? palette.strong : palette.dim)
    let right = " \(note) "
    let noteLength = right.unicodeScalars.count
    guard !note.isEmpty, length + noteLength + 4 <= x.count else { return }
    canvas.write(right, x: x.upperBound - 1 - noteLength, y: y, style: palette.dim)
  }
}
