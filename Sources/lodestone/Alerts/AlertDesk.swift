import LiveMap
import MapEngine
import MapUI
import Market
import MarketData
import Terminal

/// The alerts of the screen: their rules are judged in the background, and what fires is told by the
/// terminal, the command and webhooks. Nothing here makes the screen wait.
final class AlertDesk: Sendable {
  private let runner: AlertRunner
  private let delivery: AlertDelivery
  private let notation: DesktopNotice.Notation

  /// A desk without a rule. `notify` is called, on whichever thread, when there is something to
  /// take; `environment` says how the terminal wants notices of the desktop.
  init(
    command: (any AlertCommand)? = nil, webhooks: [String: WebhookTarget] = [:],
    sender: WebhookSender? = nil, environment: [String: String],
    notify: @escaping @Sendable () -> Void
  ) {
    let runner = AlertRunner(notify: notify)
    self.runner = runner
    delivery = AlertDelivery(
      command: command, webhooks: webhooks, sender: sender, json: { Array($0.json.utf8) },
      report: { [weak runner] in runner?.complain($0) })
    notation = DesktopNotice.Notation(environment: environment)
  }

  /// Judges these rules from now on.
  func judge(_ rules: [AlertRule]) { runner.place(rules) }

  /// Hands over what the background says of the shown market.
  func observe(_ update: MapUpdate) {
    if let observation = AlertObservation(update, liquidations: []) { runner.observe(observation) }
  }

  /// Hands over what is seen of a listed market.
  func observe(_ observation: AlertObservation) { runner.observe(observation) }

  /// Hands over liquidations as they become known.
  func hear(_ events: [MarketEvent]) { runner.hear(events) }

  /// What has happened since the last time, and what the terminal is to be told of it; nil where
  /// nothing has. Commands and webhooks are on their way when it returns.
  func take() -> (report: AlertRunner.Report, signals: [TerminalSignal])? {
    guard let report = runner.take() else { return nil }
    var signals: [TerminalSignal] = []
    for alert in report.fired {
      let notices = delivery.deliver(alert)
      // Several at once ring once.
      if notices.bell, !signals.contains(.bell) { signals.append(.bell) }
      if let desktop = notices.desktop { signals.append(.command(desktop.command(notation))) }
    }
    return (report, signals)
  }

  /// Returns once all alerts are told, or given up after a time.
  func finish() async { await delivery.finish(within: .seconds(5)) }
}
