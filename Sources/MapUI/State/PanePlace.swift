/// A pane of a view in its place.
struct PanePlace: Hashable {
  let x: Range<Int>
  /// All its rows.
  let y: Range<Int>
  /// Whether its first row is a heading of its own.
  let hasTitle: Bool

  /// The rows below the heading.
  var body: Range<Int> {
    min(y.lowerBound + (hasTitle ? 1 : 0), y.upperBound)..<y.upperBound
  }
}

extension Dictionary where Value == PanePlace {
  /// The pane that a cell belongs to.
  func pane(x: Int, y: Int) -> Key? {
    first { $0.value.x.contains(x) && $0.value.y.contains(y) }?.key
  }
}
