import Terminal

/// The table of what keys and mouse do. The help overlay, the footer's hints and the README's table
/// are made from it; a configuration can put other keys into it.
public struct Keymap: Hashable, Sendable {
  /// A part of the table.
  public enum Section: String, CaseIterable, Hashable, Sendable {
    case views = "Views"
    case crosshair = "Crosshair"
    case view = "Zoom and pan"
    case magnets = "Magnets"
    case map = "Map"
    case lists = "Watchlist and alerts"
    case goTo = "Go to"
    case panels = "Panels"
    case whatIf = "What if"
    case venues = "Venues"
    case program = "Program"
  }

  /// A line of the table: some keys, or an act of the mouse, and what it does.
  public struct Binding: Hashable, Sendable {
    /// The keys; none where the mouse does it, or a list that is open.
    public let keys: [Key]
    /// The keys as people read them.
    public let keyText: String
    /// What the keys do; nil where there are none.
    public let action: Action?
    /// What it does, in a few words.
    public let help: String
    /// The part of the table that it stands in.
    public let section: Section
    /// A word for the footer, and how early it is shown there; nil where it isn't.
    public let hint: Hint?
    /// The action whose key is pressed before these; nil where they stand for themselves.
    public var prefix: Action?
  }

  /// A binding's word in the footer.
  public struct Hint: Hashable, Sendable {
    /// The key as shown.
    public let key: String
    /// The word.
    public let word: String
    /// Lower ones are dropped last.
    public let rank: Int
    /// Whether it is of use only where the facts come from live venues.
    public var isOfVenues = false
    /// Whether it is of use only where there is a map.
    public var isOfMap = false
    /// The views in which it is of use.
    public var views = Set(ViewKind.allCases)

    /// The hint with another key.
    func showing(_ key: String) -> Hint {
      Hint(
        key: key, word: word, rank: rank, isOfVenues: isOfVenues, isOfMap: isOfMap,
        views: views)
    }
  }

  /// Views with the map's axes.
  private static let onMap: Set<ViewKind> = [.map, .heatmap]

  /// The keymap unless a configuration changes it.
  public static let standard = Keymap(table)

  /// The standard bindings, in the order of the help.
  private static let table: [Binding] = [
    bind(
      [.character("1")], "1", .viewMap, "Map: dollars by price", .views,
      Hint(key: "1-6", word: "views", rank: 7)),
    bind([.character("2")], "2", .viewHeatmap, "Heatmap: dollars by price and time", .views),
    bind([.character("3")], "3", .viewVenues, "Venues side by side", .views),
    bind([.character("4")], "4", .viewTape, "Tape of realised liquidations", .views),
    bind([.character("5")], "5", .viewLedger, "Ledger: magnets, hunts, reading", .views),
    bind([.character("6")], "6", .viewAccuracy, "Accuracy of the map, measured", .views),
    bind([.character("w")], "w", .nextPane, "Next pane of the view", .views),
    bind([.enter], "Enter", .open, "Open, or go to, what is selected", .views),
    bind([.character("s")], "s", .cycleSort, "Sort; tape: least; venues: scale", .views),
    bind([.character("b")], "b", .cycleSide, "Tape: longs, shorts, both", .views),

    bind(
      [.left, .character("h")], "← h", .crosshairLeft, "Crosshair a column left", .crosshair,
      Hint(key: "←→", word: "crosshair", rank: 9, isOfMap: true, views: onMap)),
    bind(
      [.right, .character("l")], "→ l", .crosshairRight, "Crosshair a column right", .crosshair),
    bind([.up, .character("k")], "↑ k", .crosshairUp, "Level line up", .crosshair),
    bind([.down, .character("j")], "↓ j", .crosshairDown, "Level line down", .crosshair),
    bind([.home], "Home", .crosshairFirst, "Crosshair to the left edge", .crosshair),
    bind(
      [.end, .character("G")], "End G", .crosshairLast, "Crosshair to the right edge",
      .crosshair),
    act("click", "Crosshair where you point", .crosshair),

    bind(
      [.character("+"), .character("=")], "+ =", .zoomIn, "Zoom in", .view,
      Hint(key: "+-", word: "zoom", rank: 8, isOfMap: true, views: onMap)),
    bind([.character("-"), .character("_")], "- _", .zoomOut, "Zoom out", .view),
    bind(
      [.character("0")], "0", .zoomReset, "Show the whole map", .view,
      Hint(key: "0", word: "whole", rank: 14, isOfMap: true, views: onMap)),
    bind(
      [.character("c")], "c", .centrePrice, "Centre on the price", .view,
      Hint(key: "c", word: "price", rank: 16, isOfMap: true, views: onMap)),
    bind([.character("}")], "}", .zoomPricesIn, "Heatmap: zoom in on prices", .view),
    bind([.character("{")], "{", .zoomPricesOut, "Heatmap: zoom out of prices", .view),
    bind([.character("<"), .character(","), .pageUp], "< , PgUp", .panLeft, "Pan left", .view),
    bind([.character(">"), .character("."), .pageDown], "> . PgDn", .panRight, "Pan right", .view),
    act("wheel", "Zoom at the pointer", .view),
    act("drag", "Pan", .view),

    bind(
      [.character("m")], "m", .goToMagnet, "To the magnet, the densest cluster", .magnets,
      Hint(key: "m", word: "magnet", rank: 4, isOfMap: true, views: onMap)),
    bind(
      [.character("n")], "n", .nextMagnet, "Next cluster by density", .magnets,
      Hint(key: "nN", word: "next", rank: 12, isOfMap: true, views: onMap)),
    bind([.character("N")], "N", .previousMagnet, "Previous cluster by density", .magnets),

    bind(
      [.tab], "Tab", .nextSymbol, "Next symbol", .map,
      Hint(key: "Tab", word: "symbol", rank: 2)),
    bind([.backTab], "S-Tab", .previousSymbol, "Previous symbol", .map),
    bind(
      [.character("/")], "/", .search, "Find any symbol by its name", .map,
      Hint(key: "/", word: "find", rank: 6)),
    bind(
      [.character("[")], "[", .previousTimeframe, "Shorter timeframe", .map,
      Hint(key: "[]", word: "timeframe", rank: 3)),
    bind([.character("]")], "]", .nextTimeframe, "Longer timeframe", .map),
    bind(
      [.character("L")], "L", .cycleLayer, "Isolate a layer, then the next", .map,
      Hint(key: "L", word: "layer", rank: 11, isOfMap: true, views: onMap)),
    bind(
      [.character("t")], "t", .chooseTheme, "Choose a theme, seen at once", .map,
      Hint(key: "t", word: "theme", rank: 15)),
    bind([.character("T")], "T", .cycleTheme, "Next theme", .map),
    bind(
      [.character(" ")], "Space", .togglePause, "Hold the picture, or let it run", .map,
      Hint(key: "Space", word: "pause", rank: 17, isOfMap: true)),

    bind(
      [.character("o")], "o", .openWatchlist, "Watchlist: other maps in one line", .lists,
      Hint(key: "o", word: "watchlist", rank: 20)),
    act("s + x", "In it: sort, add, remove", .lists),
    bind(
      [.character("a")], "a", .setAlert, "Alert on what the crosshair is at", .lists,
      Hint(key: "a", word: "alert", rank: 5)),
    bind([.character("A")], "A", .listAlerts, "Alerts: edit, snooze, delete; log", .lists),
    act("z x Space", "In it: snooze, delete, on or off", .lists),

    bind(
      [.character("g")], "g", .goTo, "Waits for the key of a place", .goTo,
      Hint(key: "g", word: "go to", rank: 37, isOfMap: true)),
    after(.goTo, "g", .character("b"), .goBelow, "Large cluster below: longs", .goTo),
    after(.goTo, "g", .character("a"), .goAbove, "Large cluster above: shorts", .goTo),
    after(.goTo, "g", .character("h"), .goHigh, "Swing high that stands", .goTo),
    after(.goTo, "g", .character("l"), .goLow, "Swing low that stands", .goTo),
    after(.goTo, "g", .character("p"), .goPosition, "Where your position would end", .goTo),

    bind(
      [.character("i")], "i", .toggleSidePanel, "Side panel: magnet, plan, events", .panels,
      Hint(key: "i", word: "panel", rank: 30, isOfMap: true, views: [.map])),
    bind(
      [.character("B")], "B", .toggleStrip, "Row of the last liquidations", .panels,
      Hint(key: "B", word: "tape", rank: 36, isOfMap: true, views: [.map])),
    bind(
      [.character("f")], "f", .toggleStructure, "Structure: gaps, swings, breaks", .panels,
      Hint(key: "f", word: "gaps", rank: 32, isOfMap: true, views: [.map])),
    bind(
      [.character("u")], "u", .toggleBands, "Uncertainty: how wrong bars may be", .panels,
      Hint(key: "u", word: "bands", rank: 31, isOfMap: true, views: [.map])),

    bind(
      [.character("P")], "P", .askPosition, "A position: where it would end", .whatIf,
      Hint(key: "P", word: "position", rank: 33, isOfMap: true, views: [.map])),
    bind(
      [.character("W")], "W", .openWhatIf, "Move the layers by hand", .whatIf,
      Hint(key: "W", word: "what if", rank: 34, isOfMap: true, views: [.map])),
    bind(
      [.character("M")], "M", .toggleMeaning, "Realisable, or all open positions", .whatIf,
      Hint(key: "M", word: "nominal", rank: 35, isOfMap: true, views: [.map])),
    bind([.character("F")], "F", .toggleLearning, "Freeze the learning, or let it go", .whatIf),

    bind(
      [.character("e")], "e", .toggleVenueList, "List of venues and their health", .venues,
      Hint(key: "e", word: "venues", rank: 10, isOfVenues: true)),
    act("1-9", "In that list: a venue on or off", .venues),
    bind(
      [.character("r")], "r", .retry, "Ask venues again that don't answer", .venues,
      Hint(key: "r", word: "ask again", rank: 18, isOfVenues: true)),
    bind([.character("d")], "d", .changeSource, "Simulated market, or the venues", .venues),

    bind(
      [.character(":"), .control("p")], ": ^P", .commands, "Find a command and run it", .program,
      Hint(key: ":", word: "commands", rank: 19)),
    bind([.character("S")], "S", .saveScreen, "Save the screen as pictures", .program),
    bind(
      [.character("?")], "?", .toggleHelp, "This help", .program,
      Hint(key: "?", word: "help", rank: 1)),
    bind([.escape], "Esc", .leave, "Leave help, crosshair, what if", .program),
    bind([.control("l")], "^L", .redraw, "Draw the screen anew", .program),
    bind([.control("z")], "^Z", .suspend, "Suspend to the shell", .program),
    bind(
      [.character("q"), .control("c")], "q ^C", .quit, "Quit", .program,
      Hint(key: "q", word: "quit", rank: 0)),
  ]

  /// All bindings, in the order of the help.
  public let bindings: [Binding]
  /// What each key does.
  let keyTable: [Key: Action]
  /// The keys of each action, in the order of the help.
  private let keysOfActions: [Action: [Key]]
  /// What each key does after the key of a prefix.
  private let prefixTables: [Action: [Key: Action]]

  /// A keymap of those bindings.
  private init(_ bindings: [Binding]) {
    self.bindings = bindings
    var table: [Key: Action] = [:]
    var keysOfActions: [Action: [Key]] = [:]
    var prefixTables: [Action: [Key: Action]] = [:]
    for binding in bindings {
      guard let action = binding.action else { continue }
      keysOfActions[action, default: []] += binding.keys
      for key in binding.keys {
        if let prefix = binding.prefix {
          prefixTables[prefix, default: [:]][key] = action
        } else {
          table[key] = action
        }
      }
    }
    keyTable = table
    self.keysOfActions = keysOfActions
    self.prefixTables = prefixTables
  }

  /// What a key does; nil where it does nothing.
  public func action(for key: Key) -> Action? { keyTable[key] }

  /// What a key does after the key of a prefix; nil where it does nothing there.
  func action(for key: Key, after prefix: Action) -> Action? { prefixTables[prefix]?[key] }

  /// The bindings whose keys are pressed after a prefix.
  func bindings(after prefix: Action) -> [Binding] { bindings.filter { $0.prefix == prefix } }

  /// The keys of an action; none where it has none.
  public func keys(of action: Action) -> [Key] { keysOfActions[action] ?? [] }

  /// The first key of an action as the screen shows it; nil where it has none.
  public func shown(_ action: Action) -> String? { keys(of: action).first?.shown }

  /// A key and a word of what it does, `r ask again`; empty where the action has no key.
  func offer(_ action: Action, _ words: String) -> String {
    shown(action).map { "\($0) \(words)" } ?? ""
  }

  /// The table with other keys for some actions. Their texts and hints follow.
  func replacing(_ keys: [Action: [Key]]) -> Keymap {
    let bare = Keymap(
      bindings.map { binding in
        guard let action = binding.action else { return binding }
        let chosen = keys[action] ?? binding.keys
        // A text begins with the prefix in force.
        let prefix = binding.prefix.flatMap { keys[$0] ?? self.keys(of: $0) }?.first
        let texts = ([prefix].compactMap { $0 } + chosen).map(\.shown)
        return Binding(
          keys: chosen, keyText: texts.joined(separator: " "), action: action,
          help: binding.help, section: binding.section, hint: binding.hint,
          prefix: binding.prefix)
      })
    return Keymap(
      bare.bindings.map { binding in
        guard let action = binding.action, let hint = binding.hint else { return binding }
        let text = bare.hintKey(action)
        return Binding(
          keys: binding.keys, keyText: binding.keyText, action: action, help: binding.help,
          section: binding.section,
          hint: text.isEmpty ? nil : hint.showing(text), prefix: binding.prefix)
      })
  }

  /// Actions whose keys one hint of the footer shows together, by the action that has the hint.
  private static let hintGroups: [Action: [Action]] = [
    .viewMap: [.viewMap, .viewHeatmap, .viewVenues, .viewTape, .viewLedger, .viewAccuracy],
    .crosshairLeft: [.crosshairLeft, .crosshairRight], .zoomIn: [.zoomIn, .zoomOut],
    .nextMagnet: [.nextMagnet, .previousMagnet],
    .previousTimeframe: [.previousTimeframe, .nextTimeframe],
  ]

  /// The first keys of the actions that an action's hint shows together.
  func hintKeys(_ action: Action) -> [Key] {
    (Self.hintGroups[action] ?? [action]).compactMap { keys(of: $0).first }
  }

  /// The key of an action's hint: `+-`, `1-6`, `F1/F2`; empty where there is none.
  func hintKey(_ action: Action) -> String {
    let keys = (Self.hintGroups[action] ?? [action]).compactMap(shown)
    guard let first = keys.first, let last = keys.last, keys.count > 1 else {
      return keys.first ?? ""
    }
    if keys.count > 2 { return "\(first)-\(last)" }
    return keys.joined(separator: keys.allSatisfy { $0.count == 1 } ? "" : "/")
  }

  /// The table as Markdown: a row a binding, grouped by section.
  public var markdown: String {
    var text = "| Keys | What they do |\n|---|---|\n"
    for section in Section.allCases {
      text += "| **\(section.rawValue)** | |\n"
      for binding in bindings where binding.section == section {
        text += "| \(Self.markdownKeys(binding)) | \(binding.help) |\n"
      }
    }
    return text
  }

  private static func markdownKeys(_ binding: Binding) -> String {
    binding.keyText.split(separator: " ").map { "`\($0)`" }.joined(separator: " ")
  }

  private static func bind(
    _ keys: [Key], _ keyText: String, _ action: Action, _ help: String, _ section: Section,
    _ hint: Hint? = nil
  ) -> Binding {
    Binding(
      keys: keys, keyText: keyText, action: action, help: help, section: section, hint: hint)
  }

  /// A key that is pressed after the key of a prefix.
  private static func after(
    _ prefix: Action, _ prefixText: String, _ key: Key, _ action: Action, _ help: String,
    _ section: Section
  ) -> Binding {
    Binding(
      keys: [key], keyText: "\(prefixText) \(key.shown)", action: action, help: help,
      section: section, hint: nil, prefix: prefix)
  }

  private static func act(_ act: String, _ help: String, _ section: Section) -> Binding {
    Binding(keys: [], keyText: act, action: nil, help: help, section: section, hint: nil)
  }
}
