import MapEngine
import Market

/// What has become of the alerts: what fired, and which rules wait for their condition to be over.
public struct AlertStory: Hashable, Sendable {
  /// What fired, newest last.
  public private(set) var log = AlertLog()
  /// The instruments on which a rule has fired and its condition isn't over yet, by the rule.
  public private(set) var resting: [AlertRule.ID: Set<Instrument>] = [:]
  /// What is told over the picture right now, newest first.
  private(set) var toasts: [AlertToast] = []
  /// The rules that a configuration sets.
  var configured: Set<AlertRule.ID> = []
  /// What the configuration said of them, before anybody changed them on the screen.
  var stated: [AlertRule] = []

  /// How many alerts are told over the picture at a time.
  static let mostToasts = 3

  /// Nothing has fired yet.
  public init() {}

  /// Takes what fired, and which rules rest.
  mutating func take(_ fired: [FiredAlert], resting: [AlertRule.ID: Set<Instrument>]) {
    log.append(fired)
    self.resting = resting
    for alert in fired where alert.rule.channels.toast {
      toasts.insert(AlertToast(alert: alert), at: 0)
    }
    toasts = Array(toasts.prefix(Self.mostToasts))
  }

  /// Lets what is told grow older.
  mutating func age() {
    for index in toasts.indices { toasts[index].ticksLeft -= 1 }
    toasts.removeAll { $0.ticksLeft <= 0 }
  }

  /// Takes away what is told over the picture.
  mutating func dismissToasts() { toasts = [] }

  /// The last alert of a rule; nil where it has never fired, or long ago.
  func last(of rule: AlertRule) -> FiredAlert? { log.alerts.last { $0.rule.id == rule.id } }

  /// Makes everything that isn't in sight what it is in another story. `isListed` says whether the
  /// list of alerts is in sight, `isCounted` whether numbers of pending alerts are.
  mutating func forgetUnseen(_ other: AlertStory, isListed: Bool, isCounted: Bool) {
    if toasts.count == other.toasts.count {
      for index in toasts.indices { toasts[index].ticksLeft = other.toasts[index].ticksLeft }
    }
    configured = other.configured
    stated = other.stated
    if !isListed { log = other.log }
    if !isListed, !isCounted { resting = other.resting }
  }
}

/// An alert that is told over the picture for some ticks.
struct AlertToast: Hashable, Sendable {
  /// What fired.
  let alert: FiredAlert
  /// Ticks until it goes.
  var ticksLeft = 10
}

/// How a rule stands.
enum AlertStanding: Hashable, Sendable {
  /// It waits for its condition.
  case armed
  /// It has fired, and waits for its condition to be over.
  case fired(Timestamp?)
  /// It keeps silent until then.
  case snoozed(Timestamp)
  /// It takes no part.
  case off
}

extension AppState {
  /// The rules that no configuration sets: they were set on the screen. Each one's text, its
  /// `isEnabled` and its `snoozedUntil` say all of it.
  public var ownAlerts: [AlertRule] {
    alerts.filter { !alertStory.configured.contains($0.id) }
  }

  /// Puts the rules of a configuration in place, and behind them those that were set on the screen.
  /// A rule that stands there twice is kept once. A price is one of an instrument: a rule of the
  /// price that names none is of the one that is asked for.
  ///
  /// A rule that was in place already, by its `id`, stays as keys have left it: snoozed, off,
  /// deleted or edited. Where it is told in another way from now on, it still is snoozed or off.
  public mutating func place(alerts configured: [AlertRule], own: [AlertRule]? = nil) -> [Effect] {
    let own = own ?? ownAlerts
    let before = alerts.filter { alertStory.configured.contains($0.id) }
    let stated = alertStory.stated
    alerts = []
    alertStory.configured = []
    alertStory.stated = []
    for said in configured {
      var rule = said
      let old = before.first { $0.id == said.id }
      let earlier = stated.first { $0.id == said.id }
      if earlier == said {
        alertStory.stated.append(said)
        guard let old else { continue }
        rule = old
      } else {
        if case .price = rule.condition, rule.instrument == nil {
          rule.instrument = earlier?.instrument == nil ? old?.instrument ?? symbol : symbol
        }
        if let old, old.condition == rule.condition, old.instrument == rule.instrument {
          rule.snoozedUntil = old.snoozedUntil
          rule.isEnabled = old.isEnabled
        }
      }
      guard let id = add(alert: rule) else { continue }
      alertStory.configured.insert(id)
      if earlier != said { alertStory.stated.append(said) }
    }
    for rule in own { _ = add(alert: rule) }
    return [.judge(alerts)]
  }

  /// Adds rules that were set on the screen in an earlier session.
  public mutating func add(ownAlerts rules: [AlertRule]) {
    for rule in rules { _ = add(alert: rule) }
  }

  /// Adds a rule behind the others; gives its id, or nil where there is the same one already.
  mutating func add(alert rule: AlertRule) -> AlertRule.ID? {
    guard !alerts.contains(where: { $0.description == rule.description }) else { return nil }
    let named = AlertRule(
      id: freeID(rule.id), rule.condition, instrument: rule.instrument, cooldown: rule.cooldown,
      snoozedUntil: rule.snoozedUntil, isEnabled: rule.isEnabled, channels: rule.channels)
    alerts.append(named)
    return named.id
  }

  /// The name itself, or the name with the first free number.
  func freeID(_ wanted: AlertRule.ID) -> AlertRule.ID {
    let taken = Set(alerts.map(\.id))
    guard taken.contains(wanted) else { return wanted }
    var number = 2
    while taken.contains("\(wanted)#\(number)") { number += 1 }
    return "\(wanted)#\(number)"
  }

  /// How a rule stands with its instrument, or with the one that is asked for.
  func standing(of rule: AlertRule) -> AlertStanding {
    guard rule.isEnabled else { return .off }
    if let until = rule.snoozedUntil, newestMoment.map({ $0 < until }) ?? true {
      return .snoozed(until)
    }
    if alertStory.resting[rule.id]?.contains(rule.instrument ?? symbol) == true {
      return .fired(alertStory.last(of: rule)?.time)
    }
    return .armed
  }

  /// How many rules wait for their condition on an instrument.
  func pendingAlerts(on instrument: Instrument) -> Int {
    alerts.count { rule in
      guard rule.instrument ?? instrument == instrument, rule.isEnabled,
        alertStory.resting[rule.id]?.contains(instrument) != true
      else { return false }
      return !(rule.snoozedUntil.map { until in newestMoment.map { $0 < until } ?? true } ?? false)
    }
  }
}
