import MapEngine

/// Where things stand in a window.
///
/// What gives way when a window gets lower, in this order: the row of the last liquidations,
/// unless it was asked for; the air around the metrics and the row of venues; the row of
/// distances in percent; the rows of the bias's reason; the row of symbols, views and timeframes.
/// When it gets narrower: the side panel, below 140 columns unless it was asked for, below 104 in
/// any case; on the row of choices the names of views, then the symbols that aren't shown, then the
/// views. In each row what matters least goes first, by the ranks of its items; so do the lines of
/// the side panel. Below 60 x 20 only the size that is needed is said.
struct Layout: Hashable {
  /// The least window that the map is drawn in.
  static let least = (width: 60, height: 20)
  /// The least window with a panel beside the map, and the least that opens it unasked.
  static let leastWidthBesidePanel = 104
  static let leastWidthOpeningPanel = 140
  /// The least height that shows the last liquidations unasked.
  static let leastHeightOpeningStrip = 40
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
  /// Columns of the map, margins included: all of them where there's no panel beside it.
  let main: Range<Int>
  /// Columns of the panel beside it, its rule the first of them; nil where there is none.
  let side: Range<Int>?
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
  /// Open fair value gaps and swings, at their prices; nil where they weren't asked for.
  let structure: Int?
  /// The last liquidations; nil where they aren't shown.
  let strip: Int?
  /// The legend, or the crosshair's line.
  let legend: Int
  /// Hints, or the message.
  let footer: Int

  /// The layout of a window, with the panels that were asked for as far as it has room.
  init(width: Int, height: Int, panels: MapPanels = .none) {
    self.width = width
    self.height = height
    let hasSide =
      width >= Self.leastWidthBesidePanel
      && (panels.side ?? (width >= Self.leastWidthOpeningPanel))
    let sideWidth = hasSide ? min(max(width * 3 / 10, 42), 56) : 0
    main = 0..<width - sideWidth
    side = hasSide ? width - sideWidth..<width - 1 : nil
    var row = 1
    choices = height >= 22 ? row : nil
    if choices != nil { row += 1 }
    feeds = height >= 30 ? row : nil
    if feeds != nil { row += 1 }
    metrics = row
    row += 3
    if height >= 34 { row += 1 }
    reading = row
    readingRows = height < 24 ? 1 : main.count < (height < 28 ? 100 : 140) ? 3 : 2
    row += readingRows
    if height >= 30 { row += 1 }
    sides = row
    footer = height - 1
    legend = height - 2
    var below = legend - 1
    let hasStrip = panels.strip ?? (height >= Self.leastHeightOpeningStrip)
    strip = hasStrip ? below : nil
    if hasStrip { below -= 1 }
    structure = panels.structure ? below : nil
    if panels.structure { below -= 1 }
    distances = height >= 27 ? below : nil
    if distances != nil { below -= 1 }
    prices = below
    baseline = prices - 1
    plotX = Self.axisWidth..<max(main.upperBound - Self.axisWidth, Self.axisWidth)
    plotY = (row + 1)..<max(baseline, row + 1)
    headroom = plotY.count >= 16 ? 2 : 1
  }

  /// Whether the window is too small for the map.
  var isTooSmall: Bool { width < Self.least.width || height < Self.least.height }

  /// Rows that bars may fill.
  var barRows: Int { max(plotY.count - headroom, 1) }
}
