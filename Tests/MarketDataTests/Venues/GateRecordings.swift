extension VenueRecordings {
  /// Every recorded message of Gate, and what the recordings' index says that it holds.
  static let gate = VenueRecordings(
    of: "gate",
    facts: [
      RecordedFacts(
        "gate/rest_contract_btc_usdt.json", count: 4,
        [
          "instruments BTC_USDT 1790361000000 BTCUSDT linear perpetual "
            + "coins(0.0001) x1.0 0.1 200.0 trading",
          "mark_price BTC_USDT 1790361000000 83760.7 83802.16 -2e-06 1790380800000",
          "open_interest BTC_USDT 1790361000000 28903.1937 2420951736.54759",
          "funding BTC_USDT 1790380800000 -2e-06 28800000",
        ]),
      RecordedFacts(
        "gate/rest_contract_stats_2022.json", count: 14,
        [
          "mark_price - 1654335300000 29692.91 - - -",
          "open_interest - 1654335300000 74977.35150000118 2226295750.1279",
          "liquidation - 1654335600000 - 0.0 0.0 0.0 0.0",
        ]),
      RecordedFacts(
        "gate/rest_contract_stats_inverse_2022.json", count: 14,
        [
          "mark_price - 1654335000000 29710.95 - - -",
          "open_interest - 1654335000000 1071.2852332220948 31828902.0",
          "liquidation - 1654335300000 - 0.0 0.0 0.0 0.0",
        ]),
      RecordedFacts(
        "gate/rest_funding_rate.json", count: 2,
        [
          "funding - 1790323200000 2.8e-05 -",
          "funding - 1790352000000 -7e-06 -",
        ]),
      RecordedFacts(
        "gate/rest_futures_candlesticks.json", count: 2,
        [
          "candle - 1790349960000 - 83807.3 83823.0 83788.1 83817.9 - 2440050.23996 - closed",
          "candle - 1790350020000 - 83821.4 83830.1 83763.0 83765.6 - 1932591.37262 - open",
        ]),
      RecordedFacts(
        "gate/rest_risk_limit_table_2025.json", count: 1,
        [
          "maintenance_tiers - - usd [0.0 1000000.0 0.004 125.0 0.0] [1000000.0 "
            + "1500000.0 0.0045 111.0 500.0] [1500000.0 2000000.0 0.005 100.0 1250.0] "
            + "[2000000.0 3000000.0 0.007 75.0 5250.0] [3000000.0 5000000.0 0.0075 "
            + "66.0 6750.0]"
        ]),
      RecordedFacts(
        "gate/rest_trades.json", count: 2,
        [
          "trade BTC_USDT 1790359375111 sold 83775.4 0.0002 16.75508",
          "trade BTC_USDT 1790359375258 bought 83775.5 0.0009 75.39795",
        ]),
      RecordedFacts(
        "gate/ws_tickers.json", count: 3,
        [
          "mark_price BTC_USDT 1790359194966 83746.8 83786.4 0.000125 1790380800000",
          "open_interest BTC_USDT 1790359194966 28888.8431 2419348165.3270802",
          "funding BTC_USDT 1790380800000 0.000125 28800000",
        ]),
      RecordedFacts(
        "gate/ws_tickers_nested_array_2021.json", count: 3,
        [
          "mark_price BSV_USDT 1617952183000 244.78 244.75 0.000962 -",
          "open_interest BSV_USDT 1617952183000 - -",
          "funding BSV_USDT - 0.000962 -",
        ]),
      RecordedFacts(
        "gate/ws_tickers_object_2022.json", count: 3,
        [
          "mark_price ETC_USD 1647501206000 26.929 26.9291 0.0001 -",
          "open_interest ETC_USD 1647501206000 - -",
          "funding ETC_USD - 0.0001 -",
        ]),
      RecordedFacts(
        "gate/ws_trades.json", count: 1,
        [
          "trade BTC_USDT 1790359195732 sold 83746.9 0.0003 25.12407"
        ]),
      RecordedFacts(
        "gate/ws_trades_decimal_size_2026.json", count: 1,
        [
          "trade ETH_USDT 1774443183399 sold 2171.44 0.0025 5.4286"
        ]),
    ],
    refusals: [
      (
        "gate/error_invalid_param.json",
        "Gate refuses INVALID_PARAM_VALUE: from time exceeds 180-day "
      ),
      (
        "gate/ws_error_subscribe_refused.json",
        "Gate refuses 1: request payload does not follow json schema"
      ),
    ])
}
