import MapEngine
import Market
import Terminal

/// The log of the alerts that fired, newest on top, in the box of the list:
///
///     │ UTC       On   Basis              What                                   │
///     │ 14:32:07  BTC  measured SIMULATED BTCUSDT at 97,203.1 is above 97,200.00 │
enum AlertLogView {
  static func draw(
    _ state: AppState, list: AlertList, layout: AlertListLayout, on canvas: inout Canvas
  ) {
    let palette = canvas.palette
    let alerts = Array(state.alertStory.log.alerts.reversed())
    guard !alerts.isEmpty else {
      canvas.write(
        "No alert has fired", x: layout.inner.lowerBound, y: layout.table.lowerBound,
        style: palette.overlay)
      return
    }
    let isSimulated = alerts.contains(where: \.isSimulated)
    let columns = [
      TableColumn("UTC", 8, rank: 0), TableColumn("On", 4, 8, rank: 2),
      TableColumn("Basis", isSimulated ? 12 : 8, isSimulated ? 18 : 8, rank: 1),
      TableColumn("What", 16, 78, rank: 0),
    ]
    let table = Table(columns, count: alerts.count, scroll: list.log, isOverlay: true)
    let places = TableLayout(columns, x: layout.inner).places
    let room = places.first { $0.column == 3 }?.x.count ?? 0
    table.draw(x: layout.inner, y: layout.table, on: &canvas) { row in
      cells(alerts[row], room: room, palette)
    }
    let selected = list.log.settled(count: alerts.count, visible: layout.visibleRows).selected
    drawDetails(alerts[selected], layout: layout, on: &canvas)
  }

  private static func cells(
    _ alert: FiredAlert, room: Int, _ palette: Palette
  ) -> [TableCell] {
    let basis = alert.basis.rawValue
    let style = palette.onOverlay(alert.basis == .modelled ? palette.warning : palette.text)
    return [
      .word(AlertMoment.clock(alert.time), palette.onOverlay(palette.dim)),
      .text([alert.instrument.base, "…"], palette.overlay),
      .text(alert.isSimulated ? ["\(basis) SIMULATED", "\(basis) SIM"] : [basis], style),
      // The selected one is told in full below.
      .text([alert.sentence, Wrap.cut(alert.sentence, width: room)], palette.overlay),
    ]
  }

  private static func drawDetails(
    _ alert: FiredAlert, layout: AlertListLayout, on canvas: inout Canvas
  ) {
    let palette = canvas.palette
    let x = layout.inner
    let sentence = Wrap.lines(
      alert.sentence, width: x.count, limit: max(layout.details.count - 1, 1))
    for (row, line) in zip(layout.details, sentence) {
      canvas.write(line, x: x.lowerBound, y: row, style: palette.overlay)
    }
    guard layout.details.count > sentence.count else { return }
    var items: [LineItem] = []
    if alert.isSimulated { items.append(LineItem(" SIMULATED ", palette.simulated, rank: 0)) }
    items += [
      LineItem(alert.basis.rawValue, palette.onOverlay(palette.text), rank: 0, gap: 1),
      LineItem(ClockText.dateAndTime(alert.time), palette.onOverlay(palette.dim), rank: 1),
      LineItem(
        AlertWords.wordings(alert.rule), palette.onOverlay(palette.dim),
        rank: 2),
    ]
    canvas.write(items, x: x, y: layout.details.lowerBound + sentence.count)
  }
}
