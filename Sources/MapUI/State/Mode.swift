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
    }
  }
}

extension AppState {
  /// What is open, the uppermost; nil where keys go to the view.
  var mode: Mode? {
    if help != nil { return .help }
    if themePreview != nil { return .themes }
    if commandPalette != nil { return .commands }
    if alertPrompt != nil { return .alertPrompt }
    if search != nil { return .search }
    if alertList != nil { return .alerts }
    if watchTable != nil { return .watchlist }
    return isVenueListOpen ? .venueList : nil
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
    }
  }

  /// Opens the command palette in place of whatever is open.
  mutating func openCommands() {
    while let mode { close(mode) }
    commandPalette = CommandPalette()
  }
}
