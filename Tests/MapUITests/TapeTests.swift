import MapEngine
import Market
import Terminal
import Testing

@testable import MapUI

@Suite struct TapeTests {
  private func tape(_ events: [MarketEvent]) -> LiquidationTape {
    var tape = LiquidationTape()
    tape.append(events)
    return tape
  }

  // MARK: Cascades

  @Test func `three of a side within the gap are one event, two are not`() throws {
    let three = tape([
      try ViewFixture.event(20, .long, usd: 1_000),
      try ViewFixture.event(16, .long, usd: 2_000, venue: .okx),
      try ViewFixture.event(11, .long, usd: 3_000, venue: .bybit),
    ])
    let events = TapeEvent.events(three.prints)
    #expect(events.count == 1)
    let event = try #require(events.first)
    #expect(event.isCascade && event.side == .long && event.prints.count == 3)
    #expect(abs(event.usd - 6_000) < 1e-6)
    #expect(event.venues == [.binance, .bybit, .okx])
    #expect(event.end - event.start == .seconds(9))
    let two = tape([
      try ViewFixture.event(20, .long, usd: 1_000), try ViewFixture.event(18, .long, usd: 1_000),
    ])
    #expect(TapeEvent.events(two.prints).map(\.prints.count) == [1, 1])
  }

  @Test func `a longer pause or the other side parts a run`() throws {
    let paused = tape(
      try [30.0, 27, 24, 18.9, 16, 13].map { try ViewFixture.event($0, .short, usd: 500) })
    // Just over five seconds lie between the third and the fourth.
    #expect(TapeEvent.events(paused.prints).map(\.prints.count) == [3, 3])
    let joined = tape(
      try [30.0, 27, 24, 19, 16, 13].map { try ViewFixture.event($0, .short, usd: 500) })
    #expect(TapeEvent.events(joined.prints).map(\.prints.count) == [6])
    let mixed = tape([
      try ViewFixture.event(10, .short, usd: 1), try ViewFixture.event(9, .long, usd: 1),
      try ViewFixture.event(8, .short, usd: 1), try ViewFixture.event(7, .long, usd: 1),
      try ViewFixture.event(6, .short, usd: 1), try ViewFixture.event(5, .long, usd: 1),
    ])
    let sides = TapeEvent.events(mixed.prints)
    #expect(sides.map(\.prints.count) == [3, 3] && sides.map(\.side) == [.long, .short])
  }

  @Test func `every print is in exactly one event, and no dollar is lost`() {
    let tape = ViewFixture.tape(count: 800)
    let events = TapeEvent.events(tape.prints)
    let ids = events.flatMap(\.prints).map(\.id)
    #expect(ids.count == tape.prints.count && Set(ids).count == ids.count)
    let whole = tape.prints.reduce(0) { $0 + $1.usd }
    #expect(abs(events.reduce(0) { $0 + $1.usd } / whole - 1) < 1e-9)
    #expect(zip(events, events.dropFirst()).allSatisfy { $0.end >= $1.end })
    #expect(events.contains { $0.isCascade })
    for event in events {
      #expect(Set(event.prints.map(\.liquidation.side)).count == 1)
      #expect(event.prints.count == 1 || event.prints.count >= TapeEvent.leastPrints)
    }
  }

  // MARK: Sums

  @Test func `sums by minute and by hour add up to the prints within them`() {
    let tape = ViewFixture.tape()
    for (span, count) in [(Span.minutes(1), 60), (.hours(1), 24), (.minutes(1), 7)] {
      let totals = TapeTotals(tape.prints, span: span, count: count, now: ViewFixture.now)
      let length = span.milliseconds
      let first = (ViewFixture.now.milliseconds / length - Int64(count) + 1) * length
      for side in Side.allCases {
        #expect(totals.sums[side].count == count)
        let wanted = tape.prints.filter {
          $0.liquidation.side == side && $0.liquidation.time.milliseconds >= first
        }.reduce(0) { $0 + $1.usd }
        #expect(abs(totals.total(side) - wanted) <= 1e-6 * max(wanted, 1))
      }
      #expect(totals.peak == max(totals.sums.long.max() ?? 0, totals.sums.short.max() ?? 0))
    }
  }

  @Test func `the running minute is the last bar`() throws {
    let tape = tape([
      try ViewFixture.event(61, .long, usd: 100), try ViewFixture.event(0, .long, usd: 7),
    ])
    let totals = TapeTotals(tape.prints, span: .minutes(1), count: 3, now: ViewFixture.now)
    #expect(totals.sums.long.map { $0.rounded() } == [100, 0, 7])
    #expect(totals.sums.short == [0, 0, 0])
  }

  // MARK: Filters

  @Test func `the least size and the side leave out what they say`() {
    let tape = ViewFixture.tape()
    for index in TapeLook.leastSizes.indices {
      for side in [nil, Side.long, .short] {
        var look = TapeLook()
        look.leastIndex = index
        look.side = side
        let rows = TapeRows(tape, look: look)
        let all = TapeEvent.events(tape.prints)
        let wanted = all.filter { event in
          event.usd >= TapeLook.leastSizes[index] && (side.map { event.side == $0 } ?? true)
        }
        #expect(rows.rows == wanted.map { .event($0, isOpen: false) })
        #expect(rows.prints == tape.prints)
        #expect(rows.largest == wanted.map(\.usd).max() ?? 0)
      }
    }
  }

  @Test func `keys walk the sizes and the sides around`() {
    var state = ViewFixture.live(.tape)
    var sizes: [Double] = []
    for _ in TapeLook.leastSizes {
      sizes.append(state.tapeLook.leastUSD)
      _ = update(&state, .input(.key(.character("s"))))
    }
    #expect(sizes == TapeLook.leastSizes && state.tapeLook.leastUSD == 0)
    var sides: [Side?] = []
    for _ in 0..<3 {
      sides.append(state.tapeLook.side)
      _ = update(&state, .input(.key(.character("b"))))
    }
    #expect(sides == [nil, .long, .short] && state.tapeLook.side == nil)
  }

  // MARK: Scrolling

  @Test func `away from the top the tape is held, and says how many are new`() throws {
    var state = UIState.after(.down, .down, in: ViewFixture.live(.tape))
    #expect(state.tapeLook.heldAt == state.tape.count)
    let rows = TapeRows(state.tape, look: state.tapeLook).rows
    let selected = rows[state.tapeLook.scroll.selected]
    var grown = state.tape
    grown.append(try (1...7).map { try ViewFixture.event(-Double($0), .long, usd: 5_000) })
    _ = update(&state, .market(tape: grown, figures: []))
    let held = TapeRows(state.tape, look: state.tapeLook)
    #expect(held.rows == rows && held.newCount == 7)
    #expect(held.rows[state.tapeLook.scroll.selected] == selected)
    #expect(state.frame.lines.joined().contains("HELD: 7 new"))
    _ = update(&state, .input(.key(.home)))
    #expect(state.tapeLook.heldAt == nil)
    let running = TapeRows(state.tape, look: state.tapeLook)
    #expect(running.newCount == 0 && running.prints.count == grown.prints.count)
    #expect(!state.frame.lines.joined().contains("HELD"))
  }

  @Test func `while the picture is held nothing new comes in`() throws {
    var state = UIState.after(.character(" "), in: ViewFixture.live(.tape))
    let before = TapeRows(state.tape, look: state.tapeLook).rows
    var grown = state.tape
    grown.append([try ViewFixture.event(-1, .short, usd: 5_000)])
    _ = update(&state, .market(tape: grown, figures: []))
    #expect(TapeRows(state.tape, look: state.tapeLook).rows == before)
    #expect(state.frame.lines.joined().contains("PAUSED: 1 new"))
    _ = update(&state, .input(.key(.character(" "))))
    #expect(TapeRows(state.tape, look: state.tapeLook).prints.count == grown.prints.count)
    #expect(TapeRows(state.tape, look: state.tapeLook).rows != before)
  }

  @Test func `keys and the wheel reach both ends and stay there`() {
    var state = ViewFixture.live(.tape)
    let count = TapeRows(state.tape, look: state.tapeLook).rows.count
    for _ in 0..<3 { _ = update(&state, .input(.key(.end))) }
    #expect(state.tapeLook.scroll.selected == count - 1)
    let wheel = MouseEvent(action: .scrollUp, button: .none, x: 30, y: 20)
    _ = update(&state, .input(.mouse(wheel)))
    #expect(state.tapeLook.scroll.selected == count - 4)
    _ = update(&state, .input(.key(.pageUp)))
    #expect(state.tapeLook.scroll.selected < count - 10)
    for _ in 0..<300 { _ = update(&state, .input(.mouse(wheel))) }
    #expect(state.tapeLook.scroll == TableScroll() && state.tapeLook.heldAt == nil)
  }

  @Test func `Enter opens a cascade into its liquidations, newest first, and closes it`() throws {
    var state = ViewFixture.live(.tape)
    let rows = TapeRows(state.tape, look: state.tapeLook).rows
    let place = try #require(
      rows.firstIndex {
        if case .event(let event, _) = $0 { event.isCascade } else { false }
      })
    guard case .event(let cascade, _) = rows[place] else { return }
    for _ in 0..<place { _ = update(&state, .input(.key(.down))) }
    _ = update(&state, .input(.key(.enter)))
    let opened = TapeRows(state.tape, look: state.tapeLook).rows
    #expect(opened.count == rows.count + cascade.prints.count)
    #expect(opened[place] == .event(cascade, isOpen: true))
    let inside = opened[(place + 1)...].prefix(cascade.prints.count)
    let prints = inside.compactMap { row -> LiquidationTape.Print? in
      if case .print(let print, _) = row { print } else { nil }
    }
    #expect(prints == cascade.prints.reversed())
    // From within, Enter closes it and goes back to its row.
    _ = update(&state, .input(.key(.down)))
    _ = update(&state, .input(.key(.down)))
    _ = update(&state, .input(.key(.enter)))
    #expect(TapeRows(state.tape, look: state.tapeLook).rows == rows)
    #expect(state.tapeLook.scroll.selected == place)
  }

  @Test func `a click selects a row, and opens it where it was selected`() throws {
    var state = ViewFixture.live(.tape, width: 100, height: 30)
    let layout = TapeLayout(area: ViewArea(layout: Layout(width: 100, height: 30)))
    func click(_ row: Int) {
      let y = layout.table.lowerBound + 1 + row
      _ = update(
        &state, .input(.mouse(MouseEvent(action: .press, button: .left, x: 9, y: y))))
    }
    click(0)
    #expect(state.tapeLook.opened.count == 1)
    click(4)
    #expect(state.tapeLook.scroll.selected == 4)
  }

  // MARK: What is said

  @Test func `another instrument begins with an empty tape`() {
    var state = UIState.after(.down, .tab, in: ViewFixture.live(.tape))
    #expect(state.tape.prints.isEmpty && state.figures.isEmpty && state.tapeLook.heldAt == nil)
    #expect(
      state.frame.lines.joined().contains("No venue has published a liquidation of ETHUSDT yet"))
    state.source = SourceState(name: "demo", health: .live, isSimulated: true)
    #expect(state.frame.lines.joined().contains("Nobody has been liquidated yet"))
    state.source = SourceState(name: "BTC.csv", health: .complete, isSimulated: false)
    #expect(state.frame.lines.joined().contains("The file holds no single liquidation"))
  }

  @Test func `what hides every row is named`() throws {
    var state = UIState.make()
    state.view = .tape
    state.tapeLook.leastIndex = 3
    state.tapeLook.side = .short
    let tape = tape([try ViewFixture.event(5, .short, usd: 10)])
    _ = update(&state, .market(tape: tape, figures: []))
    #expect(
      state.frame.lines.joined().contains("No liquidation of shorts of $1M or more yet"))
  }

  @Test func `sums are called a lower bound at every size, and throttled feeds by name`() {
    for (width, height) in [(60, 20), (80, 24), (120, 35), (200, 50), (400, 120)] {
      let text = ViewFixture.live(.tape, width: width, height: height).frame.lines.joined()
      #expect(text.contains("lower bound"), "\(width)x\(height)")
    }
    let wide = ViewFixture.live(.tape, width: 200, height: 50).frame.lines.joined()
    #expect(wide.contains("Binance, OKX: one liquidation a second at most"))
  }

  @Test func `bars are square roots, so that small ones are seen beside the largest`() throws {
    let tape = tape([
      try ViewFixture.event(300, .long, usd: 1_000_000),
      try ViewFixture.event(200, .short, usd: 250_000),
      try ViewFixture.event(100, .long, usd: 10_000),
    ])
    var state = UIState.live(width: 200, height: 50)
    _ = update(&state, .market(tape: tape, figures: []))
    state.view = .tape
    let rows = TapeRows(state.tape, look: state.tapeLook)
    let palette = Palette(state.theme, depth: .truecolor, layerCount: 5)
    let painter = TapePainter(state, rows: rows, palette: palette)
    let shares = rows.rows.map { row -> Double in
      guard case .bar(let share, _) = painter.cells(row).last else { return -1 }
      return share
    }
    #expect(shares.map { ($0 * 1_000).rounded() } == [100, 500, 1_000])
    #expect(state.frame.lines.contains { $0.contains("Size √") })
    state.glyphs = .ascii
    #expect(state.frame.lines.contains { $0.contains("Size sqrt") })
  }

  @Test func `distances are those from the price that the title shows`() throws {
    let state = ViewFixture.live(.tape)
    let price = try #require(state.snapshot?.price)
    let rows = TapeRows(state.tape, look: state.tapeLook).rows
    let layout = TapeLayout(area: ViewArea(layout: Layout(width: 120, height: 35)))
    for (index, row) in rows.prefix(10).enumerated() {
      guard case .event(let event, _) = row else { continue }
      let line = state.frame.lines[layout.table.lowerBound + 1 + index]
      #expect(line.contains(NumberText.percent((event.price / price - 1) * 100)))
      #expect(line.contains(NumberText.usd(event.usd)))
      #expect(line.contains(event.side == .long ? "LONG" : "SHORT"))
    }
  }
}
