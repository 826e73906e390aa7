import MapEngine
import Market
import Terminal

/// The list of alerts, open.
struct AlertList: Hashable, Sendable {
  /// Whether the log of what fired is shown in place of the rules.
  var isLog = false
  /// Where the rules are scrolled to.
  var rules = TableScroll()
  /// Where the log is scrolled to, from the newest on.
  var log = TableScroll()
}

extension AppState {
  /// How long a rule is snoozed for.
  static let snooze = Span.hours(1)

  /// Opens the list of alerts, or closes it.
  mutating func toggleAlertList() {
    guard alertList == nil else {
      alertList = nil
      return
    }
    isVenueListOpen = false
    watchTable = nil
    alertList = AlertList()
  }

  /// The rule that is selected; nil where there is none.
  private var selectedAlert: Int? {
    guard let list = alertList, !alerts.isEmpty else { return nil }
    return min(max(list.rules.selected, 0), alerts.count - 1)
  }

  /// What a key does while the list is open; nil where it does what it always does.
  mutating func handleInAlertList(_ key: Key) -> [Effect]? {
    guard let list = alertList else { return nil }
    switch key {
    case .escape:
      // The log was opened from the list, so it leads back there.
      if list.isLog { alertList?.isLog = false } else { alertList = nil }
      return []
    case .character("l"):
      alertList?.isLog.toggle()
      return []
    case .enter, .character("e"):
      if list.isLog { alertList?.isLog = false } else { editAlert() }
      return []
    case .character("z") where !list.isLog: return snoozeAlert()
    case .character("x") where !list.isLog: return deleteAlert()
    case .character(" ") where !list.isLog: return switchAlert()
    default: break
    }
    guard let action = keymap.action(for: key) else { return [] }
    if let step = action.tableStep {
      scrollAlerts(step)
      return []
    }
    switch action {
    case .listAlerts:
      alertList = nil
      return []
    case .setAlert, .openWatchlist, .toggleHelp, .quit, .suspend, .redraw, .cycleTheme,
      .commands, .saveScreen:
      return nil
    default: return []
    }
  }

  mutating func scrollAlerts(_ step: TableScroll.Step) {
    guard let list = alertList else { return }
    let visible = AlertListLayout(self, list).visibleRows
    if list.isLog {
      alertList?.log.take(step, count: alertStory.log.alerts.count, visible: visible)
    } else {
      alertList?.rules.take(step, count: alerts.count, visible: visible)
    }
  }

  private mutating func editAlert() {
    guard let index = selectedAlert else {
      openAlertPrompt()
      return
    }
    alertPrompt = AlertPrompt(editing: alerts[index])
  }

  /// Lets the selected rule keep silent for a while, or speak again.
  private mutating func snoozeAlert() -> [Effect] {
    guard let index = selectedAlert else { return [] }
    guard let now = newestMoment else {
      message = Message("Nobody knows the market's time yet, so nothing can be snoozed")
      return []
    }
    alerts[index].snoozedUntil = alerts[index].isSnoozed(at: now) ? nil : now + Self.snooze
    return [.judge(alerts)]
  }

  private mutating func deleteAlert() -> [Effect] {
    guard let index = selectedAlert else { return [] }
    let rule = alerts.remove(at: index)
    alertStory.configured.remove(rule.id)
    message = Message(AlertWords.all(rule).map { "Deleted: \($0)" })
    return [.judge(alerts)]
  }

  private mutating func switchAlert() -> [Effect] {
    guard let index = selectedAlert else { return [] }
    alerts[index].isEnabled.toggle()
    return [.judge(alerts)]
  }

  // MARK: - The mouse

  /// What the mouse does to alerts; nil where it does what it always does.
  mutating func handleInAlerts(_ mouse: MouseEvent) -> [Effect]? {
    guard mouse.action == .press, !Layout(width: width, height: height).isTooSmall else {
      return nil
    }
    if ToastView.holds(x: mouse.x, y: mouse.y, self) {
      alertStory.dismissToasts()
      return []
    }
    guard mode == .alerts, let list = alertList else { return nil }
    let layout = AlertListLayout(self, list)
    guard layout.x.contains(mouse.x), layout.table.dropFirst().contains(mouse.y) else { return nil }
    let count = list.isLog ? alertStory.log.alerts.count : alerts.count
    let scroll = list.isLog ? list.log : list.rules
    let settled = scroll.settled(count: count, visible: layout.visibleRows)
    let row = settled.top + mouse.y - layout.table.lowerBound - 1
    guard (0..<count).contains(row) else { return [] }
    // The first click selects it, the second one opens it.
    if row != settled.selected {
      scrollAlerts(.rows(row - settled.selected))
    } else if !list.isLog {
      editAlert()
    }
    return []
  }
}
