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
}
