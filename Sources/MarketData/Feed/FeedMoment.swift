import Market

/// A moment on both clocks: what a pure feed is told instead of asking.
public struct FeedMoment: Hashable, Sendable {
  /// As the world's clocks have it; it may jump when the machine's clock is set.
  public let wall: Timestamp
  /// Since some start, never jumping: waits and ages go by it.
  public let steady: Timestamp

  /// A moment, as both clocks show it.
  public init(wall: Timestamp, steady: Timestamp) {
    self.wall = wall
    self.steady = steady
  }
}

extension Timestamp {
  /// The last multiple of the step that isn't later.
  func floor(to step: Span) -> Timestamp {
    let rest = milliseconds % step.milliseconds
    return Timestamp(milliseconds: milliseconds - (rest < 0 ? rest + step.milliseconds : rest))
  }

  /// The first multiple of the step that isn't earlier.
  func ceiling(to step: Span) -> Timestamp {
    let floor = floor(to: step)
    return floor == self ? self : floor + step
  }
}

extension Span {
  /// The span so many times.
  func times(_ count: Int) -> Span {
    let (product, isTooLong) = milliseconds.multipliedReportingOverflow(by: Int64(count))
    return Span(milliseconds: isTooLong ? .max / 4 : product)
  }

  /// A fraction of the span.
  func divided(by count: Int64) -> Span { Span(milliseconds: milliseconds / count) }
}

/// Chance that follows from a seed: jitter that tests can repeat. Source: Vigna's SplitMix64.
struct FeedChance: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
