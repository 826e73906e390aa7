import Market

/// What whoever asked for a message knows of it and the message doesn't hold.
public struct DecodeContext: Hashable, Sendable {
  /// The venue's symbol that was asked for.
  public var symbol: String?
  /// The length of candles and buckets that was asked for.
  public var interval: Span?
  /// When the message arrived: the time of facts that a venue sends without one.
  public var receivedAt: Timestamp?
  /// What the candles that were asked for are made of.
  public var candleSource: CandleReading.Source?
  /// What the ratio that was asked for counts, where several look alike.
  public var ratioMeasure: LongShortRatio.Measure?

  /// What is known; nothing unless told.
  public init(
    symbol: String? = nil, interval: Span? = nil, receivedAt: Timestamp? = nil,
    candleSource: CandleReading.Source? = nil, ratioMeasure: LongShortRatio.Measure? = nil
  ) {
    self.symbol = symbol
    self.interval = interval
    self.receivedAt = receivedAt
    self.candleSource = candleSource
    self.ratioMeasure = ratioMeasure
  }
}
