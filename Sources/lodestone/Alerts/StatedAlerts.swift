import LiveMap
import MapEngine
import MarketData

/// The alerts that arguments ask for, and where those of all rules are sent besides the terminal.
struct StatedAlerts: Sendable {
  /// The rules.
  var rules: [AlertRule] = []
  /// What is run for rules that have no program of their own; nil for nothing.
  var program: AlertProgram?
  /// Where webhooks are, by the names that rules use.
  var webhooks: [String: WebhookTarget] = [:]

  /// The ways of these alerts and of those of a configuration. `reach` is asked how hosts are reached
  /// where there are webhooks.
  func ways(
    beside configured: ConfiguredAlerts, reach: () throws -> FeedSettings
  ) throws -> AlertWays {
    let webhooks = webhooks.merging(configured.webhooks) { $1 }
    let reach = webhooks.isEmpty ? nil : try reach()
    return AlertWays(
      command: configured.command(besides: program), webhooks: webhooks,
      sender: reach.map { WebhookSender(proxies: $0.proxies, trust: $0.trust) })
  }
}

/// Where alerts are sent besides the terminal.
struct AlertWays: Sendable {
  /// What is run; nil for nothing.
  var command: (any AlertCommand)?
  /// Where webhooks are, by the names that rules use.
  var webhooks: [String: WebhookTarget] = [:]
  /// What tells them; nil where there are none.
  var sender: WebhookSender?

  /// A delivery by these ways. `report` hears of each alert that couldn't be told.
  func delivery(report: @escaping @Sendable (String) -> Void) -> AlertDelivery {
    AlertDelivery(
      command: command, webhooks: webhooks, sender: sender, json: { Array($0.json.utf8) },
      report: report)
  }
}
