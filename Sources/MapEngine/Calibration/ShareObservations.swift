import Market

/// The windows that a fit learns from: for each side of each window what every component would have
/// had liquidated, and what was published, both in events.
struct ShareObservations: Hashable, Sendable {
  /// The number of components.
  let components: Int
  /// Coins of one event.
  let unit: Double
  /// The length of a window.
  let windowLength: Span
  /// Expected events at `row * components + component`, were the component's share 1.
  private(set) var flow: [Double] = []
  /// Published events of each row.
  private(set) var events: [Double] = []
  /// Windows taken, those without flow or events included.
  private(set) var windows = 0

  /// No windows yet; `unit` is the size of an event in coins.
  init(components: Int, unit: Double, windowLength: Span) {
    self.components = components
    self.unit = unit
    self.windowLength = windowLength
  }

  /// Takes a window: what crossed on both sides, longs first, and what was published, in coins.
  mutating func add(flow window: [Double], long: Double, short: Double) {
    windows += 1
    add(window[..<components], seen: long)
    add(window[components...], seen: short)
  }

  private mutating func add(_ side: ArraySlice<Double>, seen: Double) {
    // Where nothing crossed and nothing was published, no share is more likely than another.
    guard seen > 0 || side.contains(where: { $0 > 0 }) else { return }
    for coins in side { flow.append(coins / unit) }
    events.append(seen / unit)
  }

  /// The length of all windows together, in days.
  var days: Double { Double(windows) * windowLength.days }
  /// Events published in all.
  var total: Double { events.reduce(0, +) }
}
