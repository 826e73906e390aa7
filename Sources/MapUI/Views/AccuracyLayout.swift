/// Where the panes of the accuracy stand: all of them in a large window, else the one that keys go to
/// alone. Where the window is low the lines above them give way from the last one up.
struct AccuracyLayout: Hashable {
  /// A pane in its place.
  struct Place: Hashable {
    let x: Range<Int>
    /// All its rows.
    let y: Range<Int>
    /// Whether its first row is a heading of its own.
    let hasTitle: Bool

    /// The rows of its text.
    var text: Range<Int> {
      min(y.lowerBound + (hasTitle ? 1 : 0), y.upperBound)..<y.upperBound
    }
  }

  let x: Range<Int>
  /// Calibration, bands, the bands now; as many of them as there is room for.
  let head: Range<Int>
  /// The panes by name; nil where all are in sight.
  let tabs: Int?
  private let places: [AccuracyLook.Pane: Place]

  init(area: ViewArea, focus: AccuracyLook.Pane) {
    x = area.x
    let rows = area.y.count
    let lines = rows >= 16 ? 3 : rows >= 12 ? 2 : min(rows, 1)
    head = area.y.lowerBound..<area.y.lowerBound + lines
    var top = head.upperBound
    if area.x.count >= 170, rows >= 40 {
      tabs = nil
      let middle = min(top + 18, area.y.upperBound)
      let third = (area.x.count - 4) / 3
      let first = area.x.lowerBound + third
      let second = first + 2 + third
      let below = middle..<area.y.upperBound
      places = [
        .touch: Place(x: area.x, y: top..<middle, hasTitle: true),
        .labels: Place(x: area.x.lowerBound..<first, y: below, hasTitle: true),
        .shipped: Place(x: first + 2..<second, y: below, hasTitle: true),
        .meaning: Place(x: second + 2..<area.x.upperBound, y: below, hasTitle: true),
      ]
    } else {
      tabs = top < area.y.upperBound ? top : nil
      top = min(top + 1, area.y.upperBound)
      places = [focus: Place(x: area.x, y: top..<area.y.upperBound, hasTitle: false)]
    }
  }

  /// Where a pane stands; nil where it is out of sight.
  func place(_ pane: AccuracyLook.Pane) -> Place? { places[pane] }
}
