import Market
import Testing

@testable import MarketData

/// Answers in the venues' shapes, decoded with nothing but what the request says of them.
struct AdapterAnswerTests {
  private static func history(
    _ venue: Venue, _ symbol: String, _ series: HistorySeries
  ) throws -> VenueRequest? {
    let (adapter, instrument) = try subject(venue, symbol)
    return adapter.history(
      series, of: instrument, from: requestHour, to: requestHour + .hours(1), now: requestNow)
  }

  @Test(arguments: [
    (
      Venue.binance, "1000PEPEUSDT",
      #"[[1790290800000,"4","8","2","6","10",1790290859999,"50",3,"7","35","0"]]"#,
      "candle 1000PEPEUSDT 1790290800000 60000 0.004 0.008 0.002 0.006 10000.0 50.0 7000.0 open"
    ),
    (
      .bybit, "BTCUSD",
      #"{"retCode":0,"retMsg":"OK","result":{"category":"inverse","symbol":"BTCUSD","list":["#
        + #"["1790290800000","4","8","2","6","10","2"]]},"time":1790296200000}"#,
      "candle BTCUSD 1790290800000 60000 4.0 8.0 2.0 6.0 2.0 10.0 - open"
    ),
    (
      .okx, "BTC-USDT-SWAP",
      #"{"code":"0","msg":"","data":[["1790290800000","4","8","2","6","1000","10","50","1"]]}"#,
      "candle BTC-USDT-SWAP 1790290800000 60000 4.0 8.0 2.0 6.0 10.0 50.0 - closed"
    ),
    (
      .hyperliquid, "kPEPE",
      #"[{"t":1790290800000,"T":1790290859999,"s":"kPEPE","i":"1m","o":"4","c":"6","h":"8","#
        + #""l":"2","v":"10","n":3}]"#,
      "candle kPEPE 1790290800000 60000 0.004 0.008 0.002 0.006 10000.0 - - open"
    ),
    (
      .gate, "BTC_USDT",
      #"[{"t":1790290800,"o":"4","h":"8","l":"2","c":"6","v":100000,"sum":"50"}]"#,
      "candle BTC_USDT 1790290800000 60000 4.0 8.0 2.0 6.0 10.0 50.0 - open"
    ),
  ])
  func `candles have their symbol and length`(
    venue: Venue, symbol: String, body: String, expected: String
  ) throws {
    let request = try Self.history(venue, symbol, .candles(.minutes(1)))
    #expect(try words(request, body, venue: venue) == [expected])
  }

  @Test(arguments: [
    (
      Venue.binance, "BTCUSDT",
      #"[{"symbol":"BTCUSDT","sumOpenInterest":"10","sumOpenInterestValue":"50","#
        + #""timestamp":1790290800000}]"#,
      "open_interest BTCUSDT 1790290800000 10.0 50.0"
    ),
    (
      .bybit, "BTCUSDT",
      #"{"retCode":0,"retMsg":"OK","result":{"symbol":"BTCUSDT","category":"linear","list":["#
        + #"{"openInterest":"20","singleOpenInterest":"10","timestamp":"1790290800000"}],"#
        + #""nextPageCursor":""},"time":1790296200000}"#,
      "open_interest BTCUSDT 1790290800000 10.0 -"
    ),
    (
      .okx, "BTC-USDT-SWAP",
      #"{"code":"0","msg":"","data":[["1790290800000","1000","10","50"]]}"#,
      "open_interest BTC-USDT-SWAP 1790290800000 10.0 50.0"
    ),
    (
      .gate, "BTC_USDT",
      #"[{"time":1790290800,"open_interest":100000,"open_interest_usd":50,"mark_price":5,"#
        + #""lsr_account":2,"long_liq_size":0,"short_liq_size":20000,"short_liq_usd":10,"#
        + #""long_liq_usd":0}]"#,
      "open_interest BTC_USDT 1790290800000 10.0 50.0"
    ),
  ])
  func `open interest has its symbol`(
    venue: Venue, symbol: String, body: String, expected: String
  ) throws {
    let request = try Self.history(venue, symbol, .openInterest(.minutes(5)))
    #expect(try words(request, body, venue: venue).contains(expected))
  }

  @Test func `ratios are of accounts, whatever they look like`() throws {
    let bodies = [
      Venue.binance:
        #"[{"symbol":"BTCUSDT","longAccount":"0.75","shortAccount":"0.25","#
        + #""longShortRatio":"3.0","timestamp":1790290800000}]"#,
      .bybit:
        #"{"retCode":0,"result":{"list":[{"symbol":"BTCUSDT","buyRatio":"0.75","#
        + #""sellRatio":"0.25","timestamp":"1790290800000"}]}}"#,
      .okx: #"{"code":"0","data":[["1790290800000","3.0"]],"msg":""}"#,
      .gate: #"[{"time":1790290800,"open_interest":1,"lsr_account":3.0,"mark_price":5}]"#,
    ]
    for (venue, symbol) in [
      (Venue.binance, "BTCUSDT"), (.bybit, "BTCUSDT"), (.okx, "BTC-USDT-SWAP"),
      (.gate, "BTC_USDT"),
    ] {
      let (adapter, instrument) = try subject(venue, symbol)
      let request = adapter.current(of: instrument).first { $0.channel == .longShortRatio }
      let found = try words(request, try #require(bodies[venue]), venue: venue)
      #expect(
        found.first?.hasPrefix("long_short_ratio \(symbol) 1790290800000 accounts 3.0") == true,
        "\(venue) \(found)")
    }
  }

  @Test func `one ticker of Bybit and one context of Hyperliquid give all that they hold`() throws {
    let (bybit, bitcoin) = try subject(.bybit, "BTCUSDT")
    let ticker =
      #"{"retCode":0,"result":{"category":"linear","list":[{"symbol":"BTCUSDT","#
      + #""markPrice":"5","indexPrice":"4","openInterest":"20","openInterestValue":"100","#
      + #""fundingRate":"0.0001","nextFundingTime":"1790323200000","fundingIntervalHour":"8"}"#
      + #"]},"time":1790296200000}"#
    #expect(
      try words(bybit.current(of: bitcoin).first, ticker, venue: .bybit) == [
        "mark_price BTCUSDT 1790296200000 5.0 4.0 0.0001 1790323200000",
        "open_interest BTCUSDT 1790296200000 10.0 50.0",
        "funding BTCUSDT 1790323200000 0.0001 28800000",
      ])
    let (hyperliquid, pepe) = try subject(.hyperliquid, "kPEPE")
    let contexts =
      #"[{"universe":[{"name":"kPEPE","szDecimals":0,"maxLeverage":10,"marginTableId":10}],"#
      + #""marginTables":[],"collateralToken":0},[{"funding":"0.00001","openInterest":"20","#
      + #""markPx":"5","oraclePx":"4"}]]"#
    let found = try words(hyperliquid.current(of: pepe).first, contexts, venue: .hyperliquid)
    for line in [
      "mark_price kPEPE 1790296200000 0.005 0.004 1e-05 -",
      "funding kPEPE 1790298000000 1e-05 3600000",
      "open_interest kPEPE 1790296200000 10000.0 50.0",
    ] {
      #expect(found.contains(line), "\(found)")
    }
  }

  @Test func `Bybit's list goes on behind its cursor until there is none`() throws {
    let adapter = BybitAdapter()
    let first = try #require(adapter.instruments().first)
    let answer = { (cursor: String) in
      Array(#"{"retCode":0,"result":{"list":[],"nextPageCursor":"\#(cursor)"}}"#.utf8)
    }
    let second = try #require(adapter.page(after: first, answer: answer("first%3DBTCUSDT%26n")))
    #expect(
      second.line
        == "GET /v5/market/instruments-info?category=linear&limit=1000"
        + "&cursor=first%3DBTCUSDT%26n")
    let third = try #require(adapter.page(after: second, answer: answer("100%")))
    #expect(third.line.hasSuffix("&limit=1000&cursor=100%25"))
    #expect(adapter.page(after: third, answer: answer("100%")) == nil)
    #expect(adapter.page(after: third, answer: answer("")) == nil)
    #expect(adapter.page(after: third, answer: Array("<html>".utf8)) == nil)
    // Series end with their range, whatever their cursor leads to.
    let bitcoin = try subject(.bybit, "BTCUSDT").instrument
    for request in adapter.current(of: bitcoin) {
      #expect(adapter.page(after: request, answer: answer("a%3D1")) == nil)
    }
  }

  @Test func `OKX's liquidations go on before the oldest while pages are full`() throws {
    let (adapter, instrument) = try subject(.okx, "BTC-USDT-SWAP")
    let first = try #require(
      adapter.history(
        .liquidations, of: instrument, from: requestHour, to: requestHour + .hours(1),
        now: requestNow))
    let answer = { (count: Int64, from: Int64) in
      let details = (0..<count).map {
        #"{"side":"sell","posSide":"long","bkPx":"5","sz":"1","ts":"\#(from + $0)"}"#
      }
      return Array(
        (#"{"code":"0","msg":"","data":[{"instId":"BTC-USDT-SWAP","details":["#
          + details.joined(separator: ",") + "]}]}").utf8)
    }
    let start = requestHour.milliseconds + 60_000
    let second = try #require(adapter.page(after: first, answer: answer(100, start)))
    #expect(
      second.line
        == "GET /api/v5/public/liquidation-orders?instType=SWAP&instFamily=BTC-USDT&state=filled"
        + "&after=\(start + 1)&before=1790290799999&limit=100")
    #expect(adapter.page(after: second, answer: answer(99, start - 500)) == nil)
    // A hundred in one millisecond can't be told apart by time.
    #expect(adapter.page(after: second, answer: answer(100, start)) == nil)
  }

  @Test func `funding intervals apart from Binance's list are learned with it`() throws {
    var decoder = VenueDecoder(venue: .binance)
    let intervals = Array(#"[{"symbol":"BTCUSDT","fundingIntervalHours":4}]"#.utf8)
    let list = Array(
      (#"{"serverTime":1790296200000,"symbols":["#
        + ["BTC", "ETH"].map {
          #"{"symbol":"\#($0)USDT","contractType":"PERPETUAL","status":"TRADING","baseAsset":"#
            + #""\#($0)","quoteAsset":"USDT","filters":[]}"#
        }.joined(separator: ",") + "]}").utf8)
    for order in [[intervals, list], [list, intervals]] {
      decoder = VenueDecoder(venue: .binance)
      for message in order { _ = decoder.learnInstruments(message) }
      #expect(decoder.catalog.instrument("BTCUSDT")?.fundingInterval == .hours(4))
      #expect(decoder.catalog.instrument("ETHUSDT")?.fundingInterval == .hours(8))
    }
  }
}
