/// Where the panes of the ledger stand: side by side in a wide window, one below the other in a tall
/// one, else the one that keys go to alone.
struct LedgerLayout: Hashable {
  let x: Range<Int>
  /// The panes by name, or what they come from.
  let status: Int
  /// A rule above the details; nil where there is no room.
  let rule: Int?
  /// What is selected, in words.
  let detail: Range<Int>
  private let places: [LedgerLook.Pane: PanePlace]

  init(area: ViewArea, focus: LedgerLook.Pane) {
    x = area.x
    status = area.y.lowerBound
    let rows = area.y.count
    let isWide = area.x.count >= 150 && rows >= 26
    let details = isWide ? 2 : rows >= 30 ? 4 : rows >= 20 ? 3 : rows >= 12 ? 2 : rows >= 8 ? 1 : 0
    detail = max(area.y.upperBound - details, area.y.lowerBound)..<area.y.upperBound
    rule = rows >= 16 ? detail.lowerBound - 1 : nil
    let y = min(status + 1, detail.lowerBound)..<max(rule ?? detail.lowerBound, status + 1)
    var places: [LedgerLook.Pane: PanePlace] = [:]
    if isWide {
      let middle = area.x.lowerBound + area.x.count * 52 / 100
      let right = middle + 2..<area.x.upperBound
      // The reading has about sixteen rows; hunts take what it leaves.
      let split = y.upperBound - min(18, y.count * 3 / 5)
      places[.magnets] = PanePlace(x: area.x.lowerBound..<middle, y: y, hasTitle: true)
      places[.hunts] = PanePlace(x: right, y: y.lowerBound..<split, hasTitle: true)
      places[.reading] = PanePlace(x: right, y: split..<y.upperBound, hasTitle: true)
    } else if rows >= 44 {
      let first = y.lowerBound + y.count * 2 / 5
      let second = first + (y.upperBound - first) * 2 / 5
      places[.magnets] = PanePlace(x: area.x, y: y.lowerBound..<first, hasTitle: true)
      places[.hunts] = PanePlace(x: area.x, y: first..<second, hasTitle: true)
      places[.reading] = PanePlace(x: area.x, y: second..<y.upperBound, hasTitle: true)
    } else {
      places[focus] = PanePlace(x: area.x, y: y, hasTitle: false)
    }
    self.places = places
  }

  /// The pane that a cell belongs to.
  func pane(x: Int, y: Int) -> LedgerLook.Pane? { places.pane(x: x, y: y) }

  /// Where a pane stands; nil where it is out of sight.
  func place(_ pane: LedgerLook.Pane) -> PanePlace? { places[pane] }

  /// Whether one pane stands alone.
  var isSingle: Bool { places.count == 1 }

  /// Rows of a pane's list that are in sight.
  func visible(_ pane: LedgerLook.Pane) -> Int {
    Table.visibleRows(places[pane]?.body.count ?? 0)
  }
}
