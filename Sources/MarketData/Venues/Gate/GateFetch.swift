import Market

/// Gate v4: perpetuals settled in USDT and, inverse, in BTC.
///
/// Ranges: `from` and `to` are seconds and both included. Statistics have no end but a number of
/// rows, counted from `from`.
public struct GateAdapter: VenueAdapter {
  public let venue = Venue.gate
  public let restURL = "https://api.gateio.ws"
  public let streamURL = "wss://fx-ws.gateio.ws"

  /// The adapter.
  public init() {}

  static let candles: IntervalNames = [
    .minutes(1): "1m", .minutes(5): "5m", .minutes(15): "15m", .minutes(30): "30m",
    .hours(1): "1h", .hours(4): "4h", .hours(8): "8h", .days(1): "1d", .days(7): "7d",
  ]
  private static let periods: IntervalNames = [
    .minutes(5): "5m", .minutes(15): "15m", .minutes(30): "30m", .hours(1): "1h",
    .hours(4): "4h", .days(1): "1d",
  ]

  /// What contracts are settled in; a part of every path.
  enum Settlement: String, CaseIterable {
    case usdt, btc

    init(_ instrument: VenueInstrument) {
      self = instrument.instrument.quote == "USD" ? .btc : .usdt
    }
  }

  private enum Endpoint: String, CaseIterable {
    case contracts, candlesticks
    case statistics = "contract_stats"
    case liquidations = "liq_orders"
    case tiers = "risk_limit_tiers"

    func path(_ settlement: Settlement) -> String {
      "/api/v4/futures/\(settlement.rawValue)/\(rawValue)"
    }
  }

  public var limits: [RateRule] {
    Settlement.allCases.flatMap { settlement in
      Endpoint.allCases.map { VenueLimits.gate(path: $0.path(settlement)) }
    }
  }

  public func instruments() -> [VenueRequest] {
    Settlement.allCases.map { settlement in
      let path = Endpoint.contracts.path(settlement)
      return VenueRequest(path, costs: [RateCost(path)], channel: .instruments)
    }
  }

  public func page(after request: VenueRequest, answer: [UInt8]) -> VenueRequest? { nil }

  public func maintenanceTiers(of instrument: VenueInstrument) -> [VenueRequest] {
    [
      request(
        .tiers, of: instrument, [], .maintenanceTiers,
        DecodeContext(symbol: instrument.symbol))
    ]
  }

  /// Ten thousand candles back and no further, as the venue's spot market says of itself; 180 days
  /// of statistics in pages of 100, the most that is known to work; single liquidations by the
  /// hour.
  public func depth(of series: HistorySeries) -> HistoryDepth? {
    switch series {
    case .candles(let span):
      guard Self.candles[span] != nil else { return nil }
      return HistoryDepth(
        span: Span(milliseconds: span.milliseconds * 9_900), rows: 2_000, step: span)
    case .openInterest(let span):
      guard Self.periods[span] != nil else { return nil }
      return HistoryDepth(span: .days(179), rows: 100, step: span)
    case .liquidations:
      return HistoryDepth(span: .days(1), rows: 1_000, step: Span(milliseconds: 3_600))
    }
  }

  public func history(
    _ series: HistorySeries, of instrument: VenueInstrument, from: Timestamp, to: Timestamp,
    now: Timestamp
  ) -> VenueRequest? {
    guard let depth = depth(of: series) else { return nil }
    let start = VenueRequest.Parameter("from", from.secondsUp)
    let end = VenueRequest.Parameter("to", to.before.secondsDown)
    switch series {
    case .candles(let span):
      guard let name = Self.candles[span] else { return nil }
      // A range and a limit exclude each other here.
      return request(
        .candlesticks, of: instrument, [.init("interval", name), start, end], .candle,
        DecodeContext(symbol: instrument.symbol, interval: span, candleSource: .trades))
    case .openInterest(let span):
      guard let name = Self.periods[span] else { return nil }
      return request(
        .statistics, of: instrument,
        [
          start, .init("interval", name), .init("limit", depth.rows(from: from, to: to)),
        ], .openInterest, DecodeContext(symbol: instrument.symbol, interval: span))
    case .liquidations:
      return request(
        .liquidations, of: instrument, [start, end, .init("limit", depth.rows)], .liquidation,
        DecodeContext(symbol: instrument.symbol))
    }
  }

  /// The contract holds mark, index, funding and open interest.
  public func current(of instrument: VenueInstrument) -> [VenueRequest] {
    let path = Endpoint.contracts.path(Settlement(instrument))
    return [
      VenueRequest(
        path + "/" + PercentText.encode(instrument.symbol), costs: [RateCost(path)],
        channel: .markPrice, context: DecodeContext(symbol: instrument.symbol)),
      ratio(of: instrument),
    ]
  }

  public func polls(of instrument: VenueInstrument) -> [VenuePoll] {
    [VenuePoll(ratio(of: instrument), every: .minutes(5))]
  }

  private func ratio(of instrument: VenueInstrument) -> VenueRequest {
    request(
      .statistics, of: instrument, [.init("interval", "5m"), .init("limit", 1)],
      .longShortRatio, DecodeContext(symbol: instrument.symbol, interval: .minutes(5)))
  }

  private func request(
    _ endpoint: Endpoint, of instrument: VenueInstrument, _ query: [VenueRequest.Parameter],
    _ channel: VenueChannel, _ context: DecodeContext
  ) -> VenueRequest {
    let path = endpoint.path(Settlement(instrument))
    return VenueRequest(
      path, query: [.init("contract", instrument.symbol)] + query, costs: [RateCost(path)],
      channel: channel, context: context)
  }
}
