import Market

/// What the estimator knows of one interval on one venue: a candle, and the open interest as of
/// its close.
public struct MarketInterval: Hashable, Sendable {
  /// The start of the interval.
  public let openTime: Timestamp
  /// Its length.
  public let span: Span
  /// The first traded price, in the quote currency.
  public let open: Double
  /// The highest traded price.
  public let high: Double
  /// The lowest traded price.
  public let low: Double
  /// The last traded price.
  public let close: Double
  /// The price that crosses short levels: the highest mark where known, else `high`.
  public let crossHigh: Double
  /// The price that crosses long levels: the lowest mark where known, else `low`.
  public let crossLow: Double
  /// Traded size in coins.
  public let volume: Double
  /// The part of the volume that a taker bought, in coins; nil where unknown.
  public let takerBuyVolume: Double?
  /// One-sided open interest in coins as of the close.
  public let openInterest: Double
  /// Published liquidations of longs, in coins; nil where none are published.
  public let liquidatedLong: Double?
  /// Published liquidations of shorts, in coins; nil where none are published.
  public let liquidatedShort: Double?

  /// A candle with the open interest as of its close.
  public init(
    candle: Candle, openInterest: Double, liquidatedLong: Double? = nil,
    liquidatedShort: Double? = nil
  ) {
    openTime = candle.openTime
    span = candle.interval
    open = candle.open
    high = candle.high
    low = candle.low
    close = candle.close
    crossHigh = candle.markHigh ?? candle.high
    crossLow = candle.markLow ?? candle.low
    volume = candle.volume
    takerBuyVolume = candle.takerBuyVolume
    self.openInterest = openInterest
    self.liquidatedLong = liquidatedLong
    self.liquidatedShort = liquidatedShort
  }

  /// The end of the interval.
  public var closeTime: Timestamp { openTime + span }

  /// The mark price at the close: the last price, held within the mark's range where known.
  public var mark: Double { min(max(close, crossLow), crossHigh) }

  /// (High + low + close) / 3, where the interval's openings are entered.
  public var typicalPrice: Double { (high + low + close) / 3 }
}
