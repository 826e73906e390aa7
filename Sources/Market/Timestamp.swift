/// A moment: milliseconds since 1970-01-01T00:00:00Z.
public struct Timestamp: Comparable, Hashable, Sendable {
  /// Milliseconds since 1970, UTC.
  public var milliseconds: Int64

  /// The moment that many milliseconds after 1970-01-01T00:00:00Z.
  public init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// The moment `duration` later.
  public static func + (moment: Timestamp, duration: Span) -> Timestamp {
    Timestamp(milliseconds: moment.milliseconds + duration.milliseconds)
  }

  /// The moment `duration` earlier.
  public static func - (moment: Timestamp, duration: Span) -> Timestamp {
    Timestamp(milliseconds: moment.milliseconds - duration.milliseconds)
  }

  /// The time from `right` to `left`.
  public static func - (left: Timestamp, right: Timestamp) -> Span {
    Span(milliseconds: left.milliseconds - right.milliseconds)
  }
}

extension Timestamp: Codable {
  public init(from decoder: any Decoder) throws {
    milliseconds = try decoder.singleValueContainer().decode(Int64.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(milliseconds)
  }
}

/// A length of time in milliseconds.
public struct Span: Comparable, Hashable, Codable, Sendable {
  /// The length in milliseconds; negative when it points back in time.
  public var milliseconds: Int64

  /// A length of so many milliseconds.
  public init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// A length of so many seconds.
  public static func seconds(_ count: Int64) -> Span { Span(milliseconds: count * 1_000) }

  /// A length of so many minutes.
  public static func minutes(_ count: Int64) -> Span { Span(milliseconds: count * 60_000) }

  /// A length of so many hours.
  public static func hours(_ count: Int64) -> Span { Span(milliseconds: count * 3_600_000) }

  /// A length of so many days of 24 hours.
  public static func days(_ count: Int64) -> Span { Span(milliseconds: count * 86_400_000) }

  /// The length in days of 24 hours.
  public var days: Double { Double(milliseconds) / 86_400_000 }

  public static func < (left: Span, right: Span) -> Bool {
    left.milliseconds < right.milliseconds
  }
}
