import Market

/// Hyperliquid: every question is a POST to `/info`.
///
/// Ranges: `startTime` and `endTime` are both included. It keeps no open interest and publishes no
/// liquidations.
public struct HyperliquidAdapter: VenueAdapter {
  public let venue = Venue.hyperliquid
  public let restURL = "https://api.hyperliquid.xyz"
  public let streamURL = "wss://api.hyperliquid.xyz"
  public var limits: [RateRule] { VenueLimits.rest(.hyperliquid) }

  /// The adapter.
  public init() {}

  static let candles: IntervalNames = [
    .minutes(1): "1m", .minutes(3): "3m", .minutes(5): "5m", .minutes(15): "15m",
    .minutes(30): "30m", .hours(1): "1h", .hours(2): "2h", .hours(4): "4h", .hours(8): "8h",
    .hours(12): "12h", .days(1): "1d", .days(3): "3d", .days(7): "1w",
  ]

  /// The venue's own list; those of builders are asked for by their dex.
  public func instruments() -> [VenueRequest] {
    [request("meta", "", .instruments, DecodeContext())]
  }

  public func page(after request: VenueRequest, answer: [UInt8]) -> VenueRequest? { nil }

  /// The list holds the tiers of all coins.
  public func maintenanceTiers(of instrument: VenueInstrument) -> [VenueRequest] {
    [
      request(
        "meta", dex(of: instrument), .maintenanceTiers,
        DecodeContext(symbol: instrument.symbol))
    ]
  }

  /// The newest 5000 bars or so, of which the oldest hundred may be gone by the time they are asked
  /// for.
  public func depth(of series: HistorySeries) -> HistoryDepth? {
    guard case .candles(let span) = series, Self.candles[span] != nil else { return nil }
    return HistoryDepth(
      span: Span(milliseconds: span.milliseconds * 4_900), rows: 5_000, step: span)
  }

  public func history(
    _ series: HistorySeries, of instrument: VenueInstrument, from: Timestamp, to: Timestamp,
    now: Timestamp
  ) -> VenueRequest? {
    guard case .candles(let span) = series, let name = Self.candles[span],
      let depth = depth(of: series)
    else { return nil }
    let asked =
      #","req":{"coin":\#(RequestText.quoted(instrument.symbol)),"interval":"\#(name)","#
      + #""startTime":\#(from.milliseconds),"endTime":\#(to.before.milliseconds)}"#
    return request(
      "candleSnapshot", asked, .candle,
      DecodeContext(symbol: instrument.symbol, interval: span, candleSource: .trades),
      rows: depth.rows(from: from, to: to))
  }

  /// The contexts of all coins: open interest, mark, oracle and funding.
  public func current(of instrument: VenueInstrument) -> [VenueRequest] {
    [
      request(
        "metaAndAssetCtxs", dex(of: instrument), .markPrice,
        DecodeContext(symbol: instrument.symbol))
    ]
  }

  public func polls(of instrument: VenueInstrument) -> [VenuePoll] { [] }

  /// The member that names the dex of a builder's coin (`dex:COIN`); empty for the venue's own.
  private func dex(of instrument: VenueInstrument) -> String {
    guard let colon = instrument.symbol.firstIndex(of: ":") else { return "" }
    return ",\"dex\":" + RequestText.quoted(String(instrument.symbol[..<colon]))
  }

  /// - Parameters:
  ///   - members: those behind the type, each with a comma before it.
  ///   - rows: how many rows the answer can hold; their weight is paid beforehand.
  private func request(
    _ type: String, _ members: String, _ channel: VenueChannel, _ context: DecodeContext,
    rows: Int = 0
  ) -> VenueRequest {
    VenueRequest(
      "/info", json: Array(#"{"type":"\#(type)"\#(members)}"#.utf8),
      costs: [VenueLimits.hyperliquid(type: type, rows: rows)], channel: channel,
      context: context)
  }
}
