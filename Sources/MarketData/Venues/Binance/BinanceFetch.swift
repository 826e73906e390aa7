import Market

/// Binance USD-M, which everything about its linear instruments is asked of.
///
/// COIN-M has hosts of its own (`dapi`, `dstream`), which the one base of each kind doesn't reach,
/// so its instruments aren't listed here. Ranges: `startTime` and `endTime` are both included.
public struct BinanceAdapter: VenueAdapter {
  public let venue = Venue.binance
  public let restURL = "https://fapi.binance.com"
  public let streamURL = "wss://fstream.binance.com"
  public var limits: [RateRule] { VenueLimits.rest(.binance) }

  /// The adapter.
  public init() {}

  static let candles: IntervalNames = [
    .minutes(1): "1m", .minutes(3): "3m", .minutes(5): "5m", .minutes(15): "15m",
    .minutes(30): "30m", .hours(1): "1h", .hours(2): "2h", .hours(4): "4h", .hours(6): "6h",
    .hours(8): "8h", .hours(12): "12h", .days(1): "1d", .days(3): "3d", .days(7): "1w",
  ]
  private static let periods: IntervalNames = [
    .minutes(5): "5m", .minutes(15): "15m", .minutes(30): "30m", .hours(1): "1h",
    .hours(2): "2h", .hours(4): "4h", .hours(6): "6h", .hours(12): "12h", .days(1): "1d",
  ]

  /// The list, and the funding intervals of those that aren't paid every 8 hours.
  public func instruments() -> [VenueRequest] {
    [
      VenueRequest("/fapi/v1/exchangeInfo", costs: [RateCost("weight")], channel: .instruments),
      VenueRequest("/fapi/v1/fundingInfo", costs: [RateCost("funding")], channel: .instruments),
    ]
  }

  public func page(after request: VenueRequest, answer: [UInt8]) -> VenueRequest? { nil }

  /// The brackets need a key; the shipped table stands in, and `!contractInfo` changes it.
  public func maintenanceTiers(of instrument: VenueInstrument) -> [VenueRequest] { [] }

  /// Statistics are kept for 30 days; half a day less is asked for, since an older start is refused.
  public func depth(of series: HistorySeries) -> HistoryDepth? {
    switch series {
    case .candles(let span):
      // A thousand rows weigh 5, fifteen hundred 10.
      Self.candles[span] == nil ? nil : HistoryDepth(span: nil, rows: 1_000, step: span)
    case .openInterest(let span):
      Self.periods[span] == nil
        ? nil : HistoryDepth(span: .hours(29 * 24 + 12), rows: 500, step: span)
    case .liquidations: nil
    }
  }

  public func history(
    _ series: HistorySeries, of instrument: VenueInstrument, from: Timestamp, to: Timestamp,
    now: Timestamp
  ) -> VenueRequest? {
    guard instrument.kind == .linear, let depth = depth(of: series) else { return nil }
    let rows = depth.rows(from: from, to: to)
    let range: [VenueRequest.Parameter] = [
      .init("startTime", from), .init("endTime", to.before), .init("limit", rows),
    ]
    switch series {
    case .candles(let span):
      guard let name = Self.candles[span] else { return nil }
      return VenueRequest(
        "/fapi/v1/klines",
        query: [.init("symbol", instrument.symbol), .init("interval", name)] + range,
        costs: [VenueLimits.binanceKlines(limit: rows)], channel: .candle,
        context: DecodeContext(
          symbol: instrument.symbol, interval: span, candleSource: .trades))
    case .openInterest(let span):
      guard let name = Self.periods[span] else { return nil }
      return VenueRequest(
        "/futures/data/openInterestHist",
        query: [.init("symbol", instrument.symbol), .init("period", name)] + range,
        costs: [RateCost("data")], channel: .openInterest,
        context: DecodeContext(symbol: instrument.symbol, interval: span))
    case .liquidations: return nil
    }
  }

  public func current(of instrument: VenueInstrument) -> [VenueRequest] {
    guard instrument.kind == .linear else { return [] }
    return [
      openInterest(of: instrument),
      VenueRequest(
        "/fapi/v1/premiumIndex", query: [.init("symbol", instrument.symbol)],
        costs: [RateCost("weight")], channel: .markPrice,
        context: DecodeContext(symbol: instrument.symbol)),
      ratio(of: instrument),
    ]
  }

  /// No stream carries open interest.
  public func polls(of instrument: VenueInstrument) -> [VenuePoll] {
    guard instrument.kind == .linear else { return [] }
    return [
      VenuePoll(openInterest(of: instrument), every: .seconds(10)),
      VenuePoll(ratio(of: instrument), every: .minutes(5)),
    ]
  }

  private func openInterest(of instrument: VenueInstrument) -> VenueRequest {
    VenueRequest(
      "/fapi/v1/openInterest", query: [.init("symbol", instrument.symbol)],
      costs: [RateCost("weight")], channel: .openInterest,
      context: DecodeContext(symbol: instrument.symbol))
  }

  private func ratio(of instrument: VenueInstrument) -> VenueRequest {
    VenueRequest(
      "/futures/data/globalLongShortAccountRatio",
      query: [
        .init("symbol", instrument.symbol), .init("period", "5m"), .init("limit", 1),
      ],
      costs: [RateCost("data")], channel: .longShortRatio,
      context: DecodeContext(
        symbol: instrument.symbol, interval: .minutes(5), ratioMeasure: .accounts))
  }

  /// `rateLimits` of the list: the weight that the venue allows now.
  public func limits(statedIn answer: [UInt8], to request: VenueRequest) -> [RateRule] {
    guard request.path == "/fapi/v1/exchangeInfo",
      let listing = try? JSONReader.value(answer).object  // What can't be read states no limit.
    else { return [] }
    for element in listing["rateLimits"]?.array ?? [] {
      guard let rule = element.object, rule["rateLimitType"] == .string("REQUEST_WEIGHT"),
        rule["interval"] == .string("MINUTE"),
        case .number(let minutes)? = rule["intervalNum"], (1...60).contains(minutes),
        case .number(let limit)? = rule["limit"], (100...1_000_000).contains(limit)
      else { continue }
      return [RateRule("weight", limit: Int(limit), per: .minutes(Int64(minutes)))]
    }
    return []
  }
}
