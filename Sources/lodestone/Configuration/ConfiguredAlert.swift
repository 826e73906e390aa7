import MapEngine
import Market
import MarketData

/// An alert as the file asks for it.
///
///     [[alerts]]
///     rule = "near:distance=0.5%,usd=10m"
///     symbol = "BTC"
///     bell = true
///     command = ["notify-send", "Lodestone"]
struct ConfiguredAlert: Hashable, Sendable {
  /// The rule, as written.
  var rule: String
  /// The line of the rule, from 1.
  var line: Int?
  /// The instrument; nil for whichever is shown.
  var symbol: Instrument?
  /// Whether the terminal's bell rings.
  var bell = false
  /// Whether the desktop shows a notice.
  var desktop = false
  /// A program and its arguments; none for no program.
  var command: [String] = []
  /// An address that is posted to.
  var webhook: String?

  /// The alert of a table; nil where it has no rule.
  init?(_ part: ConfigurationReader) {
    part.allow(
      ["rule", "symbol", "bell", "desktop", "command", "webhook"], in: "an alert")
    let rule = part.text("rule", example: "near:distance=0.5%,usd=10m") { text in
      _ = try AlertRule(text)
      return text
    }
    if rule == nil, !part.keys.contains("rule") {
      part.refuse(nil, "an alert needs a rule, such as rule = \"near:distance=0.5%,usd=10m\"")
    }
    symbol = part.text("symbol", example: "BTC") { try Instrument(argument: $0) }
    bell = part.flag("bell") ?? false
    desktop = part.flag("desktop") ?? false
    command = part.texts("command", example: #"["notify-send", "Lodestone"]"#) ?? []
    if let program = command.first, program.isEmpty {
      part.refuse("command", "must begin with a program, such as \"notify-send\"")
      command = []
    }
    webhook = part.text("webhook", example: "https://host/path") { text in
      _ = try WebhookTarget(text)
      return text
    }
    guard let rule else { return nil }
    self.rule = rule
    line = part.line(of: "rule")
  }

  /// The rule with the instrument and the ways of telling that the table adds; `id` is the name of
  /// its webhook as well.
  func rule(id: String) throws(AlertRuleError) -> AlertRule {
    var parsed = try AlertRule(rule, id: id)
    parsed.instrument = symbol ?? parsed.instrument
    parsed.channels.bell = parsed.channels.bell || bell
    parsed.channels.desktop = parsed.channels.desktop || desktop
    parsed.channels.command = parsed.channels.command || !command.isEmpty
    if webhook != nil { parsed.channels.webhooks.insert(id) }
    return parsed
  }
}
