import Market

/// Watches rules over observations and says which have fired.
///
/// The same observations in the same order give the same alerts. A rule fires once when its
/// condition holds and not again before that has been clearly over (``AlertCondition/rearming``);
/// after it has fired it keeps silent for its cooldown, for each instrument, side and venue alone.
/// While a rule is snoozed or cools down it loses nothing that lasts: what holds at the end, and
/// has been over since the last alert, is told then. A sweep or a crossing in that time is not told later.
public struct AlertEngine: Sendable {
  private struct Key: Hashable, Sendable {
    let rule: String
    let subject: AlertSubject
  }

  /// The rules, in the order in which they are judged.
  public private(set) var rules: [AlertRule]
  private var memories: [Instrument: AlertMemory] = [:]
  private var states: [Key: AlertState] = [:]

  /// An engine that has seen nothing yet.
  public init(rules: [AlertRule] = []) {
    self.rules = rules
  }

  /// Puts other rules in place. A rule whose `id`, condition and instrument stay goes on where it
  /// was; any other begins anew, as one that was disabled does.
  public mutating func replace(_ rules: [AlertRule]) {
    for old in self.rules {
      let isKept = rules.contains {
        $0.id == old.id && $0.condition == old.condition && $0.instrument == old.instrument
          && $0.isEnabled
      }
      if !isKept { states = states.filter { $0.key.rule != old.id } }
    }
    self.rules = rules
  }

  /// Whether a rule that is enabled asks for maps.
  public var needsMap: Bool { rules.contains { $0.isEnabled && $0.condition.needsMap } }

  /// Whether a rule waits for its condition on an instrument rather than for it to be over.
  public func isArmed(_ id: AlertRule.ID, _ instrument: Instrument) -> Bool {
    states.allSatisfy { key, state in
      key.rule != id || key.subject.instrument != instrument || state.isArmed
    }
  }

  /// Takes an observation; returns the alerts that it fires, in the order of the rules.
  public mutating func observe(_ observation: AlertObservation) -> [FiredAlert] {
    let instrument = observation.instrument
    let memory = rules.map(\.condition.memory).max() ?? AlertCondition.cascadeSpan
    memories[instrument, default: AlertMemory()].take(observation, memory: memory)
    guard let remembered = memories[instrument] else { return [] }
    let judge = AlertJudge(observation: observation, memory: remembered)
    var fired: [FiredAlert] = []
    for rule in rules where rule.isEnabled && (rule.instrument ?? instrument) == instrument {
      for subject in judge.subjects(of: rule.condition) {
        let key = Key(rule: rule.id, subject: subject)
        var state = states[key] ?? AlertState()
        let finding = judge.judge(rule.condition, subject, &state)
        if let alert = decide(rule, subject, finding, &state, observation) { fired.append(alert) }
        states[key] = state
      }
    }
    return fired
  }

  /// Fires where a rule is ready, and arms it where its condition is over.
  private func decide(
    _ rule: AlertRule, _ subject: AlertSubject, _ finding: AlertFinding,
    _ state: inout AlertState, _ observation: AlertObservation
  ) -> FiredAlert? {
    var alert: FiredAlert?
    let isCool = state.firedAt.map { observation.time >= $0 + rule.cooldown } ?? true
    if finding.isTrue, state.isArmed, isCool, !rule.isSnoozed(at: observation.time) {
      if let told = finding.told { state = told }
      state.isArmed = false
      state.firedAt = observation.time
      alert = FiredAlert(
        rule: rule, instrument: observation.instrument, time: observation.time,
        sentence: finding.sentence, basis: finding.basis, isSimulated: observation.isSimulated,
        price: observation.price, side: subject.side, level: finding.level, usd: finding.usd,
        venues: finding.venues)
    }
    if finding.isClear { state.isArmed = true }
    return alert
  }
}
