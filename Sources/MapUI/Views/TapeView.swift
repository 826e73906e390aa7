import MapEngine
import Market
import Terminal

/// Where the parts of the tape stand. The sums give way first where the window is low, then the
/// note.
struct TapeLayout: Hashable {
  let x: Range<Int>
  /// What is shown of it.
  let status: Int
  /// The sums by minute and by hour, a heading first; empty where there is no room.
  let sums: Range<Int>
  /// Rows of small bars for each side.
  let barRows: Int
  /// The list, its heading first.
  let table: Range<Int>
  /// What the numbers are worth; nil where there is no room.
  let note: Int?

  init(area: ViewArea) {
    x = area.x
    status = area.y.lowerBound
    let rows = area.y.count
    barRows = rows >= 42 ? 3 : rows >= 28 ? 2 : 1
    let needed = rows >= 13 ? 1 + 2 * barRows : 0
    // Air above and below the sums where the list can spare it.
    let air = rows >= 28 ? 1 : 0
    let top = min(status + 1 + air, area.y.upperBound)
    sums = top..<min(top + needed, area.y.upperBound)
    note = rows >= 10 ? area.y.upperBound - 1 : nil
    let start = min(sums.upperBound + (needed > 0 ? air : 0), area.y.upperBound)
    table = start..<max(note ?? area.y.upperBound, start)
  }
}

/// Realised liquidations as they come, newest on top:
///
///      NEWEST ON TOP  from $10K (s)  both sides (b)  143 of 1,204 published
///              last 60 min                sum ≥   last 24 h       sum ≥
///      LONGS   ▁  ▂ █▂      ▁            $2.10M   ▁▂█▁           $12.1M
///      SHORTS    ▁      ▂▁               $1.02M   ▁  ▁           $3.40M
///        UTC       Side       USD  Venue           Price     Away  Cascade    Size √
///      ▶ 14:32:07  LONG    $1.20M  Binance +1   97,001.0  −0.13%  12 in 9 s  ██████
enum TapeView {
  static func draw(_ state: AppState, area: ViewArea, on canvas: inout Canvas) {
    let layout = TapeLayout(area: area)
    let rows = TapeRows(state.tape, look: state.tapeLook)
    canvas.write(
      status(state, rows: rows, palette: canvas.palette), x: layout.x, y: layout.status)
    TapeSums.draw(state, prints: state.tape.prints, layout: layout, on: &canvas)
    if let y = layout.note {
      let room = layout.x.count
      let note = notes(state).first { $0.unicodeScalars.count <= room }
      if let note {
        canvas.write(note, x: layout.x.lowerBound, y: y, style: canvas.palette.dim)
      }
    }
    guard !rows.rows.isEmpty else {
      drawAbsence(state, rows: rows, layout: layout, on: &canvas)
      return
    }
    let painter = TapePainter(state, rows: rows, palette: canvas.palette)
    let visible = Table.visibleRows(layout.table.count)
    let scroll = state.tapeLook.scroll.settled(count: rows.rows.count, visible: visible)
    let inSight = rows.rows[scroll.top..<min(scroll.top + visible, rows.rows.count)]
    let table = Table(painter.columns(inSight), count: rows.rows.count, scroll: scroll)
    table.draw(x: layout.x, y: layout.table, on: &canvas) { painter.cells(rows.rows[$0]) }
  }

  /// What is shown of it, and the keys that change that.
  static func status(_ state: AppState, rows: TapeRows, palette: Palette) -> [LineItem] {
    let look = state.tapeLook
    func count(_ value: Int) -> String {
      NumberText.decimal(Double(value), places: 0, grouped: true)
    }
    let shown = rows.rows.reduce(0) { sum, row in
      if case .event(let event, _) = row { sum + event.prints.count } else { sum }
    }
    var items: [LineItem] = []
    if look.heldAt != nil {
      let words = state.isPaused ? "PAUSED" : "HELD"
      let back = state.isPaused ? "Space runs on" : "Home for the newest"
      items.append(
        LineItem(
          [
            "\(words): \(count(rows.newCount)) new, \(back)",
            "\(words): \(count(rows.newCount)) new",
          ],
          palette.warning, rank: 0,
          target: .action(state.isPaused ? .togglePause : .crosshairFirst)))
    } else {
      items.append(LineItem("NEWEST ON TOP", palette.strong, rank: 3))
    }
    let least =
      look.leastUSD > 0 ? "from \(NumberText.axisUSD(look.leastUSD))" : "any size"
    items.append(
      LineItem(["\(least) (s)"], palette.text, rank: 1, target: .action(.cycleSort)))
    let side = look.side.map { "\($0.rawValue)s alone" } ?? "both sides"
    let style = look.side.map { palette.side($0 == .long) } ?? palette.text
    items.append(LineItem(["\(side) (b)"], style, rank: 1, target: .action(.cycleSide)))
    let whole = count(rows.prints.count)
    items.append(
      LineItem(
        shown == rows.prints.count
          ? ["\(whole) published", whole]
          : ["\(count(shown)) of \(whole) published", count(shown)],
        palette.dim, rank: 2))
    items.append(
      LineItem("Enter opens a cascade", palette.dim, rank: 4, target: .action(.open)))
    return items
  }

  /// What the sums are worth, from the longest wording to the shortest.
  static func notes(_ state: AppState) -> [String] {
    let cascade = "A row of several is one side, each within 5 s of the one before"
    let told = Set(state.tape.prints.map(\.venue))
    let throttled = Venue.allCases.filter { told.contains($0) && $0.throttlesLiquidations }
      .map(\.displayName)
    guard !throttled.isEmpty else {
      return [
        "As published: sums are a lower bound. \(cascade).",
        "As published: sums are a lower bound.",
      ]
    }
    let names = throttled.joined(separator: ", ")
    return [
      "\(names): one liquidation a second at most is published, so sums are a lower bound. "
        + "\(cascade).",
      "\(names): one a second at most is published; sums are a lower bound.",
      "Sums are a lower bound: venues publish a sample.",
    ]
  }

  private static func drawAbsence(
    _ state: AppState, rows: TapeRows, layout: TapeLayout, on canvas: inout Canvas
  ) {
    let palette = canvas.palette
    let look = state.tapeLook
    let lines: [String]
    if rows.prints.isEmpty {
      lines =
        state.source.isLive
        ? [
          "No venue has published a liquidation of \(state.symbol) yet",
          "They stand here as they come",
        ]
        : state.source.isSimulated
          ? ["Nobody has been liquidated yet in the simulated market"]
          : ["The file holds no single liquidation"]
    } else {
      let side = look.side.map { " of \($0.rawValue)s" } ?? ""
      let least = look.leastUSD > 0 ? " of \(NumberText.axisUSD(look.leastUSD)) or more" : ""
      lines = ["No liquidation\(side)\(least) yet", "s changes the least size, b the side"]
    }
    let top = layout.table.lowerBound + max((layout.table.count - lines.count) / 2, 0)
    for (index, line) in lines.enumerated() where layout.table.contains(top + index) {
      canvas.writeCentred(
        line, x: layout.x, y: top + index, style: index == 0 ? palette.text : palette.dim)
    }
  }
}
