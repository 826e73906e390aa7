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
    var average = 0.0
    var bars = 0
    var previousClose: Double?
    func take(high: Double, low: Double, close: Double) {
      let range: Double
      if let previousClose {
        range = max(high, previousClose) - min(low, previousClose)
      } else {
        range = high - low
      }
      previousClose = close
      bars += 1
      if bars <= length {
        average += range / Double(length)
      } else {
        average = (average * Double(length - 1) + range) / Double(length)
      }
    }
    var index = 0
    while index < intervals.count {
      let first = intervals[index]
      guard first.span.milliseconds < hour else {
        take(high: first.high, low: first.low, close: first.close)
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
      if isComplete { take(high: high, low: low, close: intervals[end - 1].close) }
      index = end
    }
    return bars >= length && average > 0 ? average : nil
  }
}

extension Int64 {
  /// The quotient rounded towards minus infinity, so that hours before 1970 are whole too.
  func quotientRoundedDown(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
