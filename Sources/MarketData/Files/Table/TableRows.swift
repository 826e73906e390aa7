import Market

/// A row of candles, in coins; nil where the table has no such column or leaves the field empty.
struct CandleRow: Equatable, Sendable {
  /// Milliseconds since 1970 at the start of the interval.
  var time: Int64
  var open: Double
  var high: Double
  var low: Double
  var close: Double
  var volume: Double
  var takerBuyVolume: Double?
  var openInterest: Double?
  var openInterestAtOpen: Double?
  var liquidatedLong: Double?
  var liquidatedShort: Double?
  var markHigh: Double?
  var markLow: Double?

  /// Whether the other row tells of the same trading.
  func tradesLike(_ other: CandleRow) -> Bool {
    time == other.time && open == other.open && high == other.high && low == other.low
      && close == other.close && volume == other.volume
  }

  /// This row, with what only `earlier` knows of the same trading.
  func filled(from earlier: CandleRow) -> CandleRow {
    var row = self
    row.takerBuyVolume = takerBuyVolume ?? earlier.takerBuyVolume
    row.openInterest = openInterest ?? earlier.openInterest
    row.openInterestAtOpen = openInterestAtOpen ?? earlier.openInterestAtOpen
    row.liquidatedLong = liquidatedLong ?? earlier.liquidatedLong
    row.liquidatedShort = liquidatedShort ?? earlier.liquidatedShort
    row.markHigh = markHigh ?? earlier.markHigh
    row.markLow = markLow ?? earlier.markLow
    return row
  }

  /// The candle of the row, over an interval of that length.
  func candle(_ interval: Market.Span) throws(MarketValueError) -> Candle {
    try Candle(
      openTime: Timestamp(milliseconds: time), interval: interval, open: open, high: high,
      low: low, close: close, volume: volume, takerBuyVolume: takerBuyVolume, markHigh: markHigh,
      markLow: markLow)
  }
}

/// An observation of open interest in a file of its own.
struct OpenInterestRow: Equatable, Sendable {
  /// Milliseconds since 1970.
  var time: Int64
  /// The size as the table gives it.
  var size: Double
  /// Whether the size is in the quote currency rather than in coins.
  var inUSD: Bool
  /// Whether the size is as of the interval's close rather than its open, where the time is the
  /// start of an interval.
  var isAtClose: Bool
}

/// A table's rows, in the file's order.
struct TableRows: Sendable {
  /// What the rows are.
  enum Content: Sendable {
    case candles([CandleRow])
    case openInterest([OpenInterestRow])
  }

  /// The name of the file.
  let file: String
  /// The rows.
  let content: Content
  /// The length of a row's interval by its close time, where the table says that; in milliseconds.
  let statedInterval: Int64?
  /// What was found.
  let report: FileReport.File
}
