import MapEngine
import Market
import Terminal
import Testing

@testable import MapUI

@Suite("The watchlist on the screen")
struct WatchTests {
  private func open(width: Int = 120, height: Int = 35) -> AppState {
    UIState.after(.character("o"), in: AlertFixture.watching(width: width, height: height))
  }

  private func names(_ state: AppState) -> [String] {
    state.watchEntries.map(\.instrument.base)
  }

  private func text(_ state: AppState) -> String { state.frame.lines.joined(separator: "\n") }

  @Test func `o opens the list at the shown instrument, and has it kept warm`() {
    var state = AlertFixture.watching()
    state.symbol = Instrument(base: "SOL")
    let effects = update(&state, .input(.key(.character("o"))))
    #expect(effects == [.list(state.watchlist), .draw])
    #expect(state.watchTable?.scroll.selected == 2)
    #expect(UIState.after(.character("o"), in: state).watchTable == nil)
    #expect(UIState.after(.escape, in: state).watchTable == nil)
    #expect(UIState.after(.character("A"), in: state).watchTable == nil)
  }

  @Test func `a row tells price, change, clusters, bias, alerts, and what isn't there yet`() throws
  {
    let state = open(width: 160)
    let lines = state.frame.lines
    let row = try #require(state.watched.first { $0.instrument.base == "ETH" })
    let ether = try #require(lines.first { $0.contains("│    ETH") })
    let long = try #require(row.nearestLong)
    for words in [
      NumberText.price(row.price), NumberText.percent((row.change ?? 0) * 100),
      NumberText.percent(long.distancePercent), NumberText.usd(long.usd), "squeeze up",
    ] {
      #expect(ether.contains(words), "\(words)\n\(ether)")
    }
    // Two rules of its own, and one of any instrument.
    #expect(ether.contains("  3 "))
    let doge = try #require(lines.first { $0.contains("DOGE") })
    #expect(doge.contains("no map yet") && !doge.contains("%"))
    #expect(text(state).contains("SIMULATED") && text(state).contains("are modelled"))
    let ripple = try #require(lines.first { $0.contains("│    XRP") })
    #expect(ripple.contains("–"))
  }

  @Test func `the shown instrument has its line as soon as it has a map`() throws {
    var state = UIState.make(width: 160)
    state.watchlist = state.symbols
    state = UIState.after(.character("o"), in: state)
    let shown = try #require(state.frame.lines.first { $0.contains("│ ▶  BTC") })
    let price = try #require(state.snapshot?.price)
    #expect(shown.contains(NumberText.price(price)) && !shown.contains("no map yet"))
    // A map of another instrument than was asked for is no map of that one.
    state.symbol = Instrument(base: "ETH")
    let asked = try #require(state.frame.lines.first { $0.contains("│ ▶  ETH") })
    #expect(asked.contains("no map yet"))
  }

  @Test func `what no venue lists is told apart from what has no map yet`() throws {
    var state = UIState.live(UIState.feeds(.live), health: .live, width: 160)
    state.watchlist = ["BTC", "ETH", "WIF2"].map { Instrument(base: $0) }
    state = UIState.after(.character("o"), in: state)
    func line(_ name: String) throws -> String {
      try #require(state.frame.lines.first { $0.contains("│    \(name) ") })
    }
    // Nobody has said yet what there is.
    #expect(try line("WIF2").contains("no map yet"))
    _ = update(&state, .listed(["BTC", "ETH"].map { SymbolChoice(Instrument(base: $0)) }))
    #expect(try line("WIF2").contains("not listed"))
    #expect(try line("ETH").contains("no map yet"))
    state = UIState.after(.end, .character("a"), in: state)
    #expect(state.alertPrompt == nil)
    #expect(state.message?.text.contains("No venue lists WIF2") == true)
    // A venue that is still reading may list it.
    state.source.feeds = UIState.feeds(.catchingUp)
    state.source.feeds[0].status = FeedStatus(health: .catchingUp, progress: 0)
    #expect(try line("WIF2").contains("no map yet"))
  }

  @Test func `the small map has longs left of the price and shorts right of it`() throws {
    let state = open(width: 160)
    let row = try #require(state.watched.first)
    let painter = WatchPainter(
      state, palette: Palette(state.theme, depth: .truecolor, layerCount: 5),
      glyphs: Glyphs(set: .full))
    let cells = painter.cells(WatchEntry(instrument: row.instrument, row: row))
    guard case .cells(let rows) = cells[9] else {
      Issue.record("\(cells[9])")
      return
    }
    #expect(rows.map(\.count) == [25, 13])
    let palette = Palette(state.theme, depth: .truecolor, layerCount: 5)
    for (cells, middle) in zip(rows, [12, 6]) {
      #expect(cells[middle].scalar == "│")
      #expect(
        cells[..<middle].allSatisfy { $0.style.foreground == palette.long.foreground })
      #expect(
        cells[(middle + 1)...].allSatisfy { $0.style.foreground == palette.short.foreground })
      #expect(cells.contains { $0.scalar == "█" })
    }
  }

  @Test func `s walks the orders, and the selected instrument stays selected`() {
    var state = UIState.after(.down, in: open())
    #expect(names(state) == state.watchlist.map(\.base))
    func selected() -> String? {
      state.watchTable.map { state.watchEntries[$0.scroll.selected].instrument.base }
    }
    for order in [WatchOrder.change, .distance, .usd, .own] {
      state = UIState.after(.character("s"), in: state)
      #expect(state.watchOrder == order && selected() == "ETH")
      let entries = state.watchEntries
      // What has nothing to be ordered by stays last.
      #expect(order == .own || entries.last?.instrument.base == "DOGE")
      let keys: [Double] = entries.compactMap { entry in
        switch order {
        case .own: nil
        case .change: entry.row?.change.map { -$0 }
        case .distance: entry.distance
        case .usd: entry.usd.map { -$0 }
        }
      }
      #expect(keys == keys.sorted())
      #expect(order == .own || text(state).contains(order.title))
    }
  }

  @Test func `Enter shows the selected instrument`() {
    var state = UIState.after(.down, in: open())
    let effects = update(&state, .input(.key(.enter)))
    #expect(effects == [.request(symbol: Instrument(base: "ETH"), timeframe: .days7), .draw])
    #expect(state.watchTable == nil && state.symbol.base == "ETH")
    state = UIState.after(.end, .enter, in: open())
    #expect(state.symbol.base == "DOGE" && state.symbols.contains(state.symbol))
  }

  @Test func `x removes a row, and the list asks for the rest`() {
    var state = UIState.after(.end, in: open())
    let effects = update(&state, .input(.key(.character("x"))))
    #expect(state.watchlist.count == 6 && !names(state).contains("DOGE"))
    #expect(effects.contains(.list(state.watchlist)))
    #expect(state.watchTable?.scroll.selected == 5)
    for _ in 0..<9 { _ = update(&state, .input(.key(.character("x")))) }
    #expect(state.watchlist.isEmpty && text(state).contains("No instrument is on the watchlist"))
  }

  @Test(arguments: [Key.character("+"), .character("/")])
  func `an instrument that is searched for is added`(key: Key) {
    var state = UIState.live()
    state.watchlist = [Instrument(base: "BTC")]
    _ = update(
      &state, .listed(["BTC", "PENDLE", "PEPE"].map { SymbolChoice(Instrument(base: $0)) }))
    state = UIState.after(
      .character("o"), key, .character("p"), .character("p"), in: state)
    #expect(text(state).contains("Add to the watchlist"))
    let effects = update(&state, .input(.key(.enter)))
    #expect(names(state) == ["BTC", "PEPE"] && state.symbol.base == "BTC")
    #expect(effects.contains(.list(state.watchlist)))
    #expect(state.watchTable?.scroll.selected == 1)
    state = UIState.after(key, .character("p"), .character("p"), .enter, in: state)
    #expect(state.watchlist.count == 2 && state.message?.text.contains("already") == true)
  }

  @Test func `a full list takes no more`() {
    var state = UIState.live()
    state.watchlist = (0..<AppState.watchlistLimit).map { Instrument(base: "C\($0)") }
    state = UIState.after(.character("o"), .character("+"), in: state)
    #expect(state.search == nil && state.message?.isWarning == true)
  }

  @Test func `rows that nobody looks at are no reason to draw`() {
    var state = AlertFixture.watching()
    let rows = state.watched
    #expect(update(&state, .watched(Array(rows.dropLast()))).isEmpty)
    _ = update(&state, .input(.key(.character("o"))))
    #expect(update(&state, .watched(rows)) == [.draw])
  }

  @Test func `an alert can be set on the selected row`() throws {
    let state = UIState.after(.down, .character("a"), in: open())
    let rule = try #require(state.alertPrompt?.rule)
    #expect(rule.instrument == Instrument(base: "ETH") && rule.condition.kind == "near")
    #expect(UIState.after(.end, .character("a"), in: open()).alertPrompt == nil)
  }

  @Test func `the other source brings a watchlist of its own`() {
    var state = UIState.live()
    state.watchlist = [Instrument(base: "PEPE")]
    var effects = update(&state, .input(.key(.character("d"))))
    #expect(state.watchlist.map(\.base) == ["BTC", "ETH", "SOL"] && state.watched.isEmpty)
    #expect(effects.contains(.list(state.watchlist)))
    effects = update(&state, .input(.key(.character("d"))))
    #expect(state.watchlist.map(\.base) == ["PEPE"] && effects.contains(.list(state.watchlist)))
  }

  @Test func `the wheel scrolls, a click selects, a second one shows`() {
    func mouse(_ action: MouseEvent.Action, _ x: Int, _ y: Int, _ start: AppState) -> AppState {
      var state = start
      _ = update(
        &state, .input(.mouse(MouseEvent(action: action, button: .left, x: x, y: y))))
      return state
    }
    let state = open()
    let layout = WatchLayout(state)
    let y = layout.table.lowerBound + 3
    let selected = mouse(.press, layout.x.lowerBound + 5, y, state)
    #expect(selected.watchTable?.scroll.selected == 2)
    #expect(mouse(.press, layout.x.lowerBound + 5, y, selected).symbol.base == "SOL")
    #expect(mouse(.scrollDown, 60, y, state).watchTable?.scroll.selected == 3)
    #expect(mouse(.press, 0, 0, state).watchTable == nil)
  }

  @Test(arguments: [(60, 20), (61, 23), (80, 24), (97, 30), (200, 50), (400, 120)])
  func `at any size nothing is cut and the last column stays free`(width: Int, height: Int) {
    var state = open(width: width, height: height)
    #expect(state.frame.lines.allSatisfy { $0.last == " " }, "\(text(state))")
    // What matters most is there in the smallest window.
    for words in ["97,123.4", "no map yet", "Esc closes", "24 h", "Below", "Above"] {
      #expect(text(state).contains(words), "\(words)\n\(text(state))")
    }
    state.glyphs = .ascii
    state.depth = .mono
    #expect(state.frame.cells.allSatisfy { $0.scalar.isASCII })
    #expect(!state.frame.lines.dropLast().joined().contains("?"), "\(text(state))")
  }

  static let golden = ViewGoldenTests.cases("watchlist") { width, height, theme, depth, glyphs in
    UIState.after(
      .character("o"), .character("s"), .character("s"), .down,
      in: AlertFixture.watching(
        width: width, height: height, theme: theme, depth: depth, glyphs: glyphs))
  }

  @Test(arguments: golden)
  func `a frame of the watchlist is what it was`(_ golden: GoldenTests.Case) throws {
    try GoldenTests.check(golden)
  }
}
