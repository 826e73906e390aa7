import MapEngine
import Market
import Terminal

/// What the map is worth, measured: calibration and bands on top, then touches, labels, the shipped
/// record, and what is measured, modelled and unproven.
enum AccuracyView {
  static func draw(_ state: AppState, area: ViewArea, on canvas: inout Canvas) {
    let layout = AccuracyLayout(area: area, focus: state.accuracyLook.focus)
    drawHead(state, layout: layout, on: &canvas)
    let palette = canvas.palette
    if let y = layout.tabs { canvas.write(tabs(state, palette: palette), x: layout.x, y: y) }
    let pages = AccuracyPages(state, palette: palette)
    for pane in AccuracyLook.Pane.allCases {
      guard let place = layout.place(pane) else { continue }
      let page = pages.page(pane, width: place.x.count)
      let visible = place.body.count
      let top = min(max(state.accuracyLook.tops[pane] ?? 0, 0), max(page.count - visible, 0))
      let rest = page.count - visible - top
      if place.hasTitle {
        PaneTitle.draw(
          pane.title, note: rest > 0 || top > 0 ? note(top: top, rest: rest) : "",
          isFocused: state.accuracyLook.focus == pane, x: place.x, y: place.y.lowerBound,
          on: &canvas)
      } else if let tabs = layout.tabs, rest > 0 || top > 0 {
        drawNote(note(top: top, rest: rest), x: place.x, y: tabs, on: &canvas)
      }
      draw(page, from: top, place: place, on: &canvas)
    }
  }

  /// The panes by name, and the key that walks them.
  static func tabs(_ state: AppState, palette: Palette) -> [LineItem] {
    TableTabs.items(
      AccuracyLook.Pane.allCases.map(\.title), focus: state.accuracyLook.focus.rawValue,
      hints: [LineItem("pane (w)", palette.dim, rank: 3, target: .action(.nextPane))],
      palette: palette)
  }

  /// What lies out of sight.
  private static func note(top: Int, rest: Int) -> String {
    [top > 0 ? "↑\(top)" : nil, rest > 0 ? "↓\(rest)" : nil].compactMap { $0 }
      .joined(separator: " ")
  }

  /// The note at the right end of the names of the panes, where they leave room for it.
  private static func drawNote(_ note: String, x: Range<Int>, y: Int, on canvas: inout Canvas) {
    let length = note.unicodeScalars.count
    let start = x.upperBound - length
    guard (start - 1..<x.upperBound).allSatisfy({ canvas.grid[$0, y].scalar == " " }) else {
      return
    }
    canvas.write(note, x: start, y: y, style: canvas.palette.strong)
  }

  private static func draw(
    _ page: AccuracyPage, from top: Int, place: PanePlace, on canvas: inout Canvas
  ) {
    for (offset, y) in place.body.enumerated() {
      let line = top + offset
      if line < page.intro.count {
        draw(page.intro[line], x: place.x, y: y, on: &canvas)
        continue
      }
      let inColumns = line - page.intro.count
      if inColumns >= page.columnLines {
        let outro = inColumns - page.columnLines
        if outro < page.outro.count { draw(page.outro[outro], x: place.x, y: y, on: &canvas) }
        continue
      }
      let each =
        (place.x.count - AccuracyPages.gap * max(page.columns.count - 1, 0))
        / max(page.columns.count, 1)
      for (index, column) in page.columns.enumerated() {
        guard inColumns < column.count else { continue }
        let start = place.x.lowerBound + index * (each + AccuracyPages.gap)
        draw(column[inColumns], x: start..<start + each, y: y, on: &canvas)
      }
    }
  }

  private static func draw(_ line: AccuracyLine, x: Range<Int>, y: Int, on canvas: inout Canvas) {
    switch line {
    case .blank: break
    case .text(let text, let style):
      canvas.write([LineItem(text, style, rank: 0)], x: x, y: y)
    case .heading(let table): table.drawHeading(x: x, y: y, on: &canvas)
    case .row(let table, let cells): table.drawRow(cells, x: x, y: y, on: &canvas)
    }
  }

  // MARK: Head

  private static func drawHead(
    _ state: AppState, layout: AccuracyLayout, on canvas: inout Canvas
  ) {
    let lines = [AccuracyText.calibration(state), AccuracyText.bands(), AccuracyText.now(state)]
    let isKnown = state.snapshot?.calibration.state == .calibrated
    for (index, y) in layout.head.enumerated() {
      guard let text = lines[index].first(where: { $0.unicodeScalars.count <= layout.x.count })
      else { continue }
      let style =
        index == 0 && !isKnown
        ? canvas.palette.warning : index == 0 ? canvas.palette.strong : canvas.palette.text
      canvas.write(text, x: layout.x.lowerBound, y: y, style: style)
    }
  }
}

/// The lines over the panes, each from the longest wording to the shortest.
enum AccuracyText {
  /// How well the shares of the layers are known.
  static func calibration(_ state: AppState) -> [String] {
    guard let snapshot = state.snapshot else { return ["There is no map yet"] }
    let calibration = snapshot.calibration
    let prior = factor(AccuracyRecord.methods[1].factor5)
    let fitted = factor(AccuracyRecord.methods[0].factor5)
    guard calibration.state == .calibrated else {
      return [
        "Uncalibrated: the layers' shares are the prior's. On simulated markets dollars near the "
          + "price were off by \(prior), fitted ones by \(fitted)",
        "Uncalibrated: dollars near the price off by \(prior) on simulated markets",
        "Uncalibrated: dollars off by \(prior), simulated", "Uncalibrated",
      ]
    }
    let days = NumberText.decimal(calibration.days, places: 0)
    let plain = "Calibrated on \(days) days"
    let asOf = calibration.asOf.map { ", as of \(ClockText.dateAndTime($0))" } ?? ""
    return [
      "\(plain) of published liquidations\(asOf). On simulated markets dollars near the price were "
        + "off by \(fitted), by \(prior) with the prior's shares",
      "\(plain) of published liquidations\(asOf)", "\(plain)\(asOf)", plain,
    ]
  }

  /// What the bands held.
  static func bands() -> [String] {
    let bins = AccuracyRecord.binsHeld
    let totals = AccuracyRecord.totalsHeld
    let meant = NumberText.decimal(MapBands.coverage * 100, places: 0) + "%"
    func range(_ range: ClosedRange<Int>) -> String { "\(range.lowerBound)–\(range.upperBound)" }
    return [
      "Bands meant to hold \(meant) held \(bins.all)% of bars (\(range(bins.behaviours)) by "
        + "behaviour) and \(totals.all)% of totals (\(range(totals.behaviours))) on 80 simulated "
        + "markets, \(AccuracyRecord.date). No real market shows its positions",
      "Bands meant to hold \(meant) held \(bins.all)% of bars, \(totals.all)% of totals on 80 "
        + "simulated markets",
      "\(meant) bands held \(bins.all)% of bars, simulated; real: unknown",
      "\(meant) bands held \(bins.all)%, simulated",
    ]
  }

  /// The bands around the totals now.
  static func now(_ state: AppState) -> [String] {
    guard let snapshot = state.currentStudy?.snapshot, let bands = snapshot.bands else {
      return ["The bands of this map come with the study"]
    }
    func text(_ side: Side) -> String {
      let band = bands[side]
      return "\(side.rawValue)s \(NumberText.usd(snapshot.map.total(side))) "
        + "(\(NumberText.usd(band.lowerBound)) to \(NumberText.usd(band.upperBound)))"
    }
    return [
      "Now: \(text(.long)), \(text(.short)), modelled", "\(text(.long)), \(text(.short))",
      text(.long),
    ]
  }

  private static func factor(_ value: Double) -> String {
    "x" + NumberText.decimal(value, places: 2)
  }
}
