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
  /// The number of columns: one a component, one for what opens and is liquidated within an
  /// interval, one for a constant rate.
  var columns: Int { components + 2 }
  /// Expected events at `row * columns + column`, were the column's share 1.
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

  /// Takes a window: what crossed, as `CalibratedBook.flow` has it, and what was published, in
  /// coins.
  mutating func add(flow window: [Double], long: Double, short: Double) {
    windows += 1
    add(window[..<components], way: window[2 * components], seen: long)
    add(window[components..<2 * components], way: window[2 * components + 1], seen: short)
  }

  private mutating func add(_ side: ArraySlice<Double>, way: Double, seen: Double) {
    for coins in side { flow.append(coins / unit) }
    flow.append(way / unit)
    flow.append(windowLength.days / PrintedLiquidations.standardLength.days)
    events.append(seen / unit)
  }

  /// The length of all windows together, in days.
  var days: Double { Double(windows) * windowLength.days }
  /// Events published in all.
  var total: Double { events.reduce(0, +) }
}
