import MapEngine
import Market
import Terminal

/// Where the parts of the list of alerts stand. Below the table the selected alert is told in full;
/// in a low window in fewer lines, and the table scrolls.
struct AlertListLayout: Hashable {
  /// The box.
  let x: Range<Int>
  let y: Range<Int>
  /// The table, its heading first.
  let table: Range<Int>
  /// The selected alert in full.
  let details: Range<Int>

  init(_ state: AppState, _ list: AlertList) {
    let count = list.isLog ? state.alertStory.log.alerts.count : state.alerts.count
    let width = min(state.width - 4, 112)
    let most = max(state.height - 3, 8)
    let detailRows = most >= 20 ? 4 : 3
    // An empty list says in two lines what fills it.
    let height = min(max(count, 2) + 1 + 1 + detailRows + 2, most)
    let left = (state.width - width) / 2
    let top = max((state.height - height) / 2, 1)
    x = left..<left + width
    y = top..<top + height
    details = y.upperBound - 1 - detailRows..<y.upperBound - 1
    table = top + 1..<max(details.lowerBound - 1, top + 1)
  }

  /// Rows of the table in sight.
  var visibleRows: Int { Table.visibleRows(table.count) }

  /// Columns within the box.
  var inner: Range<Int> { x.lowerBound + 2..<x.upperBound - 2 }
}

/// The alerts as a box over the map, or the log of those that fired:
///
///     ╭ Alerts  2 armed of 3 ─────────────────────────────────────────────────╮
///     │ State           On   Alert                                   Last UTC │
///     │ armed           BTC  short cluster ≥ $12M within 0.25%                │
///     │ fired 14:32:07  BTC  price above 97,200.0                    14:32:07 │
///     │ off             any  bias changed                                     │
///     │ ───────────────────────────────────────────────────────────────────── │
///     │ near:distance=0.25%,usd=12M,side=short,on=BTCUSDT                     │
///     │ Fires again once no such cluster is within 1.25 times the distance    │
///     ╰──────────────── Enter edits ─ z snoozes 1h ─ x deletes ─ ... Esc closes ─╯
enum AlertListView {
  static func draw(_ state: AppState, list: AlertList, on canvas: inout Canvas) {
    let layout = AlertListLayout(state, list)
    let palette = canvas.palette
    Box.draw(x: layout.x, y: layout.y, title: title(state, list), on: &canvas)
    let rule = layout.details.lowerBound - 1
    for column in layout.inner {
      canvas.put("─", x: column, y: rule, style: palette.overlayBorder)
    }
    if list.isLog {
      AlertLogView.draw(state, list: list, layout: layout, on: &canvas)
    } else {
      drawRules(state, list: list, layout: layout, on: &canvas)
    }
    BoxHints.draw(
      hints(state, list), x: layout.x, y: layout.y.upperBound - 1, on: &canvas)
  }

  private static func title(_ state: AppState, _ list: AlertList) -> String {
    guard !list.isLog else {
      let count = state.alertStory.log.count
      return count == 0 ? " Alerts that fired " : " Alerts that fired  \(count) "
    }
    guard !state.alerts.isEmpty else { return " Alerts " }
    let armed = state.alerts.count { state.standing(of: $0) == .armed }
    return " Alerts  \(armed) armed of \(state.alerts.count) "
  }

  /// What keys do, the way out last.
  static func hints(_ state: AppState, _ list: AlertList) -> [WhichKey.Hint] {
    typealias Hint = WhichKey.Hint
    guard !list.isLog else {
      return [Hint(.character("l"), "alerts"), Hint(.escape, "back")]
    }
    var hints: [Hint] = []
    if !state.alerts.isEmpty {
      hints += [
        Hint(.enter, "edits"), Hint(.character("z"), "snoozes 1 h"),
        Hint(.character("x"), "deletes"), Hint(.character(" "), "on/off"),
      ]
    }
    hints += [Hint(.setAlert, "new", state.keymap)].compactMap { $0 }
    return hints + [Hint(.character("l"), "log"), Hint(.escape, "closes")]
  }

  private static func drawRules(
    _ state: AppState, list: AlertList, layout: AlertListLayout, on canvas: inout Canvas
  ) {
    let palette = canvas.palette
    guard !state.alerts.isEmpty else {
      let way = state.keymap.offer(.setAlert, "sets one on what the crosshair is at")
      let lines = ["No alert is set"] + (way.isEmpty ? [] : [way])
      for (index, line) in lines.enumerated() {
        canvas.write(
          line, x: layout.inner.lowerBound, y: layout.table.lowerBound + index,
          style: index == 0 ? palette.overlay : palette.onOverlay(palette.dim))
      }
      return
    }
    let columns = [
      TableColumn("State", 7, 16, rank: 0), TableColumn("On", 4, 8, rank: 2),
      TableColumn("Alert", 20, 48, rank: 1),
      TableColumn("Last UTC", 8, isNumeric: true, rank: 3),
    ]
    let table = Table(
      columns, count: state.alerts.count, scroll: list.rules, isOverlay: true)
    table.draw(x: layout.inner, y: layout.table, on: &canvas) { row in
      cells(state.alerts[row], state, palette)
    }
    let selected = list.rules.settled(
      count: state.alerts.count, visible: layout.visibleRows
    ).selected
    drawDetails(state.alerts[selected], layout: layout, on: &canvas)
  }

  private static func cells(
    _ rule: AlertRule, _ state: AppState, _ palette: Palette
  ) -> [TableCell] {
    let dim = palette.onOverlay(palette.dim)
    let (words, style) = standing(state.standing(of: rule), palette)
    let last = state.alertStory.last(of: rule).map { AlertMoment.clock($0.time) } ?? ""
    return [
      .text(words, style),
      .text([rule.instrument?.base ?? "any", "…"], palette.overlay),
      .text(AlertWords.wordings(rule), rule.isEnabled ? palette.overlay : dim),
      .word(last, dim),
    ]
  }

  private static func standing(
    _ standing: AlertStanding, _ palette: Palette
  ) -> ([String], Style) {
    let dim = palette.onOverlay(palette.dim)
    switch standing {
    case .armed: return (["armed"], palette.overlay)
    case .fired(let time):
      let clock = time.map { ["fired \(AlertMoment.clock($0))"] } ?? []
      return (clock + ["fired"], palette.onOverlay(palette.warning))
    case .snoozed(let until):
      let clock = AlertMoment.clock(until).prefix(5)
      return (["snoozed to \(clock)", "snoozed"], dim)
    case .off: return (["off"], dim)
    }
  }

  private static func drawDetails(
    _ rule: AlertRule, layout: AlertListLayout, on canvas: inout Canvas
  ) {
    let palette = canvas.palette
    let width = layout.inner.count
    var lines = Wrap.lines(
      rule.description.replacing(",", with: ", "), width: width, limit: 2
    ).map { ($0, palette.overlay) }
    lines += Wrap.lines(
      rule.condition.rearming, width: width, limit: layout.details.count - lines.count
    ).map { ($0, palette.onOverlay(palette.dim)) }
    for (row, line) in zip(layout.details, lines) {
      canvas.write(line.0, x: layout.inner.lowerBound, y: row, style: line.1)
    }
  }
}

/// Moments as alerts are told with.
enum AlertMoment {
  /// The time of day, without its zone: `14:32:07`.
  static func clock(_ moment: Timestamp) -> String { String(ClockText.time(moment).prefix(8)) }
}
