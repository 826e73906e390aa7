import MapEngine
import Market
import Terminal
import Testing

@testable import MapUI

/// What the last line says fits into the smallest window, and goes when the next key is pressed.
@Suite struct MessageTests {
  /// The room of the last line in the smallest window.
  private static let room = Layout.least.width - 2

  private static func states(_ view: ViewKind) -> [AppState] {
    var states = [
      UIState.make(nil), UIState.make(MapFixture.empty()), UIState.make(), ViewFixture.live(view),
      ViewFixture.studied(view), UIState.live(hasMap: false),
    ]
    let start = UIState.make()
    var alone = start
    alone.symbols = [start.symbol]
    alone.themes = [start.theme]
    alone.timeframes = [TimeframeChoice(start.timeframe)]
    states.append(alone)
    let source = SourceState(name: "BTCUSDT-5m.csv", health: .complete, isSimulated: false)
    var file = alone
    file.source = source
    states.append(file)
    return states.map { state in
      var state = state
      state.view = view
      return state
    }
  }

  /// Presses an action's key twice and hands out what was said.
  private static func said(_ action: Action, in start: AppState) -> [Message] {
    guard let key = start.keymap.keys(of: action).first else { return [] }
    let prefix = start.keymap.bindings.first { $0.action == action }?.prefix
    var state = start
    var messages: [Message] = []
    for _ in 0..<2 {
      for key in prefix.map(start.keymap.keys(of:)) ?? [] {
        _ = update(&state, .input(.key(key)))
      }
      _ = update(&state, .input(.key(key)))
      if let message = state.message { messages.append(message) }
    }
    return messages
  }

  @Test(arguments: ViewKind.allCases)
  func `every message has a wording that fits the smallest window`(_ view: ViewKind) {
    for state in Self.states(view) {
      for action in Action.allCases where action != .quit {
        for message in Self.said(action, in: state) {
          let fits = message.wordings.contains { $0.unicodeScalars.count <= Self.room }
          #expect(fits, "\(action): \(message.wordings)")
        }
      }
    }
  }

  @Test(arguments: Mode.allCases)
  func `what is said while something is open fits, too`(_ mode: Mode) {
    for action in Action.allCases where action != .quit {
      for message in Self.said(action, in: UIState.opened(mode)) {
        let fits = message.wordings.contains { $0.unicodeScalars.count <= Self.room }
        #expect(fits, "\(action) in \(mode): \(message.wordings)")
      }
    }
  }

  @Test func `of its wordings the longest that fits is shown`() {
    var state = UIState.make(width: 60, height: 20)
    let long = "a sentence that goes on and on and on beyond the window's edge"
    state.message = Message([long, "ab"])
    #expect(state.frame.lines.last?.hasPrefix(" ab ") == true)
    state.width = 120
    state.height = 35
    #expect(state.frame.lines.last?.contains("beyond the window's edge") == true)
  }

  @Test func `M says what its dollars are in every window`() {
    for (width, height) in [(60, 20), (80, 24), (120, 35)] {
      let state = UIState.after(.character("M"), in: UIState.make(width: width, height: height))
      let line = state.frame.lines.last ?? ""
      #expect(line.contains("Nominal: ") && !line.contains("…"), "\(line)")
    }
  }

  @Test(arguments: Mode.allCases)
  func `the next key clears what was said while something is open`(_ mode: Mode) {
    var state = UIState.opened(mode)
    state.message = Message("Something that was said before")
    _ = update(&state, .input(.key(.down)))
    #expect(state.message?.text != "Something that was said before")
  }

  @Test func `a key that nothing is bound to clears it, too, and so does a click`() {
    var state = UIState.make()
    state.message = Message("Something that was said before")
    #expect(update(&state, .input(.key(.function(9)))) == [.draw])
    #expect(state.message == nil)
    state.message = Message("Something that was said before")
    _ = update(
      &state, .input(.mouse(MouseEvent(action: .press, button: .left, x: 119, y: 12))))
    #expect(state.message == nil)
  }
}
