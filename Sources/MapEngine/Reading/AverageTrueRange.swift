import Market

/// Wilder's average true range: J. Welles Wilder, New Concepts in Technical Trading Systems
/// (1978): the mean of the first n true ranges, then (previous x (n - 1) + true range) / n.
public enum AverageTrueRange {
  /// Bars that the average looks back over.
  public static let length = 14

  /// The average over bars of one hour, or of the intervals themselves where they are longer, in
  /// the quote currency. Only complete bars count. Nil until 14 bars are known.
  public static func value(of intervals: [MarketInterval]) -> Double? {
    let hour = Span.hours(1).milliseconds
    var running = RunningTrueRange()
    var index = 0
    while index < intervals.count {
      let first = intervals[index]
      guard first.span.milliseconds < hour else {
        running.append(high: first.high, low: first.low, close: first.close)
        index += 1
        continue
      }
      let slot = first.openTime.milliseconds.quotientRoundedDown(by: hour)
      var high = first.high
      var low = first.low
      var end = index
      while end < intervals.count, intervals[end].span.milliseconds < hour,
        intervals[end].openTime.milliseconds.quotientRoundedDown(by: hour) == slot
      {
        high = max(high, intervals[end].high)
        low = min(low, intervals[end].low)
        end += 1
      }
      let isComplete =
        end < intervals.count
        || intervals[end - 1].closeTime.milliseconds >= (slot + 1) * hour
      if isComplete {
        running.append(high: high, low: low, close: intervals[end - 1].close)
      }
      index = end
    }
    return running.value.flatMap { $0 > 0 ? $0 : nil }
  }
}

extension Int64 {
  /// The quotient rounded towards minus infinity, so that hours before 1970 are whole too.
  func quotientRoundedDown(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
