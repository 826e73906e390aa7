import MapEngine
import Market
import Terminal

/// Where the parts of the watchlist stand. In a low window the note gives way first, then the table
/// scrolls.
struct WatchLayout: Hashable {
  /// The box.
  let x: Range<Int>
  let y: Range<Int>
  /// The table, its heading first.
  let table: Range<Int>
  /// What the numbers are worth; nil where there is no room.
  let note: Int?

  init(_ state: AppState) {
    let width = min(state.width - 4, 132)
    let most = max(state.height - 3, 8)
    let rows = max(state.watchlist.count, 2) + 1
    let hasNote = most >= rows + 4
    let height = min(rows + (hasNote ? 4 : 2), most)
    let left = (state.width - width) / 2
    let top = max((state.height - height) / 2, 1)
    x = left..<left + width
    y = top..<top + height
    note = hasNote ? y.upperBound - 2 : nil
    table = top + 1..<y.upperBound - (hasNote ? 3 : 1)
  }

  /// Rows of the table in sight.
  var visibleRows: Int { Table.visibleRows(table.count) }

  /// Columns within the box.
  var inner: Range<Int> { x.lowerBound + 2..<x.upperBound - 2 }
}

/// The watchlist as a box over the map: each instrument's map in one line. From the right, what has
/// no room is left out by rank: the moment, the alerts, the small map, dollars, the bias, distances,
/// the change.
///
///     ╭ Watchlist  by distance ──────────────────────────────────────────────────────────────╮
///     │     Price     24 h     Below  USD     Above  USD     Bias          Map        Alerts │
///     │ BTC 97,123.4  +1.20%  −1.42%  $24.1M  +0.61%  $33.0M  ▲ squeeze up  ▁▂▅▃│▁▇▂▁       2 │
///     │ SOL no map yet                                                                       │
///     ╰───────────────────────── Enter shows ─ s sorts ─ + adds ─ x removes ─ Esc closes ────╯
enum WatchView {
  static func draw(_ state: AppState, table: WatchTable, on canvas: inout Canvas) {
    let layout = WatchLayout(state)
    let palette = canvas.palette
    let title = " Watchlist " + (state.watchOrder == .own ? "" : " \(state.watchOrder.title) ")
    Box.draw(x: layout.x, y: layout.y, title: title, on: &canvas)
    if state.source.isSimulated {
      canvas.write(
        " SIMULATED ", x: layout.x.lowerBound + 3 + title.unicodeScalars.count,
        y: layout.y.lowerBound, style: palette.simulated)
    }
    let entries = state.watchEntries
    if entries.isEmpty {
      canvas.write(
        "No instrument is on the watchlist", x: layout.inner.lowerBound,
        y: layout.table.lowerBound, style: palette.overlay)
      canvas.write(
        "+ finds one and adds it", x: layout.inner.lowerBound, y: layout.table.lowerBound + 1,
        style: palette.onOverlay(palette.dim))
    } else {
      let painter = WatchPainter(state, palette: palette, glyphs: canvas.glyphs)
      let rows = Table(
        painter.columns(entries, width: layout.inner.count), count: entries.count,
        scroll: table.scroll, isOverlay: true)
      rows.draw(x: layout.inner, y: layout.table, on: &canvas) { painter.cells(entries[$0]) }
    }
    if let y = layout.note {
      let notes = [
        "Prices and changes are \(state.source.isSimulated ? "simulated" : "measured"); "
          + "clusters, bias and map are modelled",
        "Clusters, bias and map are modelled",
      ]
      if let note = notes.first(where: { $0.unicodeScalars.count <= layout.inner.count }) {
        canvas.write(
          note, x: layout.inner.lowerBound, y: y, style: palette.onOverlay(palette.dim))
      }
    }
    BoxHints.draw(hints(state), x: layout.x, y: layout.y.upperBound - 1, on: &canvas)
  }

  /// What keys do, the way out last.
  static func hints(_ state: AppState) -> [WhichKey.Hint] {
    typealias Hint = WhichKey.Hint
    var hints = [Hint(.character("+"), "adds")]
    if !state.watchlist.isEmpty {
      hints = [Hint(.enter, "shows"), Hint(.character("s"), "sorts")] + hints
      hints.append(Hint(.character("x"), "removes"))
      hints += [Hint(.setAlert, "alert", state.keymap)].compactMap { $0 }
    }
    return hints + [Hint(.escape, "closes")]
  }
}

/// How a line of the watchlist is written.
struct WatchPainter {
  private let state: AppState
  private let palette: Palette
  private let glyphs: Glyphs

  init(_ state: AppState, palette: Palette, glyphs: Glyphs) {
    self.state = state
    self.palette = palette
    self.glyphs = glyphs
  }

  /// The columns; names and prices get the room that they need, and dollars of one side alone don't
  /// stand there.
  func columns(_ entries: [WatchEntry], width: Int) -> [TableColumn] {
    func longest(_ texts: [String], least: Int) -> Int {
      texts.reduce(least) { max($0, $1.unicodeScalars.count) }
    }
    let name = longest(entries.map(\.instrument.base), least: 4)
    let price = longest(entries.map(price), least: 8)
    var columns = [
      TableColumn("", 1, rank: 0), TableColumn("", min(name, 12), rank: 0),
      TableColumn("Price", price, isNumeric: true, rank: 0),
      TableColumn("24 h", 7, isNumeric: true, rank: 1),
      TableColumn("Below", 7, isNumeric: true, rank: 2),
      TableColumn("USD", 6, isNumeric: true, rank: 4),
      TableColumn("Above", 7, isNumeric: true, rank: 2),
      TableColumn("USD", 6, isNumeric: true, rank: 4),
      TableColumn("Bias", 8, 12, rank: 3),
      TableColumn("Map", WatchRow.parts / 2 + 1, WatchRow.parts + 1, rank: 5),
      TableColumn("Alerts", 6, isNumeric: true, rank: 6),
      TableColumn("As of", 8, rank: 7),
    ]
    let (below, above) = (5, 7)
    let shown = TableLayout(columns, x: 0..<width).places.map(\.column)
    if !shown.contains(above) { columns[below].rank = 8 }
    return columns
  }

  private func price(_ entry: WatchEntry) -> String {
    entry.row.map { NumberText.price($0.price) }
      ?? (entry.isUnlisted ? "not listed" : "no map yet")
  }

  /// The cells of a line.
  func cells(_ entry: WatchEntry) -> [TableCell] {
    let dim = palette.onOverlay(palette.dim)
    let isShown = entry.instrument == state.symbol
    let name = isShown ? palette.onOverlay(palette.strong) : palette.overlay
    let count = state.pendingAlerts(on: entry.instrument)
    let alerts = TableCell.word(count > 0 ? "\(count)" : "", palette.onOverlay(palette.magnet))
    var cells: [TableCell] = [
      .word(isShown ? "▶" : "", name),
      .text([entry.instrument.base, Wrap.cut(entry.instrument.base, width: 12)], name),
      .word(price(entry), entry.row == nil ? dim : name),
    ]
    guard let row = entry.row else {
      return cells + Array(repeating: .empty, count: 7) + [alerts, .empty]
    }
    cells.append(change(row.change))
    for (cluster, style) in [
      (row.nearestLong, palette.long), (row.nearestShort, palette.short),
    ] {
      let own = palette.onOverlay(style)
      cells.append(cluster.map { .text(Self.percents($0.distancePercent), own) } ?? .word("–", dim))
      cells.append(
        cluster.map { .word(NumberText.usd($0.usd), palette.overlay) } ?? .word("–", dim))
    }
    return cells + [
      bias(row.bias.label), map(row), alerts, .word(AlertMoment.clock(row.asOf), dim),
    ]
  }

  private func change(_ change: Double?) -> TableCell {
    guard let change else { return .word("–", palette.onOverlay(palette.dim)) }
    return .text(Self.percents(change * 100), palette.overlay)
  }

  /// A percentage, with fewer decimals where it is large.
  private static func percents(_ value: Double) -> [String] {
    let sign = value < 0 ? "−" : "+"
    return [
      NumberText.percent(value), sign + NumberText.decimal(abs(value), places: 1) + "%",
      sign + NumberText.decimal(abs(value), places: 0) + "%",
    ]
  }

  private func bias(_ label: Bias.Label) -> TableCell {
    switch label {
    case .squeezeUp: .text(["▲ squeeze up", "▲ up"], palette.onOverlay(palette.short))
    case .flushDown: .text(["▼ flush down", "▼ down"], palette.onOverlay(palette.long))
    case .pinned: .word("◆ pinned", palette.overlay)
    case .balanced: .text(["= balanced", "= even"], palette.overlay)
    }
  }

  /// The map from its lowest price to its highest as small bars, the price between the sides; and
  /// the same in half as many parts.
  private func map(_ row: WatchRow) -> TableCell {
    let half = row.profile.count / 2
    func cells(_ parts: [Double]) -> [Cell] {
      let middle = parts.count / 2
      let peak = parts.max() ?? 0
      var cells = parts.enumerated().map { index, usd in
        Cell(
          glyphs.spark(peak > 0 ? usd / peak : 0),
          style: palette.onOverlay(palette.side(index < middle)))
      }
      cells.insert(
        Cell(glyphs.lower("│"), style: palette.onOverlay(palette.price)), at: middle)
      return cells
    }
    let pairs = (0..<half).map { row.profile[2 * $0] + row.profile[2 * $0 + 1] }
    return .cells([cells(row.profile), cells(pairs)])
  }
}
