import ArgumentParser
import Foundation
import LiveMap
import MapEngine
import MarketData

/// Where alerts are sent besides the terminal, as the commands that watch for them share it.
struct AlertDeliveryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A program to run at every alert, without a shell: the sentence is its argument, and "
        + "LODESTONE_ALERT_SENTENCE, _KIND, _PRICE, _USD, ... its environment. It is stopped after "
        + "10 s.",
      valueName: "program"))
  var exec: String?

  @Option(
    help: ArgumentHelp(
      "Where alerts are posted as JSON: https, or http to this machine. With a name, only those of "
        + "rules whose `to` names it. May be repeated.", valueName: "[name=]url"))
  var webhook: [String] = []

  /// The webhooks by name, and which of them were given one.
  func targets() throws -> (targets: [String: WebhookTarget], named: Set<String>) {
    var targets: [String: WebhookTarget] = [:]
    var named: Set<String> = []
    for (index, text) in webhook.enumerated() {
      let mark = text.firstRange(of: "://")?.lowerBound ?? text.endIndex
      let equals = text[..<mark].firstIndex(of: "=")
      let name = equals.map { String(text[..<$0]) } ?? "\(index + 1)"
      do {
        targets[name] = try WebhookTarget(
          equals.map { String(text[text.index(after: $0)...]) } ?? text)
      } catch {
        throw ValidationError("--webhook: \(error)")
      }
      if equals != nil { named.insert(name) }
    }
    return (targets, named)
  }

  /// The program to run; nil where none was named.
  func program(_ environment: [String: String]) throws -> AlertProgram? {
    do {
      return try exec.map { name throws(Refusal) in
        try AlertProgram(name, environment: environment)
      }
    } catch {
      throw CommandFailure(.usage, "--exec: \(error)")
    }
  }

  /// The alerts that texts say, and their ways.
  func stated(
    _ texts: [String], option: String, bell: Bool = false, environment: [String: String]
  ) throws -> StatedAlerts {
    StatedAlerts(
      rules: try rules(texts, option: option, bell: bell), program: try program(environment),
      webhooks: try targets().targets)
  }

  /// The rules that texts say, with the ways of telling that the options add to their own.
  /// - Parameters:
  ///   - option: the option that the texts come from, for what is said of a wrong one.
  ///   - bell: whether each of them rings the bell.
  func rules(_ texts: [String], option: String, bell: Bool = false) throws -> [AlertRule] {
    let (webhooks, named) = try targets()
    return try texts.map { text in
      var rule: AlertRule
      do {
        rule = try AlertRule(text)
      } catch {
        throw ValidationError("\(option) \(error)")
      }
      add(to: &rule, bell: bell, webhooks.keys.filter { !named.contains($0) })
      if rule.channels.command, exec == nil {
        throw ValidationError("\(option) \"\(rule)\" asks for the command; give --exec")
      }
      if let missing = rule.channels.webhooks.sorted().first(where: { webhooks[$0] == nil }) {
        throw ValidationError(
          "\(option) \"\(rule)\" asks for the webhook \(missing); give --webhook \(missing)=URL")
      }
      return rule
    }
  }

  /// A rule with the ways of telling that the options add to its own.
  func adding(to rule: AlertRule, bell: Bool) throws -> AlertRule {
    let (webhooks, named) = try targets()
    var rule = rule
    add(to: &rule, bell: bell, webhooks.keys.filter { !named.contains($0) })
    return rule
  }

  private func add(to rule: inout AlertRule, bell: Bool, _ webhooks: [String]) {
    rule.channels.bell = rule.channels.bell || bell
    rule.channels.command = rule.channels.command || exec != nil
    rule.channels.webhooks.formUnion(webhooks)
  }
}
