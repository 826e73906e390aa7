import MapEngine
import Market
import Terminal

extension AppState {
  /// What the mouse does: the wheel zooms at the pointer, a click sets the crosshair or does what
  /// the words under it say, a drag pans.
  mutating func handle(_ mouse: MouseEvent) -> [Effect] {
    if mouse.action == .press { message = nil }
    if let effects = handleInAlerts(mouse) ?? handleInWatchlist(mouse) { return effects }
    if let effects = handleTarget(mouse) { return effects }
    if let effects = handleInView(mouse) { return effects }
    switch mouse.action {
    case .press where mouse.button == .left: return press(mouse)
    case .press: break
    case .release: drag = nil
    case .drag: dragTo(mouse)
    case .scrollUp, .scrollDown:
      guard hasMapAxis, let scene = Scene(self, width: width, height: height),
        scene.layout.plotX.contains(mouse.x), mouse.y >= mapTop(scene.layout)
      else { return [] }
      message = nil
      zoom(
        by: mouse.action == .scrollUp ? 1 / 1.25 : 1.25,
        atColumn: mouse.x - scene.layout.plotX.lowerBound)
    }
    return []
  }

  /// Whether prices run from left to right in the view.
  private var hasMapAxis: Bool { view == .map || view == .venues }

  /// The first row that belongs to the map, or to the maps of the venues.
  private func mapTop(_ layout: Layout) -> Int {
    view == .venues ? ViewArea(layout: layout).y.lowerBound : layout.sides
  }

  private mutating func press(_ mouse: MouseEvent) -> [Effect] {
    let layout = Layout(self, width: width, height: height)
    guard !layout.isTooSmall else { return [] }
    if mouse.y == layout.choices {
      switch ChoicesView.target(self, layout: layout, x: mouse.x) {
      case .symbol(let symbol):
        return choose(symbol: symbol)
      case .timeframe(let choice):
        return choose(timeframe: choice)
      case .view(let view):
        return show(view)
      case nil:
        return []
      }
    }
    guard hasMapAxis, let scene = Scene(self, width: width, height: height),
      layout.plotX.contains(mouse.x), mouse.y >= mapTop(layout),
      mouse.y <= layout.structure ?? layout.distances ?? layout.prices
    else { return [] }
    let column = mouse.x - layout.plotX.lowerBound
    var level: Double?
    if view == .map, layout.plotY.contains(mouse.y) {
      let rows = Double(layout.plotY.upperBound - mouse.y) - 0.5
      level = min(rows / Double(layout.barRows), 1) * scene.ceilings.bars
    }
    setCrosshair(column: column, scale: scene.scale, level: level)
    drag = Drag(column: column, centre: scene.scale.centre)
    return []
  }

  private mutating func dragTo(_ mouse: MouseEvent) {
    guard let drag, let scene = Scene(self, width: width, height: height) else { return }
    let columns = mouse.x - scene.layout.plotX.lowerBound - drag.column
    pan(to: drag.centre - Double(columns) * scene.scale.columnWidth, scale: scene.scale)
  }
}
