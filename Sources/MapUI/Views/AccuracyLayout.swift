/// Where the panes of the accuracy stand: all of them in a large window, else the one that keys go to
/// alone. Where the window is low the lines above them give way from the last one up.
struct AccuracyLayout: Hashable {
  let x: Range<Int>
  /// Calibration, bands, the bands now; as many of them as there is room for.
  let head: Range<Int>
  /// The panes by name; nil where all are in sight.
  let tabs: Int?
  private let places: [AccuracyLook.Pane: PanePlace]

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
        .touch: PanePlace(x: area.x, y: top..<middle, hasTitle: true),
        .labels: PanePlace(x: area.x.lowerBound..<first, y: below, hasTitle: true),
        .shipped: PanePlace(x: first + 2..<second, y: below, hasTitle: true),
        .meaning: PanePlace(x: second + 2..<area.x.upperBound, y: below, hasTitle: true),
      ]
    } else {
      tabs = top < area.y.upperBound ? top : nil
      top = min(top + 1, area.y.upperBound)
      places = [focus: PanePlace(x: area.x, y: top..<area.y.upperBound, hasTitle: false)]
    }
  }

  /// The pane that a cell belongs to.
  func pane(x: Int, y: Int) -> AccuracyLook.Pane? { places.pane(x: x, y: y) }

  /// Where a pane stands; nil where it is out of sight.
  func place(_ pane: AccuracyLook.Pane) -> PanePlace? { places[pane] }
}
