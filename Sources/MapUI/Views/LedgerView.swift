import MapEngine
import Market
import Terminal

/// Magnets and their lives, stop hunts, the reading with its record. A pane is a list; what is
/// selected is told in words below.
enum LedgerView {
  static func draw(_ state: AppState, area: ViewArea, on canvas: inout Canvas) {
    guard let rows = state.ledgerRows else {
      StudyWait.draw(state, brings: "magnets, stop hunts and the reading", area: area, on: &canvas)
      return
    }
    let layout = LedgerLayout(area: area, focus: state.ledgerLook.focus)
    canvas.write(
      status(state, rows: rows, layout: layout, palette: canvas.palette), x: layout.x,
      y: layout.status)
    for pane in LedgerLook.Pane.allCases {
      guard let place = layout.place(pane) else { continue }
      draw(pane, state: state, rows: rows, place: place, layout: layout, on: &canvas)
    }
    drawDetail(state, rows: rows, layout: layout, on: &canvas)
  }

  private static func name(_ pane: LedgerLook.Pane, _ rows: LedgerRows) -> String {
    switch pane {
    case .magnets: "Magnets \(rows.magnets.count)"
    case .hunts: "Stop hunts \(rows.hunts.count)"
    case .reading: "Reading"
    }
  }

  private static func order(_ pane: LedgerLook.Pane, _ look: LedgerLook) -> String? {
    switch pane {
    case .magnets: look.magnetOrder.rawValue
    case .hunts: look.huntOrder.rawValue
    case .reading: nil
    }
  }

  /// The panes by name where one stands alone, what they come from, and what keys do.
  static func status(
    _ state: AppState, rows: LedgerRows, layout: LedgerLayout, palette: Palette
  ) -> [LineItem] {
    let look = state.ledgerLook
    var told: [String] = []
    if let range = rows.study.insight.told {
      let from = ClockText.dayAndTime(range.lowerBound)
      let to = ClockText.dayAndTime(range.upperBound)
      told = ["told from \(from) to \(to) UTC", "told to \(to) UTC"]
    } else {
      told = ["too few facts for a story yet"]
    }
    var hints = [LineItem("pane (w)", palette.dim, rank: 3, target: .action(.nextPane))]
    if let order = order(look.focus, look) {
      hints.append(
        LineItem("\(order) (s)", palette.dim, rank: 2, target: .action(.cycleSort)))
    }
    hints.append(
      LineItem(
        ["Enter shows it on the map", "Enter: map"], palette.dim, rank: 4,
        target: .action(.open)))
    guard layout.isSingle else { return [LineItem(told, palette.dim, rank: 1)] + hints }
    let names = LedgerLook.Pane.allCases.map { name($0, rows) }
    return TableTabs.items(
      names, focus: look.focus.rawValue,
      hints: hints + [LineItem(told, palette.dim, rank: 5)], palette: palette)
  }

  private static func draw(
    _ pane: LedgerLook.Pane, state: AppState, rows: LedgerRows, place: PanePlace,
    layout: LedgerLayout, on canvas: inout Canvas
  ) {
    let count = rows.count(pane)
    let isFocused = state.ledgerLook.focus == pane
    let scroll = (state.ledgerLook.scrolls[pane] ?? TableScroll()).settled(
      count: count, visible: layout.visible(pane))
    if place.hasTitle {
      let last = min(scroll.top + layout.visible(pane), count)
      let note = count > layout.visible(pane) ? "\(scroll.top + 1)-\(last) of \(count)" : ""
      PaneTitle.draw(
        name(pane, rows), note: note, isFocused: isFocused, x: place.x, y: place.y.lowerBound,
        on: &canvas)
    }
    guard count > 0, !place.body.isEmpty else {
      guard place.body.count > 1 else { return }
      let words = pane == .magnets ? "No magnet has stood long enough yet" : "No stop hunt yet"
      canvas.writeCentred(
        words, x: place.x, y: place.body.lowerBound + place.body.count / 2,
        style: canvas.palette.dim)
      return
    }
    let price = state.currentPrice ?? rows.study.snapshot.price
    let painter = LedgerPainter(rows, price: price, palette: canvas.palette)
    switch pane {
    case .magnets:
      Table(painter.magnetColumns, count: count, scroll: scroll, isFocused: isFocused).draw(
        x: place.x, y: place.body, on: &canvas
      ) { painter.cells(rows.magnets[$0]) }
    case .hunts:
      Table(painter.huntColumns, count: count, scroll: scroll, isFocused: isFocused).draw(
        x: place.x, y: place.body, on: &canvas
      ) { painter.cells(rows.hunts[$0]) }
    case .reading:
      Table(painter.readingColumns, count: count, scroll: scroll, isFocused: isFocused).draw(
        x: place.x, y: place.body, on: &canvas
      ) { painter.cells(rows.reading[$0]) }
    }
  }

  private static func drawDetail(
    _ state: AppState, rows: LedgerRows, layout: LedgerLayout, on canvas: inout Canvas
  ) {
    let pane = state.ledgerLook.focus
    if let rule = layout.rule {
      for column in layout.x { canvas.put("─", x: column, y: rule, style: canvas.palette.border) }
    }
    let selected = (state.ledgerLook.scrolls[pane] ?? TableScroll()).settled(
      count: rows.count(pane), visible: layout.visible(pane)
    ).selected
    guard selected < rows.count(pane) else { return }
    let words: String
    switch pane {
    case .magnets:
      let magnet = rows.magnets[selected]
      words = LedgerText.detail(magnet, wave: rows.wave(of: magnet))
    case .hunts: words = LedgerText.detail(rows.hunts[selected])
    case .reading: words = ReadingText.detail(rows.reading[selected], rows.study.insight)
    }
    let lines = Wrap.lines(words, width: layout.x.count, limit: layout.detail.count)
    for (index, line) in lines.enumerated() {
      canvas.write(
        line, x: layout.x.lowerBound, y: layout.detail.lowerBound + index,
        style: canvas.palette.text)
    }
  }
}

/// Says why there is no study to show.
enum StudyWait {
  static func draw(
    _ state: AppState, brings: String, area: ViewArea, on canvas: inout Canvas
  ) {
    let wanted = "\(state.symbol) \(state.timeframe.rawValue)"
    let words =
      state.isLoading
      ? "There is no map of \(wanted) yet: \(brings) come after it."
      : "The study of \(wanted) is being worked out: \(brings) come with it."
    let lines = Wrap.lines(words, width: area.x.count, limit: 3)
    let top = area.y.lowerBound + max((area.y.count - lines.count) / 2, 0)
    for (index, line) in lines.enumerated() where area.y.contains(top + index) {
      canvas.writeCentred(line, x: area.x, y: top + index, style: canvas.palette.text)
    }
  }
}
