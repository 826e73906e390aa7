import MapEngine
import Market
import Terminal

extension AppState {
  /// What a key does. A key that can do nothing now says why.
  mutating func press(_ key: Key) -> [Effect] {
    let before = self
    let effects = handle(.key(key))
    guard effects.isEmpty, before.search == nil, before.commandPalette == nil,
      before.alertPrompt == nil, before.positionPrompt == nil, let action = keymap.action(for: key)
    else { return effects }
    explainSilence(of: action, since: before)
    return effects
  }

  /// Says why an action has done nothing, unless it has done something or said so itself.
  mutating func explainSilence(of action: Action, since before: AppState) {
    guard !Layout(width: width, height: height).isTooSmall, isQuiet(since: before) else { return }
    guard message == nil else { return }
    message = Message(reason(for: action))
  }

  /// Whether nothing but the message has changed.
  func isQuiet(since before: AppState) -> Bool {
    var old = before
    old.message = message
    return !old.differsInSight(from: self)
  }

  /// Why an action can do nothing now, in a sentence.
  func reason(for action: Action) -> String {
    if let mode {
      let closes = keymap.shown(.leave).map { ": \($0) closes it" } ?? ""
      return "\(mode.title) is open\(closes)"
    }
    if action.isOfMap || action.tableStep != nil {
      if !view.hasMap { return "\(view.title) has nothing more there" }
      if snapshot == nil { return "There is no map yet of \(symbol) \(timeframe.rawValue)" }
    }
    return reasonOnMap(action) ?? reasonElsewhere(action)
  }

  private func reasonOnMap(_ action: Action) -> String? {
    let zooms = keymap.shown(.zoomIn).map { ": \($0) zooms in" } ?? ""
    switch action {
    case .crosshairLeft, .crosshairFirst: return "The crosshair is at the left end of the map"
    case .crosshairRight, .crosshairLast: return "The crosshair is at the right end of the map"
    case .crosshairUp: return "The level line is at the top of the axis"
    case .crosshairDown: return "The level line is at the foot of the axis"
    case .zoomOut, .zoomReset: return "The whole map is in sight already"
    case .panLeft, .panRight, .centrePrice:
      guard viewport != .whole else { return "The whole map is in sight\(zooms)" }
      return action == .centrePrice
        ? "The price is in the middle already"
        : "The map ends at the \(action == .panLeft ? "left" : "right") edge"
    case .zoomIn: return "The map has nothing finer"
    case .goToMagnet: return "The crosshair is at the magnet already"
    case .nextMagnet, .previousMagnet: return "The crosshair is at that cluster already"
    case .cycleLayer: return "The map has no layers"
    default: return nil
    }
  }

  private func reasonElsewhere(_ action: Action) -> String {
    switch action {
    case .viewMap, .viewHeatmap, .viewVenues, .viewTape, .viewLedger, .viewAccuracy:
      return "\(view.title) is shown already"
    case .nextTimeframe, .previousTimeframe: return "\(timeframe.rawValue) is the only timeframe"
    case .nextSymbol, .previousSymbol: return "\(symbol) is the only symbol of this source"
    case .cycleTheme, .chooseTheme: return "\(theme.name) is the only theme"
    case .leave:
      return "Nothing is open to leave" + (keymap.shown(.quit).map { ": \($0) quits" } ?? "")
    case .open: return "\(view.title) has nothing to open here"
    case .nextPane: return "\(view.title) has no other pane"
    default: return "\(view.title) has nothing for this key now"
    }
  }
}
