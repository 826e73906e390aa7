import MapEngine
import Market
import Terminal
import Testing

@testable import MapUI

@Suite struct PositionPromptTests {
  private func typed(_ text: String, in start: AppState) -> AppState {
    var state = UIState.after(.character("P"), in: start)
    for character in text { _ = update(&state, .input(.key(.character(character)))) }
    return state
  }

  private func studied(_ width: Int = 200, _ height: Int = 50) -> AppState {
    ViewFixture.studied(.map, width: width, height: height)
  }

  @Test func `a typed position is asked about and drawn at its liquidation price`() throws {
    var state = typed("long:97000:10x:0.5", in: studied())
    #expect(state.frame.lines.contains { $0.contains("long:97000:10x:0.5_") })
    _ = update(&state, .input(.key(.enter)))
    #expect(state.positionPrompt == nil)
    let check = try #require(state.positionCheck)
    #expect(check.position.entry == 97_000 && check.position.leverage == 10)
    let level = try #require(check.liquidation.liquidationPrice)
    #expect(level < 97_000 * 0.92 && level > 97_000 * 0.88)
    let scene = try #require(Scene(state, width: state.width, height: state.height))
    let column = try #require(scene.scale.column(ofPrice: level))
    let x = scene.layout.plotX.lowerBound + column
    #expect(state.frame[x, scene.layout.baseline].scalar == "×")
    let text = state.frame.lines.joined(separator: "\n")
    for words in [
      "your liquidation \(NumberText.price(level))", "YOUR POSITION  modelled",
      "long 0.5 at $97,000.0, 10x", "liquidated at $\(NumberText.price(level))",
      "\(NumberText.usd(check.usdBetween)) of longs and",
    ] {
      #expect(text.contains(words), "\(words)\n\(text)")
    }
    #expect(state.message?.text.contains("stand between") == true)
  }

  @Test(arguments: [
    ("long:97000:10x", "`long:97000:10x` is no position; write long:60000:10x:0.5"),
    ("up:97000:10x:1", "`up` is no side"), ("long:abc:10x:1", "the entry `abc` is no number"),
    ("long:97000:10x:0", "the quantity is 0"), ("long:97000:10x:1@mars", "`mars` is no venue"),
    ("long:97000:10x:1@okx@okx", "names more than one venue"),
  ])
  func `what can't be understood is said in a sentence, and stays to be put right`(
    _ text: String, _ words: String
  ) {
    var state = typed(text, in: studied())
    _ = update(&state, .input(.key(.enter)))
    #expect(state.position == nil)
    #expect(state.positionPrompt?.text == text)
    #expect(state.positionPrompt?.error?.contains(words) == true)
    #expect(state.frame.lines.joined().contains(words.prefix(12)))
    // Typing on takes the sentence away.
    _ = update(&state, .input(.key(.backspace)))
    #expect(state.positionPrompt?.error == nil)
  }

  @Test func `a venue behind an @ says whose rules it follows`() throws {
    for (text, venue) in [("short:97000:20x:1@okx", Venue.okx), ("short:97000:20x:1", .binance)] {
      var state = typed(text, in: studied())
      _ = update(&state, .input(.key(.enter)))
      #expect(state.positionCheck?.venue == venue)
      #expect(state.position?.text == text)
    }
    #expect(throws: PositionError.self) { try PositionWish(argument: "nonsense") }
    #expect(try PositionWish(argument: "short:97000:20x:1@okx").venue == .okx)
  }

  @Test func `Esc closes the line, an empty one removes the position, and so does Esc`() throws {
    var state = typed("long:97000:10x:0.5", in: studied())
    _ = update(&state, .input(.key(.enter)))
    let asked = state
    state = UIState.after(.character("P"), .escape, in: state)
    #expect(state.positionPrompt == nil && state.position == asked.position)
    state = UIState.after(.character("P"), .control("u"), .enter, in: state)
    #expect(state.position == nil && state.positionPrompt == nil)
    #expect(UIState.after(.escape, in: asked).position == nil)
  }

  @Test func `the line takes every key, and pastes, and lets the program be quit`() {
    var state = typed("long", in: studied())
    for key in [Key.left, .tab, .pageUp] { _ = update(&state, .input(.key(key))) }
    #expect(state.symbol == ViewFixture.instrument && state.crosshair == nil)
    _ = update(&state, .input(.paste(":97000 :10x\u{1b}[31m:1")))
    #expect(state.positionPrompt?.text == "long:97000:10x31m:1")
    #expect(update(&state, .input(.key(.control("c")))).contains(.quit))
  }

  @Test func `a position that no venue offers says so`() throws {
    var state = typed("long:97000:1000x:0.5", in: studied())
    _ = update(&state, .input(.key(.enter)))
    let check = try #require(state.positionCheck)
    #expect(check.liquidation.liquidationPrice == nil)
    #expect(state.frame.lines.joined().contains("no such position"))
  }

  @Test func `a liquidation price off the screen is pointed at`() {
    for (text, words) in [("long:97000:1.2x:1", "← your liq"), ("short:97000:1.2x:1", "→")] {
      var state = typed(text, in: studied())
      _ = update(&state, .input(.key(.enter)))
      #expect(state.frame.lines.contains { $0.contains(words) && $0.contains("liquidation") })
    }
  }

  // MARK: The mouse

  private func mouse(_ action: MouseEvent.Action, x: Int, y: Int) -> AppEvent {
    .input(.mouse(MouseEvent(action: action, button: .left, x: x, y: y)))
  }

  @Test func `the wheel changes the field of the line that it is over`() throws {
    var state = typed("", in: studied())
    func turn(_ action: MouseEvent.Action, _ field: Int) throws {
      let target = Target.field(state.positionPrompt?.text.isEmpty == true ? nil : field)
      let region = try #require(HitTest.regions(state).last { $0.target == target })
      _ = update(&state, mouse(action, x: region.x.lowerBound, y: region.y.lowerBound))
    }
    // An empty line begins at the price.
    try turn(.scrollUp, 0)
    #expect(state.positionPrompt?.text == "long:100900:10x:1")
    for (action, field, text) in [
      (MouseEvent.Action.scrollUp, 1, "long:101000:10x:1"),
      (.scrollDown, 1, "long:100900:10x:1"), (.scrollUp, 2, "long:100900:11x:1"),
      (.scrollUp, 3, "long:100900:11x:2"), (.scrollDown, 3, "long:100900:11x:1"),
      (.scrollDown, 3, "long:100900:11x:0.9"), (.scrollUp, 0, "short:100900:11x:0.9"),
      (.press, 0, "long:100900:11x:0.9"), (.press, 1, "long:100900:11x:0.9"),
    ] {
      try turn(action, field)
      #expect(state.positionPrompt?.text == text)
    }
    _ = update(&state, .input(.key(.enter)))
    #expect(state.position?.text == "long:100900:11x:0.9")
  }

  @Test func `a field that is no number is left alone, and the venue as it is`() {
    for (text, field) in [("long:abc:10x:1", 1), ("up:1:1x:1", 0), ("", 0), ("long:1:1x:1@okx", 4)]
    {
      var prompt = PositionPrompt(text: text)
      prompt.step(field: field, by: 1)
      #expect(prompt.text == text)
    }
    var prompt = PositionPrompt(text: "long:0.00021:1x:5@okx")
    prompt.step(field: 2, by: -1)
    prompt.step(field: 1, by: 1)
    prompt.step(field: 3, by: 3)
    #expect(prompt.text == "long:0.0002101:1x:8@okx" && prompt.answer != .nothing)
  }

  @Test(arguments: [(1.0, -1, 0.9), (0.1, -1, 0.09), (9.99, 1, 10.99), (12_345, -2, 12_343)])
  func `steps keep numbers above zero`(_ value: Double, _ steps: Int, _ next: Double) {
    let digits = value > 10 ? 4 : 0
    let found = PositionSteps.stepped(value, by: steps, digits: digits)
    #expect(found == (value == 9.99 ? 11 : next))
    #expect(PositionSteps.rounded(97_123.456, digits: 5) == 97_123)
    #expect(PositionSteps.rounded(0.000_123_456, digits: 3) == 0.000_123)
  }

  @Test func `the drawn position follows a drag, changes with the wheel, and opens by a click`()
    throws
  {
    var state = typed("long:97000:10x:0.5", in: studied())
    _ = update(&state, .input(.key(.enter)))
    func scene() throws -> Scene {
      try #require(Scene(state, width: state.width, height: state.height))
    }
    let y = try scene().layout.baseline
    let start = try #require(PositionView.place(try scene(), state: state)?.column)
    #expect(state.frame[start, y].scalar == "×")
    _ = update(&state, mouse(.press, x: start, y: y))
    _ = update(&state, mouse(.drag, x: start + 6, y: y))
    let moved = try #require(PositionView.place(try scene(), state: state)?.column)
    #expect(abs(moved - start - 6) <= 1, "it went from \(start) to \(moved)")
    #expect((state.position?.position.entry ?? 0) > 97_000)
    _ = update(&state, mouse(.drag, x: start - 4, y: y - 3))
    _ = update(&state, mouse(.release, x: start - 4, y: y))
    #expect((state.position?.position.entry ?? 1e9) < 97_000 && state.positionPrompt == nil)
    #expect(state.crosshair == nil && state.viewport == .whole)
    #expect(state.message?.text.contains("stand between") == true)
    let label = try #require(PositionView.place(try scene(), state: state)).columns.lowerBound
    let top = try scene().layout.plotY.lowerBound
    _ = update(&state, mouse(.scrollUp, x: label, y: top))
    #expect(state.position?.position.leverage == 11 && state.viewport == .whole)
    _ = update(&state, mouse(.scrollDown, x: label, y: top))
    _ = update(&state, mouse(.scrollDown, x: label, y: top))
    #expect(state.position?.position.leverage == 9)
    let last = try #require(PositionView.place(try scene(), state: state)).columns.lowerBound
    _ = update(&state, mouse(.press, x: last, y: top))
    _ = update(&state, mouse(.release, x: last, y: top))
    #expect(state.positionPrompt?.text == state.position?.text)
  }
}
