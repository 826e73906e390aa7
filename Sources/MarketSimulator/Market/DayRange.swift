/// The price range of the last day by the hour, and how freshly it was broken.
struct DayRange: Sendable {
  private var highs: [Double]
  private var lows: [Double]
  private var high: Double
  private var low: Double
  private var hour: Int64 = -1
  /// 1 at a break above the range of the 24 hours before this one, fading within the hour.
  private(set) var breakUp = 0.0
  /// The same for a break below.
  private(set) var breakDown = 0.0

  /// A day that has stood within 2 % of a log price.
  init(price: Double) {
    highs = [Double](repeating: price + 0.02, count: 24)
    lows = [Double](repeating: price - 0.02, count: 24)
    high = price + 0.02
    low = price - 0.02
  }

  /// Takes in the log price at the start of a minute.
  mutating func update(price: Double, minute: Int64) {
    let present = minute / 60
    let index = Int(present % 24)
    if present != hour {
      hour = present
      // The new hour's slot holds what happened a day ago; it counts until it is overwritten.
      high = highs.max() ?? price
      low = lows.min() ?? price
      highs[index] = price
      lows[index] = price
    }
    if price > highs[index] { highs[index] = price }
    if price < lows[index] { lows[index] = price }
    breakUp = price > high ? 1 : breakUp * 0.96
    breakDown = price < low ? 1 : breakDown * 0.96
  }
}
