import Terminal

/// What keys do in a box, on its lower edge at the right; what doesn't fit is left out from the
/// end of the list:
///
///     ╰───────────── Enter edits ─ z snoozes ─ Esc closes ─╯
enum BoxHints {
  /// Draws hints. The last one stays longest: it says the way out.
  static func draw(
    _ hints: [WhichKey.Hint], x: Range<Int>, y: Int, on canvas: inout Canvas
  ) {
    let items = items(hints, style: canvas.palette.overlayBorder)
    canvas.write(items, x: place(items, x), y: y)
  }

  /// What clicks on the hints press.
  static func regions(_ hints: [WhichKey.Hint], x: Range<Int>, y: Int) -> [TargetRegion] {
    let items = items(hints, style: Style())
    return LineItem.regions(items, x: place(items, x), y: y)
  }

  private static func items(_ hints: [WhichKey.Hint], style: Style) -> [LineItem] {
    hints.enumerated().map { index, hint in
      LineItem(
        " \(hint.key) \(hint.word) ", style, rank: index == hints.count - 1 ? 0 : index + 1,
        gap: 1, target: hint.presses.first.map { .key($0) })
    }
  }

  /// Columns of those that fit, at the right end of the box.
  private static func place(_ items: [LineItem], _ x: Range<Int>) -> Range<Int> {
    let room = x.lowerBound + 2..<x.upperBound - 2
    return room.upperBound
      - LineItem.total(LineItem.fit(items, width: room.count))..<room.upperBound
  }
}
