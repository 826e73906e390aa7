import Terminal

/// The line that a position is typed into, as a box over the map.
///
///     ╭─ A position ──────────────────────────────────────────╮
///     │ long:60000:10x:0.5_                                   │
///     │ side:entry:leverage:coins, @okx names a venue         │
///     ╰─────────────────────── Enter · empty removes · Esc ───╯
enum PositionPromptView {
  static func draw(_ prompt: PositionPrompt, layout: Layout, on canvas: inout Canvas) {
    let palette = canvas.palette
    let width = min(layout.width - 4, 76)
    let room = width - 4
    let words =
      prompt.error ?? "side:entry:leverage:coins, as long:60000:10x:0.5; @okx names a venue"
    let lines = Wrap.lines(words, width: room, limit: 3)
    let left = (layout.width - width) / 2
    let height = lines.count + 3
    let top = max(layout.legend - height, 0)
    Box.draw(
      x: left..<left + width, y: top..<top + height, title: " A position ", on: &canvas)
    // The end of a long line is what is being typed.
    let typed = String(prompt.text.suffix(room - 1))
    let end = canvas.write(
      typed, x: left + 2, y: top + 1, style: palette.onOverlay(palette.strong))
    canvas.write("_", x: end, y: top + 1, style: palette.onOverlay(palette.dim))
    let style = palette.onOverlay(prompt.error == nil ? palette.dim : palette.warning)
    for (row, line) in lines.enumerated() {
      canvas.write(line, x: left + 2, y: top + 2 + row, style: style)
    }
    let note = " Enter asks · empty removes · Esc closes "
    canvas.write(
      note, x: left + width - 2 - note.unicodeScalars.count, y: top + height - 1,
      style: palette.overlayBorder)
  }
}
