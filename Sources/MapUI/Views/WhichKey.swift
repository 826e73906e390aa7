import Terminal

/// What keys do while something is open over the view, as the footer tells it.
enum WhichKey {
  /// A key and its word.
  struct Hint: Hashable {
    /// The key as shown.
    let key: String
    /// What it does.
    let word: String
    /// The keys that it stands for: what clicks on it press. Two keys of a character each are
    /// told apart; a click on the word presses the first.
    let presses: [Key]
  }

  /// The hints of a box with the last of them, the way out, in the second place.
  private static func early(_ hints: [Hint]) -> [Hint] {
    guard let last = hints.last, hints.count > 2 else { return hints }
    return [hints[0], last] + hints[1..<hints.count - 1]
  }

  /// The places of the prefix in a word each.
  private static let places: [Action?: String] = [
    .goBelow: "below", .goAbove: "above", .goHigh: "swing high", .goLow: "swing low",
    .goPosition: "position",
  ]

  /// The keys of a mode, the most needed first.
  static func hints(_ mode: Mode, _ state: AppState) -> [Hint] {
    let keymap = state.keymap
    func hint(_ action: Action, _ word: String) -> [Hint] {
      guard let key = keymap.keys(of: action).first else { return [] }
      return [Hint(key: key.shown, word: word, presses: [key])]
    }
    func pair(_ first: Action, _ second: Action, _ word: String) -> [Hint] {
      let keys = [first, second].compactMap { keymap.keys(of: $0).first }
      guard !keys.isEmpty else { return [] }
      let gap = keys.allSatisfy { $0.shown.count == 1 } ? "" : "/"
      return [Hint(key: keys.map(\.shown).joined(separator: gap), word: word, presses: keys)]
    }
    let arrows = Hint(key: "↑↓", word: "choose", presses: [.up, .down])
    let escape = Hint(key: "Esc", word: "closes", presses: [.escape])
    switch mode {
    case .help:
      return hint(.leave, "closes") + pair(.crosshairUp, .crosshairDown, "scroll")
        + hint(.commands, "commands") + hint(.quit, "quit")
    case .themes:
      return [Hint(key: "Enter", word: "keeps", presses: [.enter])] + hint(.leave, "the old one")
        + pair(.crosshairUp, .crosshairDown, "preview") + hint(.chooseTheme, "next")
    case .commands:
      return [
        Hint(key: "a-z", word: "find", presses: []), arrows,
        Hint(key: "Enter", word: "runs it", presses: [.enter]), escape,
      ]
    case .search:
      return [
        Hint(key: "A-Z", word: "find", presses: []), arrows,
        Hint(key: "Enter", word: "shows it", presses: [.enter]), escape,
      ]
    case .alertPrompt: return early(state.alertPrompt.map(AlertPromptView.hints) ?? [])
    case .alerts: return early(state.alertList.map { AlertListView.hints(state, $0) } ?? [])
    case .watchlist: return early(WatchView.hints(state))
    case .positionPrompt:
      return [Hint(key: "Enter", word: "shows it", presses: [.enter]), escape]
    case .sliders:
      return hint(.leave, "closes") + pair(.crosshairUp, .crosshairDown, "layer")
        + pair(.crosshairLeft, .crosshairRight, "less, more") + hint(.zoomReset, "as inferred")
        + hint(.toggleMeaning, "nominal")
    case .goTo:
      let places = keymap.bindings(after: .goTo).compactMap { binding in
        binding.keys.first.map { key in
          Hint(key: key.shown, word: Self.places[binding.action] ?? "", presses: [key])
        }
      }
      return early(places + hint(.leave, "closes"))
    case .venueList:
      return [Hint(key: "1-\(state.source.feeds.count)", word: "on or off", presses: [])]
        + hint(.leave, "closes") + hint(.retry, "ask again")
        + (state.other == nil ? [] : hint(.changeSource, "simulated market")) + hint(.quit, "quit")
    }
  }
}

extension WhichKey.Hint {
  /// A key that an open box takes whatever the keymap says.
  init(_ key: Key, _ word: String) {
    self.init(key: key.shown, word: word, presses: [key])
  }

  /// The first key of an action; nil where it has none.
  init?(_ action: Action, _ word: String, _ keymap: Keymap) {
    guard let key = keymap.keys(of: action).first else { return nil }
    self.init(key, word)
  }
}
