import Terminal

/// The places that a key after the prefix goes to, as a box over the map:
///
///     ╭ Go to ──────────────────────────────────────────╮
///     │ b  Large cluster below: longs          92,511.4 │
///     │ h  Swing high that stands      being worked out │
///     ╰─────────────────────────────────────────────────╯
enum GoToView {
  /// Where the box stands, and the rows of its list.
  struct Place: Hashable {
    let x: Range<Int>
    let y: Range<Int>

    init(_ state: AppState, _ layout: Layout) {
      let rows = state.keymap.bindings(after: .goTo).count
      let width = min(layout.width - 4, 64)
      let left = (layout.width - width) / 2
      let top = max(layout.legend - rows - 2, 0)
      x = left..<left + width
      y = top..<top + rows + 2
    }
  }

  static func draw(_ state: AppState, layout: Layout, on canvas: inout Canvas) {
    let palette = canvas.palette
    let place = Place(state, layout)
    Box.draw(x: place.x, y: place.y, title: " Go to ", on: &canvas)
    for (index, binding) in state.keymap.bindings(after: .goTo).enumerated() {
      guard let action = binding.action else { continue }
      let y = place.y.lowerBound + 1 + index
      let keys = binding.keys.map(\.shown).joined(separator: " ")
      canvas.write(
        Wrap.cut(keys, width: 6), x: place.x.lowerBound + 2, y: y,
        style: palette.onOverlay(palette.magnet))
      let (words, style) =
        switch state.place(of: action) {
        case .at(let price, _): (NumberText.price(price), palette.overlay)
        case .nowhere(let reason): (reason, palette.onOverlay(palette.dim))
        }
      let names = place.x.lowerBound + 9..<place.x.upperBound - 2
      canvas.write(binding.help, x: names.lowerBound, y: y, style: style)
      let start = names.upperBound - words.unicodeScalars.count
      guard start > names.lowerBound + binding.help.unicodeScalars.count else { continue }
      canvas.write(words, x: start, y: y, style: style)
    }
  }

  /// What clicks on the list press.
  static func regions(_ state: AppState, layout: Layout) -> [TargetRegion] {
    let place = Place(state, layout)
    let rows = state.keymap.bindings(after: .goTo).enumerated().compactMap { index, binding in
      binding.keys.first.map { key in
        TargetRegion(
          x: place.x.lowerBound + 2..<place.x.upperBound - 2,
          y: place.y.lowerBound + 1 + index..<place.y.lowerBound + 2 + index, target: .key(key))
      }
    }
    return [TargetRegion(x: place.x, y: place.y, target: .box)] + rows
  }
}
