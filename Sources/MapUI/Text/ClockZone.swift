import Market

/// A time zone, as the moments at which its offset from UTC changes.
public struct ClockZone: Hashable, Sendable {
  /// An offset, and since when it holds.
  public struct Transition: Hashable, Sendable {
    /// The first moment at which the offset holds.
    public let from: Timestamp
    /// How far clocks are ahead of UTC.
    public let offset: Span

    /// An offset that holds from a moment on.
    public init(from: Timestamp, offset: Span) {
      self.from = from
      self.offset = offset
    }
  }

  /// Coordinated Universal Time.
  public static let utc = ClockZone(transitions: [])

  private let transitions: [Transition]

  /// A zone of those offsets, whatever their order. Before the first one its offset holds as well;
  /// without any it is UTC.
  public init(transitions: [Transition]) {
    self.transitions = transitions.sorted { $0.from < $1.from }
  }

  /// How far clocks are ahead of UTC at a moment.
  public func offset(at moment: Timestamp) -> Span {
    let holding = transitions.last { $0.from <= moment } ?? transitions.first
    return holding?.offset ?? Span(milliseconds: 0)
  }

  /// The offset in words: `UTC`, `UTC+2`, `UTC−3:30`.
  func label(at moment: Timestamp) -> String {
    let minutes = offset(at: moment).milliseconds / 60_000
    guard minutes != 0 else { return "UTC" }
    let size = abs(minutes)
    let rest = size % 60
    let minute = rest == 0 ? "" : ":" + (rest < 10 ? "0" : "") + "\(rest)"
    return "UTC" + (minutes < 0 ? "−" : "+") + "\(size / 60)" + minute
  }
}
