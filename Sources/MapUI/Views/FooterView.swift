import Terminal

/// The last line: what just happened, or else what keys do.
enum FooterView {
  static func draw(_ state: AppState, layout: Layout, on canvas: inout Canvas) {
    let columns = 1..<layout.width - 1
    if let message = state.message {
      let style = message.isWarning ? canvas.palette.warning : canvas.palette.text
      if let line = Wrap.lines(message.text, width: columns.count, limit: 1).first {
        canvas.write(line, x: columns.lowerBound, y: layout.footer, style: style)
      }
      return
    }
    let hints = state.keymap.bindings.compactMap(\.hint)
      .filter { state.source.isLive || !$0.isOfVenues }
      .filter { state.snapshot != nil && state.view.hasMap || !$0.isOfMap }
      .filter { $0.views.contains(state.view) }
      .sorted { $0.rank < $1.rank }
    var x = columns.lowerBound
    for hint in hints {
      let length = hint.key.unicodeScalars.count + 1 + hint.word.unicodeScalars.count
      guard x + length <= columns.upperBound else { break }
      x = canvas.write(hint.key, x: x, y: layout.footer, style: canvas.palette.strong) + 1
      x = canvas.write(hint.word, x: x, y: layout.footer, style: canvas.palette.dim) + 2
    }
  }
}
