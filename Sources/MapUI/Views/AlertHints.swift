import Terminal

/// What keys do in a box, on its lower edge at the right; what doesn't fit is left out from the
/// end of the list:
///
///     ╰───────────── Enter edit ─ z snooze ─ Esc close ─╯
enum BoxHints {
  /// Draws hints. The last one stays longest: it says the way out.
  static func draw(
    _ hints: [WhichKey.Hint], x: Range<Int>, y: Int, on canvas: inout Canvas
  ) {
    let style = canvas.palette.overlayBorder
    let shown = hints.map { " \($0.key) \($0.word) " }
    let items = shown.enumerated().map { index, text in
      LineItem(text, style, rank: index == shown.count - 1 ? 0 : index + 1, gap: 1)
    }
    let room = x.lowerBound + 2..<x.upperBound - 2
    let fitting = LineItem.fit(items, width: room.count)
    canvas.write(fitting, x: room.upperBound - LineItem.total(fitting)..<room.upperBound, y: y)
  }
}
