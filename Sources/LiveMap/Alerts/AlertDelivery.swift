import MapEngine
import Market
import MarketData

/// Runs a command when an alert has fired. It must bound its own time, and end what it started when
/// its task is cancelled.
public protocol AlertCommand: Sendable {
  /// Runs it for an alert; returns why it failed in a sentence, or nil where it didn't.
  func run(_ alert: FiredAlert) async -> String?
}

/// What an alert asks of the terminal: only who owns the terminal may write to it.
public struct AlertNotices: Hashable, Sendable {
  /// The text of a toast; nil where none is wanted.
  public let toast: String?
  /// Whether to ring the bell.
  public let bell: Bool
  /// The desktop's notice; nil where none is wanted.
  public let desktop: DesktopNotice?
}

/// Tells the world of alerts: a command, webhooks. Nothing here ever makes the caller wait; what
/// can't be told is reported in a sentence.
public final class AlertDelivery: Sendable {
  /// How much waits, and how much goes on at a time.
  public struct Limits: Hashable, Sendable {
    /// How many alerts may wait for the command, and how many for webhooks.
    public var queue = 32
    /// How many commands run at a time.
    public var commands = 2
    /// How many webhooks are told at a time.
    public var webhooks = 4

    /// The usual limits.
    public init() {}
  }

  private struct Post: Sendable {
    let name: String
    let target: WebhookTarget
    let json: [UInt8]
  }

  private let command: AlertLane<FiredAlert>?
  private let posts: AlertLane<Post>
  private let webhooks: [String: WebhookTarget]
  private let sender: WebhookSender
  private let json: @Sendable (FiredAlert) -> [UInt8]
  private let report: @Sendable (String) -> Void

  /// A delivery.
  ///
  /// - Parameters:
  ///   - command: what is run for alerts that ask for the command; nil for nothing.
  ///   - webhooks: where each webhook is, by the name that rules use.
  ///   - sender: tells them; it is shut down by `finish`.
  ///   - json: what a webhook is told of an alert.
  ///   - report: hears of each alert that couldn't be told, in a sentence.
  public init(
    command: (any AlertCommand)? = nil, webhooks: [String: WebhookTarget] = [:],
    sender: WebhookSender, limits: Limits = Limits(),
    json: @escaping @Sendable (FiredAlert) -> [UInt8],
    report: @escaping @Sendable (String) -> Void
  ) {
    self.webhooks = webhooks
    self.sender = sender
    self.json = json
    self.report = report
    self.command = command.map { command in
      AlertLane(limit: limits.queue, workers: limits.commands) { alert in
        if let failure = await command.run(alert) { report(failure) }
      }
    }
    posts = AlertLane(limit: limits.queue, workers: limits.webhooks) { post in
      do {
        try await sender.send(post.json, to: post.target)
      } catch {
        report("webhook \(post.name): \(error)")
      }
    }
  }

  /// Sends an alert on its ways; returns at once what the terminal is asked for.
  public func deliver(_ alert: FiredAlert) -> AlertNotices {
    let channels = alert.rule.channels
    if channels.command { runCommand(alert) }
    for name in channels.webhooks.sorted() { tell(name, alert) }
    return AlertNotices(
      toast: channels.toast ? alert.sentence : nil, bell: channels.bell,
      desktop: channels.desktop ? DesktopNotice(alert) : nil)
  }

  /// Takes no more alerts; returns once those taken are told, or given up after a time.
  public func finish(within patience: Duration = .seconds(15)) async {
    async let commands: Void? = command?.finish(within: patience)
    await posts.finish(within: patience)
    _ = await commands
    await sender.shutdown()
  }

  private func runCommand(_ alert: FiredAlert) {
    guard let command else {
      report("no alert command is configured; rule \(alert.rule) asks for one")
      return
    }
    if !command.offer(alert) {
      report("alert command: too many alerts are waiting; not told: \(alert.sentence)")
    }
  }

  private func tell(_ name: String, _ alert: FiredAlert) {
    guard let target = webhooks[name] else {
      report("no webhook is named \(name); rule \(alert.rule) asks for it")
      return
    }
    if !posts.offer(Post(name: name, target: target, json: json(alert))) {
      report("webhook \(name): too many alerts are waiting; not told: \(alert.sentence)")
    }
  }
}
