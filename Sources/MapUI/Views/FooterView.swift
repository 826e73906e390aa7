import Terminal

/// The last line: what just happened, or else what keys do.
enum FooterView {
  /// A hint in its place.
  struct Place: Hashable {
    /// Columns of the key and the word.
    let x: Range<Int>
    /// The key as shown.
    let key: String
    /// What it does.
    let word: String
    /// What clicks press, by columns.
    let presses: [Press]
  }

  /// Some columns of a hint and the key that a click there presses.
  struct Press: Hashable {
    let x: Range<Int>
    let key: Key
  }

  static func draw(_ state: AppState, layout: Layout, on canvas: inout Canvas) {
    let columns = 1..<layout.width - 1
    if let message = state.message {
      let style = message.isWarning ? canvas.palette.warning : canvas.palette.text
      canvas.write(
        message.fitting(columns.count), x: columns.lowerBound, y: layout.footer, style: style)
      return
    }
    for place in places(state, layout: layout) {
      let x = canvas.write(
        place.key, x: place.x.lowerBound, y: layout.footer, style: canvas.palette.strong)
      canvas.write(place.word, x: x + 1, y: layout.footer, style: canvas.palette.dim)
    }
  }

  /// The hints that fit, in their places; none while a message stands there.
  static func places(_ state: AppState, layout: Layout) -> [Place] {
    guard state.message == nil else { return [] }
    let hints = state.mode.map { WhichKey.hints($0, state) } ?? hints(state)
    // Without the margin the first steps fit into the smallest window, too.
    var x = layout.width > Layout.least.width ? 1 : 0
    var places: [Place] = []
    for hint in hints {
      let length = hint.key.unicodeScalars.count + 1 + hint.word.unicodeScalars.count
      guard x + length <= layout.width - 1 else { break }
      places.append(
        Place(x: x..<x + length, key: hint.key, word: hint.word, presses: presses(hint, x: x)))
      x += length + 2
    }
    return places
  }

  /// Which columns of a hint press which key: those of two keys, else all of them the only one.
  private static func presses(_ hint: WhichKey.Hint, x: Int) -> [Press] {
    let length = hint.key.unicodeScalars.count
    let end = x + length + 1 + hint.word.unicodeScalars.count
    guard let first = hint.presses.first else { return [] }
    guard hint.presses.count == 2, length == 2 else { return [Press(x: x..<end, key: first)] }
    return [
      Press(x: x..<x + 1, key: first), Press(x: x + 1..<x + 2, key: hint.presses[1]),
      Press(x: x + 2..<end, key: first),
    ]
  }

  /// What is of use in the view.
  private static func hints(_ state: AppState) -> [WhichKey.Hint] {
    state.keymap.bindings
      .compactMap { binding in binding.hint.map { (hint: $0, action: binding.action) } }
      .filter { state.source.isLive || !$0.hint.isOfVenues }
      .filter { state.snapshot != nil && state.view.hasMap || !$0.hint.isOfMap }
      .filter { $0.hint.views.contains(state.view) }
      .sorted { $0.hint.rank < $1.hint.rank }
      .map { hint, action in
        WhichKey.Hint(
          key: hint.key, word: hint.word, presses: presses(of: action, state))
      }
  }

  /// The keys of a hint; of all views only the next one can be meant.
  private static func presses(of action: Action?, _ state: AppState) -> [Key] {
    guard let action else { return [] }
    let keys = state.keymap.hintKeys(action)
    guard action == .viewMap, keys.count == ViewKind.allCases.count else { return keys }
    return [keys[state.view.rawValue % keys.count]]
  }
}
