import MapEngine
import Market

/// How times and prices fall onto the cells of the heatmap. Time runs in equal steps to the right,
/// log price in equal steps upwards. A cell holds two pixels, one above the other.
struct HeatmapScale: Hashable {
  /// The least columns of the history in sight.
  static let leastColumns = 10
  /// The least rows of the history in sight.
  static let leastRows = 12.0
  /// The least stretch of log price that is chosen by itself around what traded.
  private static let leastMargin = 0.008

  /// Cells across.
  let width: Int
  /// Cells down.
  let rows: Int
  /// The left edge, in milliseconds since 1970.
  let start: Int64
  /// The right edge.
  let end: Int64
  /// The logarithm of the price at the lower edge.
  let low: Double
  /// The logarithm of the price at the upper edge.
  let high: Double

  /// A scale of those edges; the right one is later, the upper one higher.
  init(width: Int, rows: Int, start: Int64, end: Int64, low: Double, high: Double) {
    self.width = max(width, 1)
    self.rows = max(rows, 1)
    self.start = start
    self.end = max(end, start + 1)
    self.low = low
    self.high = max(high, low + 1e-9)
  }

  /// The scale of what a state has in sight, held within the history; nil where that is empty.
  init?(_ state: HeatmapState, history: MapHistory, width: Int, rows: Int) {
    guard let first = history.columns.first, let last = history.columns.last, history.rows > 0
    else { return nil }
    let begin = first.openTime.milliseconds
    let now = last.closeTime.milliseconds
    let whole = max(now - begin, 1)
    let least = whole * Int64(Self.leastColumns) / Int64(max(history.columns.count, 1))
    let span = min(max(state.span?.milliseconds ?? whole, least), whole)
    let end = min(max(state.end?.milliseconds ?? now, begin + span), now)
    let bottom = LogPrice.log(history.lowest)
    let top = bottom + history.step * Double(history.rows)
    let prices = Self.prices(
      state.prices, history: history, time: end - span..<end, bottom: bottom, top: top)
    self.init(
      width: width, rows: rows, start: end - span, end: end, low: prices.low, high: prices.high)
  }

  private static func prices(
    _ prices: HeatmapState.Prices, history: MapHistory, time: Range<Int64>, bottom: Double,
    top: Double
  ) -> (low: Double, high: Double) {
    switch prices {
    case .whole: return (bottom, top)
    // Prices of another market say nothing here.
    case .fixed(let low, let high) where low < top && high > bottom:
      let span = min(max(high - low, leastRows * history.step), top - bottom)
      let centre = min(max((low + high) / 2, bottom + span / 2), top - span / 2)
      return (centre - span / 2, centre + span / 2)
    case .automatic, .fixed:
      var lowest = Double.infinity
      var highest = 0.0
      for column in history.columns
      where column.closeTime.milliseconds > time.lowerBound
        && column.openTime.milliseconds < time.upperBound
      {
        lowest = min(lowest, column.low)
        highest = max(highest, column.high)
      }
      guard highest > 0, lowest > 0, lowest <= highest else { return (bottom, top) }
      let low = LogPrice.log(lowest)
      let high = LogPrice.log(highest)
      let margin = max((high - low) * 0.5, leastMargin)
      return (max(low - margin, bottom), min(high + margin, top))
    }
  }

  /// Milliseconds that a cell is wide.
  var cellTime: Double { Double(end - start) / Double(width) }

  /// Log price that a pixel is high.
  var pixelHeight: Double { (high - low) / Double(rows * 2) }

  /// Pixels down.
  var pixels: Int { rows * 2 }

  // MARK: Time

  /// A moment in cells from the left edge; may lie outside.
  func place(ofTime time: Timestamp) -> Double {
    Double(time.milliseconds - start) / cellTime
  }

  /// The column that shows a moment; nil where it is out of sight. The end of the history belongs to
  /// the last column.
  func column(ofTime time: Timestamp) -> Int? {
    guard time.milliseconds >= start, time.milliseconds <= end else { return nil }
    return min(Int(place(ofTime: time)), width - 1)
  }

  /// The moment in the middle of a column.
  func time(ofColumn column: Int) -> Timestamp {
    Timestamp(milliseconds: start + Int64((Double(column) + 0.5) * cellTime))
  }

  // MARK: Price

  /// A log price in pixels from the upper edge; may lie outside.
  func place(ofLog log: Double) -> Double { (high - log) / pixelHeight }

  /// The pixel that shows a log price; nil where it is out of sight.
  func pixel(ofLog log: Double) -> Int? {
    guard log >= low, log <= high else { return nil }
    return min(Int(place(ofLog: log)), pixels - 1)
  }

  /// The pixel of a log price, or the outermost one on its side.
  func clampedPixel(ofLog log: Double) -> Int {
    min(max(Int(place(ofLog: min(max(log, low), high))), 0), pixels - 1)
  }

  /// The row that shows a price; nil where it is out of sight.
  func row(ofPrice price: Double) -> Int? {
    price > 0 ? pixel(ofLog: LogPrice.log(price)).map { $0 / 2 } : nil
  }

  /// The log price in the middle of a row.
  func log(ofRow row: Int) -> Double { high - (Double(row) * 2 + 1) * pixelHeight }
}

/// A heatmap laid out in a window: what drawing and pointing both need to know.
struct HeatmapScene {
  let history: MapHistory
  let insight: MapInsight
  /// The map of now, where it is of what was asked for.
  let snapshot: MapSnapshot?
  let layout: HeatmapLayout
  let scale: HeatmapScale

  /// The scene of a state; nil where there is no history yet, or no room.
  init?(_ state: AppState) {
    let layout = Layout(width: state.width, height: state.height)
    guard !layout.isTooSmall else { return nil }
    self.init(state, area: ViewArea(layout: layout))
  }

  /// The scene of a state in an area.
  init?(_ state: AppState, area: ViewArea) {
    guard let study = state.currentStudy, let history = study.history,
      let last = history.columns.last
    else { return nil }
    let length = NumberText.price(max(last.high, state.snapshot?.price ?? 0)).unicodeScalars.count
    layout = HeatmapLayout(
      area: area, priceLength: length + 1, hasTape: history.columns.contains(where: \.isPublished))
    guard
      let scale = HeatmapScale(
        state.heatmap, history: history, width: layout.plotX.count, rows: layout.plotY.count)
    else { return nil }
    self.history = history
    self.scale = scale
    insight = study.insight
    snapshot = state.snapshot.flatMap { state.matches($0) ? $0 : nil }
  }

  /// The price of now, in the quote currency.
  var price: Double { snapshot?.price ?? history.columns[history.columns.count - 1].close }

  /// The end of the history.
  var now: Timestamp { history.columns[history.columns.count - 1].closeTime }

  /// The mean length of a column of the history, in milliseconds.
  var columnTime: Double {
    Double((now - history.columns[0].openTime).milliseconds) / Double(history.columns.count)
  }
}

extension MapHistory.Column {
  /// Whether anything is known of what was liquidated in it.
  var isPublished: Bool { liquidatedLong != nil || liquidatedShort != nil }
}
