import Market

/// How long to wait before the next try: exponential with full jitter. Pure; chance is handed in.
public struct Backoff: Hashable, Sendable {
  /// The shortest wait: a venue is never asked again at once.
  public let floor: Span
  /// The longest first wait; it doubles with each failure.
  public let base: Span
  /// The longest wait of all.
  public let cap: Span
  /// How long a connection must have held for its failures to be forgotten.
  public let stability: Span
  /// How many tries have failed since the last stable connection.
  public private(set) var failures = 0
  private var connected: Timestamp?

  /// Waits between `floor` and `base`, then up to twice as long with each failure until `cap`.
  public init(
    floor: Span = Span(milliseconds: 250), base: Span = .seconds(1), cap: Span = .seconds(60),
    stability: Span = .seconds(60)
  ) {
    self.floor = floor
    self.base = max(floor, base)
    self.cap = max(floor, cap)
    self.stability = stability
  }

  /// Notes that the connection stands and data flows.
  public mutating func succeeded(at now: Timestamp) {
    if connected == nil { connected = now }
  }

  /// How long to wait after a failure now, uniform between the floor and the growing bound.
  public mutating func failed(
    at now: Timestamp, using generator: inout some RandomNumberGenerator
  ) -> Span {
    if let connected, now - connected >= stability { failures = 0 }
    connected = nil
    var bound = base.milliseconds
    for _ in 0..<failures where bound < cap.milliseconds { bound *= 2 }
    failures += 1
    let top = max(floor.milliseconds, min(bound, cap.milliseconds))
    return Span(milliseconds: .random(in: floor.milliseconds...top, using: &generator))
  }
}
