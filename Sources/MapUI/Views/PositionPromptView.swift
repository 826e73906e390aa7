import Terminal

/// The line that a position is typed into, as a box over the map.
///
///     ╭─ A position ──────────────────────────────────────────╮
///     │ long:60000:10x:0.5_                                   │
///     │ side:entry:leverage:coins, @okx names a venue         │
///     ╰─── Enter asks · wheel changes · empty removes · Esc ──╯
enum PositionPromptView {
  /// Where the box stands, and the line that is typed into.
  struct Place: Hashable {
    let x: Range<Int>
    let y: Range<Int>
    /// What is said of the line.
    let words: [String]
    /// The end of what was typed, as far as it fits, and the column that it begins in.
    let typed: String
    let textX: Int
    /// Characters of it that are out of sight.
    let hidden: Int

    init(_ prompt: PositionPrompt, _ layout: Layout) {
      let width = min(layout.width - 4, 76)
      words = Wrap.lines(
        prompt.error ?? "side:entry:leverage:coins, as long:60000:10x:0.5; @okx names a venue",
        width: width - 4, limit: 3)
      let left = (layout.width - width) / 2
      let height = words.count + 3
      let top = max(layout.legend - height, 0)
      x = left..<left + width
      y = top..<top + height
      // The end of a long line is what is being typed.
      typed = String(prompt.text.suffix(width - 5))
      textX = left + 2
      hidden = prompt.text.count - typed.count
    }

    /// The row of the line.
    var line: Int { y.lowerBound + 1 }
  }

  static func draw(_ prompt: PositionPrompt, layout: Layout, on canvas: inout Canvas) {
    let palette = canvas.palette
    let place = Place(prompt, layout)
    Box.draw(x: place.x, y: place.y, title: " A position ", on: &canvas)
    let end = canvas.write(
      place.typed, x: place.textX, y: place.line, style: palette.onOverlay(palette.strong))
    canvas.write("_", x: end, y: place.line, style: palette.onOverlay(palette.dim))
    let style = palette.onOverlay(prompt.error == nil ? palette.dim : palette.warning)
    for (row, line) in place.words.enumerated() {
      canvas.write(line, x: place.textX, y: place.line + 1 + row, style: style)
    }
    let notes = [
      " Enter asks · wheel changes · empty removes · Esc closes ",
      " Enter asks · empty removes · Esc closes ",
    ]
    let room = place.x.count - 4
    guard let note = notes.first(where: { $0.unicodeScalars.count <= room }) else { return }
    canvas.write(
      note, x: place.x.upperBound - 2 - note.unicodeScalars.count, y: place.y.upperBound - 1,
      style: palette.overlayBorder)
  }
}
