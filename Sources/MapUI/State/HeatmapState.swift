import MapEngine
import Market

/// What of the map over time is in sight and what lies over it, in terms of the market, so that it
/// stays in its place when the next history comes.
struct HeatmapState: Hashable, Sendable {
  /// The stretch of prices in sight.
  enum Prices: Hashable, Sendable {
    /// What traded in sight, and as much again around it.
    case automatic
    /// All rows of the history.
    case whole
    /// Natural logarithms of the lowest and the highest price.
    case fixed(low: Double, high: Double)
  }

  /// The place that the crosshair is at.
  struct Cursor: Hashable, Sendable {
    /// Its moment.
    var time: Timestamp
    /// The natural logarithm of its price.
    var logPrice: Double
  }

  /// Where a drag began.
  struct Drag: Hashable, Sendable {
    /// The cell that was pressed.
    var x: Int, y: Int
    /// The end of the stretch of time in sight then, in milliseconds since 1970.
    var end: Int64
    /// Logarithms of the lowest and the highest price in sight then.
    var low: Double, high: Double
    /// Whether prices have moved, so that they are no longer chosen by what traded.
    var hasMovedPrices = false
  }

  /// Whether gaps, swings, breaks, sweeps and magnets are drawn.
  var hasStructure = true
  /// The length of the stretch of time in sight; nil for all of the history.
  var span: Span?
  /// Its end; nil while it ends now.
  var end: Timestamp?
  /// The prices in sight.
  var prices = Prices.automatic
  /// The crosshair; nil where it isn't shown.
  var cursor: Cursor?
  /// Where a drag began.
  var drag: Drag?
  /// Ticks for which the heatmap has been looked at without a map over time.
  var waitedTicks = 0

  /// Forgets the prices and the moment of a market that is no longer shown; its length of time and
  /// what lies over it stay.
  mutating func leaveMarket() {
    end = nil
    prices = .automatic
    cursor = nil
    drag = nil
    waitedTicks = 0
  }
}

/// Natural logarithms of prices, by the engine's own grid: rows of the heatmap are equally wide in
/// log price.
enum LogPrice {
  private static let grid = PriceGrid(price: 1, rangePercent: 50, count: 1_000)

  /// The logarithm of a price.
  static func log(_ price: Double) -> Double {
    (grid.position(of: price) - Double(grid.anchor)) * grid.binWidth
  }

  /// The price of a logarithm.
  static func price(_ log: Double) -> Double {
    grid.price(at: log / grid.binWidth + Double(grid.anchor))
  }
}
