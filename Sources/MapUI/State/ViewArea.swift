/// The cells that a view may fill: all between the choices and the footer.
struct ViewArea: Hashable {
  /// Columns, a margin of one left free on both sides.
  let x: Range<Int>
  /// Rows.
  let y: Range<Int>

  init(x: Range<Int>, y: Range<Int>) {
    self.x = x
    self.y = y
  }

  /// The area of a window's layout.
  init(layout: Layout) {
    let top = (layout.choices ?? layout.title) + 1
    self.init(x: 1..<max(layout.width - 1, 1), y: top..<max(layout.footer, top))
  }
}
