import Market

/// How a stream is kept alive and how it is noticed that it no longer is.
///
/// Pings of the venue are always answered; this is about what we send by ourselves.
public struct Heartbeat: Sendable {
  /// When a probe is sent.
  public enum Rhythm: Hashable, Sendable {
    /// Again and again, whatever arrives.
    case every(Span)
    /// After nothing has arrived for so long.
    case afterSilence(Span)

    var span: Span {
      switch self {
      case .every(let span), .afterSilence(let span): span
      }
    }
  }

  /// What is sent.
  public enum Probe: Sendable {
    /// A ping of the WebSocket protocol.
    case ping
    /// A text message, which may hold the time.
    case text(@Sendable (Timestamp) -> String)
  }

  public let rhythm: Rhythm
  /// How long after a probe anything at all must have arrived.
  public let patience: Span
  public let probe: Probe
  /// The venue's answer where it is always the same text; it isn't delivered as a message.
  public let reply: String?

  /// A heartbeat.
  public init(rhythm: Rhythm, patience: Span, probe: Probe, reply: String? = nil) {
    self.rhythm = rhythm
    self.patience = patience
    self.probe = probe
    self.reply = reply
  }

  /// The venue's own way, as documented.
  public static func of(_ venue: Venue) -> Heartbeat {
    switch venue {
    case .binance, .simulatedA, .simulatedB:
      // Binance pings every 3 minutes by itself; this only finds dead connections sooner.
      Heartbeat(rhythm: .afterSilence(.seconds(20)), patience: .seconds(10), probe: .ping)
    case .bybit:
      Heartbeat(
        rhythm: .every(.seconds(20)), patience: .seconds(10),
        probe: .text { _ in #"{"op":"ping"}"# })
    case .okx:
      // Bare text, not JSON, both ways.
      Heartbeat(
        rhythm: .afterSilence(.seconds(20)), patience: .seconds(8), probe: .text { _ in "ping" },
        reply: "pong")
    case .hyperliquid:
      Heartbeat(
        rhythm: .every(.seconds(30)), patience: .seconds(15),
        probe: .text { _ in #"{"method":"ping"}"# }, reply: #"{"channel":"pong"}"#)
    case .gate:
      Heartbeat(
        rhythm: .afterSilence(.seconds(15)), patience: .seconds(10),
        probe: .text { #"{"time":\#($0.milliseconds / 1_000),"channel":"futures.ping"}"# })
    }
  }
}

/// Decides when to probe a stream and when to give it up. Pure; moments come from one steady clock.
struct Liveness {
  /// What is to be done now.
  enum Action: Equatable {
    case none
    case probe
    /// Nothing has arrived for so long, in spite of a probe.
    case dead(Span)
  }

  private let rhythm: Heartbeat.Rhythm
  private let patience: Span
  private var lastInbound: Timestamp
  private var lastProbe: Timestamp
  /// When the probe was sent that nothing has arrived after.
  private var unanswered: Timestamp?
  private var isPaused = false

  init(rhythm: Heartbeat.Rhythm, patience: Span, now: Timestamp) {
    self.rhythm = rhythm
    self.patience = patience
    lastInbound = now
    lastProbe = now
  }

  /// Something arrived, whatever it is.
  mutating func heard(now: Timestamp) {
    lastInbound = max(lastInbound, now)
    unanswered = nil
  }

  /// While nothing is read here, silence says nothing about the other side.
  mutating func pause(_ paused: Bool, now: Timestamp) {
    isPaused = paused
    if !paused { heard(now: now) }
  }

  /// What is to be done now, and when to ask again.
  mutating func step(now: Timestamp) -> (action: Action, next: Timestamp) {
    if let sent = unanswered, !isPaused, now - sent >= patience {
      return (.dead(now - lastInbound), now + patience)
    }
    var action = Action.none
    if now >= nextProbe {
      action = .probe
      lastProbe = now
      if unanswered == nil { unanswered = now }
    }
    var next = nextProbe
    if let sent = unanswered, !isPaused { next = min(next, sent + patience) }
    return (action, max(next, now + Span(milliseconds: 1)))
  }

  private var nextProbe: Timestamp {
    switch rhythm {
    case .every(let span): lastProbe + span
    case .afterSilence(let span): max(lastInbound, lastProbe) + span
    }
  }
}
