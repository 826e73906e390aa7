import MapEngine
import Market
import Terminal
import Testing

@testable import MapUI

/// No key is silent: one that can do nothing says why.
@Suite struct SilenceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let action: Action
    let place: String
    let state: @Sendable () -> AppState
    var testDescription: String { "\(action) \(place)" }
  }

  /// Actions that always have something to do.
  static let alwaysUseful: Set<Action> = [
    .setAlert, .listAlerts, .openWatchlist, .toggleSidePanel, .toggleStrip, .toggleStructure,
    .toggleBands, .askPosition, .openWhatIf, .toggleMeaning, .toggleLearning, .togglePause, .search,
    .commands, .saveScreen, .goTo,
    .toggleHelp, .redraw, .suspend, .quit,
  ]

  /// For each other action a state in which it has nothing to do.
  static let cases: [Case] = {
    let edges: [Action: [Key]] = [
      .crosshairLeft: [.home], .crosshairFirst: [.home], .crosshairRight: [.end],
      .crosshairLast: [.end],
      .crosshairUp: [.right] + Array(repeating: .up, count: 60),
      .crosshairDown: [.right] + Array(repeating: .down, count: 60),
    ]
    return Action.allCases.filter { !alwaysUseful.contains($0) }.map { action in
      let keys = edges[action]
      if let keys {
        return Case(action: action, place: "at its end") {
          var state = UIState.make()
          for key in keys { _ = update(&state, .input(.key(key))) }
          state.message = nil
          return state
        }
      }
      let view = ViewKind.allCases.first { UIState.key(of: $0) == action }
      return Case(action: action, place: "with nothing to do") {
        var state = Self.alone(UIState.make(MapFixture.empty()))
        if let view { state.view = view }
        return state
      }
    }
  }()

  /// A state with nothing to choose from.
  private static func alone(_ start: AppState) -> AppState {
    var state = start
    state.symbols = [state.symbol]
    state.themes = [state.theme]
    state.timeframes = [TimeframeChoice(state.timeframe)]
    return state
  }

  @Test(arguments: cases)
  func `an action that can do nothing says why`(_ silent: Case) throws {
    let start = silent.state()
    let key = try #require(start.keymap.keys(of: silent.action).first)
    let prefix = start.keymap.bindings.first { $0.action == silent.action }?.prefix
    var state = start
    // Some can still do something at first: they are pressed until they can't.
    for _ in 0..<40 {
      state.message = nil
      let before = state
      for key in prefix.map(start.keymap.keys(of:)) ?? [] {
        _ = update(&state, .input(.key(key)))
      }
      let effects = update(&state, .input(.key(key)))
      guard state.isQuiet(since: before), effects.allSatisfy({ $0 == .draw }) else { continue }
      let words = try #require(state.message?.text)
      #expect(words.count > 8 && words.contains(" "), "\(words)")
      #expect(
        words.first?.isLowercase == false || words.hasPrefix(state.timeframe.rawValue)
          || words.hasPrefix(state.theme.name), "\(words)")
      #expect(state.frame.lines.last?.contains(words.prefix(40)) == true, "\(words)")
      return
    }
    #expect(Self.neverEnds.contains(silent.action), "it went on doing something")
  }

  /// Actions that go round, so that they never come to an end.
  static let neverEnds: Set<Action> = [.cycleLayer]

  /// What every key does in every view, with and without a map: it shows, or it says why.
  @Test(
    arguments: ViewKind.allCases, ["no map", "empty map", "map", "live", "studied"])
  func `no key is silent in any view`(_ view: ViewKind, _ kind: String) {
    let start: AppState
    switch kind {
    case "no map": start = UIState.make(nil)
    case "empty map": start = UIState.make(MapFixture.empty())
    case "live": start = ViewFixture.live(view)
    case "studied": start = ViewFixture.studied(view)
    default: start = UIState.make()
    }
    for binding in start.keymap.bindings {
      for key in binding.keys {
        var state = start
        state.view = view
        if let prefix = binding.prefix.flatMap({ start.keymap.keys(of: $0).first }) {
          state = UIState.after(prefix, in: state)
          guard state.mode == .goTo else { continue }
        }
        state.message = nil
        state.settle()
        let before = state
        let effects = update(&state, .input(.key(key)))
        #expect(
          !effects.isEmpty && (state.message != nil || state != before || effects != [.draw]),
          "\(key) in \(view) with \(kind)")
      }
    }
  }

  @Test(arguments: Mode.allCases)
  func `no key is silent while something is open`(_ mode: Mode) {
    for binding in Keymap.standard.bindings where binding.prefix == nil || mode == .goTo {
      for key in binding.keys {
        var state = UIState.opened(mode)
        let before = state
        let effects = update(&state, .input(.key(key)))
        let isTyping = [.search, .commands, .alertPrompt, .positionPrompt].contains(mode)
        // At the end of a list of matches an arrow has nowhere to go, as in any field.
        #expect(!effects.isEmpty || state != before || isTyping, "\(key) in \(mode)")
      }
    }
  }

  @Test func `a reason names the keys that are bound now`() throws {
    let wish = KeyWish(action: "quit", keys: ["Q"])
    var state = UIState.make()
    state.keymap = Keymap.standard.remapped([wish]).keymap
    _ = update(&state, .input(.key(.escape)))
    #expect(state.message?.text == "Nothing is open to leave: Q quits")
  }

  @Test func `a key that nobody has bound stays silent`() {
    var state = UIState.make()
    #expect(update(&state, .input(.key(.function(9)))).isEmpty)
    #expect(state.message == nil)
  }

  @Test func `the same reason is given again when the key is pressed again`() {
    var state = UIState.after(.character("0"), in: UIState.make())
    _ = update(&state, .tick)
    _ = update(&state, .input(.key(.character("0"))))
    #expect(state.message == Message("The whole map is in sight already"))
  }
}

extension UIState {
  /// The action that shows a view.
  static func key(of view: ViewKind) -> Action {
    switch view {
    case .map: .viewMap
    case .heatmap: .viewHeatmap
    case .venues: .viewVenues
    case .tape: .viewTape
    case .ledger: .viewLedger
    case .accuracy: .viewAccuracy
    }
  }

  /// A screen with something open over it.
  static func opened(
    _ mode: Mode, width: Int = 120, height: Int = 35, theme: String = "default",
    depth: ColorDepth = .truecolor, glyphs: GlyphSet = .full
  ) -> AppState {
    var start = live(width: width, height: height, theme: theme, glyphs: glyphs)
    start.depth = depth
    start.watchlist = start.symbols
    start.alerts = AlertFixture.rules("bias")
    let key: Key =
      switch mode {
      case .help: .character("?")
      case .themes: .character("t")
      case .commands: .character(":")
      case .search: .character("/")
      case .alertPrompt: .character("a")
      case .alerts: .character("A")
      case .watchlist: .character("o")
      case .venueList: .character("e")
      case .positionPrompt: .character("P")
      case .sliders: .character("W")
      case .goTo: .character("g")
      }
    return after(key, in: start)
  }
}
