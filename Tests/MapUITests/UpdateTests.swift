import MapEngine
import Market
import Terminal
import Testing

@testable import MapUI

@Suite struct UpdateTests {
  private let btc = Instrument(base: "BTC")
  private let eth = Instrument(base: "ETH")

  // MARK: Snapshots

  @Test func `a new map is drawn, the same map again is not`() {
    var state = UIState.make(nil)
    let snapshot = MapFixture.snapshot()
    #expect(update(&state, .snapshot(snapshot)) == [.draw])
    #expect(update(&state, .snapshot(snapshot)).isEmpty)
    #expect(update(&state, .tick).isEmpty)
    #expect(update(&state, .input(.focus(true))).isEmpty)
    #expect(update(&state, .input(.paste("q"))).isEmpty)
    #expect(update(&state, .input(.key(.function(9)))).isEmpty)
  }

  @Test func `a map that was not asked for is dropped`() {
    var state = UIState.make()
    let shown = state.snapshot
    #expect(update(&state, .snapshot(MapFixture.snapshot(instrument: eth))).isEmpty)
    #expect(update(&state, .snapshot(MapFixture.snapshot(timeframe: .days1))).isEmpty)
    #expect(state.snapshot == shown)
  }

  @Test func `a new price doesn't move the picture`() throws {
    let start = UIState.after(
      .character("+"), .character("+"), .right, .left, .left, in: UIState.make())
    var state = start
    _ = update(&state, .snapshot(MapFixture.snapshot(price: 97_310.2)))
    let before = try #require(Scene(start, width: 120, height: 35))
    let after = try #require(Scene(state, width: 120, height: 35))
    #expect(after.scale.priceColumn == before.scale.priceColumn)
    #expect(after.scale.first == before.scale.first)
    let distance = try #require(state.crosshair?.distance)
    #expect(
      after.scale.column(ofDistance: distance) == before.scale.column(ofDistance: distance))
  }

  @Test func `another grid shows the same stretch`() throws {
    let start = UIState.after(.character("+"), .character("+"), .pageUp, in: UIState.make())
    var state = start
    _ = update(&state, .snapshot(MapFixture.snapshot(bins: 1_900)))
    let before = try #require(Scene(start, width: 120, height: 35)).scale
    let after = try #require(Scene(state, width: 120, height: 35)).scale
    #expect(abs(after.centre - before.centre) < before.columnWidth)
    #expect(abs(after.span / before.span - 1) < 1e-9)
  }

  @Test func `an axis keeps its end while bars tremble`() throws {
    var state = UIState.make(MapFixture.snapshot(dollars: 1))
    let end = try #require(state.ceilings?.bars)
    for dollars in [0.99, 1.01, 0.8, 0.97] {
      _ = update(&state, .snapshot(MapFixture.snapshot(dollars: dollars)))
      #expect(state.ceilings?.bars == end)
    }
    _ = update(&state, .snapshot(MapFixture.snapshot(dollars: 4)))
    let grown = try #require(state.ceilings?.bars)
    #expect(grown > end)
  }

  // MARK: Pause

  @Test func `a held picture stands still and catches up when it is let go`() {
    var state = UIState.make()
    #expect(update(&state, .input(.key(.character(" ")))) == [.pause, .draw])
    let held = state.frame
    let next = MapFixture.snapshot(price: 97_500)
    #expect(update(&state, .snapshot(next)).isEmpty)
    #expect(state.frame == held)
    #expect(update(&state, .input(.key(.character(" ")))) == [.resume, .draw])
    #expect(state.snapshot == next)
  }

  @Test func `a map asked for while the picture is held comes through`() {
    var state = UIState.after(.character(" "), .tab, in: UIState.make())
    let wanted = MapFixture.snapshot(instrument: eth, price: 3_400)
    #expect(update(&state, .snapshot(wanted)) == [.draw])
    #expect(state.snapshot == wanted)
  }

  // MARK: Choices

  @Test func `symbols go round`() {
    var state = UIState.make()
    for base in ["ETH", "SOL", "BTC", "ETH"] {
      #expect(
        update(&state, .input(.key(.tab))).contains(
          .request(symbol: Instrument(base: base), timeframe: .days7)))
    }
    #expect(state.isLoading)
    #expect(state.frame.lines[0].contains("BTCUSDT 7d"), "the picture names itself")
    #expect(state.frame.lines[0].contains("→ ETHUSDT 7d"))
  }

  @Test func `timeframes that cannot be shown are passed over with the reason`() {
    var state = UIState.make()
    for _ in 0..<3 { _ = update(&state, .input(.key(.character("]")))) }
    #expect(state.timeframe == .days90)
    let effects = update(&state, .input(.key(.character("]"))))
    #expect(effects.contains(.request(symbol: btc, timeframe: .all)))
    #expect(state.message?.text == "180d can't be shown: the source holds 120 days")
    #expect(state.message?.isWarning == true)
    #expect(!update(&state, .input(.key(.character("]")))).contains { $0 != .draw })
    #expect(state.message?.text == "all is the longest timeframe")
  }

  @Test func `the shortest timeframe says so`() {
    var state = UIState.make()
    for _ in 0..<4 { _ = update(&state, .input(.key(.character("[")))) }
    #expect(state.timeframe == .hours12)
    #expect(state.message?.text == "12h is the shortest timeframe")
  }

  @Test func `layers are isolated one after the other, then all are back`() {
    var state = UIState.make()
    var seen: [Int?] = []
    for _ in 0..<6 {
      _ = update(&state, .input(.key(.character("L"))))
      seen.append(state.isolatedLayer)
    }
    #expect(seen == [0, 1, 2, 3, 4, nil])
  }

  @Test func `escape leaves the help, then the crosshair, then the layer`() {
    var state = UIState.after(
      .character("L"), .right, .character("?"), in: UIState.make())
    _ = update(&state, .input(.key(.escape)))
    #expect(state.help == nil && state.crosshair != nil && state.isolatedLayer != nil)
    _ = update(&state, .input(.key(.escape)))
    #expect(state.crosshair == nil && state.isolatedLayer != nil)
    _ = update(&state, .input(.key(.escape)))
    #expect(state.isolatedLayer == nil)
    #expect(update(&state, .input(.key(.escape))) == [.draw])
    #expect(state.message?.text == "Nothing is open to leave: q quits")
  }

  @Test func `while the help is open only its own keys and the program's work`() {
    var state = UIState.after(.character("?"), in: UIState.make(width: 60, height: 20))
    _ = update(&state, .input(.key(.character("+"))))
    #expect(state.viewport == .whole && state.help != nil)
    #expect(update(&state, .input(.key(.character("q")))).contains(.quit))
    _ = update(&state, .input(.key(.down)))
    #expect(state.help?.scroll == 1)
    _ = update(&state, .input(.key(.end)))
    #expect(state.help?.scroll == HelpView.scrollLimit(state.keymap, width: 60, height: 20))
    _ = update(&state, .input(.key(.home)))
    #expect(state.help?.scroll == 0)
    _ = update(&state, .input(.key(.character("?"))))
    #expect(state.help == nil)
  }

  @Test func `messages go by themselves`() {
    var state = UIState.make()
    _ = update(&state, .notice(Message("disk is full", isWarning: true, ticks: 2)))
    #expect(state.frame.lines.last?.contains("disk is full") == true)
    #expect(update(&state, .tick).isEmpty)
    #expect(update(&state, .tick) == [.draw])
    #expect(state.message == nil)
  }

  @Test func `news of the source is drawn when it is news`() {
    var state = UIState.make()
    let stale = SourceState(
      name: "demo (seed 7)", health: .stale(since: Timestamp(milliseconds: 1_771_511_527_000)),
      isSimulated: true)
    #expect(update(&state, .source(stale)) == [.draw])
    #expect(state.frame.lines[0].contains("STALE since 14:32:07 UTC"))
    #expect(update(&state, .source(stale)).isEmpty)
    #expect(update(&state, .timeframes(state.timeframes)).isEmpty)
  }

  @Test func `keys before the first map are harmless`() {
    var state = UIState.make(nil)
    for binding in Keymap.standard.bindings {
      for key in binding.keys { _ = update(&state, .input(.key(key))) }
    }
    _ = update(&state, .snapshot(MapFixture.snapshot()))
    #expect(!state.frame.lines.isEmpty)
  }

  // MARK: Views

  @Test func `the view stays on the grid whatever is pressed`() throws {
    var random = MapFixture.Random(state: 21)
    var state = UIState.make(width: 90, height: 24)
    let keys = Keymap.standard.bindings.filter { $0.section != .program }.flatMap(\.keys)
    for _ in 0..<400 {
      let key = keys[Int(random.unit() * Double(keys.count))]
      _ = update(&state, .input(.key(key)))
      if state.isLoading {
        _ = update(
          &state,
          .snapshot(
            MapFixture.snapshot(
              instrument: state.symbol, timeframe: state.timeframe, bins: 120)))
      }
      let scene = try #require(Scene(state, width: 90, height: 24))
      let slack = 2 * scene.scale.binsPerColumn
      #expect(scene.scale.position(ofStep: scene.scale.steps.lowerBound) >= -slack)
      #expect(
        scene.scale.position(ofStep: scene.scale.steps.upperBound)
          <= Double(scene.scale.grid.count) + slack)
    }
  }

  @Test func `zoom ends where the map knows nothing finer, and says so`() throws {
    var state = UIState.make()
    for _ in 0..<20 { _ = update(&state, .input(.key(.character("+")))) }
    let scene = try #require(Scene(state, width: 120, height: 35))
    #expect(abs(scene.scale.binsPerColumn - ColumnScale.leastBins) < 1e-9)
    #expect(state.message?.text == "No finer: the map's own bins are 0.08% wide")
    for _ in 0..<20 { _ = update(&state, .input(.key(.character("-")))) }
    #expect(state.viewport == .whole)
  }

  @Test func `the crosshair pulls the view along at its edge`() throws {
    var state = UIState.after(
      .character("+"), .character("+"), .character("+"), .home, in: UIState.make())
    let before = try #require(Scene(state, width: 120, height: 35)).scale
    _ = update(&state, .input(.key(.left)))
    let after = try #require(Scene(state, width: 120, height: 35)).scale
    #expect(after.first == before.first - 1)
    #expect(state.crosshair.flatMap { after.column(ofDistance: $0.distance) } == 0)
  }

  @Test func `the crosshair stops at the end of the map`() throws {
    var state = UIState.after(.home, in: UIState.make())
    let there = state.crosshair
    _ = update(&state, .input(.key(.left)))
    #expect(state.crosshair == there)
  }

  @Test func `magnets are walked by rank, around the end`() throws {
    var state = UIState.make()
    let count = try #require(state.snapshot?.reading.magnets.count)
    try #require(count > 2)
    _ = update(&state, .input(.key(.character("N"))))
    #expect(state.magnetRank == count - 1)
    _ = update(&state, .input(.key(.character("n"))))
    #expect(state.magnetRank == 0)
    #expect(state.message?.text.hasPrefix("Magnet 1 of \(count): ") == true)
  }

  @Test func `a map without magnets says so`() {
    let state = UIState.after(
      .character("m"), in: UIState.make(MapFixture.empty()))
    #expect(state.message?.text == "This map has no magnet")
    #expect(state.frame.lines.contains { $0.contains("no positions stand") })
  }

  // MARK: Resize

  @Test func `a resize relays the picture out and keeps its middle`() throws {
    var state = UIState.after(.character("m"), in: UIState.make())
    let before = try #require(Scene(state, width: 120, height: 35)).scale
    #expect(update(&state, .input(.resize(width: 200, height: 50))) == [.draw])
    #expect(state.frame.width == 200 && state.frame.height == 50)
    let after = try #require(Scene(state, width: 200, height: 50)).scale
    #expect(abs(after.centre - before.centre) < 2 * before.columnWidth)
    #expect(update(&state, .input(.resize(width: 200, height: 50))).isEmpty)
  }

  @Test func `a window that is too small says what it needs and recovers`() {
    var state = UIState.make()
    let good = state.frame
    _ = update(&state, .input(.resize(width: 59, height: 35)))
    let words = state.frame.lines.joined().split(separator: " ").joined(separator: " ")
    #expect(words == "Lodestone needs 60x20, this window is 59x35")
    _ = update(&state, .input(.key(.character("m"))))
    _ = update(&state, .input(.key(.escape)))
    _ = update(&state, .input(.resize(width: 120, height: 35)))
    #expect(state.frame.lines.prefix(3) == good.lines.prefix(3))
  }

  @Test func `a print draws a frame only where prints are in sight`() throws {
    for (view, height, isDrawn) in [
      (ViewKind.map, 35, false), (.map, 50, true), (.tape, 35, true), (.ledger, 50, false),
    ] {
      var state = ViewFixture.live(view, width: 120, height: height)
      let before = state
      let newest = try #require(state.tape.prints.last?.liquidation)
      var tape = state.tape
      tape.append([
        MarketEvent(
          venue: .okx, instrument: state.symbol,
          fact: .liquidation(
            try Liquidation(
              time: newest.time + Span(milliseconds: 700), side: .short, price: newest.price,
              quantity: 77)))
      ])
      let effects = update(&state, .market(tape: tape, figures: state.figures))
      #expect(effects.contains(.draw) == isDrawn, "\(view) at \(height) rows")
      #expect((state.frame != before.frame) == isDrawn, "\(view) at \(height) rows")
      #expect(state.tape.count == before.tape.count + 1)
    }
  }
}
