import Foundation
import Market
import TestSupport
import Testing

@testable import VenueEmulator

/// A recording, and the question whose answer must look like it.
struct RestCase: Sendable, CustomTestStringConvertible {
  let file: String
  let venue: Venue
  let target: String
  var json: String?
  var newer: Set<String> = []
  var older: Set<String> = []
  var status = 200

  init(
    _ file: String, _ target: String, json: String? = nil, newer: Set<String> = [],
    older: Set<String> = [], status: Int = 200
  ) {
    self.file = file
    venue = Venue(rawValue: String(file.prefix { $0 != "/" })) ?? .binance
    self.target = target
    self.json = json
    self.newer = newer
    self.older = older
    self.status = status
  }

  var testDescription: String { file }

  static let all: [RestCase] = binance + bybit + okx + hyperliquid + gate

  private static let binance = [
    RestCase("binance/rest_klines_1d_btcusdt.json", "/fapi/v1/klines?symbol=BTCUSDT&interval=1d"),
    RestCase(
      "binance/rest_klines_5m_ltcusdt_20.json",
      "/fapi/v1/klines?symbol=1000PEPEUSDT&interval=5m&limit=20"),
    RestCase("binance/rest_openInterest_2026.json", "/fapi/v1/openInterest?symbol=BTCUSDT"),
    RestCase(
      "binance/rest_openInterestHist_5m_2026.json",
      "/futures/data/openInterestHist?symbol=BTCUSDT&period=5m"),
    RestCase("binance/rest_premiumIndex_btcusdt.json", "/fapi/v1/premiumIndex?symbol=BTCUSDT"),
    RestCase(
      "binance/rest_premiumIndex_all.json", "/fapi/v1/premiumIndex",
      newer: ["estimatedSettlePrice"]),
    RestCase("binance/rest_fundingRate_coinm_2026.json", "/fapi/v1/fundingRate?symbol=BTCUSDT"),
    RestCase("binance/rest_fundingInfo.json", "/fapi/v1/fundingInfo"),
    RestCase(
      "binance/rest_globalLongShortAccountRatio.json",
      "/futures/data/globalLongShortAccountRatio?symbol=BTCUSDT&period=5m"),
    RestCase(
      "binance/rest_topLongShortAccountRatio.json",
      "/futures/data/topLongShortAccountRatio?symbol=BTCUSDT&period=5m"),
    RestCase(
      "binance/rest_topLongShortPositionRatio.json",
      "/futures/data/topLongShortPositionRatio?symbol=BTCUSDT&period=5m"),
    RestCase(
      "binance/rest_takerlongshortRatio.json",
      "/futures/data/takerlongshortRatio?symbol=BTCUSDT&period=5m"),
    RestCase("binance/rest_aggTrades.json", "/fapi/v1/aggTrades?symbol=BTCUSDT"),
    RestCase("binance/rest_ticker24hr_btcusdt.json", "/fapi/v1/ticker/24hr?symbol=BTCUSDT"),
    RestCase(
      "binance/rest_exchangeInfo_trimmed_2025.json", "/fapi/v1/exchangeInfo",
      newer: ["timezone"]),
    RestCase(
      "binance/error_invalid_symbol_-1121.json", "/fapi/v1/klines?symbol=NOPE&interval=1m",
      status: 400),
    RestCase("binance/error_needs_key_-2014.json", "/fapi/v1/leverageBracket", status: 401),
  ]

  private static let bybit = [
    RestCase(
      "bybit/rest_kline_inverse_doc.json",
      "/v5/market/kline?category=inverse&symbol=BTCUSD&interval=60"),
    RestCase(
      "bybit/rest_mark_kline_doc.json",
      "/v5/market/mark-price-kline?category=linear&symbol=BTCUSDT&interval=60&limit=3"),
    RestCase(
      "bybit/rest_open_interest_5min_2026-09-15.json",
      "/v5/market/open-interest?category=linear&symbol=BTCUSDT&intervalTime=5min"),
    RestCase(
      "bybit/rest_open_interest_inverse_doc.json",
      "/v5/market/open-interest?category=inverse&symbol=BTCUSD&intervalTime=1d"),
    RestCase(
      "bybit/rest_account_ratio_doc.json",
      "/v5/market/account-ratio?category=linear&symbol=BTCUSDT&period=1h"),
    RestCase(
      "bybit/rest_instruments_linear_doc.json", "/v5/market/instruments-info?category=linear"),
    RestCase(
      "bybit/rest_risk_limit_linear_2026_testnet.json",
      "/v5/market/risk-limit?category=linear&symbol=BTCUSDT", newer: ["mmDeduction"]),
    RestCase(
      "bybit/rest_risk_limit_inverse_percent_doc.json",
      "/v5/market/risk-limit?category=inverse&symbol=BTCUSD", newer: ["nextPageCursor"]),
    RestCase(
      "bybit/rest_tickers_inverse_doc.json", "/v5/market/tickers?category=inverse",
      newer: ["singleOpenInterest", "singleOpenInterestValue"],
      older: [
        "predictedDeliveryPrice", "basisRate", "deliveryFeeRate", "deliveryTime", "basis",
        "basisRateYear",
      ]),
    RestCase("bybit/error_10001.json", "/v5/market/tickers?category=linear&symbol=NOPE"),
  ]

  private static let okx = [
    RestCase(
      "okx/rest_candles_swap_2025.json", "/api/v5/market/candles?instId=BTC-USDT-SWAP&bar=1m"),
    RestCase(
      "okx/rest_instruments_swap_2026-09-25.json", "/api/v5/public/instruments?instType=SWAP"),
    RestCase(
      "okx/rest_open_interest_2025_demo_noise.json",
      "/api/v5/public/open-interest?instType=SWAP&instId=BTC-USDT-SWAP"),
    RestCase(
      "okx/rest_mark_price_2025.json",
      "/api/v5/public/mark-price?instType=SWAP&instId=BTC-USDT-SWAP"),
    RestCase("okx/rest_index_ticker_2025.json", "/api/v5/market/index-tickers?instId=BTC-USDT"),
    RestCase(
      "okx/rest_position_tiers_swap_tier1_2026.json",
      "/api/v5/public/position-tiers?instType=SWAP&tdMode=cross&instFamily=BTC-USDT"),
    RestCase(
      "okx/rest_rubik_open_interest_history_doc.json",
      "/api/v5/rubik/stat/contracts/open-interest-history?instId=BTC-USDT-SWAP"),
    RestCase(
      "okx/rest_rubik_long_short_contract_doc.json",
      "/api/v5/rubik/stat/contracts/long-short-account-ratio-contract?instId=BTC-USDT-SWAP"),
    RestCase(
      "okx/rest_rubik_taker_volume_doc.json",
      "/api/v5/rubik/stat/taker-volume-contract?instId=BTC-USDT-SWAP"),
    RestCase("okx/rest_empty.json", "/api/v5/public/instruments?instType=FUTURES"),
    RestCase("okx/error_51001.json", "/api/v5/market/candles?instId=NOPE-USDT-SWAP"),
    RestCase(
      "okx/error_51000.json", "/api/v5/public/position-tiers?instType=SWAP&tdMode=cross",
      status: 400),
  ]

  private static let hyperliquid = [
    RestCase(
      "hyperliquid/rest_candleSnapshot_1h_2026.json", "/info",
      json: #"""
        {"type":"candleSnapshot","req":{"coin":"BTC","interval":"1h","startTime":1795400000000,\#
        "endTime":1795500000000}}
        """#),
    RestCase(
      "hyperliquid/rest_fundingHistory_2026.json", "/info",
      json: #"{"type":"fundingHistory","coin":"BTC","startTime":1795400000000}"#),
    RestCase("hyperliquid/rest_meta_2026.json", "/info", json: #"{"type":"meta"}"#),
    RestCase(
      "hyperliquid/rest_clearinghouseState_2026.json", "/info",
      json:
        #"{"type":"clearinghouseState","user":"0x0000000000000000000000000000000000000001"}"#),
  ]

  private static let gate = [
    RestCase(
      "gate/rest_contract_btc_usdt.json", "/api/v4/futures/usdt/contracts/BTC_USDT",
      newer: ["create_time"]),
    RestCase(
      "gate/rest_contract_stats_2022.json",
      "/api/v4/futures/usdt/contract_stats?contract=BTC_USDT&interval=5m"),
    RestCase(
      "gate/rest_contract_stats_inverse_2022.json",
      "/api/v4/futures/btc/contract_stats?contract=BTC_USD&interval=5m"),
    RestCase("gate/rest_funding_rate.json", "/api/v4/futures/usdt/funding_rate?contract=BTC_USDT"),
    RestCase(
      "gate/rest_futures_candlesticks.json",
      "/api/v4/futures/usdt/candlesticks?contract=BTC_USDT&interval=1m"),
    RestCase(
      "gate/rest_risk_limit_table_2025.json", "/api/v4/futures/usdt/risk_limit_table?table_id=1"),
    RestCase("gate/rest_trades.json", "/api/v4/futures/usdt/trades?contract=BTC_USDT"),
    RestCase(
      "gate/error_invalid_param.json",
      "/api/v4/futures/usdt/contract_stats?contract=BTC_USDT&interval=5m&from=1700000000",
      status: 400),
  ]
}

@Suite("An emulated venue answers in the form that the venue was recorded in")
struct RestShapeTests {
  @Test(
    .enabled(if: SharedData.isPresent, "\(SharedData.absence)"), arguments: RestCase.all)
  func `The same keys, the same kinds, the same columns`(_ question: RestCase) throws {
    let file = try SharedData.file("recordings/" + question.file)
    let recorded = try JSONShape(try String(contentsOf: file, encoding: .utf8))
    var venue = TestMarket.venue(question.venue)
    let answer = venue.ask(question.target, json: question.json)
    #expect(answer.status == question.status)
    let own = try JSONShape(answer.text)
    #expect(
      own.differences(from: recorded, newer: question.newer, older: question.older) == [])
    // A form without a row would prove nothing.
    if case .list(let rows) = own { #expect(!rows.isEmpty) }
    if question.status == 200 { #expect(answer.header("Date") != nil) }
  }

  @Test func `A form that differs is told`() throws {
    let recorded = try JSONShape(#"[{"a":"1.5","b":2,"c":[["x",1]]}]"#)
    for other in [
      #"[{"a":1.5,"b":2,"c":[["x",1]]}]"#, #"[{"a":"1.5","c":[["x",1]]}]"#,
      #"[{"a":"1.5","b":2,"c":[["x",1,2]]}]"#, #"[{"a":"1.5","b":2,"c":[["x",1]],"d":0}]"#,
      #"{"a":"1.5"}"#, #"[{"a":"one","b":2,"c":[["x",1]]}]"#,
    ] {
      #expect(try !JSONShape(other).differences(from: recorded).isEmpty, "\(other)")
    }
  }

  @Test(.enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
  func `Errors that aren't JSON are the recorded text`() throws {
    var hyperliquid = TestMarket.venue(.hyperliquid)
    let recorded = try String(
      contentsOf: try SharedData.file("recordings/hyperliquid/error_422.txt"), encoding: .utf8)
    let answer = hyperliquid.ask("/info", json: #"{"type":"nothing"}"#)
    #expect(answer.status == 422)
    #expect(answer.text == recorded.trimmingCharacters(in: .whitespacesAndNewlines))
  }
}
