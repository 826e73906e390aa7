import Foundation
import Market
import TestSupport
import Testing

@testable import VenueEmulator

/// A recording, and the subscription one of whose messages must look like it.
struct StreamCase: Sendable, CustomTestStringConvertible {
  let file: String
  /// Where in the file the recorded message stands.
  let place: String
  let venue: Venue
  let path: String
  let subscribe: String
  /// What the message holds that is meant.
  let marked: String
  var newer: Set<String> = []
  var older: Set<String> = []
  var seconds: Int64 = 130

  init(
    _ file: String, _ place: String = "", path: String, _ subscribe: String, marked: String,
    newer: Set<String> = [], older: Set<String> = [], seconds: Int64 = 130
  ) {
    self.file = file
    self.place = place
    venue = Venue(rawValue: String(file.prefix { $0 != "/" })) ?? .binance
    self.path = path
    self.subscribe = subscribe
    self.marked = marked
    self.newer = newer
    self.older = older
    self.seconds = seconds
  }

  var testDescription: String { file + " " + marked }

  static let all: [StreamCase] = binance + bybit + okx + hyperliquid + gate

  private static func binance(_ name: String) -> String {
    #"{"method":"SUBSCRIBE","params":["\#(name)"],"id":1}"#
  }

  private static let binance = [
    StreamCase(
      "binance/ws_kline_1m_combined.json", "0", path: "/market/stream",
      binance("btcusdt@kline_1m"), marked: "\"x\":false"),
    StreamCase(
      "binance/ws_kline_1m_combined.json", "3", path: "/market/stream",
      binance("btcusdt@kline_1m"), marked: "\"x\":true"),
    StreamCase(
      "binance/ws_markPrice_2021.json", path: "/market/stream", binance("btcusdt@markPrice"),
      marked: "markPriceUpdate", newer: ["ap", "st"]),
    StreamCase(
      "binance/ws_markPrice_arr_2021.json", path: "/market/stream", binance("!markPrice@arr"),
      marked: "markPriceUpdate", newer: ["ap", "st"]),
    StreamCase(
      "binance/ws_forceOrder_raw_2026-09-18.json", path: "/market/ws",
      binance("!forceOrder@arr"), marked: "forceOrder", newer: ["ps", "st"], seconds: 20_000),
    StreamCase(
      "binance/ws_aggTrade_combined.json", "0", path: "/market/stream",
      binance("btcusdt@aggTrade"), marked: "aggTrade", newer: ["nq", "st"]),
    StreamCase(
      "binance/ws_subscribe_ack.json", path: "/market/ws", binance("btcusdt@aggTrade"),
      marked: "result"),
  ]

  private static func bybit(_ topic: String) -> String {
    #"{"req_id":"a1","op":"subscribe","args":["\#(topic)"]}"#
  }

  private static let bybit = [
    StreamCase(
      "bybit/ws_kline_doc.json", path: "/v5/public/linear", bybit("kline.5.BTCUSDT"),
      marked: "confirm"),
    StreamCase(
      "bybit/ws_allLiquidation_2025.json", "0", path: "/v5/public/linear",
      bybit("allLiquidation.BTCUSDT"), marked: "\"S\"", seconds: 20_000),
    StreamCase(
      "bybit/ws_publicTrade_2023.json", "1", path: "/v5/public/linear",
      bybit("publicTrade.BTCUSDT"), marked: "\"L\"", newer: ["RPI", "seq"]),
    StreamCase(
      "bybit/ws_tickers_snapshot_2026-08-13.json", path: "/v5/public/linear",
      bybit("tickers.BTCUSDT"), marked: "snapshot"),
    StreamCase(
      "bybit/ws_control_frames_2026-08-18.json", "0", path: "/v5/public/linear",
      bybit("tickers.BTCUSDT"), marked: "success"),
    StreamCase(
      "bybit/ws_control_frames_2026-08-18.json", "1", path: "/v5/public/linear",
      #"{"op":"ping"}"#, marked: "pong"),
    StreamCase(
      "bybit/ws_control_frames_2026-08-18.json", "2", path: "/v5/public/linear",
      bybit("liquidation.BTCUSDT"), marked: "handler not found"),
  ]

  private static func okx(_ channel: String, _ id: String = "BTC-USDT-SWAP") -> String {
    #"{"op":"subscribe","args":[{"channel":"\#(channel)","instId":"\#(id)"}]}"#
  }

  private static let okx = [
    StreamCase(
      "okx/ws_mark_price_2026.json", path: "/ws/v5/public", okx("mark-price"), marked: "markPx"),
    StreamCase(
      "okx/ws_open_interest_2025_doc.json", path: "/ws/v5/public", okx("open-interest"),
      marked: "oiUsd"),
    StreamCase(
      "okx/ws_funding_rate_2026.json", path: "/ws/v5/public", okx("funding-rate"),
      marked: "fundingTime"),
    StreamCase(
      "okx/ws_index_tickers_2026.json", path: "/ws/v5/public", okx("index-tickers", "BTC-USDT"),
      marked: "idxPx"),
    StreamCase(
      "okx/ws_trade_spot_2026.json", path: "/ws/v5/public", okx("trades"), marked: "tradeId"),
    StreamCase(
      "okx/ws_liquidation_orders_inverse_2023.json", path: "/ws/v5/public",
      #"{"op":"subscribe","args":[{"channel":"liquidation-orders","instType":"SWAP"}]}"#,
      marked: "details", seconds: 20_000),
    StreamCase(
      "okx/ws_session_2022.json", "0", path: "/ws/v5/public", okx("tickers"),
      marked: "\"event\":\"subscribe\"", newer: ["connId"]),
    StreamCase(
      "okx/ws_session_2022.json", "3", path: "/ws/v5/public", okx("tickers"), marked: "last"),
    StreamCase(
      "okx/ws_control_frames_2026.json", "1", path: "/ws/v5/public", okx("candle1m"),
      marked: "60018"),
  ]

  private static let hyperliquid = [
    StreamCase(
      "hyperliquid/ws_candle_1m_2026.json", "0", path: "/ws",
      #"{"method":"subscribe","subscription":{"type":"candle","coin":"BTC","interval":"1m"}}"#,
      marked: "\"T\""),
    StreamCase(
      "hyperliquid/ws_activeAssetCtx_2026.json", path: "/ws",
      #"{"method":"subscribe","subscription":{"type":"activeAssetCtx","coin":"BTC"}}"#,
      marked: "openInterest"),
    StreamCase(
      "hyperliquid/ws_trades_2026.json", path: "/ws",
      #"{"method":"subscribe","subscription":{"type":"trades","coin":"BTC"}}"#, marked: "hash"),
    StreamCase(
      "hyperliquid/ws_subscriptionResponse.json", path: "/ws",
      #"{"method":"subscribe","subscription":{"type":"candle","coin":"BTC","interval":"1d"}}"#,
      marked: "subscriptionResponse"),
    StreamCase(
      "hyperliquid/ws_allDexsAssetCtxs_trimmed.json", path: "/ws",
      #"{"method":"subscribe","subscription":{"type":"allDexsAssetCtxs"}}"#, marked: "ctxs"),
  ]

  private static func gate(_ channel: String, _ payload: String) -> String {
    #"{"time":1795500123,"channel":"futures.\#(channel)","event":"subscribe","payload":[\#(payload)]}"#
  }

  private static let gate = [
    StreamCase(
      "gate/ws_tickers.json", path: "/v4/ws/usdt", gate("tickers", #""BTC_USDT""#),
      marked: "total_size"),
    StreamCase(
      "gate/ws_trades.json", path: "/v4/ws/usdt", gate("trades", #""BTC_USDT""#),
      marked: "create_time"),
    StreamCase(
      "gate/ws_error_subscribe_refused.json", path: "/v4/ws/usdt",
      gate("candlesticks", #""1m_BTC_USDT""#), marked: "error"),
  ]
}

@Suite("An emulated stream speaks in the form that the venue was recorded in")
struct StreamShapeTests {
  @Test(
    .enabled(if: SharedData.isPresent, "\(SharedData.absence)"), arguments: StreamCase.all)
  func `The same keys, the same kinds, the same envelope`(_ wanted: StreamCase) throws {
    let file = try SharedData.file("recordings/" + wanted.file)
    let whole = try JSONShape(try String(contentsOf: file, encoding: .utf8))
    let recorded = try #require(whole[path: wanted.place])
    var options = EmulatedVenue.Options()
    options.pace = .slowed(.seconds(20))
    var venue = TestMarket.venue(wanted.venue, options: options)
    var moment = TestMarket.now
    let end = moment + .seconds(wanted.seconds)
    let id = try venue.stream(wanted.path, saying: [wanted.subscribe])
    var found: String?
    while found == nil, moment < end {
      moment = moment + .seconds(20)
      // Whatever keeps the stream alive; what is answered isn't looked at.
      if wanted.venue == .okx { venue.receive("ping", on: id, at: moment) }
      if wanted.venue == .bybit { venue.receive(#"{"op":"ping"}"#, on: id, at: moment) }
      if wanted.venue == .hyperliquid {
        venue.receive(#"{"method":"ping"}"#, on: id, at: moment)
      }
      for delivery in venue.frames(until: moment) {
        if case .ping(let payload) = delivery.frame {
          venue.receive(.pong(payload), on: id, at: delivery.time)
        }
        if found == nil, let text = delivery.frame.text, text.contains(wanted.marked) {
          found = text
        }
      }
    }
    let own = try JSONShape(try #require(found))
    #expect(own.differences(from: recorded, newer: wanted.newer, older: wanted.older) == [])
  }
}
