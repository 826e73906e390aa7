import Market

/// OKX v5: linear and inverse swaps.
///
/// Ranges: `after` is older than, `before` newer than, both excluded, and only both together name a
/// range. Of `begin` and `end` it isn't said whether they are included, so they are put where either
/// gives the same rows. Answers come newest first.
public struct OKXAdapter: VenueAdapter {
  public let venue = Venue.okx
  public let restURL = "https://www.okx.com"
  public let streamURL = "wss://ws.okx.com:8443"

  /// The adapter.
  public init() {}

  static let candles: IntervalNames = [
    .minutes(1): "1m", .minutes(3): "3m", .minutes(5): "5m", .minutes(15): "15m",
    .minutes(30): "30m", .hours(1): "1H", .hours(2): "2H", .hours(4): "4H", .hours(6): "6Hutc",
    .hours(12): "12Hutc", .days(1): "1Dutc", .days(2): "2Dutc", .days(3): "3Dutc",
    .days(7): "1Wutc",
  ]
  private static let periods: IntervalNames = [
    .minutes(5): "5m", .minutes(15): "15m", .minutes(30): "30m", .hours(1): "1H",
    .hours(2): "2H", .hours(4): "4H", .hours(6): "6Hutc", .hours(12): "12Hutc",
    .days(1): "1Dutc",
  ]

  private enum Path {
    static let instruments = "/api/v5/public/instruments"
    static let tiers = "/api/v5/public/position-tiers"
    static let candles = "/api/v5/market/candles"
    static let olderCandles = "/api/v5/market/history-candles"
    static let openInterest = "/api/v5/public/open-interest"
    static let openInterestHistory = "/api/v5/rubik/stat/contracts/open-interest-history"
    static let ratio = "/api/v5/rubik/stat/contracts/long-short-account-ratio-contract"
    static let mark = "/api/v5/public/mark-price"
    static let index = "/api/v5/market/index-tickers"
    static let funding = "/api/v5/public/funding-rate"
    static let liquidations = "/api/v5/public/liquidation-orders"

    static let all = [
      instruments, tiers, candles, olderCandles, openInterest, openInterestHistory, ratio, mark,
      index, funding, liquidations,
    ]
  }

  public var limits: [RateRule] { Path.all.map(VenueLimits.okx(path:)) }

  /// `BTC-USDT` of `BTC-USDT-SWAP`: the family, and the name of the index.
  static func family(of instrument: VenueInstrument) -> String {
    let end = instrument.symbol.lastIndex(of: "-") ?? instrument.symbol.endIndex
    return String(instrument.symbol[..<end]).replacing("_XPERP", with: "")
  }

  /// X-Perps are listed among the futures.
  static func type(of instrument: VenueInstrument) -> String {
    instrument.symbol.hasSuffix("-SWAP") ? "SWAP" : "FUTURES"
  }

  public func instruments() -> [VenueRequest] {
    [request(Path.instruments, [.init("instType", "SWAP")], .instruments, DecodeContext())]
  }

  /// Liquidations are paged by time: the page of those older than the oldest, which is asked for
  /// again with all that share its millisecond.
  public func page(after request: VenueRequest, answer: [UInt8]) -> VenueRequest? {
    guard request.path == Path.liquidations,
      let value = try? JSONReader.value(answer),  // What can't be read names no further page.
      let rows = value.object?["data"]?.array
    else { return nil }
    let times = rows.flatMap { $0.object?["details"]?.array ?? [] }.compactMap {
      $0.object?["ts"]?.string.flatMap { Int64($0) }
    }
    guard times.count >= 100, let oldest = times.min(),
      let index = request.query.firstIndex(where: { $0.name == "after" }),
      let after = Int64(request.query[index].value), oldest < after - 1
    else { return nil }
    var next = request
    next.query[index] = .init("after", oldest + 1)
    return next
  }

  public func maintenanceTiers(of instrument: VenueInstrument) -> [VenueRequest] {
    [
      request(
        Path.tiers,
        [
          .init("instType", Self.type(of: instrument)), .init("tdMode", "cross"),
          .init("instFamily", Self.family(of: instrument)),
        ], .maintenanceTiers, DecodeContext(symbol: instrument.symbol))
    ]
  }

  /// Statistics end after 1440 rows. Minutes were measured to be kept for a week, and as many rows
  /// are asked for of the other bars. Pages of old candles hold 100 rows in practice, whatever is
  /// documented.
  public func depth(of series: HistorySeries) -> HistoryDepth? {
    switch series {
    case .candles(let span):
      guard Self.candles[span] != nil else { return nil }
      let kept = Span(milliseconds: span.milliseconds * 10_080)
      return HistoryDepth(span: span < .days(1) ? kept : nil, rows: 100, step: span)
    case .openInterest(let span):
      guard Self.periods[span] != nil else { return nil }
      return HistoryDepth(
        span: Span(milliseconds: span.milliseconds * 1_430), rows: 100, step: span)
    case .liquidations:
      // An hour a page; where it holds more, `page(after:)` leads on.
      return HistoryDepth(span: .hours(24), rows: 100, step: .seconds(36))
    }
  }

  public func history(
    _ series: HistorySeries, of instrument: VenueInstrument, from: Timestamp, to: Timestamp,
    now: Timestamp
  ) -> VenueRequest? {
    guard let depth = depth(of: series) else { return nil }
    let rows = VenueRequest.Parameter("limit", depth.rows(from: from, to: to))
    let named = VenueRequest.Parameter("instId", instrument.symbol)
    let between: [VenueRequest.Parameter] = [.init("after", to), .init("before", from.before)]
    switch series {
    case .candles(let span):
      guard let name = Self.candles[span] else { return nil }
      // The newest 1440 bars have a faster endpoint of their own; the oldest of them are left to
      // the other, since bars pass on.
      let newest = now - Span(milliseconds: span.milliseconds * 1_400)
      return request(
        from >= newest ? Path.candles : Path.olderCandles,
        [named, .init("bar", name)] + between + [rows], .candle,
        DecodeContext(symbol: instrument.symbol, interval: span, candleSource: .trades))
    case .openInterest(let span):
      guard let name = Self.periods[span] else { return nil }
      return request(
        Path.openInterestHistory,
        [
          named, .init("period", name), .init("begin", from.before), .init("end", to.before),
          rows,
        ], .openInterest, DecodeContext(symbol: instrument.symbol, interval: span))
    case .liquidations:
      return request(
        Path.liquidations,
        [
          .init("instType", Self.type(of: instrument)),
          .init("instFamily", Self.family(of: instrument)), .init("state", "filled"),
        ] + between + [.init("limit", 100)], .liquidation,
        DecodeContext(symbol: instrument.symbol))
    }
  }

  public func current(of instrument: VenueInstrument) -> [VenueRequest] {
    let named = VenueRequest.Parameter("instId", instrument.symbol)
    let typed = [.init("instType", Self.type(of: instrument)), named]
    let context = DecodeContext(symbol: instrument.symbol)
    let index = Self.family(of: instrument)
    return [
      request(Path.openInterest, typed, .openInterest, context),
      request(Path.mark, typed, .markPrice, context),
      request(Path.funding, [named], .funding, context),
      request(
        Path.index, [.init("instId", index)], .markPrice, DecodeContext(symbol: index)),
      ratio(of: instrument),
    ]
  }

  public func polls(of instrument: VenueInstrument) -> [VenuePoll] {
    [VenuePoll(ratio(of: instrument), every: .minutes(5))]
  }

  private func ratio(of instrument: VenueInstrument) -> VenueRequest {
    request(
      Path.ratio,
      [.init("instId", instrument.symbol), .init("period", "5m"), .init("limit", 1)],
      .longShortRatio,
      DecodeContext(
        symbol: instrument.symbol, interval: .minutes(5), ratioMeasure: .accounts))
  }

  /// Every endpoint has an allowance of its own.
  private func request(
    _ path: String, _ query: [VenueRequest.Parameter], _ channel: VenueChannel,
    _ context: DecodeContext
  ) -> VenueRequest {
    VenueRequest(
      path, query: query, costs: [RateCost(path)], channel: channel, context: context)
  }
}
