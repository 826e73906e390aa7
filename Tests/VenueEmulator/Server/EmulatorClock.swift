import Glibc
import Market

/// The time of an emulated market: the wall's, or one that runs faster from the same beginning.
public struct EmulatorClock: Sendable {
  /// The moment at which it was made.
  public let start: Timestamp
  /// How many of its seconds pass in a real one.
  public let speed: Double
  private let origin = ContinuousClock.now

  /// A clock that shows `start`, or the wall's time, at this moment.
  public init(start: Timestamp? = nil, speed: Double = 1) {
    self.start = start ?? EmulatorClock.wall
    self.speed = speed
  }

  /// The wall's time.
  public static var wall: Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
  }

  /// The present moment.
  public var now: Timestamp {
    let passed = ContinuousClock.now - origin
    let parts = passed.components
    let seconds = Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
    return start + Span(milliseconds: Int64(seconds * 1_000 * speed))
  }
}
