/// Where a list is scrolled to, and what is selected in it.
struct TableScroll: Hashable, Sendable {
  /// The selected row, from 0.
  var selected = 0
  /// The first row in sight.
  var top = 0

  /// A step through a list.
  enum Step: Hashable, Sendable {
    /// So many rows down; up where it is negative.
    case rows(Int)
    /// So many pages down; up where it is negative.
    case pages(Int)
    /// To the first row.
    case first
    /// To the last row.
    case last

    /// Where it leads from a place, as far as there are rows or not; a row of the page before stays
    /// in sight.
    func target(from start: Int, last: Int, visible: Int) -> Int {
      switch self {
      case .rows(let rows): start + rows
      case .pages(let pages): start + pages * max(visible - 1, 1)
      case .first: 0
      case .last: last
      }
    }
  }

  /// The same, held on so many rows, of which `visible` are in sight: the selection is among them
  /// and in sight, and no room is left below while rows are out of sight above.
  func settled(count: Int, visible: Int) -> TableScroll {
    var settled = self
    settled.selected = min(max(selected, 0), max(count - 1, 0))
    let room = max(visible, 1)
    settled.top = min(max(top, settled.selected - room + 1), settled.selected)
    settled.top = min(max(settled.top, 0), max(count - room, 0))
    return settled
  }

  /// Takes a step through so many rows, of which `visible` are in sight.
  mutating func take(_ step: Step, count: Int, visible: Int) {
    let start = settled(count: count, visible: visible).selected
    selected = step.target(from: start, last: count - 1, visible: visible)
    self = settled(count: count, visible: visible)
  }
}

extension Action {
  /// What it does to a list.
  var tableStep: TableScroll.Step? {
    switch self {
    case .crosshairUp: .rows(-1)
    case .crosshairDown: .rows(1)
    case .panLeft: .pages(-1)
    case .panRight: .pages(1)
    case .crosshairFirst: .first
    case .crosshairLast: .last
    default: nil
    }
  }

  /// Whether it moves or marks something on a map, and so does nothing to a list.
  var isOfMap: Bool {
    switch self {
    case .crosshairLeft, .crosshairRight, .zoomIn, .zoomOut, .zoomReset, .centrePrice,
      .goToMagnet, .nextMagnet, .previousMagnet, .cycleLayer:
      true
    default: false
    }
  }
}

extension AppState {
  /// Says why a key of the map does nothing in a list; nil where it isn't such a key.
  mutating func explainMapKey(_ action: Action) -> [Effect]? {
    guard action.isOfMap else { return nil }
    let words = "\(view.title) has no map to move"
    let ways = [
      keymap.offer(.viewMap, "shows the map"), keymap.offer(.viewVenues, "the venues' maps"),
    ].filter { !$0.isEmpty }
    message = Message(
      (0...ways.count).reversed().map { count in
        words + (count == 0 ? "" : ": " + ways.prefix(count).joined(separator: ", "))
      })
    return []
  }
}
