extension VenueRecordings {
  /// Every recorded message of Hyperliquid, and what the recordings' index says that it holds.
  static let hyperliquid = VenueRecordings(
    of: "hyperliquid",
    facts: [
      RecordedFacts(
        "hyperliquid/rest_all_perp_metas_hip3.json", count: 6,
        [
          "instruments BTC 1790361000000 BTCUSDC linear perpetual coins(1.0) x1.0 - 40.0 listed",
          "maintenance_tiers BTC 1790361000000 usd [0.0 - 0.0125 40.0 0.0]",
          "instruments km:US500 1790361000000 KM:US500TOKEN360 linear perpetual "
            + "coins(1.0) x1.0 - 20.0 listed",
          "maintenance_tiers km:US500 1790361000000 usd [0.0 - 0.025 20.0 0.0]",
          "instruments hyna:BTC 1790361000000 HYNA:BTCTOKEN235 linear perpetual "
            + "coins(1.0) x1.0 - 20.0 listed",
          "maintenance_tiers hyna:BTC 1790361000000 usd [0.0 - 0.025 20.0 0.0]",
        ]),
      RecordedFacts(
        "hyperliquid/rest_candleSnapshot_1h_2026.json", count: 5,
        [
          "candle BTC 1790344800000 3600000 83912.0 84039.0 83133.0 84010.0 3997.94344 - - closed",
          "candle BTC 1790348400000 3600000 84010.0 84097.0 83328.0 83772.0 2718.73729 - - closed",
          "candle BTC 1790352000000 3600000 83772.0 84114.0 83700.0 83728.0 1753.01762 - - closed",
          "candle BTC 1790355600000 3600000 83737.0 83977.0 83600.0 83767.0 910.98068 - - closed",
          "candle BTC 1790359200000 3600000 83766.0 83952.0 83766.0 83931.0 243.50048 - - open",
        ]),
      RecordedFacts(
        "hyperliquid/rest_candleSnapshot_2023.json", count: 24,
        [
          "candle kPEPE 1684699200000 3600000 1.601e-06 1.616e-06 1.601e-06 "
            + "1.604e-06 520665683000.0 - - closed",
          "candle kPEPE 1684702800000 3600000 1.603e-06 1.603e-06 1.584e-06 "
            + "1.5909999999999999e-06 682593287000.0 - - closed",
          "candle kPEPE 1684782000000 3600000 1.5380000000000001e-06 "
            + "1.5479999999999998e-06 1.536e-06 1.5399999999999999e-06 308219489000.0 "
            + "- - open",
        ]),
      RecordedFacts(
        "hyperliquid/rest_fundingHistory_2023_trimmed.json", count: 10,
        [
          "funding BTC 1683849600000 -0.00061334 28800000",
          "funding BTC 1683878400000 -0.00074503 28800000",
          "funding BTC 1684108800000 -7.82e-05 28800000",
        ]),
      RecordedFacts(
        "hyperliquid/rest_fundingHistory_2026.json", count: 3,
        [
          "funding BTC 1790352000000 1.25e-05 3600000",
          "funding BTC 1790355600000 1.25e-05 3600000",
          "funding BTC 1790359200000 1.25e-05 3600000",
        ]),
      RecordedFacts(
        "hyperliquid/rest_meta_2026.json", count: 12,
        [
          "instruments BTC 1790361000000 BTCUSDC linear perpetual coins(1.0) x1.0 - 40.0 listed",
          "maintenance_tiers BTC 1790361000000 usd [0.0 150000000.0 0.0125 40.0 "
            + "0.0] [150000000.0 - 0.025 20.0 1875000.0]",
          "maintenance_tiers SOL 1790361000000 usd [0.0 70000000.0 0.025 20.0 0.0] "
            + "[70000000.0 - 0.05 10.0 1750000.0]",
        ]),
      RecordedFacts(
        "hyperliquid/ws_activeAssetCtx_2024.json", count: 3,
        [
          "mark_price MOODENG 1790361000000 0.19963 0.1995 4.863e-05 -",
          "open_interest MOODENG 1790361000000 9308730.0 1858301.7699",
          "funding MOODENG 1790362800000 4.863e-05 3600000",
        ]),
      RecordedFacts(
        "hyperliquid/ws_activeAssetCtx_2026.json", count: 3,
        [
          "mark_price BTC 1790361000000 83757.0 83778.1 1.25e-05 -",
          "open_interest BTC 1790361000000 19669.38123 1647448363.68111",
          "funding BTC 1790362800000 1.25e-05 3600000",
        ]),
      RecordedFacts(
        "hyperliquid/ws_allDexsAssetCtxs_trimmed.json", count: 30,
        [
          "mark_price BTC 1790361000000 77562.0 77605.0 -1.5186e-06 -",
          "open_interest BTC 1790361000000 13676.58841 1060783550.25642",
          "funding - 1790362800000 8.7e-09 3600000",
        ]),
      RecordedFacts(
        "hyperliquid/ws_candle_1m_2026.json", count: 2,
        [
          "candle BTC 1790358600000 60000 83765.0 83770.0 83756.0 83765.0 0.3317 - - closed",
          "candle BTC 1790358660000 60000 83765.0 83805.0 83760.0 83801.0 1.2044 - - open",
        ]),
      RecordedFacts(
        "hyperliquid/ws_trades_2024.json", count: 3,
        [
          "trade BTC 1730160006192 bought 69997.0 0.38111 26676.55667",
          "trade BTC 1730160006192 bought 69997.0 0.33458 23419.59626",
          "trade BTC 1730160006192 bought 69997.0 0.83613 58526.59161",
        ]),
      RecordedFacts(
        "hyperliquid/ws_trades_2026.json", count: 2,
        [
          "trade BTC 1790358604045 bought 83770.0 0.00819 686.0763",
          "trade BTC 1790358606027 sold 83769.0 0.0048 402.09119999999996",
        ]),
      RecordedFacts(
        "hyperliquid/ws_user_fill_liquidation_2026.json", count: 1,
        [
          "liquidation BTC 1781528065899 short 66653.0 0.001 66.653"
        ]),
    ],
    useless: [
      ("hyperliquid/rest_allMids_2023.json", "allMids"),
      ("hyperliquid/rest_clearinghouseState_2023_null_liq.json", "clearinghouseState"),
      ("hyperliquid/rest_clearinghouseState_2026.json", "clearinghouseState"),
      ("hyperliquid/rest_l2Book_2026_trimmed.json", "l2Book"),
      ("hyperliquid/ws_bbo_2026.json", "bbo"),
      ("hyperliquid/ws_bbo_one_sided_2025.json", "bbo"),
      ("hyperliquid/ws_l2Book_empty_2024.json", "l2Book"),
      ("hyperliquid/ws_subscriptionResponse.json", "subscriptionResponse"),
    ],
    refusals: [
      ("hyperliquid/error_422.txt", "Hyperliquid refuses: Failed to deserialize the JSON body int")
    ])
}
