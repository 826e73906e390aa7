import Market
import Terminal

/// The command palette, open: everything that can be done, found by what is typed.
public struct CommandPalette: Hashable, Sendable {
  /// What was typed.
  public var text = ""
  /// The chosen one among the matches, and the first one in sight.
  var scroll = TableScroll()

  /// Adds what was typed or pasted, as far as it can be seen.
  mutating func type(_ typed: String) {
    let letters = typed.unicodeScalars.filter { $0.value >= 0x20 && $0.value < 0x7f }
    text = String((text + String(String.UnicodeScalarView(letters))).prefix(40))
    scroll = TableScroll()
  }
}

/// What an entry of the palette does.
enum PaletteCommand: Hashable, Sendable {
  /// What a key does.
  case action(Action)
  /// Shows an instrument.
  case symbol(Instrument)
  /// Shows a timeframe.
  case timeframe(TimeframeChoice)
  /// Takes a theme, by its index.
  case theme(Int)
  /// Lets a venue take part, or leaves it out, by its number.
  case venue(Int)
}

/// An entry of the palette.
struct PaletteEntry: Hashable, Sendable {
  /// The keys that do the same; empty where there are none.
  let keys: String
  /// What it does, in a few words.
  let words: String
  /// What can be typed for it besides: an action's name in words.
  let name: String
  /// What it does.
  let command: PaletteCommand
  /// Whether its keys are pressed one after the other.
  var isSequence = false

  /// How well it fits what was typed; nil where it doesn't. A key finds what it does.
  func score(_ typed: String) -> Int? {
    let isKey =
      isSequence ? keys == typed : keys.split(separator: " ").contains { $0 == typed }
    if isKey { return 5_000 }
    return [words, name].compactMap { FuzzyMatch.score(typed, in: $0) }.max()
  }
}

extension AppState {
  /// Everything that the palette offers for what was typed, the best first; all of it, in the order
  /// of the help, while nothing was.
  var paletteMatches: [PaletteEntry] {
    guard let palette = commandPalette else { return [] }
    let entries = paletteActions + paletteChoices(palette.text)
    let typed = palette.text.split(separator: " ").joined(separator: " ")
    guard !typed.isEmpty else { return entries }
    var found: [(score: Int, index: Int)] = []
    for (index, entry) in entries.enumerated() {
      if let score = entry.score(typed) { found.append((score, index)) }
    }
    found.sort { one, other in
      one.score == other.score ? one.index < other.index : one.score > other.score
    }
    return found.map { entries[$0.index] }
  }

  private var paletteActions: [PaletteEntry] {
    keymap.bindings.compactMap { binding in
      guard let action = binding.action, action != .commands else { return nil }
      return PaletteEntry(
        keys: binding.keyText, words: binding.help,
        name: action.name.replacing("_", with: " "), command: .action(action),
        isSequence: binding.prefix != nil)
    }
  }

  /// What takes a word behind it: `symbol ETH`, `timeframe 7d`, `theme light`, `venue OKX off`.
  /// Views are actions of their own: `view heatmap`.
  private func paletteChoices(_ typed: String) -> [PaletteEntry] {
    func entry(_ verb: String, _ word: String, _ command: PaletteCommand) -> PaletteEntry {
      PaletteEntry(keys: "", words: "\(verb) \(word)", name: word, command: command)
    }
    var entries = paletteSymbols(typed).map { entry("symbol", $0.base, .symbol($0)) }
    entries += timeframes.map { entry("timeframe", $0.timeframe.rawValue, .timeframe($0)) }
    entries += themes.enumerated().map { entry("theme", $1.name, .theme($0)) }
    entries += source.feeds.enumerated().map { index, feed in
      entry("venue", feed.venue.displayName + (feed.isEnabled ? " off" : " on"), .venue(index + 1))
    }
    return entries
  }

  /// The instruments that are offered: those that Tab walks, all that venues list once somebody has
  /// begun to write `symbol`, and what was written where venues may know it all the same.
  private func paletteSymbols(_ typed: String) -> [Instrument] {
    let words = typed.lowercased().split(separator: " ")
    guard words.first == "symbol", words.count > 1 else { return symbols }
    let more = listed.map(\.symbol).filter { !symbols.contains($0) }
    let known = symbols + more
    let base = words[1].uppercased()
    guard source.isLive, let named = Instrument(named: base),
      !known.contains(where: { $0.base.hasPrefix(base) })
    else { return known }
    return known + [named]
  }

  /// What a key does while the palette is open; nil where it does what it always does.
  mutating func handleInPalette(_ key: Key) -> [Effect]? {
    guard var open = commandPalette else { return nil }
    func step(_ step: TableScroll.Step) {
      open.scroll.take(
        step, count: paletteMatches.count,
        visible: CommandPaletteView.visibleRows(Layout(width: width, height: height)))
    }
    switch key {
    case .escape:
      commandPalette = nil
      return []
    case .enter: return runChosen()
    case .up, .control("p"): step(.rows(-1))
    case .down, .control("n"): step(.rows(1))
    case .pageUp: step(.pages(-1))
    case .pageDown: step(.pages(1))
    case .home: step(.first)
    case .end: step(.last)
    case .backspace:
      open.text = String(open.text.dropLast())
      open.scroll = TableScroll()
      // What was typed comes first even where it can do nothing, to say why; a list of everything
      // begins with what can be run.
      if open.text.isEmpty {
        commandPalette = open
        open.scroll.selected = firstUseful(in: paletteMatches)
      }
    case .character(let character): open.type(String(character))
    default: return nil
    }
    commandPalette = open
    return []
  }

  /// Runs the entry that is pointed at.
  mutating func runChosen() -> [Effect] {
    let matches = paletteMatches
    guard let open = commandPalette else { return [] }
    guard matches.indices.contains(open.scroll.selected) else {
      message = Message("No command fits \(open.text)")
      return []
    }
    let before = self
    commandPalette = nil
    message = nil
    let effects = run(matches[open.scroll.selected].command)
    if effects.isEmpty, case .action(let action) = matches[open.scroll.selected].command {
      explainSilence(of: action, since: before.withoutPalette)
    }
    return effects
  }

  private var withoutPalette: AppState {
    var state = self
    state.commandPalette = nil
    state.message = nil
    return state
  }

  private mutating func run(_ command: PaletteCommand) -> [Effect] {
    switch command {
    case .action(let action): return handleInView(action) ?? perform(action)
    case .symbol(let wanted):
      guard wanted != symbol else { return told("\(wanted) is shown already") }
      if !symbols.contains(wanted) { symbols.insert(wanted, at: 0) }
      return choose(symbol: wanted)
    case .timeframe(let choice):
      guard choice.timeframe != timeframe else {
        return told("\(choice.timeframe.rawValue) is shown already")
      }
      return choose(timeframe: choice)
    case .theme(let index):
      guard index != themeIndex else { return told("\(theme.name) is the theme already") }
      themeIndex = index
      return told("Theme: \(theme.name)")
    case .venue(let number): return toggleVenue(number: number)
    }
  }

  private mutating func told(_ words: String) -> [Effect] {
    message = Message(words)
    return []
  }

  /// The place of the first entry that does something now; the first one where none does.
  func firstUseful(in entries: [PaletteEntry]) -> Int {
    entries.firstIndex { uselessness(of: $0.command) == nil } ?? 0
  }

  /// Why a command would do nothing now, in the words that its key would say; nil where it does
  /// something.
  func uselessness(of command: PaletteCommand) -> String? {
    let before = withoutPalette
    var trial = before
    let effects = trial.run(command)
    guard effects.isEmpty, trial.isQuiet(since: before) else { return nil }
    if case .action(let action) = command { trial.explainSilence(of: action, since: before) }
    return trial.message?.text
  }
}
