extension VenueRecordings {
  /// Every recorded message of OKX, and what the recordings' index says that it holds.
  static let okx = VenueRecordings(
    of: "okx",
    facts: [
      RecordedFacts(
        "okx/rest_candles_7field_2022_ws.json", count: 1,
        [
          "candle BTC-USDT-SWAP 1662716640000 60000 20702.4 20710.0 20702.3 20703.8 40.7 - - open"
        ]),
      RecordedFacts(
        "okx/rest_candles_swap_2025.json", count: 2,
        [
          "candle - 1747093980000 - 102806.0 102820.5 102783.1 102806.1 71.6404 "
            + "7364701.57952 - closed",
          "candle - 1747094040000 - 102806.1 102820.4 102806.1 102820.4 10.4037 "
            + "1069603.34883 - closed",
        ]),
      RecordedFacts(
        "okx/rest_index_ticker_2025.json", count: 1,
        [
          "mark_price BTC-USDT 1746942707815 - 103895.0 - -"
        ]),
      RecordedFacts(
        "okx/rest_instruments_futures_2026-09-25.json", count: 2,
        [
          "instruments BTC-USD_UM-261030 - BTCUSD linear dated coins(0.01) x1.0 0.1 20.0 live",
          "instruments BTC-USD-261030 - BTCUSD inverse dated dollars(100.0) x1.0 0.1 20.0 live",
        ]),
      RecordedFacts(
        "okx/rest_instruments_swap_2022_trimmed.json", count: 5,
        [
          "instruments BTC-USD-SWAP - BTCUSD inverse perpetual dollars(100.0) x1.0 0.1 125.0 live",
          "instruments BTC-USDT-SWAP - BTCUSDT linear perpetual coins(0.01) x1.0 0.1 125.0 live",
          "instruments ETH-USDT-SWAP - ETHUSDT linear perpetual coins(0.1) x1.0 0.01 125.0 live",
          "instruments DOGE-USDT-SWAP - DOGEUSDT linear perpetual coins(1000.0) "
            + "x1.0 1e-06 75.0 live",
          "instruments SHIB-USDT-SWAP - SHIBUSDT linear perpetual coins(1000000.0) "
            + "x1.0 1e-08 75.0 live",
        ]),
      RecordedFacts(
        "okx/rest_instruments_swap_2026-09-25.json", count: 3,
        [
          "instruments BTC-USDT-SWAP - BTCUSDT linear perpetual coins(0.01) x1.0 0.1 100.0 live",
          "instruments ETH-USDT-SWAP - ETHUSDT linear perpetual coins(0.1) x1.0 0.01 100.0 live",
          "instruments BTC-USD-SWAP - BTCUSD inverse perpetual dollars(100.0) x1.0 0.1 100.0 live",
        ]),
      RecordedFacts(
        "okx/rest_mark_price_2025.json", count: 1,
        [
          "mark_price BTC-USDT-SWAP 1744590349506 84660.1 - - -"
        ]),
      RecordedFacts(
        "okx/rest_open_interest_2022.json", count: 2,
        [
          "open_interest BTC-USD-SWAP 1654348739678 13842.208499327007 409305800.0",
          "open_interest ETH-USD-SWAP 1654348739678 123701.06404108617 217979830.0",
        ]),
      RecordedFacts(
        "okx/rest_open_interest_2025_demo_noise.json", count: 1,
        [
          "open_interest BTC-USDT-SWAP 1764906116945 963996.9580999971 88957542893.77193"
        ]),
      RecordedFacts(
        "okx/rest_position_tiers_futures_2026.json", count: 1,
        [
          "maintenance_tiers BTC-USD_UM - coin [0.0 40.0 0.02 20.0 0.0]"
        ]),
      RecordedFacts(
        "okx/rest_position_tiers_swap_tier1_2026.json", count: 2,
        [
          "maintenance_tiers BTC-USDT-SWAP - coin [0.0 10.0 0.004 100.0 0.0]",
          "maintenance_tiers ETH-USDT-SWAP - coin [0.0 500.0 0.004 100.0 0.0]",
        ]),
      RecordedFacts(
        "okx/rest_rubik_long_short_contract_doc.json", count: 2,
        [
          "long_short_ratio - 1701417600000 accounts 1.1739 0.53999723998344",
          "long_short_ratio - 1701417600000 accounts 0.1236 0.11000355998576007",
        ]),
      RecordedFacts(
        "okx/rest_rubik_open_interest_history_doc.json", count: 2,
        [
          "open_interest - 1701417600000 111.0 8888888.0",
          "open_interest - 1701417600000 111.0 8888888.0",
        ]),
      RecordedFacts(
        "okx/ws_candle_inverse_2022.json", count: 1,
        [
          "candle BTC-USD-SWAP 1662716640000 60000 20713.4 20721.5 20711.1 20721.5 "
            + "6.7561 140000.0 - open"
        ]),
      RecordedFacts(
        "okx/ws_funding_rate_2026.json", count: 1,
        [
          "funding BTC-USDT-SWAP 1790380800000 2.63463215391e-05 28800000"
        ]),
      RecordedFacts(
        "okx/ws_funding_rate_missing_fields_2021.json", count: 1,
        [
          "funding SOS-USDT-SWAP 1640851200000 - -"
        ]),
      RecordedFacts(
        "okx/ws_funding_rate_xperp_2026.json", count: 1,
        [
          "funding BTC-USD_UM_XPERP-310404 1785888000000 -0.0004270396398519 28800000"
        ]),
      RecordedFacts(
        "okx/ws_index_tickers_2026.json", count: 1,
        [
          "mark_price BTC-USDT 1790358817778 - 83700.1 - -"
        ]),
      RecordedFacts(
        "okx/ws_liquidation_orders_inverse_2023.json", count: 1,
        [
          "liquidation XRP-USD-230929 1680173247614 short 0.55205 706.4577483923557 390.0"
        ]),
      RecordedFacts(
        "okx/ws_mark_price_2026.json", count: 1,
        [
          "mark_price BTC-USDT-SWAP 1790358817778 83679.8 - - -"
        ]),
      RecordedFacts(
        "okx/ws_open_interest_2021.json", count: 1,
        [
          "open_interest WNCG-USDT-SWAP 1640131258756 644195.0 -"
        ]),
      RecordedFacts(
        "okx/ws_open_interest_2025_doc.json", count: 1,
        [
          "open_interest BTC-USDT-SWAP 1743041250440 22161.13010000003 1939251795.5476928"
        ]),
      RecordedFacts(
        "okx/ws_session_2022.json", count: 2,
        [
          "trade BTC-USD-220527 1652459199958 bought 30218.8 0.0033091982474486082 100.0",
          "trade UNI-USD-SWAP 1652459215150 sold 5.123 195.19812609798944 1000.0",
        ]),
      RecordedFacts(
        "okx/ws_trades_swap_2022.json", count: 1,
        [
          "trade BTC-USDT-SWAP 1646312440645 bought 43568.8 0.07 3049.8160000000003"
        ]),
    ],
    useless: [
      ("okx/rest_empty.json", "no data"),
      ("okx/ws_pong.txt", "pong"),
      ("okx/ws_trade_spot_2026.json", "spot trade"),
    ],
    refusals: [
      ("okx/common_optional_numbers.json", "message 0: a message of unknown shape"),
      ("okx/error_50011.json", "OKX refuses 50011: Too Many Requests"),
      ("okx/error_51000.json", "OKX refuses 51000: Parameter instFamily error"),
      ("okx/error_51001.json", "OKX refuses 51001: Instrument ID, Instrument ID code, or Spr"),
      (
        "okx/ws_control_frames_2026.json",
        "OKX refuses 60018: Subscribe failed, wrong URL or channel:ca"
      ),
    ],
    byChannel: [
      "okx/rest_rubik_oi_volume_ccy_doc.json",
      "okx/rest_rubik_taker_volume_doc.json",
    ])
}
