import MapEngine
import Market
import Terminal

/// How the accuracy is looked at.
struct AccuracyLook: Hashable, Sendable {
  /// The panes, in the order in which a key walks them.
  enum Pane: Int, CaseIterable, Hashable, Sendable {
    /// Whether touches came as often as they were said to.
    case touch
    /// How often labels came true.
    case labels
    /// What was measured before.
    case shipped
    /// What is measured, modelled and unproven.
    case meaning

    /// Its name on the screen.
    var title: String {
      switch self {
      case .touch: "Touch"
      case .labels: "Labels"
      case .shipped: "Shipped record"
      case .meaning: "What is what"
      }
    }
  }

  /// The pane that keys go to.
  var focus = Pane.touch
  /// The first line in sight of each pane.
  var tops: [Pane: Int] = [:]
}

extension AppState {
  private var accuracyLayout: AccuracyLayout {
    AccuracyLayout(
      area: ViewArea(layout: Layout(width: width, height: height)), focus: accuracyLook.focus)
  }

  /// What a key does to the accuracy; nil where it does what it always does.
  mutating func handleInAccuracy(_ action: Action) -> [Effect]? {
    switch action {
    case .nextPane, .crosshairRight: accuracyLook.focus = accuracyLook.focus.next
    case .crosshairLeft: accuracyLook.focus = accuracyLook.focus.previous
    default:
      guard let step = action.tableStep else { return explainMapKey(action) }
      scrollAccuracy(step, in: accuracyLook.focus)
    }
    return []
  }

  private mutating func scrollAccuracy(_ step: TableScroll.Step, in pane: AccuracyLook.Pane) {
    guard let place = accuracyLayout.place(pane) else { return }
    let visible = place.body.count
    let palette = Palette(theme, depth: depth, layerCount: snapshot?.map.layers.count ?? 0)
    let count = AccuracyPages(self, palette: palette).page(pane, width: place.x.count).count
    let limit = max(count - visible, 0)
    let top = min(accuracyLook.tops[pane] ?? 0, limit)
    let next = step.target(from: top, last: limit, visible: visible)
    accuracyLook.tops[pane] = min(max(next, 0), limit)
  }

  /// What the mouse does on the accuracy; nil where it does what it always does.
  mutating func handleInAccuracy(_ mouse: MouseEvent) -> [Effect]? {
    let layout = accuracyLayout
    guard let pane = layout.pane(x: mouse.x, y: mouse.y) else { return [] }
    switch mouse.action {
    case .scrollUp: scrollAccuracy(.rows(-3), in: pane)
    case .scrollDown: scrollAccuracy(.rows(3), in: pane)
    case .press where mouse.button == .left: accuracyLook.focus = pane
    case .press, .release, .drag: break
    }
    return []
  }
}
