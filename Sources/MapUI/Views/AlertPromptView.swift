import MapEngine
import Terminal

/// The line that an alert is typed into, as a box over the map:
///
///     ╭ Set an alert ──────────────────────────────────────────────╮
///     │ near:distance=0.25%,usd=12M,side=short,on=BTCUSDT          │
///     │ short cluster ≥ $12M within 0.25% on BTCUSDT               │
///     │ Fires again once no such cluster is within 1.25 times the  │
///     │ distance with 80 % of the dollars.                         │
///     ╰────────────── ↑↓ other alerts ─ Enter sets ─ Esc closes ───╯
enum AlertPromptView {
  /// Lines below the one that is typed.
  private static let notes = 3

  /// The box; nil where the line isn't open.
  static func area(_ state: AppState) -> (x: Range<Int>, y: Range<Int>)? {
    guard state.alertPrompt != nil else { return nil }
    let width = min(state.width - 4, 84)
    let left = (state.width - width) / 2
    let top = max((state.height - notes - 3) / 2, 1)
    return (left..<left + width, top..<top + notes + 3)
  }

  static func draw(_ state: AppState, prompt: AlertPrompt, on canvas: inout Canvas) {
    guard let (x, y) = area(state) else { return }
    Box.draw(
      x: x, y: y, title: prompt.edited == nil ? " Set an alert " : " Edit an alert ",
      on: &canvas)
    let inner = x.lowerBound + 2..<x.upperBound - 2
    drawLine(prompt.line, x: inner, y: y.lowerBound + 1, on: &canvas)
    for (index, note) in notes(prompt, width: inner.count, canvas.palette).enumerated() {
      canvas.write(note.0, x: inner.lowerBound, y: y.lowerBound + 2 + index, style: note.1)
    }
    BoxHints.draw(hints(prompt), x: x, y: y.upperBound - 1, on: &canvas)
  }

  /// What keys do, the way out last.
  static func hints(_ prompt: AlertPrompt) -> [WhichKey.Hint] {
    let others = WhichKey.Hint(key: "↑↓", word: "other alerts", presses: [.up, .down])
    return (prompt.offers.count > 1 ? [others] : []) + [
      WhichKey.Hint(.enter, prompt.edited == nil ? "sets" : "changes"),
      WhichKey.Hint(.escape, "closes"),
    ]
  }

  /// What the line says, or why it says nothing.
  private static func notes(
    _ prompt: AlertPrompt, width: Int, _ palette: Palette
  ) -> [(String, Style)] {
    if let problem = prompt.problem {
      return Wrap.lines(problem, width: width, limit: notes)
        .map { ($0, palette.onOverlay(palette.warning)) }
    }
    guard let rule = prompt.rule else {
      return [("Not a rule yet: Enter says why", palette.onOverlay(palette.dim))]
    }
    let words = Wrap.lines(AlertWords.long(rule), width: width, limit: 1)
    let rest = Wrap.lines(rule.condition.rearming, width: width, limit: notes - words.count)
    return words.map { ($0, palette.onOverlay(palette.strong)) }
      + rest.map { ($0, palette.onOverlay(palette.dim)) }
  }

  /// The line with its cursor; of a long one the part around the cursor, with marks where more is.
  private static func drawLine(
    _ line: PromptLine, x: Range<Int>, y: Int, on canvas: inout Canvas
  ) {
    let palette = canvas.palette
    let text = Array(line.text.unicodeScalars)
    let room = x.count
    // The cursor may stand behind the last character.
    let start = max(min(line.cursor - room * 2 / 3, text.count + 1 - room), 0)
    for column in 0..<room {
      let place = start + column
      let isCut = (column == 0 && start > 0) || (column == room - 1 && place + 1 < text.count)
      let scalar: Unicode.Scalar = isCut ? "…" : place < text.count ? text[place] : " "
      let style = place == line.cursor ? palette.selection : palette.onOverlay(palette.strong)
      canvas.put(scalar, x: x.lowerBound + column, y: y, style: style)
    }
  }
}
