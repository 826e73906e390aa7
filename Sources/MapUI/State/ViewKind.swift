import Terminal

/// The views, in the order of their keys.
public enum ViewKind: Int, CaseIterable, Hashable, Sendable {
  /// Dollars by price.
  case map = 1
  /// Dollars by price and time.
  case heatmap
  /// The map of each venue, one below the other.
  case venues
  /// Realised liquidations as they come.
  case tape
  /// Magnets and their lives, stop hunts, the reading with its record.
  case ledger
  /// What the map is worth, measured.
  case accuracy

  /// Its name on the screen.
  var title: String {
    switch self {
    case .map: "Map"
    case .heatmap: "Heatmap"
    case .venues: "Venues"
    case .tape: "Tape"
    case .ledger: "Ledger"
    case .accuracy: "Accuracy"
    }
  }

  /// Whether it shows maps, so that keys that move a map do something.
  var hasMap: Bool {
    switch self {
    case .map, .heatmap, .venues: true
    case .tape, .ledger, .accuracy: false
    }
  }
}

extension AppState {
  /// Changes to a view.
  mutating func show(_ new: ViewKind) -> [Effect] {
    guard view != new else { return [] }
    view = new
    return [.look(new)]
  }

  /// Gives the keys to a pane of the view, by its number.
  mutating func show(pane number: Int) {
    if view == .ledger, let pane = LedgerLook.Pane(rawValue: number) { ledgerLook.focus = pane }
    if view == .accuracy, let pane = AccuracyLook.Pane(rawValue: number) {
      accuracyLook.focus = pane
    }
  }

  /// What a key does in the view that is shown; nil where it does what it always does.
  mutating func handleInView(_ action: Action) -> [Effect]? {
    switch view {
    case .map: nil
    case .heatmap: handleInHeatmap(action)
    case .venues: handleInVenueMaps(action)
    case .tape: handleInTape(action)
    case .ledger: handleInLedger(action)
    case .accuracy: handleInAccuracy(action)
    }
  }

  /// What the mouse does in the view that is shown; nil where it does what it always does.
  mutating func handleInView(_ mouse: MouseEvent) -> [Effect]? {
    let area = ViewArea(layout: Layout(width: width, height: height))
    guard area.y.contains(mouse.y) else { return nil }
    return switch view {
    case .map, .venues: nil
    case .heatmap: handleInHeatmap(mouse)
    case .tape: handleInTape(mouse)
    case .ledger: handleInLedger(mouse)
    case .accuracy: handleInAccuracy(mouse)
    }
  }
}
