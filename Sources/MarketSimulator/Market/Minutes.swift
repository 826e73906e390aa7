import Market

extension Timestamp {
  /// The moment at which that minute since 1970 begins.
  init(minute: Int64) {
    self.init(milliseconds: minute * 60_000)
  }

  /// The minute since 1970 that holds the moment.
  var minute: Int64 { Timestamp.floor(milliseconds, 60_000) }

  /// The second since 1970 that holds the moment.
  var second: Int64 { Timestamp.floor(milliseconds, 1_000) }

  /// The day since 1970 (UTC) that holds the moment.
  var day: Int64 { Timestamp.floor(milliseconds, 86_400_000) }

  private static func floor(_ value: Int64, _ unit: Int64) -> Int64 {
    value >= 0 ? value / unit : -((unit - 1 - value) / unit)
  }
}
