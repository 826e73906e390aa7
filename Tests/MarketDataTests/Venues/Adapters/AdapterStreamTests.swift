import Market
import Testing

@testable import MarketData

/// What is subscribed to on each venue's connections.
struct AdapterStreamTests {
  private static func lines(_ venue: Venue, _ symbols: [String]) throws -> [String] {
    let adapter = try #require(VenueAdapters.adapter(of: venue))
    let instruments = try symbols.map { try subject(venue, $0).instrument }
    return adapter.streams(of: instruments, candles: .minutes(1)).flatMap(\.lines)
  }

  @Test func `Binance's streams are lower case on the routed path`() throws {
    let adapter = BinanceAdapter()
    let instrument = try subject(.binance, "1000PEPEUSDT").instrument
    let plans = adapter.streams(of: [instrument], candles: .minutes(1))
    #expect(plans.map(\.path) == ["/market/stream"])
    #expect(plans.map(\.lifetime) == [.hours(24)])
    let expected = [
      ("!contractInfo", "* maintenance_tiers+instruments -"),
      ("1000pepeusdt@kline_1m", "1000PEPEUSDT candle 300s"),
      ("1000pepeusdt@markPrice@1s", "1000PEPEUSDT mark_price+funding 20s"),
      ("1000pepeusdt@forceOrder", "1000PEPEUSDT liquidation -"),
    ]
    #expect(
      plans.flatMap(\.subscriptions).map(\.line)
        == expected.map { stream, head in
          let id = RequestText.number(of: stream)
          return #"\#(head) {"method":"SUBSCRIBE","params":["\#(stream)"],"id":\#(id)}"#
        })
    #expect(plans[0].subscriptions[1].unsubscribe.hasPrefix(#"{"method":"UNSUBSCRIBE","#))
  }

  @Test func `Bybit's categories have a connection each and its topics a message each`() throws {
    #expect(
      try Self.lines(.bybit, ["SHIB1000USDT", "BTCUSD"]) == [
        "linear /v5/public/linear",
        #"SHIB1000USDT candle 300s {"req_id":"kline.1.SHIB1000USDT","op":"subscribe","#
          + #""args":["kline.1.SHIB1000USDT"]}"#,
        #"SHIB1000USDT mark_price+open_interest+funding 60s {"req_id":"tickers.SHIB1000USDT","#
          + #""op":"subscribe","args":["tickers.SHIB1000USDT"]}"#,
        #"SHIB1000USDT liquidation - {"req_id":"allLiquidation.SHIB1000USDT","#
          + #""op":"subscribe","args":["allLiquidation.SHIB1000USDT"]}"#,
        "inverse /v5/public/inverse",
        #"BTCUSD candle 300s {"req_id":"kline.1.BTCUSD","op":"subscribe","#
          + #""args":["kline.1.BTCUSD"]}"#,
        #"BTCUSD mark_price+open_interest+funding 60s {"req_id":"tickers.BTCUSD","#
          + #""op":"subscribe","args":["tickers.BTCUSD"]}"#,
        #"BTCUSD liquidation - {"req_id":"allLiquidation.BTCUSD","#
          + #""op":"subscribe","args":["allLiquidation.BTCUSD"]}"#,
      ])
  }

  @Test func `OKX's candles are on the business connection`() throws {
    let lines = try Self.lines(.okx, ["BTC-USDT-SWAP"]).map { line in
      // The numbers of the messages are checked below.
      line.replacing(#/"id":"\d+",/#, with: "")
    }
    #expect(
      lines == [
        "public /ws/v5/public",
        #"* liquidation - {"op":"subscribe","args":[{"channel":"liquidation-orders","#
          + #""instType":"SWAP"}]}"#,
        #"BTC-USDT-SWAP mark_price 60s {"op":"subscribe","args":[{"channel":"mark-price","#
          + #""instId":"BTC-USDT-SWAP"}]}"#,
        #"BTC-USDT-SWAP open_interest 300s {"op":"subscribe","args":[{"channel":"#
          + #""open-interest","instId":"BTC-USDT-SWAP"}]}"#,
        #"BTC-USDT-SWAP funding 300s {"op":"subscribe","args":[{"channel":"funding-rate","#
          + #""instId":"BTC-USDT-SWAP"}]}"#,
        #"BTC-USDT mark_price - {"op":"subscribe","args":[{"channel":"index-tickers","#
          + #""instId":"BTC-USDT"}]}"#,
        "business /ws/v5/business",
        #"BTC-USDT-SWAP candle 300s {"op":"subscribe","args":[{"channel":"candle1m","#
          + #""instId":"BTC-USDT-SWAP"}]}"#,
      ])
  }

  @Test func `Hyperliquid's and Gate's subscriptions read as documented`() throws {
    #expect(
      try Self.lines(.hyperliquid, ["kPEPE"]) == [
        "main /ws",
        #"kPEPE candle - {"method":"subscribe","subscription":{"type":"candle","coin":"kPEPE","#
          + #""interval":"1m"}}"#,
        #"kPEPE mark_price+open_interest+funding 60s {"method":"subscribe","subscription":"#
          + #"{"type":"activeAssetCtx","coin":"kPEPE"}}"#,
      ])
    #expect(
      try Self.lines(.gate, ["BTC_USDT", "BTC_USD"]).map {
        $0.replacing(#""time":1700000000,"#, with: "")
      } == [
        "usdt /v4/ws/usdt",
        #"BTC_USDT candle - {"channel":"futures.candlesticks","event":"subscribe","#
          + #""payload":["1m","BTC_USDT"]}"#,
        #"BTC_USDT mark_price+open_interest+funding 120s {"channel":"futures.tickers","#
          + #""event":"subscribe","payload":["BTC_USDT"]}"#,
        #"BTC_USDT liquidation - {"channel":"futures.public_liquidates","event":"subscribe","#
          + #""payload":["BTC_USDT"]}"#,
        "btc /v4/ws/btc",
        #"BTC_USD candle - {"channel":"futures.candlesticks","event":"subscribe","#
          + #""payload":["1m","BTC_USD"]}"#,
        #"BTC_USD mark_price+open_interest+funding 120s {"channel":"futures.tickers","#
          + #""event":"subscribe","payload":["BTC_USD"]}"#,
        #"BTC_USD liquidation - {"channel":"futures.public_liquidates","event":"subscribe","#
          + #""payload":["BTC_USD"]}"#,
      ])
  }

  @Test(arguments: Venue.real)
  func `every message is JSON, and what is watched besides changes none of it`(
    venue: Venue
  ) throws {
    let symbols = [
      Venue.okx: ["BTC-USDT-SWAP", "ETH-USDT-SWAP"], .hyperliquid: ["BTC", "ETH"],
      .gate: ["BTC_USDT", "ETH_USDT"],
    ]
    let adapter = try #require(VenueAdapters.adapter(of: venue))
    let instruments = try (symbols[venue] ?? ["BTCUSDT", "ETHUSDT"]).map {
      try subject(venue, $0).instrument
    }
    let plans = { (instruments: [VenueInstrument]) in
      adapter.streams(of: instruments, candles: .minutes(1)).flatMap(\.subscriptions)
    }
    let both = plans(instruments)
    for subscription in both {
      for message in [subscription.subscribe, subscription.unsubscribe] {
        #expect(throws: Never.self) { _ = try JSONReader.value(Array(message.utf8)) }
      }
    }
    #expect(Set(plans([instruments[1]])).isSubset(of: both))
    #expect(Set(both).count == both.count)
    #expect(plans([]).isEmpty)
  }

  @Test func `a market of a thousand coins is spread over connections within the limits`() throws {
    let instruments = (0..<1_000).compactMap { BybitInstruments.understood("COIN\($0)USDT") }
    let plans = BybitAdapter().streams(of: instruments, candles: .minutes(1))
    #expect(plans.map(\.name) == ["linear"] + (2...7).map { "linear-\($0)" })
    for plan in plans {
      let topics = plan.subscriptions.compactMap { subscription in
        subscription.subscribe.split(separator: #""args":["#).last?.dropLast(2)
      }
      #expect(topics.count == plan.subscriptions.count)
      #expect(topics.map(\.count).reduce(0, +) <= 21_000)
    }
    #expect(plans.flatMap(\.subscriptions).count == 3_000)
  }
}
