import LiveMap
import MapEngine
import MapUI
import Market
import MarketData
import Terminal

/// The alerts of the screen: their rules are judged in the background, and what fires is told by the
/// terminal, the command and webhooks. Nothing here makes the screen wait.
@MainActor
final class AlertDesk: Sendable {
  private let runner: AlertRunner
  private var delivery: AlertDelivery
  private let notation: DesktopNotice.Notation
  /// Deliveries that were replaced, while they tell what they were given.
  private var ending: [Task<Void, Never>] = []

  /// How long alerts that are on their way are waited for.
  private static let patience = Duration.seconds(5)

  /// A desk without a rule. `notify` is called, on whichever thread, when there is something to
  /// take; `environment` says how the terminal wants notices of the desktop.
  init(
    _ ways: AlertWays, environment: [String: String], notify: @escaping @Sendable () -> Void
  ) {
    let runner = AlertRunner(notify: notify)
    self.runner = runner
    delivery = ways.delivery { [weak runner] in runner?.complain($0) }
    notation = DesktopNotice.Notation(environment: environment)
  }

  /// Tells by other ways what fires from now on; what fired before goes the way it was sent.
  func tell(by ways: AlertWays) {
    let old = delivery
    delivery = ways.delivery { [weak runner] in runner?.complain($0) }
    ending.append(Task.detached { await old.finish() })
  }

  /// Judges these rules from now on.
  func judge(_ rules: [AlertRule]) { runner.place(rules) }

  /// Hands over what the background says of the shown market.
  nonisolated func observe(_ update: MapUpdate) {
    if let observation = AlertObservation(update, liquidations: []) { runner.observe(observation) }
  }

  /// Hands over what is seen of a listed market.
  nonisolated func observe(_ observation: AlertObservation) { runner.observe(observation) }

  /// Hands over liquidations as they become known.
  nonisolated func hear(_ events: [MarketEvent]) { runner.hear(events) }

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
  func finish() async {
    await delivery.finish(within: Self.patience)
    for task in ending { await task.value }
  }
}
