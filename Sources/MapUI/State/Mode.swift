/// What is open over the view and takes the keys first.
enum Mode: CaseIterable, Hashable, Sendable {
  /// The help.
  case help
  /// The list of themes.
  case themes
  /// The command palette.
  case commands
  /// The line that an alert is typed into.
  case alertPrompt
  /// The search for a symbol.
  case search
  /// The list of alerts, or the log of those that fired.
  case alerts
  /// The watchlist.
  case watchlist
  /// The list of venues.
  case venueList
  /// The line that a position is written on.
  case positionPrompt
  /// The sliders of the layers.
  case sliders
  /// The places that a key after the prefix goes to.
  case goTo

  /// Its name at the beginning of a sentence.
  var title: String {
    switch self {
    case .help: "The help"
    case .themes: "The list of themes"
    case .commands: "The list of commands"
    case .alertPrompt: "The line for an alert"
    case .search: "The search"
    case .alerts: "The list of alerts"
    case .watchlist: "The watchlist"
    case .venueList: "The list of venues"
    case .positionPrompt: "The line for a position"
    case .sliders: "The what-if"
    case .goTo: "The list of places"
    }
  }
}

extension AppState {
  /// What is open, the uppermost; nil where keys go to the view.
  var mode: Mode? {
    if commandPalette != nil { return .commands }
    if alertPrompt != nil { return .alertPrompt }
    if search != nil { return .search }
    if positionPrompt != nil { return .positionPrompt }
    if help != nil { return .help }
    if alertList != nil { return .alerts }
    if watchTable != nil { return .watchlist }
    if themePreview != nil { return .themes }
    if isVenueListOpen { return .venueList }
    if isGoingTo { return .goTo }
    return sliders == nil ? nil : .sliders
  }

  /// Closes it, as Esc does.
  mutating func close(_ mode: Mode) {
    switch mode {
    case .help: help = nil
    case .themes: leaveThemes()
    case .commands: commandPalette = nil
    case .alertPrompt: alertPrompt = nil
    case .search: search = nil
    case .alerts: alertList = nil
    case .watchlist: watchTable = nil
    case .venueList: isVenueListOpen = false
    case .positionPrompt: positionPrompt = nil
    case .sliders: sliders = nil
    case .goTo: isGoingTo = false
    }
  }

  /// Opens the command palette in place of whatever is open.
  mutating func openCommands() {
    while let mode { close(mode) }
    commandPalette = CommandPalette()
    let first = firstUseful(in: paletteMatches)
    commandPalette?.scroll.selected = first
  }
}
