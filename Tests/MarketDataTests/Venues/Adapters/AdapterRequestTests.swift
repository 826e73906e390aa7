import Market
import Testing

@testable import MarketData

/// What each venue is asked, word for word as its interface is documented.
struct AdapterRequestTests {
  /// The hour from 23:00 to 24:00 of 2026-09-24, which each range test asks for.
  private static let end = requestHour + .hours(1)

  private static func history(
    _ venue: Venue, _ symbol: String, _ series: HistorySeries, now: Timestamp = requestNow
  ) throws -> VenueRequest? {
    let (adapter, instrument) = try subject(venue, symbol)
    return adapter.history(series, of: instrument, from: requestHour, to: end, now: now)
  }

  @Test(arguments: [
    (
      Venue.binance, "BTCUSDT",
      "GET /fapi/v1/klines?symbol=BTCUSDT&interval=1m&startTime=1790290800000"
        + "&endTime=1790294399999&limit=60"
    ),
    (
      .bybit, "BTCUSDT",
      "GET /v5/market/kline?category=linear&symbol=BTCUSDT&interval=1&start=1790290800000"
        + "&end=1790294399999&limit=60"
    ),
    (
      .bybit, "BTCUSD",
      "GET /v5/market/kline?category=inverse&symbol=BTCUSD&interval=1&start=1790290800000"
        + "&end=1790294399999&limit=60"
    ),
    (
      .okx, "BTC-USDT-SWAP",
      "GET /api/v5/market/candles?instId=BTC-USDT-SWAP&bar=1m&after=1790294400000"
        + "&before=1790290799999&limit=60"
    ),
    (
      .hyperliquid, "kPEPE",
      #"POST /info {"type":"candleSnapshot","req":{"coin":"kPEPE","interval":"1m","#
        + #""startTime":1790290800000,"endTime":1790294399999}}"#
    ),
    (
      .gate, "BTC_USDT",
      "GET /api/v4/futures/usdt/candlesticks?contract=BTC_USDT&interval=1m&from=1790290800"
        + "&to=1790294399"
    ),
    (
      .gate, "BTC_USD",
      "GET /api/v4/futures/btc/candlesticks?contract=BTC_USD&interval=1m&from=1790290800"
        + "&to=1790294399"
    ),
  ])
  func `an hour of minute candles is asked for without its end`(
    venue: Venue, symbol: String, line: String
  ) throws {
    #expect(try Self.history(venue, symbol, .candles(.minutes(1)))?.line == line)
  }

  @Test(arguments: [
    (
      Venue.binance, "BTCUSDT",
      "GET /futures/data/openInterestHist?symbol=BTCUSDT&period=5m&startTime=1790290800000"
        + "&endTime=1790294399999&limit=12" as String?
    ),
    (
      .bybit, "BTCUSDT",
      "GET /v5/market/open-interest?category=linear&symbol=BTCUSDT&intervalTime=5min"
        + "&startTime=1790290800000&endTime=1790294399999&limit=12"
    ),
    (
      .okx, "BTC-USDT-SWAP",
      "GET /api/v5/rubik/stat/contracts/open-interest-history?instId=BTC-USDT-SWAP&period=5m"
        + "&begin=1790290799999&end=1790294399999&limit=12"
    ),
    (.hyperliquid, "BTC", nil),
    (
      .gate, "BTC_USDT",
      "GET /api/v4/futures/usdt/contract_stats?contract=BTC_USDT&from=1790290800&interval=5m"
        + "&limit=12"
    ),
  ])
  func `an hour of open interest is asked for where the venue keeps it`(
    venue: Venue, symbol: String, line: String?
  ) throws {
    #expect(try Self.history(venue, symbol, .openInterest(.minutes(5)))?.line == line)
    let depth = try subject(venue, symbol).adapter.depth(of: .openInterest(.minutes(5)))
    #expect((depth == nil) == (line == nil))
  }

  @Test func `past liquidations are asked of OKX and Gate, whom nobody else follows`() throws {
    #expect(
      try Self.history(.okx, "BTC-USDT-SWAP", .liquidations)?.line
        == "GET /api/v5/public/liquidation-orders?instType=SWAP&instFamily=BTC-USDT&state=filled"
        + "&after=1790294400000&before=1790290799999&limit=100")
    #expect(
      try Self.history(.gate, "BTC_USDT", .liquidations)?.line
        == "GET /api/v4/futures/usdt/liq_orders?contract=BTC_USDT&from=1790290800&to=1790294399"
        + "&limit=1000")
    for (venue, symbol) in [(Venue.binance, "BTCUSDT"), (.bybit, "BTCUSDT"), (.hyperliquid, "BTC")]
    {
      #expect(try Self.history(venue, symbol, .liquidations) == nil)
      #expect(try subject(venue, symbol).adapter.depth(of: .liquidations) == nil)
    }
  }

  @Test func `OKX is asked for older bars where its newest 1440 end`() throws {
    let line = { (now: Timestamp) in
      try Self.history(.okx, "BTC-USDT-SWAP", .candles(.minutes(1)), now: now)?.path
    }
    #expect(try line(requestHour + .minutes(1_400)) == "/api/v5/market/candles")
    #expect(try line(requestHour + .minutes(1_401)) == "/api/v5/market/history-candles")
  }

  @Test(
    arguments: [
      (Venue.binance, "BTCUSDT", ["1m", "5m", "15m", "30m", "1h", "4h", "12h", "1d", "1w"]),
      (.bybit, "BTCUSDT", ["1", "5", "15", "30", "60", "240", "720", "D", "W"]),
      (
        .okx, "BTC-USDT-SWAP",
        ["1m", "5m", "15m", "30m", "1H", "4H", "12Hutc", "1Dutc", "1Wutc"]
      ),
      (.hyperliquid, "BTC", ["1m", "5m", "15m", "30m", "1h", "4h", "12h", "1d", "1w"]),
      (.gate, "BTC_USDT", ["1m", "5m", "15m", "30m", "1h", "4h", nil, "1d", "7d"]),
    ] as [(Venue, String, [String?])])
  func `intervals bear the venue's own names`(
    venue: Venue, symbol: String, names: [String?]
  ) throws {
    let (adapter, instrument) = try subject(venue, symbol)
    let spans: [Span] = [
      .minutes(1), .minutes(5), .minutes(15), .minutes(30), .hours(1), .hours(4), .hours(12),
      .days(1), .days(7),
    ]
    for (span, name) in zip(spans, names) {
      let request = adapter.history(
        .candles(span), of: instrument, from: requestHour, to: Self.end, now: requestNow)
      let named = name.map { name in
        request?.query.contains { $0.value == name } == true
          || request.map { $0.line.contains("\"interval\":\"\(name)\"") } == true
      }
      #expect(named ?? (request == nil), "\(span.milliseconds)")
      #expect((adapter.depth(of: .candles(span)) == nil) == (name == nil))
    }
    #expect(adapter.depth(of: .candles(.minutes(7))) == nil)
  }

  @Test(arguments: [
    (
      Venue.binance, "1000PEPEUSDT",
      [
        "GET /fapi/v1/openInterest?symbol=1000PEPEUSDT",
        "GET /fapi/v1/premiumIndex?symbol=1000PEPEUSDT",
        "GET /futures/data/globalLongShortAccountRatio?symbol=1000PEPEUSDT&period=5m&limit=1",
      ]
    ),
    (
      .bybit, "BTCPERP",
      [
        "GET /v5/market/tickers?category=linear&symbol=BTCPERP",
        "GET /v5/market/account-ratio?category=linear&symbol=BTCPERP&period=5min&limit=1",
      ]
    ),
    (
      .okx, "BTC-USD-SWAP",
      [
        "GET /api/v5/public/open-interest?instType=SWAP&instId=BTC-USD-SWAP",
        "GET /api/v5/public/mark-price?instType=SWAP&instId=BTC-USD-SWAP",
        "GET /api/v5/public/funding-rate?instId=BTC-USD-SWAP",
        "GET /api/v5/market/index-tickers?instId=BTC-USD",
        "GET /api/v5/rubik/stat/contracts/long-short-account-ratio-contract"
          + "?instId=BTC-USD-SWAP&period=5m&limit=1",
      ]
    ),
    (.hyperliquid, "BTC", [#"POST /info {"type":"metaAndAssetCtxs"}"#]),
    (.hyperliquid, "km:US500", [#"POST /info {"type":"metaAndAssetCtxs","dex":"km"}"#]),
    (
      .gate, "BTC_USDT",
      [
        "GET /api/v4/futures/usdt/contracts/BTC_USDT",
        "GET /api/v4/futures/usdt/contract_stats?contract=BTC_USDT&interval=5m&limit=1",
      ]
    ),
  ])
  func `what holds now is asked for`(venue: Venue, symbol: String, lines: [String]) throws {
    let (adapter, instrument) = try subject(venue, symbol)
    #expect(adapter.current(of: instrument).map(\.line) == lines)
  }

  @Test(arguments: [
    (
      Venue.binance, "BTCUSDT", ["GET /fapi/v1/exchangeInfo", "GET /fapi/v1/fundingInfo"],
      [String]()
    ),
    (
      .bybit, "BTCUSD",
      [
        "GET /v5/market/instruments-info?category=linear&limit=1000",
        "GET /v5/market/instruments-info?category=inverse&limit=1000",
      ], ["GET /v5/market/risk-limit?category=inverse&symbol=BTCUSD"]
    ),
    (
      .okx, "BTC-USDT-SWAP", ["GET /api/v5/public/instruments?instType=SWAP"],
      [
        "GET /api/v5/public/position-tiers?instType=SWAP&tdMode=cross&instFamily=BTC-USDT"
      ]
    ),
    (
      .hyperliquid, "BTC", [#"POST /info {"type":"meta"}"#], [#"POST /info {"type":"meta"}"#]
    ),
    (
      .gate, "BTC_USDT",
      ["GET /api/v4/futures/usdt/contracts", "GET /api/v4/futures/btc/contracts"],
      ["GET /api/v4/futures/usdt/risk_limit_tiers?contract=BTC_USDT"]
    ),
  ])
  func `the list and the maintenance tiers are asked for where they are public`(
    venue: Venue, symbol: String, list: [String], tiers: [String]
  ) throws {
    let (adapter, instrument) = try subject(venue, symbol)
    #expect(adapter.instruments().map(\.line) == list)
    #expect(adapter.maintenanceTiers(of: instrument).map(\.line) == tiers)
  }

  @Test func `only Binance's open interest has to be asked for again and again`() throws {
    for venue in Venue.real {
      let symbol = [
        Venue.okx: "BTC-USDT-SWAP", .hyperliquid: "BTC", .gate: "BTC_USDT",
      ][venue]
      let (adapter, instrument) = try subject(venue, symbol ?? "BTCUSDT")
      let fast = adapter.polls(of: instrument).filter { $0.every < .minutes(1) }
      #expect(
        fast.map(\.request.line)
          == (venue == .binance ? ["GET /fapi/v1/openInterest?symbol=BTCUSDT"] : []))
    }
  }

  @Test func `a symbol of COIN-M isn't asked of the hosts of USD-M`() throws {
    let (adapter, instrument) = try subject(.binance, "BTCUSD_PERP")
    #expect(adapter.streams(of: [instrument], candles: .minutes(1)).isEmpty)
    #expect(adapter.current(of: instrument).isEmpty && adapter.polls(of: instrument).isEmpty)
    #expect(
      adapter.history(
        .candles(.minutes(1)), of: instrument, from: requestHour, to: Self.end, now: requestNow)
        == nil)
  }
}
