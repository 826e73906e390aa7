import MapEngine
import Terminal

/// Alerts that have just fired, at the top right, the newest on top. Those that don't fit above the
/// last line are left out, the oldest first; the list of alerts has them all.
///
///     ╭ ALERT  SIMULATED ──────────────────────────────────╮
///     │ BTCUSDT at 97,203.1 is above 97,200.00             │
///     ╰ measured, 14:32:07 UTC ────────────────── A lists ─╯
enum ToastView {
  private static let mostColumns = 56
  private static let mostLines = 4

  /// A toast in its place.
  private struct Place {
    let alert: FiredAlert
    let lines: [String]
    let x: Range<Int>
    let y: Range<Int>
  }

  static func draw(_ state: AppState, on canvas: inout Canvas) {
    for place in places(state) { draw(place, state, on: &canvas) }
  }

  /// Whether a toast covers a cell.
  static func holds(x: Int, y: Int, _ state: AppState) -> Bool {
    places(state).contains { $0.x.contains(x) && $0.y.contains(y) }
  }

  private static func places(_ state: AppState) -> [Place] {
    let width = min(state.width - 4, mostColumns)
    let right = state.width - 1
    var top = 1
    var places: [Place] = []
    for toast in state.alertStory.toasts {
      let lines = Wrap.lines(toast.alert.sentence, width: width - 4, limit: mostLines)
      let bottom = top + lines.count + 2
      guard bottom < state.height else { break }
      places.append(
        Place(alert: toast.alert, lines: lines, x: right - width..<right, y: top..<bottom))
      top = bottom
    }
    return places
  }

  private static func draw(_ place: Place, _ state: AppState, on canvas: inout Canvas) {
    let palette = canvas.palette
    let warning = palette.onOverlay(palette.warning)
    Box.draw(x: place.x, y: place.y, title: " ALERT ", frame: warning, on: &canvas)
    if place.alert.isSimulated {
      canvas.write(
        " SIMULATED ", x: place.x.lowerBound + 10, y: place.y.lowerBound,
        style: palette.simulated)
    }
    for (index, line) in place.lines.enumerated() {
      canvas.write(
        line, x: place.x.lowerBound + 2, y: place.y.lowerBound + 1 + index,
        style: palette.onOverlay(palette.strong))
    }
    let way = state.keymap.offer(.listAlerts, "lists")
    var items = [
      LineItem(
        [
          " \(place.alert.basis.rawValue), \(ClockText.time(place.alert.time)) ",
          " \(place.alert.basis.rawValue) ",
        ], warning, rank: 0)
    ]
    if !way.isEmpty { items.append(LineItem(" \(way) ", warning, rank: 1)) }
    let edge = place.x.lowerBound + 2..<place.x.upperBound - 2
    canvas.write(items, x: edge, y: place.y.upperBound - 1)
  }
}
