import MapEngine
import Market
import Terminal
import Testing

@testable import MapUI

@Suite struct LedgerTests {
  private let study = ViewFixture.study

  private func rows(_ state: AppState) throws -> LedgerRows { try #require(state.ledgerRows) }

  // MARK: Orders

  @Test func `every order keeps every magnet, the living before the ended`() throws {
    let magnets = study.insight.ledger
    let price = study.snapshot.price
    #expect(magnets.count > 5)
    #expect(magnets.contains { $0.isAlive } && magnets.contains { !$0.isAlive })
    for order in MagnetOrder.allCases {
      let sorted = order.sorted(magnets, price: price)
      #expect(sorted.map(\.number).sorted() == magnets.map(\.number).sorted())
      let alive = sorted.prefix { $0.isAlive }
      #expect(sorted.dropFirst(alive.count).allSatisfy { !$0.isAlive })
      for (one, next) in zip(alive, alive.dropFirst()) {
        switch order {
        case .newest: #expect(one.number > next.number)
        case .largest: #expect(one.usd >= next.usd)
        case .peak: #expect(one.peakUSD >= next.peakUSD)
        case .nearest: #expect(abs(one.price - price) <= abs(next.price - price))
        }
      }
    }
  }

  @Test func `every order keeps every stop hunt, the building before the told`() throws {
    let hunts = study.insight.hunts
    let price = study.snapshot.price
    #expect(hunts.contains { $0.phase == .building } && hunts.contains { $0.phase != .building })
    for order in HuntOrder.allCases {
      let sorted = order.sorted(hunts, price: price)
      #expect(Set(sorted) == Set(hunts) && sorted.count == hunts.count)
      let told = sorted.drop { $0.phase == .building }
      #expect(told.allSatisfy { $0.phase != .building })
      for (one, next) in zip(told, told.dropFirst()) {
        switch order {
        case .newest: #expect((one.grabbedAt ?? one.since) >= (next.grabbedAt ?? next.since))
        case .largest: #expect(one.pool.usd >= next.pool.usd)
        case .nearest: #expect(abs(one.level - price) <= abs(next.level - price))
        }
      }
    }
  }

  @Test func `the reading speaks of every label and every rule once for each side`() throws {
    let rows = try rows(ViewFixture.studied(.ledger)).reading
    #expect(Set(rows.compactMap(\.label)).isSuperset(of: RecordLabel.allCases))
    let plan = rows.compactMap { row -> PlanItem? in
      if case .plan(let item) = row { item } else { nil }
    }
    #expect(plan == study.insight.plan && plan.count == 8)
    for row in rows { #expect(ReadingText.name(row).count <= 18, "\(ReadingText.name(row))") }
  }

  // MARK: Keys

  @Test func `w and the arrows walk the panes around`() {
    var state = ViewFixture.studied(.ledger)
    var panes: [LedgerLook.Pane] = []
    for _ in 0..<3 {
      panes.append(state.ledgerLook.focus)
      _ = update(&state, .input(.key(.character("w"))))
    }
    #expect(panes == LedgerLook.Pane.allCases && state.ledgerLook.focus == .magnets)
    _ = update(&state, .input(.key(.left)))
    #expect(state.ledgerLook.focus == .reading)
    _ = update(&state, .input(.key(.right)))
    #expect(state.ledgerLook.focus == .magnets && state.crosshair == nil)
  }

  @Test func `s sorts the pane that keys go to, from its top`() {
    var state = UIState.after(.down, .down, .character("s"), in: ViewFixture.studied(.ledger))
    #expect(state.ledgerLook.magnetOrder == .largest && state.ledgerLook.huntOrder == .newest)
    #expect(state.ledgerLook.scrolls[.magnets] == nil)
    state = UIState.after(.character("w"), .character("s"), in: state)
    #expect(state.ledgerLook.magnetOrder == .largest && state.ledgerLook.huntOrder == .largest)
    state = UIState.after(.character("w"), .character("s"), in: state)
    #expect(state.message?.text.contains("its own order") == true)
  }

  @Test(arguments: [(60, 20), (120, 35), (200, 50)])
  func `scrolling reaches every row of every pane`(_ width: Int, _ height: Int) throws {
    var state = ViewFixture.studied(.ledger, width: width, height: height)
    for pane in LedgerLook.Pane.allCases {
      let count = try rows(state).count(pane)
      _ = update(&state, .input(.key(.end)))
      #expect(state.ledgerLook.scrolls[pane]?.selected == count - 1)
      _ = update(&state, .input(.key(.down)))
      #expect(state.ledgerLook.scrolls[pane]?.selected == count - 1)
      _ = update(&state, .input(.key(.home)))
      #expect(state.ledgerLook.scrolls[pane] == TableScroll())
      _ = update(&state, .input(.key(.character("w"))))
    }
  }

  @Test func `Enter shows a magnet in the middle of the map`() throws {
    var state = ViewFixture.studied(.ledger)
    state.ledgerLook.magnetOrder = .nearest
    let magnet = try #require(try rows(state).magnets.first)
    let effects = update(&state, .input(.key(.enter)))
    #expect(state.view == .map && effects.contains(.look(.map)))
    let scene = try #require(Scene(state, width: 120, height: 35))
    #expect(!scene.scale.isWhole)
    let column = try #require(scene.scale.column(ofPrice: magnet.price))
    let crosshair = try #require(state.crosshair)
    #expect(scene.scale.column(ofDistance: crosshair.distance) == column)
    #expect(abs(column - scene.scale.width / 2) <= scene.scale.width / 6)
    #expect(state.message?.text.contains(NumberText.price(magnet.price)) == true)
  }

  @Test func `a magnet that the map doesn't reach stays in the ledger, and is said to`() throws {
    var state = ViewFixture.studied(.ledger)
    let rows = try rows(state)
    let grid = study.snapshot.map.grid
    let far = rows.magnets.firstIndex { magnet in
      let place = grid.position(of: magnet.price)
      return place <= 0 || place >= Double(grid.count)
    }
    let place = try #require(far)
    for _ in 0..<place { _ = update(&state, .input(.key(.down))) }
    _ = update(&state, .input(.key(.enter)))
    #expect(state.view == .ledger && state.viewport == .whole)
    #expect(state.message?.text.contains("outside of this map's") == true)
  }

  @Test func `Enter on the reading goes where a price is named, and says where none is`() throws {
    var state = ViewFixture.studied(.ledger)
    state.ledgerLook.focus = .reading
    _ = update(&state, .input(.key(.enter)))
    #expect(state.view == .ledger && state.message?.text == "Bias names no price to go to")
    let rows = try rows(state).reading
    let sweep = try #require(
      rows.firstIndex {
        if case .plan(let item) = $0 { item.rule == .sweep && item.price != nil } else { false }
      })
    for _ in 0..<sweep { _ = update(&state, .input(.key(.down))) }
    _ = update(&state, .input(.key(.enter)))
    #expect(state.view == .map)
  }

  @Test func `the wheel and a click go to the pane under the pointer`() throws {
    var state = ViewFixture.studied(.ledger, width: 200, height: 50)
    let layout = LedgerLayout(
      area: ViewArea(layout: Layout(width: 200, height: 50)), focus: .magnets)
    let hunts = try #require(layout.place(.hunts))
    func mouse(_ action: MouseEvent.Action, _ row: Int) {
      let event = MouseEvent(
        action: action, button: action == .press ? .left : .none, x: hunts.x.lowerBound + 3,
        y: hunts.body.lowerBound + 1 + row)
      _ = update(&state, .input(.mouse(event)))
    }
    mouse(.scrollDown, 2)
    #expect(state.ledgerLook.scrolls[.hunts]?.selected == 3)
    #expect(state.ledgerLook.focus == .magnets)
    mouse(.press, 1)
    #expect(state.ledgerLook.focus == .hunts && state.ledgerLook.scrolls[.hunts]?.selected == 1)
    mouse(.press, 1)
    #expect(state.view == .map)
  }

  // MARK: What is said

  @Test func `rows say what the study says`() throws {
    var state = ViewFixture.studied(.ledger, width: 200, height: 50)
    let text = state.frame.lines.joined(separator: "\n")
    let magnet = try #require(try rows(state).magnets.first)
    for words in [
      LedgerText.zone(magnet.low...magnet.high), NumberText.usd(magnet.usd),
      NumberText.usd(magnet.peakUSD), ClockText.dayAndTime(magnet.bornAt),
      "dollars are modelled",
    ] {
      #expect(text.contains(words), "\(words)")
    }
    state.ledgerLook.focus = .reading
    state.ledgerLook.scrolls[.reading] = TableScroll(selected: 1)
    let record = study.insight.record(of: .magnet)
    #expect(
      state.frame.lines.joined(separator: "\n").contains("\(record.hits) of \(record.trials)"))
    for record in study.insight.records where !record.isProven {
      #expect(!record.summary.contains(": proven"))
    }
  }

  @Test func `without a study the view says what it waits for`() {
    var state = UIState.make()
    state.view = .ledger
    #expect(state.frame.lines.joined().contains("The study of BTCUSDT 7d is being worked out"))
    state.snapshot = nil
    #expect(state.frame.lines.joined().contains("There is no map of BTCUSDT 7d yet"))
    // Keys find nothing to do, and do no harm.
    state = UIState.after(.down, .enter, .character("s"), .end, in: state)
    #expect(state.view == .ledger)
  }
}
