extension VenueRecordings {
  /// Every recorded message of Binance, and what the recordings' index says that it holds.
  static let binance = VenueRecordings(
    of: "binance",
    facts: [
      RecordedFacts(
        "binance/leverage_brackets_2024-10.json", count: 6,
        [
          "maintenance_tiers BTCUSDT - usd [0.0 50000.0 0.004 125.0 0.0] [50000.0 "
            + "600000.0 0.005 100.0 50.0] [600000.0 3000000.0 0.0065 75.0 950.0] "
            + "[3000000.0 12000000.0 0.01 50.0 11450.0] [12000000.0 70000000.0 0.02 "
            + "25.0 131450.0] [70000000.0 100000000.0 0.025 20.0 481450.0] "
            + "[100000000.0 230000000.0 0.05 10.0 2981450.0] [230000000.0 480000000.0 "
            + "0.1 5.0 14481450.0] [480000000.0 600000000.0 0.125 4.0 26481450.0] "
            + "[600000000.0 800000000.0 0.15 3.0 41481450.0] [800000000.0 1200000000.0 "
            + "0.25 2.0 121481450.0] [1200000000.0 1800000000.0 0.5 1.0 421481450.0]",
          "maintenance_tiers ETHUSDT - usd [0.0 50000.0 0.004 125.0 0.0] [50000.0 "
            + "600000.0 0.005 100.0 50.0] [600000.0 3000000.0 0.0065 75.0 950.0] "
            + "[3000000.0 12000000.0 0.01 50.0 11450.0] [12000000.0 50000000.0 0.02 "
            + "25.0 131450.0] [50000000.0 65000000.0 0.025 20.0 381450.0] [65000000.0 "
            + "150000000.0 0.05 10.0 2006450.0] [150000000.0 320000000.0 0.1 5.0 "
            + "9506450.0] [320000000.0 400000000.0 0.125 4.0 17506450.0] [400000000.0 "
            + "530000000.0 0.15 3.0 27506450.0] [530000000.0 800000000.0 0.25 2.0 "
            + "80506450.0] [800000000.0 1200000000.0 0.5 1.0 280506450.0]",
          "maintenance_tiers SOLUSDT - usd [0.0 20000.0 0.005 100.0 0.0] [20000.0 "
            + "100000.0 0.0065 75.0 30.0] [100000.0 800000.0 0.01 50.0 380.0] "
            + "[800000.0 4000000.0 0.02 25.0 8380.0] [4000000.0 8000000.0 0.025 20.0 "
            + "28380.0] [8000000.0 40000000.0 0.05 10.0 228380.0] [40000000.0 "
            + "80000000.0 0.1 5.0 2228380.0] [80000000.0 100000000.0 0.125 4.0 "
            + "4228380.0] [100000000.0 200000000.0 0.25 2.0 16728380.0] [200000000.0 "
            + "400000000.0 0.5 1.0 66728380.0]",
          "maintenance_tiers DOGEUSDT - usd [0.0 10000.0 0.005 75.0 0.0] [10000.0 "
            + "50000.0 0.007 50.0 20.0] [50000.0 750000.0 0.01 40.0 170.0] [750000.0 "
            + "800000.0 0.02 25.0 7670.0] [800000.0 1600000.0 0.025 20.0 11670.0] "
            + "[1600000.0 8000000.0 0.05 10.0 51670.0] [8000000.0 16000000.0 0.1 5.0 "
            + "451670.0] [16000000.0 20000000.0 0.125 4.0 851670.0] [20000000.0 "
            + "40000000.0 0.25 2.0 3351670.0] [40000000.0 80000000.0 0.5 1.0 "
            + "13351670.0]",
          "maintenance_tiers 1000PEPEUSDT - usd [0.0 20000.0 0.0065 75.0 0.0] "
            + "[20000.0 200000.0 0.01 50.0 70.0] [200000.0 300000.0 0.015 40.0 1070.0] "
            + "[300000.0 1500000.0 0.02 25.0 2570.0] [1500000.0 3000000.0 0.025 20.0 "
            + "10070.0] [3000000.0 15000000.0 0.05 10.0 85070.0] [15000000.0 "
            + "30000000.0 0.1 5.0 835070.0] [30000000.0 37500000.0 0.125 4.0 "
            + "1585070.0] [37500000.0 75000000.0 0.25 2.0 6272570.0] [75000000.0 "
            + "150000000.0 0.5 1.0 25022570.0]",
          "maintenance_tiers 1000XECUSDT - usd [0.0 5000.0 0.02 20.0 0.0] [5000.0 "
            + "25000.0 0.025 10.0 25.0] [25000.0 100000.0 0.05 8.0 650.0] [100000.0 "
            + "250000.0 0.1 5.0 5650.0] [250000.0 1000000.0 0.125 2.0 11900.0] "
            + "[1000000.0 3000000.0 0.5 1.0 386900.0]",
        ]),
      RecordedFacts(
        "binance/rest_aggTrades.json", count: 5,
        [
          "trade - 1602989582346 bought 11376.16 0.001 11.37616",
          "trade - 1602989582346 bought 11378.0 0.004 45.512",
          "trade - 1602989582346 bought 11379.37 1.672 19026.30664",
          "trade - 1602989583173 bought 11378.46 0.001 11.378459999999999",
          "trade - 1602989583660 sold 11378.45 0.09 1024.0605",
        ]),
      RecordedFacts(
        "binance/rest_exchangeInfo_coinm_trimmed_2021.json", count: 3,
        [
          "instruments BTCUSD_PERP 1626836043975 BTCUSD inverse perpetual "
            + "dollars(100.0) x1.0 0.1 - TRADING",
          "instruments BTCUSD_210924 1626836043975 BTCUSD inverse dated "
            + "dollars(100.0) x1.0 0.1 - TRADING",
          "instruments ETHUSD_PERP 1626836043975 ETHUSD inverse perpetual "
            + "dollars(10.0) x1.0 0.01 - TRADING",
        ]),
      RecordedFacts(
        "binance/rest_exchangeInfo_trimmed_2025.json", count: 4,
        [
          "instruments BTCUSDT 1754596814166 BTCUSDT linear perpetual coins(1.0) "
            + "x1.0 0.1 - TRADING",
          "instruments ETHUSDT 1754596814166 ETHUSDT linear perpetual coins(1.0) "
            + "x1.0 0.01 - TRADING",
          "instruments XRPUSDT 1754596814166 XRPUSDT linear perpetual coins(1.0) "
            + "x1.0 0.0001 - TRADING",
          "instruments VETUSDT 1754596814166 VETUSDT linear perpetual coins(1.0) "
            + "x1.0 1e-06 - TRADING",
        ]),
      RecordedFacts(
        "binance/rest_fundingInfo.json", count: 25,
        [
          "funding BICOUSDT 1695904317682 - 28800000",
          "funding OGNUSDT 1696170024120 - 28800000",
          "funding FLMUSDT 1752854375381 - 14400000",
        ]),
      RecordedFacts(
        "binance/rest_fundingRate_btcusdt.json", count: 6,
        [
          "funding BTCUSDT 1577836800000 -0.00012359 -",
          "funding BTCUSDT 1577865600000 -0.00012383 -",
          "funding BTCUSDT 1577894400000 -9.664e-05 -",
          "funding BTCUSDT 1577923200000 3.662e-05 -",
          "funding BTCUSDT 1577952000000 0.0001 -",
          "funding BTCUSDT 1577980800000 1.04e-06 -",
        ]),
      RecordedFacts(
        "binance/rest_fundingRate_coinm_2026.json", count: 3,
        [
          "funding BTCUSD_PERP 1790323200000 -1.838e-05 -",
          "funding BTCUSD_PERP 1790352000000 2.72e-06 -",
          "funding BTCUSD_PERP 1790380800000 -5.73e-06 -",
        ]),
      RecordedFacts(
        "binance/rest_globalLongShortAccountRatio.json", count: 10,
        [
          "long_short_ratio BTCUSDT 1602820500000 accounts 1.2952 0.5643",
          "long_short_ratio BTCUSDT 1602820800000 accounts 1.2973 0.5647",
          "long_short_ratio BTCUSDT 1602823200000 accounts 1.4606 0.5936",
        ]),
      RecordedFacts(
        "binance/rest_klines_1d_btcusdt.json", count: 6,
        [
          "candle - 1672531200000 86400000 16537.5 16618.8 16488.0 16610.3 "
            + "105502.965 1746449849.7392 52617.509 closed",
          "candle - 1672617600000 86400000 16610.4 16799.0 16541.2 16666.0 "
            + "215161.176 3591354304.35244 108472.125 closed",
          "candle - 1672704000000 86400000 16665.9 16774.0 16600.3 16667.2 "
            + "203070.205 3387368709.5144 100250.318 closed",
          "candle - 1672790400000 86400000 16667.3 16984.6 16645.7 16842.1 "
            + "349747.838 5888326801.78923 177753.125 closed",
          "candle - 1672876800000 86400000 16842.2 16872.8 16740.4 16823.8 "
            + "176369.347 2966302291.7523 87831.439 closed",
          "candle - 1672963200000 86400000 16823.8 17030.0 16664.8 16943.8 "
            + "316973.629 5333655035.26937 160309.587 open",
        ]),
      RecordedFacts(
        "binance/rest_klines_5m_ltcusdt_20.json", count: 6,
        [
          "candle - 1602839700000 300000 46.77 46.77 46.01 46.06 34567.784 "
            + "1604152.51698 10390.764 closed",
          "candle - 1602840000000 300000 46.07 46.6 46.04 46.59 12198.539 "
            + "565890.31887 5463.022 closed",
          "candle - 1602840300000 300000 46.59 46.82 46.55 46.59 7553.742 "
            + "352678.7201 3656.974 closed",
          "candle - 1602840600000 300000 46.59 47.0 46.5 46.9 10815.134 "
            + "506539.90797 8771.471 closed",
          "candle - 1602840900000 300000 46.9 46.93 46.76 46.86 4573.634 "
            + "214366.24661 2975.078 closed",
          "candle - 1602841200000 300000 46.86 46.91 46.71 46.77 9525.521 "
            + "445587.02858 1283.038 open",
        ]),
      RecordedFacts(
        "binance/rest_klines_coinm_1d.json", count: 6,
        [
          "candle - 1672531200000 86400000 16531.2 16615.9 16486.6 16607.9 "
            + "12496.62852978 206795900.0 6613.94163914 closed",
          "candle - 1672617600000 86400000 16607.9 16785.4 16542.0 16661.6 "
            + "30511.94480244 509215600.0 15042.28752343 closed",
          "candle - 1672704000000 86400000 16661.5 16770.4 16595.6 16661.0 "
            + "24222.50620274 403912900.0 12225.57503118 closed",
          "candle - 1672790400000 86400000 16661.0 16981.1 16641.3 16848.0 "
            + "41574.97913344 699856800.0 21057.02151318 closed",
          "candle - 1672876800000 86400000 16848.1 16868.3 16750.1 16816.5 "
            + "17705.40421724 297708500.0 8742.95220843 closed",
          "candle - 1672963200000 86400000 16816.6 17023.4 16669.0 16945.4 "
            + "34275.44104759 576214200.0 17618.3998815 open",
        ]),
      RecordedFacts(
        "binance/rest_klines_coinm_1m_2026.json", count: 2,
        [
          "candle - 1790373900000 60000 83772.1 83790.0 83750.0 83780.0 3.34573438 "
            + "280400.0 1.67 closed",
          "candle - 1790373960000 60000 83780.0 83800.0 83770.0 83790.0 0.77074142 "
            + "64600.0 0.35 open",
        ]),
      RecordedFacts(
        "binance/rest_openInterestHist_1d_ltc_2020.json", count: 10,
        [
          "open_interest LTCUSDT 1602201600000 300147.752 14182639.07380737",
          "open_interest LTCUSDT 1602288000000 278914.555 13336789.26590991",
          "open_interest LTCUSDT 1602979200000 288317.312 13520051.39470043",
        ]),
      RecordedFacts(
        "binance/rest_openInterestHist_5m_2026.json", count: 2,
        [
          "open_interest BTCUSDT 1789912200000 109115.835 8785524572.892076",
          "open_interest BTCUSDT 1789912500000 109098.637 8785091375.3791",
        ]),
      RecordedFacts(
        "binance/rest_openInterestHist_coinm_2020.json", count: 6,
        [
          "open_interest BTCUSD 1602984600000 2451.46068891 28439100.0",
          "open_interest BTCUSD 1602984900000 2458.62330971 28527100.0",
          "open_interest BTCUSD 1602985200000 2455.114821 28500800.0",
          "open_interest BTCUSD 1602985500000 2468.90649815 28647600.0",
          "open_interest BTCUSD 1602985800000 2470.07526034 28647800.0",
          "open_interest BTCUSD 1602986100000 2469.68425605 28657400.0",
        ]),
      RecordedFacts(
        "binance/rest_openInterest_2023.json", count: 1,
        [
          "open_interest BTCUSDT 1702244985273 83782.317 -"
        ]),
      RecordedFacts(
        "binance/rest_openInterest_2026.json", count: 1,
        [
          "open_interest BTCUSDT 1789913109480 109049.48 -"
        ]),
      RecordedFacts(
        "binance/rest_openInterest_coinm_2022.json", count: 1,
        [
          "open_interest BTCUSD_PERP 1654336819740 - 582789700.0"
        ]),
      RecordedFacts(
        "binance/rest_openInterest_usdt_delivery_2022.json", count: 1,
        [
          "open_interest BTCUSDT_220624 1654336785074 1275.028 -"
        ]),
      RecordedFacts(
        "binance/rest_premiumIndex_all.json", count: 10,
        [
          "mark_price EOSUSDT 1602819970000 2.59828765 2.59732255 0.0001 1602835200000",
          "mark_price SUSHIUSDT 1602819970000 0.69218591 0.69190731 0.0001 1602835200000",
          "funding KNCUSDT 1602835200000 0.0001 -",
        ]),
      RecordedFacts(
        "binance/rest_premiumIndex_btcusdt.json", count: 2,
        [
          "mark_price BTCUSDT 1687244112000 26780.82240476 26798.25197802 1.226e-05 1687248000000",
          "funding BTCUSDT 1687248000000 1.226e-05 -",
        ]),
      RecordedFacts(
        "binance/rest_premiumIndex_coinm_all.json", count: 9,
        [
          "mark_price LINKUSD_231229 1694401588000 6.10235122 5.99608046 - -",
          "mark_price DOTUSD_230929 1694401588000 4.12235138 4.12005486 - -",
          "funding XTZUSD_PERP 1694419200000 -0.00026801 -",
        ]),
      RecordedFacts(
        "binance/rest_premiumIndex_coinm_perp.json", count: 2,
        [
          "mark_price BTCUSD_PERP 1687244113000 26780.2 26792.39505234 6.292e-05 1687248000000",
          "funding BTCUSD_PERP 1687248000000 6.292e-05 -",
        ]),
      RecordedFacts(
        "binance/rest_takerBuySellVol_coinm.json", count: 6,
        [
          "long_short_ratio BTCUSD 1602984300000 taker_volume 5.852693132731922 "
            + "0.8540719713212467 19.9173 3.4031",
          "long_short_ratio BTCUSD 1602984600000 taker_volume 2.6836893522827707 "
            + "0.7285330264398372 34.3107 12.7849",
          "long_short_ratio BTCUSD 1602984900000 taker_volume 3.6754199464416133 "
            + "0.7861154695288743 22.6461 6.1615",
          "long_short_ratio BTCUSD 1602985200000 taker_volume 1.6078867082555441 "
            + "0.6165477599796061 35.3108 21.961",
          "long_short_ratio BTCUSD 1602985500000 taker_volume 0.558076172159571 "
            + "0.35818285532603306 3.8303 6.8634",
          "long_short_ratio BTCUSD 1602985800000 taker_volume 1.8597841969203102 "
            + "0.6503232652740385 13.2372 7.1176",
        ]),
      RecordedFacts(
        "binance/rest_takerlongshortRatio.json", count: 10,
        [
          "long_short_ratio - 1605575400000 taker_volume 1.2946 0.564193783609508 280.863 216.95",
          "long_short_ratio - 1605575700000 taker_volume 2.1299 0.6805013567077518 "
            + "310.229 145.654",
          "long_short_ratio - 1605578100000 taker_volume 1.5155 0.6024718384132021 "
            + "407.865 269.121",
        ]),
      RecordedFacts(
        "binance/rest_topLongShortAccountRatio.json", count: 2,
        [
          "long_short_ratio BTCUSDT 1602989100000 accounts 1.07 0.5169",
          "long_short_ratio BTCUSDT 1602989400000 accounts 1.0674 0.5163",
        ]),
      RecordedFacts(
        "binance/rest_topLongShortPositionRatio.json", count: 3,
        [
          "long_short_ratio BTCUSDT 1602988800000 accounts 1.1322 0.531",
          "long_short_ratio BTCUSDT 1602989100000 accounts 1.1322 0.531",
          "long_short_ratio BTCUSDT 1602989400000 accounts 1.132 0.531",
        ]),
      RecordedFacts(
        "binance/rest_topLongShortPositionRatio_coinm.json", count: 5,
        [
          "long_short_ratio BTCUSD 1602984600000 top_positions 0.9353 0.4833",
          "long_short_ratio BTCUSD 1602984900000 top_positions 0.9359 0.4834",
          "long_short_ratio BTCUSD 1602985200000 top_positions 0.9355 0.4833",
          "long_short_ratio BTCUSD 1602985500000 top_positions 0.9311 0.4822",
          "long_short_ratio BTCUSD 1602985800000 top_positions 0.9309 0.4821",
        ]),
      RecordedFacts(
        "binance/ws_aggTrade_combined.json", count: 6,
        [
          "trade CTKUSDT 1626992741421 bought 1.011 10.0 10.11",
          "trade AKROUSDT 1626992742134 sold 0.01731 312.0 5.40072",
          "trade CTKUSDT 1626992742715 bought 1.011 10.0 10.11",
          "trade SUSHIUSDT 1626992744108 bought 7.612 297.0 2260.764",
          "trade CTKUSDT 1626992744109 bought 1.011 10.0 10.11",
          "trade CTKUSDT 1626992745298 bought 1.011 10.0 10.11",
        ]),
      RecordedFacts(
        "binance/ws_contractInfo_bks_doc.json", count: 2,
        [
          "instruments IOTAUSDT 1669647330579 IOTAUSDT linear perpetual coins(1.0) "
            + "x1.0 - - TRADING",
          "maintenance_tiers IOTAUSDT 1669647330579 usd [0.0 5000.0 0.01 50.0 0.0] "
            + "[5000.0 25000.0 0.025 20.0 75.0]",
        ]),
      RecordedFacts(
        "binance/ws_forceOrder_2020_anomaly.json", count: 1,
        [
          "liquidation BTCUSDT 1584059031421 short 4706.04 0.014 65.88456000000001"
        ]),
      RecordedFacts(
        "binance/ws_forceOrder_coinm_2020.json", count: 1,
        [
          "liquidation BTCUSD_200925 1594622954021 long 9352.7 0.03207629882279983 300.0"
        ]),
      RecordedFacts(
        "binance/ws_forceOrder_iotx_2021.json", count: 1,
        [
          "liquidation IOTXUSDT 1634653599180 long 0.06669 3661.0 244.15209"
        ]),
      RecordedFacts(
        "binance/ws_forceOrder_raw_2026-09-18.json", count: 1,
        [
          "liquidation COTIUSDT 1789672235690 short 0.021912 288183.0 6314.665896"
        ]),
      RecordedFacts(
        "binance/ws_kline_1M_month.json", count: 1,
        [
          "candle BTCUSDT 1651363200000 2678400000 37614.4 40071.7 26631.0 29075.5 "
            + "13431981.671 423075730671.12854 6700065.176 open"
        ]),
      RecordedFacts(
        "binance/ws_kline_1m_combined.json", count: 6,
        [
          "candle CTKUSDT 1626992700000 60000 1.01 1.011 1.01 1.011 3917.0 3957.899 1729.0 open",
          "candle AKROUSDT 1626992700000 60000 0.01731 0.01733 0.01731 0.01731 "
            + "156058.0 2702.2077 68508.0 open",
          "candle CTKUSDT 1626992700000 60000 1.01 1.011 1.01 1.011 3927.0 3968.009 1739.0 open",
          "candle SUSHIUSDT 1626992700000 60000 7.608 7.618 7.607 7.617 3005.0 "
            + "22875.859 1900.0 closed",
          "candle CTKUSDT 1626992700000 60000 1.01 1.012 1.01 1.012 11074.0 "
            + "11193.49 8674.0 closed",
          "candle AKROUSDT 1626992700000 60000 0.01731 0.01733 0.01731 0.01733 "
            + "235736.0 4082.63755 101629.0 closed",
        ]),
      RecordedFacts(
        "binance/ws_kline_coinm_2022.json", count: 1,
        [
          "candle ETHUSD_PERP 1653818940000 60000 1786.56 1789.24 1785.25 1788.67 "
            + "2246.59444657 4016010.0 1422.31905487 open"
        ]),
      RecordedFacts(
        "binance/ws_kline_coinm_closed_2026.json", count: 1,
        [
          "candle BTCUSD_PERP 1790373600000 60000 83723.8 83732.5 83723.8 83732.4 "
            + "0.21498328 18000.0 0.11224187 closed"
        ]),
      RecordedFacts(
        "binance/ws_markPrice_2021.json", count: 2,
        [
          "mark_price BTCUSDT 1617308820003 58940.14924532 58857.26693664 "
            + "0.00058455 1617321600000",
          "funding BTCUSDT 1617321600000 0.00058455 -",
        ]),
      RecordedFacts(
        "binance/ws_markPrice_arr_2021.json", count: 4,
        [
          "mark_price BTCUSDT 1617309024002 59022.53514719 58936.68384 0.00058959 1617321600000",
          "mark_price ETHUSDT 1617309024002 1981.1570442 1978.08197502 0.00059142 1617321600000",
          "funding BTCUSDT 1617321600000 0.00058959 -",
          "funding ETHUSDT 1617321600000 0.00059142 -",
        ]),
      RecordedFacts(
        "binance/ws_markPrice_coinm_2026_st2.json", count: 2,
        [
          "mark_price BTCUSD_PERP 1790373638000 83732.5 83786.17543766 -5.73e-06 1790380800000",
          "funding BTCUSD_PERP 1790380800000 -5.73e-06 -",
        ]),
      RecordedFacts(
        "binance/ws_markPrice_coinm_dated_no_funding.json", count: 1,
        [
          "mark_price BTCUSD_200925 1592265602000 9501.15723333 - - -"
        ]),
      RecordedFacts(
        "binance/ws_markPrice_dated_T0.json", count: 1,
        [
          "mark_price BTCBUSD_210129 1609830121004 31799.2773 31307.034 - -"
        ]),
      RecordedFacts(
        "binance/ws_markPrice_oldest_2019_no_index.json", count: 2,
        [
          "mark_price BTCUSDT 1569888003001 8291.34697815 - 0.0001 1569916800000",
          "funding BTCUSDT 1569916800000 0.0001 -",
        ]),
    ],
    useless: [
      ("binance/rest_ticker24hr_btcusdt.json", "ticker24hr"),
      ("binance/ws_subscribe_ack.json", "acknowledgement"),
    ],
    refusals: [
      (
        "binance/error_banned_418_-1003.json",
        "Binance refuses -1003: Way too many requests; IP(194.127.199"
      ),
      (
        "binance/error_geo_451.json", "Binance refuses 0: Service unavailable from a restricted loc"
      ),
      ("binance/error_invalid_symbol_-1121.json", "Binance refuses -1121: Invalid symbol."),
      (
        "binance/error_klines_span_-4088.json",
        "Binance refuses -4088: Maximum time interval is 200 days."
      ),
      ("binance/error_needs_key_-2014.json", "Binance refuses -2014: API-key format invalid."),
    ])
}
