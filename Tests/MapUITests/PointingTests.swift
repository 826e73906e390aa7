import MapEngine
import Market
import Terminal
import Testing

@testable import MapUI

@Suite struct PointingTests {
  private func mouse(
    _ action: MouseEvent.Action, x: Int, y: Int = 20, button: MouseEvent.Button = .left
  ) -> AppEvent {
    .input(.mouse(MouseEvent(action: action, button: button, x: x, y: y)))
  }

  private func scene(_ state: AppState) throws -> Scene {
    try #require(Scene(state, width: state.width, height: state.height))
  }

  @Test func `a click sets the crosshair where you point`() throws {
    var state = UIState.make()
    let plot = try scene(state).layout.plotX
    for x in [plot.lowerBound, plot.lowerBound + 31, plot.upperBound - 1] {
      #expect(update(&state, mouse(.press, x: x)) == [.draw])
      _ = update(&state, mouse(.release, x: x))
      let column = try scene(state).scale.column(
        ofDistance: #require(state.crosshair).distance)
      #expect(column == x - plot.lowerBound)
    }
    let level = try #require(state.crosshair?.level)
    let top = try scene(state).ceilings.bars
    #expect(level > 0 && level <= top)
  }

  @Test func `clicks outside of the map do nothing`() throws {
    var state = UIState.make()
    let layout = try scene(state).layout
    for (x, y) in [(0, 20), (layout.width - 1, 20), (40, 0), (layout.width - 1, layout.footer)] {
      #expect(update(&state, mouse(.press, x: x, y: y)).isEmpty)
    }
    #expect(update(&state, mouse(.press, x: 40, button: .right)).isEmpty)
  }

  @Test func `the wheel zooms at the pointer`() throws {
    var state = UIState.make()
    let plot = try scene(state).layout.plotX
    let x = plot.lowerBound + 25
    for turn in 0..<6 {
      let before = try scene(state).scale
      let step = try #require(before.step(ofColumn: 25))
      let pointed = (Double(step) + 0.5) * before.columnWidth
      _ = update(&state, mouse(.scrollUp, x: x, button: .none))
      let after = try scene(state).scale
      #expect(after.span < before.span, "turn \(turn)")
      let column = try #require(after.column(ofDistance: pointed))
      #expect(abs(column - 25) <= 2, "turn \(turn)")
    }
    for _ in 0..<20 { _ = update(&state, mouse(.scrollDown, x: x, button: .none)) }
    #expect(state.viewport == .whole)
    #expect(update(&state, mouse(.scrollUp, x: x, y: 1, button: .none)).isEmpty)
  }

  @Test func `a drag pans by the columns that it moves`() throws {
    var state = UIState.after(
      .character("+"), .character("+"), .character("+"), .pageUp, in: UIState.make())
    let before = try scene(state).scale
    _ = update(&state, mouse(.press, x: 60))
    for x in [61, 64, 67] { _ = update(&state, mouse(.drag, x: x)) }
    #expect(try scene(state).scale.first == before.first - 7)
    _ = update(&state, mouse(.drag, x: 57))
    #expect(try scene(state).scale.first == before.first + 3)
    _ = update(&state, mouse(.release, x: 57))
    _ = update(&state, mouse(.drag, x: 90))
    #expect(try scene(state).scale.first == before.first + 3)
  }

  @Test func `the whole map can't be dragged away`() throws {
    var state = UIState.make()
    _ = update(&state, mouse(.press, x: 60))
    _ = update(&state, mouse(.drag, x: 20))
    #expect(state.viewport == .whole)
  }

  @Test func `symbols and timeframes can be clicked`() throws {
    var state = UIState.make()
    let line = state.frame.lines[1]
    func place(_ text: String) throws -> Int {
      let range = try #require(line.firstRange(of: text))
      return line.distance(from: line.startIndex, to: range.lowerBound)
    }
    #expect(
      update(&state, mouse(.press, x: try place("30d"), y: 1)).contains(
        .request(symbol: Instrument(base: "BTC"), timeframe: .days30)))
    #expect(
      update(&state, mouse(.press, x: try place("ETH"), y: 1)).contains(
        .request(symbol: Instrument(base: "ETH"), timeframe: .days30)))
    #expect(update(&state, mouse(.press, x: try place("180d"), y: 1)) == [.draw])
    #expect(state.message?.text == "180d can't be shown: the source holds 120 days")
    // A click on nothing clears what was said, and no more.
    #expect(update(&state, mouse(.press, x: 20, y: 1)) == [.draw])
    #expect(state.message == nil)
    #expect(update(&state, mouse(.press, x: 20, y: 1)).isEmpty)
  }

  @Test func `with the help open the wheel scrolls it and a click closes it`() {
    var state = UIState.after(.character("?"), in: UIState.make(width: 60, height: 20))
    _ = update(&state, mouse(.scrollDown, x: 20, button: .none))
    #expect(state.help?.scroll == 3)
    _ = update(&state, mouse(.scrollUp, x: 20, button: .none))
    #expect(state.help?.scroll == 0)
    _ = update(&state, mouse(.press, x: 20))
    #expect(state.help == nil && state.crosshair == nil)
  }

  @Test func `the mouse is harmless before the first map and in a small window`() {
    for start in [UIState.make(nil), UIState.make(width: 30, height: 9)] {
      var state = start
      for action in [MouseEvent.Action.press, .drag, .release, .scrollUp, .scrollDown] {
        for x in [0, 15, 29, 300] { _ = update(&state, mouse(action, x: x, y: 4)) }
      }
      #expect(state.crosshair == nil)
    }
  }
}
