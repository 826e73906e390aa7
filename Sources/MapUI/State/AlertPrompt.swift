import MapEngine
import Market
import Terminal

/// A line of text that is typed, with a cursor in it. It holds printable ASCII alone.
struct PromptLine: Hashable, Sendable {
  /// The text.
  private(set) var text: String
  /// How many characters stand before the cursor.
  private(set) var cursor: Int

  /// The most characters that it takes.
  static let most = 200

  /// A text with the cursor behind it.
  init(_ text: String) {
    self.text = text
    cursor = text.count
  }

  /// Puts what was typed or pasted before the cursor, as far as it can be held.
  mutating func type(_ typed: String) {
    let kept = typed.filter { $0.isASCII && ($0.asciiValue ?? 0) >= 0x20 && $0 != "\u{7f}" }
    let room = max(Self.most - text.count, 0)
    text.insert(contentsOf: kept.prefix(room), at: place(cursor))
    cursor += min(kept.count, room)
  }

  /// Does what a key of editing does; false where it is none.
  mutating func edit(_ key: Key) -> Bool {
    switch key {
    case .left: cursor = max(cursor - 1, 0)
    case .right: cursor = min(cursor + 1, text.count)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = text.count
    case .backspace:
      guard cursor > 0 else { break }
      text.remove(at: place(cursor - 1))
      cursor -= 1
    case .delete:
      if cursor < text.count { text.remove(at: place(cursor)) }
    case .control("u"):
      text.removeSubrange(text.startIndex..<place(cursor))
      cursor = 0
    case .control("k"): text.removeSubrange(place(cursor)...)
    case .control("w"):
      let head = text[..<place(cursor)]
      // A word of a rule ends at a comma, a colon or an equals sign.
      let kept = head.dropLast().lastIndex { ",:= ".contains($0) }
      let start = kept.map { text.index(after: $0) } ?? text.startIndex
      cursor = text.distance(from: text.startIndex, to: start)
      text.removeSubrange(start..<head.endIndex)
    case .character(let character): type(String(character))
    default: return false
    }
    return true
  }

  private func place(_ offset: Int) -> String.Index {
    text.index(text.startIndex, offsetBy: offset)
  }
}

/// The line that an alert is typed into, open.
struct AlertPrompt: Hashable, Sendable {
  /// What is typed.
  var line: PromptLine
  /// The rule that is edited; nil for a new one.
  let edited: AlertRule.ID?
  /// Rules that suggest themselves, as text.
  let offers: [String]
  /// Which of them was put into the line last.
  var offer = 0
  /// Why the line is no rule, in a sentence; nil until it was entered.
  var problem: String?

  /// A line that begins with the first of some rules.
  init(offers: [String]) {
    line = PromptLine(offers.first ?? "")
    edited = nil
    self.offers = offers
  }

  /// A line that begins with a rule as it is.
  init(editing rule: AlertRule) {
    line = PromptLine(rule.description)
    edited = rule.id
    offers = []
  }

  /// The rule that the line says; nil where it says none.
  var rule: AlertRule? { try? AlertRule(line.text) }

  /// Puts pasted text in.
  mutating func paste(_ text: String) {
    line.type(text)
    problem = nil
  }

  /// Puts another of the rules that suggest themselves into the line.
  mutating func walkOffers(by step: Int) {
    guard !offers.isEmpty else { return }
    offer = (offer + step + offers.count) % offers.count
    line = PromptLine(offers[offer])
    problem = nil
  }
}

extension AppState {
  /// Opens the line for an alert on what the crosshair is at, or on the nearest large cluster.
  mutating func openAlertPrompt() {
    alertPrompt = AlertPrompt(offers: AlertOffers(self).texts)
  }

  /// What a key does while the line is open; nil where it does what it always does.
  mutating func handleInAlertPrompt(_ key: Key) -> [Effect]? {
    guard var open = alertPrompt else { return nil }
    switch key {
    case .escape:
      alertPrompt = nil
      return []
    case .enter: return enterAlert(open)
    case .up, .backTab: open.walkOffers(by: -1)
    case .down, .tab: open.walkOffers(by: 1)
    default:
      guard open.line.edit(key) else { return nil }
      open.problem = nil
    }
    alertPrompt = open
    return []
  }

  /// Sets the rule that the line says, or says why it is none.
  private mutating func enterAlert(_ open: AlertPrompt) -> [Effect] {
    let rule: AlertRule
    do {
      rule = try AlertRule(open.line.text)
    } catch {
      // The rule itself stands in the line above.
      let sentence = "\(error)"
      let quoted = "\"\(open.line.text)\": "
      alertPrompt?.problem =
        sentence.hasPrefix(quoted) ? String(sentence.dropFirst(quoted.count)) : sentence
      return []
    }
    let twin = alerts.first { $0.description == rule.description }
    guard twin == nil || twin?.id == open.edited else {
      alertPrompt?.problem = "This alert is set already"
      return []
    }
    alertPrompt = nil
    if let id = open.edited, let index = alerts.firstIndex(where: { $0.id == id }) {
      replaceAlert(at: index, with: rule)
    } else {
      _ = add(alert: rule)
    }
    if alertList != nil {
      alertList?.isLog = false
      let place = alerts.firstIndex { $0.description == rule.description } ?? 0
      alertList?.rules.selected = place
    } else {
      let way = keymap.offer(.listAlerts, "lists all alerts")
      message = Message(
        ["Alert set: \(AlertWords.long(rule))" + (way.isEmpty ? "" : ". \(way)")]
          + AlertWords.all(rule).map { "Alert set: \($0)" })
    }
    return [.judge(alerts)]
  }

  /// Puts a rule in another's place. It goes on where that one was while it waits for the same.
  private mutating func replaceAlert(at index: Int, with rule: AlertRule) {
    let old = alerts[index]
    let isSame = old.condition == rule.condition && old.instrument == rule.instrument
    let id = isSame || old.description == rule.description ? old.id : freeID(rule.id)
    alertStory.configured.remove(old.id)
    alerts[index] = AlertRule(
      id: id, rule.condition, instrument: rule.instrument, cooldown: rule.cooldown,
      snoozedUntil: isSame ? old.snoozedUntil : nil, isEnabled: isSame ? old.isEnabled : true,
      channels: rule.channels)
  }
}
