import Market

/// Recorded facts about one instrument on one venue, and an account of where they came from.
public struct MarketTable: Sendable {
  /// Closed candles, open interest and liquidated sizes, ordered by `MarketEvent.time`. At the
  /// same time open interest comes first, then liquidations, then the candle that closes there,
  /// so that a candle is the last word on its interval. There is one candle for each open time
  /// and one open interest for each moment.
  public let events: [MarketEvent]
  /// The length of every candle.
  public let interval: Market.Span
  /// How many of the events are candles.
  public let candleCount: Int
  /// How many of the events are observations of open interest.
  public let openInterestCount: Int
  /// The start of the first candle.
  public let first: Timestamp
  /// The close of the last candle.
  public let last: Timestamp
  /// What was read, left out and dropped.
  public let report: FileReport
}

/// How market data files are read.
public struct FileOptions: Hashable, Sendable {
  /// Whether a bad row is counted and reported, rather than being an error.
  public var skipBadRows: Bool

  /// Options; by default a bad row is an error.
  public init(skipBadRows: Bool = false) {
    self.skipBadRows = skipBadRows
  }
}
