import Market

/// Bybit v5: linear (USDT and USDC) and inverse perpetuals.
///
/// Ranges: `start` and `end`, `startTime` and `endTime` are both included; answers come newest
/// first.
public struct BybitAdapter: VenueAdapter {
  public let venue = Venue.bybit
  public let restURL = "https://api.bybit.com"
  public let streamURL = "wss://stream.bybit.com"
  public var limits: [RateRule] { VenueLimits.rest(.bybit) }

  /// The adapter.
  public init() {}

  static let candles: IntervalNames = [
    .minutes(1): "1", .minutes(3): "3", .minutes(5): "5", .minutes(15): "15", .minutes(30): "30",
    .hours(1): "60", .hours(2): "120", .hours(4): "240", .hours(6): "360", .hours(12): "720",
    .days(1): "D", .days(7): "W",
  ]
  private static let periods: IntervalNames = [
    .minutes(5): "5min", .minutes(15): "15min", .minutes(30): "30min", .hours(1): "1h",
    .hours(4): "4h", .days(1): "1d",
  ]

  /// Whose rules an instrument follows; the first parameter of every request.
  static func category(of instrument: VenueInstrument) -> String {
    instrument.kind == .inverse ? "inverse" : "linear"
  }

  public func instruments() -> [VenueRequest] {
    ["linear", "inverse"].map { category in
      request(
        "instruments-info", [.init("category", category), .init("limit", 1_000)], .instruments,
        DecodeContext())
    }
  }

  /// The page behind `nextPageCursor`, which the venue gives ready for a URL: it is unescaped here
  /// because requests are escaped when they are sent. Series have cursors, too, that lead back to the
  /// listing; whoever asks for a range has it in one page.
  public func page(after request: VenueRequest, answer: [UInt8]) -> VenueRequest? {
    guard [.instruments, .maintenanceTiers].contains(request.channel),
      let value = try? JSONReader.value(answer),  // What can't be read names no further page.
      let cursor = value.object?["result"]?.object?["nextPageCursor"]?.string, !cursor.isEmpty
    else { return nil }
    let plain = PercentText.decode(cursor) ?? cursor
    var next = request
    next.query.removeAll { $0.name == "cursor" }
    next.query.append(.init("cursor", plain))
    // A cursor that leads back to where it came from would never end.
    return next == request ? nil : next
  }

  public func maintenanceTiers(of instrument: VenueInstrument) -> [VenueRequest] {
    [
      request(
        "risk-limit", symbol(instrument), .maintenanceTiers,
        DecodeContext(symbol: instrument.symbol))
    ]
  }

  public func depth(of series: HistorySeries) -> HistoryDepth? {
    switch series {
    case .candles(let span):
      Self.candles[span] == nil ? nil : HistoryDepth(span: nil, rows: 1_000, step: span)
    case .openInterest(let span):
      Self.periods[span] == nil ? nil : HistoryDepth(span: nil, rows: 200, step: span)
    case .liquidations: nil
    }
  }

  public func history(
    _ series: HistorySeries, of instrument: VenueInstrument, from: Timestamp, to: Timestamp,
    now: Timestamp
  ) -> VenueRequest? {
    guard let depth = depth(of: series) else { return nil }
    let rows = VenueRequest.Parameter("limit", depth.rows(from: from, to: to))
    switch series {
    case .candles(let span):
      guard let name = Self.candles[span] else { return nil }
      return request(
        "kline",
        symbol(instrument) + [
          .init("interval", name), .init("start", from), .init("end", to.before), rows,
        ], .candle,
        DecodeContext(symbol: instrument.symbol, interval: span, candleSource: .trades))
    case .openInterest(let span):
      guard let name = Self.periods[span] else { return nil }
      return request(
        "open-interest",
        symbol(instrument) + [
          .init("intervalTime", name), .init("startTime", from), .init("endTime", to.before),
          rows,
        ], .openInterest, DecodeContext(symbol: instrument.symbol, interval: span))
    case .liquidations: return nil
    }
  }

  /// One ticker holds mark, index, funding and open interest.
  public func current(of instrument: VenueInstrument) -> [VenueRequest] {
    [
      request(
        "tickers", symbol(instrument), .markPrice, DecodeContext(symbol: instrument.symbol)),
      ratio(of: instrument),
    ]
  }

  public func polls(of instrument: VenueInstrument) -> [VenuePoll] {
    [VenuePoll(ratio(of: instrument), every: .minutes(5))]
  }

  private func ratio(of instrument: VenueInstrument) -> VenueRequest {
    request(
      "account-ratio", symbol(instrument) + [.init("period", "5min"), .init("limit", 1)],
      .longShortRatio,
      DecodeContext(
        symbol: instrument.symbol, interval: .minutes(5), ratioMeasure: .accounts))
  }

  private func symbol(_ instrument: VenueInstrument) -> [VenueRequest.Parameter] {
    [.init("category", Self.category(of: instrument)), .init("symbol", instrument.symbol)]
  }

  /// All requests draw on the address's allowance; each endpoint may object by itself.
  private func request(
    _ name: String, _ query: [VenueRequest.Parameter], _ channel: VenueChannel,
    _ context: DecodeContext
  ) -> VenueRequest {
    let path = "/v5/market/" + name
    return VenueRequest(
      path, query: query, costs: [RateCost("ip"), RateCost(path)], channel: channel,
      context: context)
  }
}
