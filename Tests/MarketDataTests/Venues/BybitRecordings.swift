extension VenueRecordings {
  /// Every recorded message of Bybit, and what the recordings' index says that it holds.
  static let bybit = VenueRecordings(
    of: "bybit",
    facts: [
      RecordedFacts(
        "bybit/rest_account_ratio_doc.json", count: 2,
        [
          "long_short_ratio BTCUSDT 1696258800000 accounts 0.9712201852946976 0.4927",
          "long_short_ratio BTCUSDT 1696262400000 accounts 0.9607843137254901 0.49",
        ]),
      RecordedFacts(
        "bybit/rest_instruments_linear_doc.json", count: 1,
        [
          "instruments BTCUSDT 1735809771618 BTCUSDT linear perpetual coins(1.0) "
            + "x1.0 0.1 100.0 Trading"
        ]),
      RecordedFacts(
        "bybit/rest_kline_inverse_doc.json", count: 3,
        [
          "candle BTCUSD 1670601600000 - 17086.5 17088.0 16978.0 17071.5 "
            + "0.37288112 6356.0 - closed",
          "candle BTCUSD 1670605200000 - 17071.5 17071.5 17061.0 17071.0 "
            + "0.24469757 4177.0 - closed",
          "candle BTCUSD 1670608800000 - 17071.0 17073.0 17027.0 17055.5 "
            + "15.74462667 268611.0 - open",
        ]),
      RecordedFacts(
        "bybit/rest_mark_kline_doc.json", count: 1,
        [
          "candle BTCUSDT 1670608800000 - 17164.16 17164.16 17121.5 17131.64 - - - open"
        ]),
      RecordedFacts(
        "bybit/rest_open_interest_5min_2026-09-15.json", count: 3,
        [
          "open_interest BTCUSDT 1789458000000 26326.209 -",
          "open_interest BTCUSDT 1789458300000 26336.672 -",
          "open_interest BTCUSDT 1789458600000 26332.321 -",
        ]),
      RecordedFacts(
        "bybit/rest_open_interest_inverse_doc.json", count: 5,
        [
          "open_interest BTCUSD 1780617600000 - 31971156.0",
          "open_interest BTCUSD 1780704000000 - 31971156.0",
          "open_interest BTCUSD 1780790400000 - 31955346.0",
          "open_interest BTCUSD 1780876800000 - 31955346.0",
          "open_interest BTCUSD 1780963200000 - 31955346.0",
        ]),
      RecordedFacts(
        "bybit/rest_risk_limit_inverse_percent_doc.json", count: 1,
        [
          "maintenance_tiers BTCUSD 1672054488010 coin [0.0 150.0 0.005 100.0 0.0]"
        ]),
      RecordedFacts(
        "bybit/rest_risk_limit_linear_2026_testnet.json", count: 1,
        [
          "maintenance_tiers BTCUSDT 1700000000000 usd [0.0 300000.0 0.0033 150.0 "
            + "0.0] [300000.0 2000000.0 0.005 100.0 -] [2000000.0 800000000.0 0.42 "
            + "1.43 -] [800000000.0 1200000000.0 0.6 1.0 242382510.0]"
        ]),
      RecordedFacts(
        "bybit/rest_tickers_inverse_doc.json", count: 3,
        [
          "mark_price BTCUSD 1760352369814 114898.43 114890.92 0.0001 1760371200000",
          "open_interest BTCUSD 1760352369814 1044.895 120056983.5",
          "funding BTCUSD 1760371200000 0.0001 28800000",
        ]),
      RecordedFacts(
        "bybit/ws_allLiquidation_2025.json", count: 1,
        [
          "liquidation PIPPINUSDT 1740480207110 short 0.02456 2846.0 69.89775999999999"
        ]),
      RecordedFacts(
        "bybit/ws_kline_doc.json", count: 1,
        [
          "candle BTCUSDT 1672324800000 300000 16649.5 16677.0 16608.0 16677.0 "
            + "2.081 34666.4005 - open"
        ]),
      RecordedFacts(
        "bybit/ws_liquidation_legacy_2023.json", count: 2,
        [
          "liquidation GALAUSDT 1673251091822 long 0.03803 1637.0 62.25511",
          "liquidation XRPUSD 1680673944093 short 0.5149 13495.82443192853 6949.0",
        ]),
      RecordedFacts(
        "bybit/ws_publicTrade_2023.json", count: 4,
        [
          "trade BTCUSD 1680673823564 bought 28560.5 0.203882985241855 5823.0",
          "trade BTCUSD 1680673823564 bought 28560.5 0.00010504017786803452 3.0",
          "trade BTCUSD 1680673823564 bought 28560.5 0.19582990493863903 5593.0",
          "trade LTCUSDT 1680688979983 bought 94.53 0.4 37.812000000000005",
        ]),
      RecordedFacts(
        "bybit/ws_tickers_2024_mixed.json", count: 11,
        [
          "mark_price BTCUSDT 1715748762463 61875.25 61903.73 8.055e-05 1715760000000",
          "open_interest BTCUSDT 1715748762463 29058.511 1798002632.755",
          "funding BTCUSD 1715760000000 0.0001 -",
        ]),
      RecordedFacts(
        "bybit/ws_tickers_deltas_2026.json", count: 3,
        [
          "mark_price BTCUSDT 1786659827983 - 63585.74 - -",
          "mark_price BTCUSDT 1790134712383 86716.3 86756.7 - -",
          "open_interest BTCUSDT 1790134712383 - 2625495106.91",
        ]),
      RecordedFacts(
        "bybit/ws_tickers_inverse_dated_2023.json", count: 2,
        [
          "mark_price BTCUSDU23 1680673822099 29023.6 28566.94 - -",
          "open_interest BTCUSDU23 1680673822099 78.335 2273588.0",
        ]),
      RecordedFacts(
        "bybit/ws_tickers_snapshot_2026-08-13.json", count: 3,
        [
          "mark_price BTCUSDT 1786659827683 63560.8 63585.51 5.013e-05 1786665600000",
          "open_interest BTCUSDT 1786659827683 29986.128 1905942284.58",
          "funding BTCUSDT 1786665600000 5.013e-05 28800000",
        ]),
    ],
    refusals: [
      ("bybit/error_10001.json", "Bybit refuses 10001: Request parameter error"),
      ("bybit/error_10006.json", "Bybit refuses 10006: Too many visits!"),
      (
        "bybit/error_403_cloudfront.txt",
        "Bybit refuses: { error:The Amazon CloudFront distribution is"
      ),
      (
        "bybit/legacy_v2_open_interest_2022.json",
        "an answer of the version 2 that Bybit has closed"
      ),
      (
        "bybit/ws_control_frames_2026-08-18.json",
        "message 2: Bybit refuses: error:handler not found,topic:liqu"
      ),
    ])
}
