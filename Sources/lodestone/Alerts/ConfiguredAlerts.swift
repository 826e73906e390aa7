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

  /// The alerts of a file. Throws what is wrong with one, with its line.
  init(_ alerts: [ConfiguredAlert], environment: [String: String]) throws(CommandFailure) {
    for (index, alert) in alerts.enumerated() {
      let id = "config-\(index + 1)"
      do {
        rules.append(try alert.rule(id: id))
        if let url = alert.webhook { webhooks[id] = try WebhookTarget(url) }
        if let name = alert.command.first {
          programs[id] = try AlertProgram(
            name, arguments: Array(alert.command.dropFirst()), environment: environment)
        }
      } catch {
        let place = alert.line.map { "line \($0)" } ?? "alert \(index + 1)"
        throw CommandFailure(.usage, "config.toml, \(place): \(error)")
      }
    }
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
