/// What traded in one interval. Prices are in the quote currency, volumes in coins.
public struct Candle: Hashable, Sendable {
  /// The start of the interval.
  public let openTime: Timestamp
  /// The length of the interval.
  public let interval: Span
  /// The first traded price.
  public let open: Double
  /// The highest traded price.
  public let high: Double
  /// The lowest traded price.
  public let low: Double
  /// The last traded price.
  public let close: Double
  /// Traded size in coins.
  public let volume: Double
  /// The part of the volume that a taker bought, in coins; nil where the venue doesn't say.
  public let takerBuyVolume: Double?
  /// The highest mark price within the interval, where known.
  public let markHigh: Double?
  /// The lowest mark price within the interval, where known.
  public let markLow: Double?
  /// Traded value in the quote currency; nil where the source doesn't say.
  public let quoteVolume: Double?

  /// Throws when a price isn't a finite number above zero, a volume is negative, the high is
  /// below the low, or open or close lie outside them.
  public init(
    openTime: Timestamp, interval: Span, open: Double, high: Double, low: Double, close: Double,
    volume: Double, takerBuyVolume: Double? = nil, markHigh: Double? = nil, markLow: Double? = nil,
    quoteVolume: Double? = nil
  ) throws(MarketValueError) {
    guard interval.milliseconds > 0 else {
      throw MarketValueError(
        field: "interval", value: "\(interval.milliseconds) ms", rule: "must be longer than zero")
    }
    self.openTime = openTime
    self.interval = interval
    self.open = try Require.positive(open, "open")
    self.high = try Require.positive(high, "high")
    self.low = try Require.positive(low, "low")
    self.close = try Require.positive(close, "close")
    guard high >= low else {
      throw MarketValueError(
        field: "high", value: "\(high)", rule: "must not be below the low of \(low)")
    }
    for (price, field) in [(open, "open"), (close, "close")] where price > high || price < low {
      throw MarketValueError(
        field: field, value: "\(price)",
        rule: "must lie between the low of \(low) and the high of \(high)")
    }
    self.volume = try Require.size(volume, "volume")
    var taker: Double?
    if let takerBuyVolume { taker = try Require.size(takerBuyVolume, "taker_buy_volume") }
    self.takerBuyVolume = taker
    var markTop: Double?
    var markBottom: Double?
    if let markHigh { markTop = try Require.positive(markHigh, "mark_high") }
    if let markLow { markBottom = try Require.positive(markLow, "mark_low") }
    if let markTop, let markBottom, markTop < markBottom {
      throw MarketValueError(
        field: "mark_high", value: "\(markTop)",
        rule: "must not be below the mark low of \(markBottom)")
    }
    self.markHigh = markTop
    self.markLow = markBottom
    var turnover: Double?
    if let quoteVolume { turnover = try Require.size(quoteVolume, "quote_volume") }
    self.quoteVolume = turnover
  }

  /// The end of the interval: the open time of the next one.
  public var closeTime: Timestamp { openTime + interval }
}
