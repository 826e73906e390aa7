import RealModule

/// Intervals as the lanes read them: one array a quantity, every logarithm taken once.
struct LaneInput: Sendable {
  /// Log prices at which openings are entered, in bins; `entriesPerInterval` an interval.
  let entries: [Double]
  /// How many entry prices share the openings of an interval.
  let entriesPerInterval: Int
  /// The bin of the price that crosses longs.
  let lowBins: [Int32]
  /// The bin of the price that crosses shorts.
  let highBins: [Int32]
  /// Volume over open interest.
  let turnover: [Double]
  /// Open interest at the close, in coins.
  let openInterest: [Double]

  /// The lowest and the highest of all those places, in bins.
  let lowest: Double
  let highest: Double

  /// The number of intervals.
  var count: Int { openInterest.count }

  /// Zero open interest would divide by nothing; no venue quotes less than this many coins.
  static let leastOpenInterest = 1e-9

  /// Intervals in bins of `binWidth` in log price. Openings of an interval longer than five
  /// minutes are spread over it, since nobody knows when in it they were made.
  init(_ intervals: ArraySlice<MarketInterval>, binWidth: Double) {
    let longest = 300_000
    let points = intervals.contains { $0.span.milliseconds > longest } ? 4 : 1
    entriesPerInterval = points
    let scale = 1 / binWidth
    var entries = [Double](repeating: 0, count: intervals.count * points)
    var lowBins = [Int32](repeating: 0, count: intervals.count)
    var highBins = lowBins
    var turnover = [Double](repeating: 0, count: intervals.count)
    var openInterest = turnover
    var lowest = Double.infinity
    var highest = -Double.infinity
    for (index, interval) in intervals.enumerated() {
      if points == 1 || interval.span.milliseconds <= longest {
        let entry = Double.log(interval.typicalPrice) * scale
        for point in 0..<points { entries[index &* points &+ point] = entry }
      } else {
        for point in 0..<points {
          let share = (Double(point) + 0.5) / Double(points)
          let price = interval.low + (interval.high - interval.low) * share
          entries[index &* points &+ point] = Double.log(price) * scale
        }
      }
      // Traded and mark prices can differ: an opening may lie outside of what was crossed.
      let low = Double.log(interval.crossLow) * scale
      let high = Double.log(interval.crossHigh) * scale
      lowest = min(lowest, low, entries[index &* points])
      highest = max(highest, high, entries[index &* points &+ points &- 1])
      lowBins[index] = Self.bin(at: low)
      highBins[index] = Self.bin(at: high)
      let interest = max(interval.openInterest, Self.leastOpenInterest)
      turnover[index] = interval.volume / interest
      openInterest[index] = interest
    }
    self.entries = entries
    self.lowBins = lowBins
    self.highBins = highBins
    self.turnover = turnover
    self.openInterest = openInterest
    self.lowest = intervals.isEmpty ? 0 : lowest
    self.highest = intervals.isEmpty ? 0 : highest
  }

  /// The bin that a place in bins lies in: rounded down, without a call into the C library.
  private static func bin(at place: Double) -> Int32 {
    let cut = Int32(place)
    return Double(cut) > place ? cut - 1 : cut
  }
}
