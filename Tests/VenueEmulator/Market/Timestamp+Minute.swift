import Market

extension Timestamp {
  /// The beginning of a minute since 1970.
  init(minute: Int64) {
    self.init(milliseconds: minute * 60_000)
  }
}
