import RealModule

/// Intervals as the lanes read them: one array a quantity, every logarithm taken once.
struct LaneInput: Sendable {
  /// Log prices at which openings are entered, in bins; `entriesPerInterval` an interval.
  private(set) var entries: [Double] = []
  /// How many entry prices share the openings of an interval.
  let entriesPerInterval: Int
  /// The bin of the price that crosses longs.
  private(set) var lowBins: [Int32] = []
  /// The bin of the price that crosses shorts.
  private(set) var highBins: [Int32] = []
  /// Volume over open interest.
  private(set) var turnover: [Double] = []
  /// Open interest at the close, in coins.
  private(set) var openInterest: [Double] = []

  /// The number of intervals.
  var count: Int { openInterest.count }

  /// Zero open interest would divide by nothing; no venue quotes less than this many coins.
  static let leastOpenInterest = 1e-9

  /// Intervals in bins of `binWidth` in log price. Openings of an interval longer than five
  /// minutes are spread over it, since nobody knows when in it they were made.
  init(_ intervals: some Collection<MarketInterval>, binWidth: Double) {
    let isLong = intervals.contains { $0.span.milliseconds > 300_000 }
    entriesPerInterval = isLong ? 4 : 1
    entries.reserveCapacity(intervals.count * entriesPerInterval)
    lowBins.reserveCapacity(intervals.count)
    highBins.reserveCapacity(intervals.count)
    turnover.reserveCapacity(intervals.count)
    openInterest.reserveCapacity(intervals.count)
    let scale = 1 / binWidth
    for interval in intervals {
      if isLong {
        let spread = interval.span.milliseconds > 300_000
        for step in 0..<4 {
          let price =
            spread
            ? interval.low + (interval.high - interval.low) * (Double(step) + 0.5) / 4
            : interval.typicalPrice
          entries.append(Double.log(price) * scale)
        }
      } else {
        entries.append(Double.log(interval.typicalPrice) * scale)
      }
      lowBins.append(Int32((Double.log(interval.crossLow) * scale).rounded(.down)))
      highBins.append(Int32((Double.log(interval.crossHigh) * scale).rounded(.down)))
      let interest = max(interval.openInterest, Self.leastOpenInterest)
      turnover.append(interval.volume / interest)
      openInterest.append(interest)
    }
  }
}
