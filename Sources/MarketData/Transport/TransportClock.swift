import Glibc
import Market

/// The time that the transport goes by, handed in so that tests need not wait.
public struct TransportClock: Sendable {
  /// The moment now, as the world's clocks have it. It may jump when the machine's clock is set.
  public let now: @Sendable () -> Timestamp
  /// Milliseconds since some start, which never jump: for waits and ages.
  public let steady: @Sendable () -> Timestamp
  /// Returns after the span; throws `CancellationError` as soon as the task is cancelled.
  public let sleep: @Sendable (Span) async throws -> Void

  /// A clock that reads and sleeps as given.
  public init(
    now: @escaping @Sendable () -> Timestamp, steady: @escaping @Sendable () -> Timestamp,
    sleep: @escaping @Sendable (Span) async throws -> Void
  ) {
    self.now = now
    self.steady = steady
    self.sleep = sleep
  }

  /// The machine's own clock.
  public static let system = TransportClock(
    now: { read(CLOCK_REALTIME) }, steady: { read(CLOCK_BOOTTIME) },
    sleep: { try await Task.sleep(for: .milliseconds(max(0, $0.milliseconds))) })

  private static func read(_ clock: clockid_t) -> Timestamp {
    var time = timespec()
    clock_gettime(clock, &time)
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
  }
}
