import MapEngine

/// Where things stand in a window. The rows that give way when a window gets lower, in this
/// order: the air around the metrics, the row of distances in percent, the rows of the bias's
/// reason, the row of symbols and timeframes. In each row what matters least goes first, by the
/// ranks of its items. Below 60 x 20 only the size that is needed is said.
struct Layout: Hashable {
  /// The least window that the map is drawn in.
  static let least = (width: 60, height: 20)
  /// Columns of each axis, tick and air included.
  static let axisWidth = 8
  /// Rows kept free above the highest bar, for the marks of magnets.
  let headroom: Int

  let width: Int
  let height: Int
  /// Instrument, timeframe, source and its state.
  let title = 0
  /// Symbols and timeframes to choose from.
  let choices: Int?
  /// The row of live venues, in the air above the metrics; nil where there is none.
  let feeds: Int?
  /// The first of three rows of metrics.
  let metrics: Int
  /// The first row of the reading.
  let reading: Int
  /// Rows of the reading.
  let readingRows: Int
  /// The row above the plot: whose side is where, and the price's label.
  let sides: Int
  /// Columns of the plot.
  let plotX: Range<Int>
  /// Rows of the plot, headroom included.
  let plotY: Range<Int>
  /// The line that bars stand on.
  let baseline: Int
  /// Prices below it.
  let prices: Int
  /// Distances below them.
  let distances: Int?
  /// The legend, or the crosshair's line.
  let legend: Int
  /// Hints, or the message.
  let footer: Int

  /// The layout of a window.
  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    var row = 1
    choices = height >= 22 ? row : nil
    if choices != nil { row += 1 }
    feeds = height >= 30 ? row : nil
    if feeds != nil { row += 1 }
    metrics = row
    row += 3
    if height >= 34 { row += 1 }
    reading = row
    readingRows = height < 24 ? 1 : width < (height < 28 ? 100 : 140) ? 3 : 2
    row += readingRows
    if height >= 30 { row += 1 }
    sides = row
    footer = height - 1
    legend = height - 2
    distances = height >= 27 ? height - 3 : nil
    prices = height - (distances == nil ? 3 : 4)
    baseline = prices - 1
    plotX = Self.axisWidth..<max(width - Self.axisWidth, Self.axisWidth)
    plotY = (row + 1)..<max(baseline, row + 1)
    headroom = plotY.count >= 16 ? 2 : 1
  }

  /// Whether the window is too small for the map.
  var isTooSmall: Bool { width < Self.least.width || height < Self.least.height }

  /// Rows that bars may fill.
  var barRows: Int { max(plotY.count - headroom, 1) }
}
