import LiveMap
import MapEngine
import MarketData

/// The alerts of `config.toml`, ready to be judged and told.
struct ConfiguredAlerts {
  /// The rules.
  private(set) var rules: [AlertRule] = []
  /// Where they are posted, by the names that the rules use.
  private(set) var webhooks: [String: WebhookTarget] = [:]
  private var programs: [String: AlertProgram] = [:]

  /// What runs their programs, and for other alerts that one; nil where there is none.
  func command(besides other: AlertProgram?) -> (any AlertCommand)? {
    programs.isEmpty && other == nil ? nil : AlertPrograms(byRule: programs, other: other)
  }

  /// The alerts by the names of their rules, and how many names were given so far.
  private var named: [(id: AlertRule.ID, alert: ConfiguredAlert)] = []
  private var names = 0

  /// None.
  init() {}

  /// The alerts of a file. Those that were there before keep the names of their rules, wherever they
  /// stand by now, so that they go on where they were.
  /// - Parameters:
  ///   - path: the file's, for what is said of it.
  ///   - old: the alerts before.
  /// - Throws: what is wrong with the first that can't be used, with its line.
  init(
    _ alerts: [ConfiguredAlert], path: String?, environment: [String: String],
    after old: ConfiguredAlerts = ConfiguredAlerts()
  ) throws(ConfigurationError) {
    names = old.names
    for (id, alert) in zip(takeNames(alerts, after: old), alerts) {
      named.append((id, alert))
      do {
        rules.append(try alert.rule(id: id))
        if let url = alert.webhook { webhooks[id] = try WebhookTarget(url) }
        if let name = alert.command.first {
          programs[id] = try AlertProgram(
            name, arguments: Array(alert.command.dropFirst()), environment: environment)
        }
      } catch {
        throw ConfigurationError(
          path: path ?? "config.toml", line: alert.line, key: "alerts", problem: "\(error)")
      }
    }
  }

  /// The alerts of the configuration that a command begins with.
  init(_ configuration: Configuration, environment: [String: String]) throws(CommandFailure) {
    do {
      self = try ConfiguredAlerts(
        configuration.alerts, path: configuration.path, environment: environment)
    } catch {
      throw CommandFailure(.usage, "\(error)")
    }
  }

  /// A name for each alert: the one that it had, or that an alert of the same rule had which is told
  /// in another way by now, or a new one.
  private mutating func takeNames(
    _ alerts: [ConfiguredAlert], after old: ConfiguredAlerts
  ) -> [AlertRule.ID] {
    var free = old.named
    var found = [AlertRule.ID?](repeating: nil, count: alerts.count)
    let likenesses: [(ConfiguredAlert, ConfiguredAlert) -> Bool] = [
      { $0.said == $1.said }, { $0.rule == $1.rule && $0.symbol == $1.symbol },
    ]
    for isLike in likenesses {
      for index in alerts.indices where found[index] == nil {
        guard let place = free.firstIndex(where: { isLike($0.alert, alerts[index]) }) else {
          continue
        }
        found[index] = free.remove(at: place).id
      }
    }
    return found.map { id in
      if let id { return id }
      names += 1
      return "config-\(names)"
    }
  }
}

extension ConfiguredAlert {
  /// The alert without its place in the file.
  fileprivate var said: ConfiguredAlert {
    var said = self
    said.line = nil
    return said
  }
}

/// Runs for each alert the program of its own rule, or else the one that is for all.
struct AlertPrograms: AlertCommand {
  let byRule: [String: AlertProgram]
  let other: AlertProgram?

  func run(_ alert: FiredAlert) async -> String? {
    guard let program = byRule[alert.rule.id] ?? other else {
      return "no program is configured for the rule \(alert.rule)"
    }
    return await program.run(alert)
  }
}
