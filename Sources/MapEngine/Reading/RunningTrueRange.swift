/// Wilder's average true range, bar by bar, so that it knows nothing of the future: the mean of
/// the first n true ranges, then (previous x (n - 1) + true range) / n (``AverageTrueRange``).
struct RunningTrueRange: Sendable {
  /// The average so far in the quote currency; nil until n bars are known.
  var value: Double? { count >= AverageTrueRange.length ? average : nil }

  private var average = 0.0
  private var count = 0
  private var previousClose: Double?

  /// Takes the next closed bar.
  mutating func append(high: Double, low: Double, close: Double) {
    let range = max(high, previousClose ?? high) - min(low, previousClose ?? low)
    previousClose = close
    count += 1
    let length = Double(AverageTrueRange.length)
    if count <= AverageTrueRange.length {
      average += range / length
    } else {
      average = (average * (length - 1) + range) / length
    }
  }
}
