import Market

/// Open, high, low and close of one closed bar: all that market structure looks at. Prices are in
/// the quote currency. Structure counts bars by their index in the series, from zero.
public struct PriceBar: Hashable, Sendable {
  /// The start of the bar.
  public let openTime: Timestamp
  /// Its length.
  public let span: Span
  /// The first traded price.
  public let open: Double
  /// The highest traded price.
  public let high: Double
  /// The lowest traded price.
  public let low: Double
  /// The last traded price.
  public let close: Double

  /// A bar of given prices. The caller has checked them, as ``Candle`` does.
  public init(
    openTime: Timestamp, span: Span, open: Double, high: Double, low: Double, close: Double
  ) {
    self.openTime = openTime
    self.span = span
    self.open = open
    self.high = high
    self.low = low
    self.close = close
  }

  /// The traded prices of an interval.
  public init(_ interval: MarketInterval) {
    self.init(
      openTime: interval.openTime, span: interval.span, open: interval.open, high: interval.high,
      low: interval.low, close: interval.close)
  }

  /// The end of the bar, when what it shows is known.
  public var closeTime: Timestamp { openTime + span }

  /// Whether the close is above the open.
  public var isRising: Bool { close > open }

  /// Whether the close is below the open.
  public var isFalling: Bool { close < open }
}

extension PriceBar {
  /// Bars of a longer timeframe, aligned to multiples of `span` since 1970 UTC. Intervals that are
  /// as long as that or longer become a bar each. A last bar whose time isn't over is left out,
  /// since structure on a forming bar would have to be taken back.
  ///
  /// - Parameter intervals: in the order of their time, without overlaps.
  public static func bars(of intervals: [MarketInterval], span: Span) -> [PriceBar] {
    var bars: [PriceBar] = []
    var index = 0
    while index < intervals.count {
      let first = intervals[index]
      guard first.span < span else {
        bars.append(PriceBar(first))
        index += 1
        continue
      }
      let slot = first.openTime.milliseconds.quotientRoundedDown(by: span.milliseconds)
      var last = first
      var high = first.high
      var low = first.low
      index += 1
      while index < intervals.count, intervals[index].span < span,
        intervals[index].openTime.milliseconds.quotientRoundedDown(by: span.milliseconds) == slot
      {
        last = intervals[index]
        high = max(high, last.high)
        low = min(low, last.low)
        index += 1
      }
      let start = Timestamp(milliseconds: slot * span.milliseconds)
      guard index < intervals.count || last.closeTime >= start + span else { break }
      bars.append(
        PriceBar(
          openTime: start, span: span, open: first.open, high: high, low: low, close: last.close))
    }
    return bars
  }
}
