import MapEngine
import Market
import Terminal
import Testing

@testable import MapUI

@Suite struct CommandPaletteTests {
  private func open(_ typed: String = "", in start: AppState = UIState.make()) -> AppState {
    var state = UIState.after(.character(":"), in: start)
    for letter in typed { _ = update(&state, .input(.key(.character(letter)))) }
    return state
  }

  private func first(_ typed: String, in start: AppState = UIState.make()) -> PaletteEntry? {
    open(typed, in: start).paletteMatches.first
  }

  /// The state and the effects after Enter.
  private func ran(
    _ typed: String, in start: AppState = UIState.make()
  ) -> (state: AppState, effects: [Effect]) {
    var state = open(typed, in: start)
    let effects = update(&state, .input(.key(.enter)))
    return (state, effects)
  }

  @Test(arguments: ViewKind.allCases)
  func `it opens on what can be run; what can't says why once it is typed`(view: ViewKind) throws {
    var start = UIState.make()
    start.view = view
    var state = open(in: start)
    func chosen() throws -> PaletteEntry {
      let index = try #require(state.commandPalette?.scroll.selected)
      return state.paletteMatches[index]
    }
    #expect(state.uselessness(of: try chosen().command) == nil)
    state = open("\(view.rawValue)", in: start)
    #expect(state.uselessness(of: try chosen().command) == "\(view.title) is shown already")
    #expect(state.frame.lines.joined().contains("is shown already"))
    state = UIState.after(.backspace, in: state)
    #expect(state.uselessness(of: try chosen().command) == nil)
  }

  @Test func `every action but its own is offered, with its keys and its help`() {
    let entries = open().paletteMatches
    for binding in Keymap.standard.bindings {
      guard let action = binding.action, action != .commands else { continue }
      #expect(
        entries.contains {
          $0.command == .action(action) && $0.keys == binding.keyText && $0.words == binding.help
        }, "\(action)")
    }
    #expect(!entries.contains { $0.command == .action(.commands) })
  }

  @Test func `every action is found by its name and by each of its keys`() {
    for binding in Keymap.standard.bindings {
      guard let action = binding.action, action != .commands else { continue }
      let name = action.name.replacing("_", with: " ")
      #expect(first(name)?.command == .action(action), "\(name)")
      let keys =
        binding.prefix == nil
        ? binding.keyText.split(separator: " ").map(String.init) : [binding.keyText]
      for key in keys where key != "Space" {
        // What keys send can't all be typed; what the screen shows of them can.
        guard key.allSatisfy(\.isASCII) else { continue }
        #expect(first(key)?.command == .action(action), "\(key)")
      }
    }
  }

  @Test func `words find what they mean`() {
    #expect(first("zoom magnet") == nil)
    #expect(first("go mag")?.command == .action(.goToMagnet))
    #expect(first("quit")?.command == .action(.quit))
    #expect(first("simul")?.command == .action(.changeSource))
    #expect(first("symbol eth")?.command == .symbol(Instrument(base: "ETH")))
    #expect(first("eth")?.command == .symbol(Instrument(base: "ETH")))
    #expect(first("timeframe 30d")?.command == .timeframe(TimeframeChoice(.days30)))
    #expect(first("theme light")?.words == "theme light")
    #expect(first("view tape")?.command == .action(.viewTape))
    #expect(first("venue okx", in: UIState.live())?.command == .venue(3))
  }

  @Test func `Enter runs what is chosen and closes the list`() {
    let symbol = ran("symbol eth")
    #expect(symbol.effects.contains(.request(symbol: Instrument(base: "ETH"), timeframe: .days7)))
    #expect(symbol.state.commandPalette == nil)
    #expect(ran("30d").state.timeframe == .days30)
    #expect(ran("theme light").state.theme.name == "light")
    #expect(ran("view heatmap").effects.contains(.look(.heatmap)))
    #expect(ran("quit").effects.contains(.quit))
    #expect(ran("save screen").effects.contains(.saveScreen))
    #expect(ran("search").state.search != nil)
    #expect(ran("zoom in").state.viewport != .whole)
    #expect(
      ran("venue gate", in: UIState.live()).effects.contains(.enable(.gate, false)))
  }

  @Test func `a symbol that only venues can know is taken at its word from them alone`() {
    let wanted = Instrument(base: "PEPE")
    #expect(ran("symbol pepe", in: UIState.live()).state.symbol == wanted)
    #expect(ran("symbol pepe").state.message?.text == "No command fits symbol pepe")
    var live = UIState.live()
    _ = update(&live, .listed([SymbolChoice(Instrument(base: "PENDLE"), venueCount: 3)]))
    #expect(first("symbol pend", in: live)?.command == .symbol(Instrument(base: "PENDLE")))
  }

  @Test func `Esc closes it and nothing is done`() {
    let start = UIState.make()
    let state = UIState.after(.escape, in: open("quit", in: start))
    #expect(state.commandPalette == nil && state.frame == start.frame)
  }

  @Test func `what fits nothing says so and stays open`() {
    let (state, effects) = ran("xyzzy")
    #expect(state.message?.text == "No command fits xyzzy")
    #expect(state.commandPalette != nil && effects == [.draw])
    #expect(UIState.after(.backspace, in: state).commandPalette?.text == "xyzz")
  }

  @Test func `control-P opens it from anywhere, control-C still quits`() {
    for start in [
      UIState.make(), UIState.make(nil), UIState.after(.character("?"), in: UIState.make()),
      UIState.after(.character("e"), in: UIState.live()),
      UIState.after(.character("/"), in: UIState.make()),
    ] {
      var state = UIState.after(.control("p"), in: start)
      #expect(state.mode == .commands)
      #expect(update(&state, .input(.key(.control("c")))).contains(.quit))
    }
  }

  @Test func `the arrows walk the list and stop at its ends`() {
    var state = UIState.after(.up, in: open())
    #expect(state.commandPalette?.scroll.selected == 0)
    let count = state.paletteMatches.count
    state = UIState.after(.end, in: state)
    #expect(state.commandPalette?.scroll.selected == count - 1)
    state = UIState.after(.down, in: state)
    #expect(state.commandPalette?.scroll.selected == count - 1)
    let words = state.paletteMatches[count - 1].words
    #expect(state.frame.lines.contains { $0.contains(words) }, "the chosen one is in sight")
    state = UIState.after(.character("q"), in: state)
    #expect(state.commandPalette?.scroll.selected == 0)
  }

  @Test func `what can do nothing now says why`() {
    let empty = UIState.make(MapFixture.empty())
    let state = open("previous magnet", in: empty)
    #expect(state.uselessness(of: .action(.previousMagnet)) == "This map has no magnet")
    #expect(state.frame.lines.contains { $0.contains("This map has no magnet") })
    #expect(state.uselessness(of: .action(.zoomIn)) == nil)
    #expect(state.uselessness(of: .action(.zoomOut)) == "The whole map is in sight already")
    let (after, _) = ran("previous magnet", in: empty)
    #expect(after.message?.text == "This map has no magnet")
  }

  @Test func `the reason in the list is the one that the key gives`() {
    for start in [UIState.make(), UIState.live(), UIState.make(nil)] {
      let palette = open(in: start)
      for binding in start.keymap.bindings {
        guard let action = binding.action, let key = binding.keys.first, action != .commands,
          let reason = palette.uselessness(of: .action(action))
        else { continue }
        var state = start
        if let prefix = binding.prefix.flatMap({ start.keymap.keys(of: $0).first }) {
          state = UIState.after(prefix, in: state)
        }
        // Without a map the prefix gives the reason already.
        if binding.prefix == nil || state.mode == .goTo { state = UIState.after(key, in: state) }
        #expect(state.message?.text == reason, "\(action)")
      }
    }
  }

  @Test func `asking why changes nothing`() {
    let state = open(in: UIState.live())
    let frame = state.frame
    #expect(state.frame == frame)
    #expect(state.symbol.base == "BTC" && state.themeIndex == 0)
  }

  @Test func `pasted text is typed, without what can't be seen`() {
    var state = open()
    _ = update(&state, .input(.paste("theme\u{1b}[2J li\nght")))
    #expect(state.commandPalette?.text == "theme[2J light")
  }
}
