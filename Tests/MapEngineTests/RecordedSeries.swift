import Foundation
import MapEngine
import Market
import TestSupport

/// Recorded candles, open interest and liquidations, read from beside the project: the columns
/// that the engine's own tests need, and no more.
enum RecordedSeries: String, CaseIterable {
  case summerBTC = "binance-2024-summer/W0_BTCUSDT_1h_20240619_20240819.csv"
  case summerETH = "binance-2024-summer/W0_ETHUSDT_1h_20240619_20240819.csv"
  case summerSOL = "binance-2024-summer/W0_SOLUSDT_1h_20240619_20240819.csv"
  case winterBTC = "binance-2025-winter/W1_BTCUSDT_1h_20251204_20260315.csv"
  case fineBTC = "binance-2025-winter/W1_BTCUSDT_5m_kline_oi_20251201_20260219.csv"
  case fineETH = "binance-2025-winter/W1_ETHUSDT_5m_kline_oi_20251201_20260219.csv"
  case fineSOL = "binance-2025-winter/W1_SOLUSDT_5m_kline_oi_20251201_20260219.csv"

  /// Thrown when a file isn't what the tests expect.
  struct Unreadable: Error {
    let line: String
  }

  /// The facts, as of the end of the file.
  func history() throws -> MarketHistory {
    let text = try String(contentsOf: SharedData.file("data/" + rawValue), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline)
    let header = lines.first?.split(separator: ",").map(String.init) ?? []
    var history = MarketHistory()
    var events: [MarketEvent] = []
    let instrument = Instrument(base: "BTC")
    let span = rawValue.contains("_5m_") ? Span.minutes(5) : .hours(1)
    for line in lines.dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      func number(_ names: String...) -> Double? {
        names.compactMap(header.firstIndex).first.flatMap { Double(fields[$0]) }
      }
      guard let time = number("open_time"), let open = number("open", "fut_open"),
        let high = number("high", "fut_high"), let low = number("low", "fut_low"),
        let close = number("close", "fut_close"), let volume = number("volume", "fut_volume")
      else { throw Unreadable(line: String(line)) }
      let candle = try Candle(
        openTime: Timestamp(milliseconds: Int64(time)), interval: span, open: open, high: high,
        low: low, close: close, volume: volume)
      func add(_ fact: MarketEvent.Fact) {
        events.append(MarketEvent(venue: .binance, instrument: instrument, fact: fact))
      }
      if let coins = number("oi_btc_open", "oi_at_open") {
        add(.openInterest(try OpenInterest(time: candle.openTime, quantity: coins)))
      }
      if let coins = number("oi_close") {
        add(.openInterest(try OpenInterest(time: candle.closeTime, quantity: coins)))
      }
      if let long = number("liq_long"), let short = number("liq_short") {
        add(.liquidatedTotal(time: candle.closeTime, interval: span, long: long, short: short))
      } else if let long = number("liq_long_usd"), let short = number("liq_short_usd") {
        add(
          .liquidatedTotal(
            time: candle.closeTime, interval: span, long: long / close, short: short / close))
      }
      add(.candle(candle, isClosed: true))
    }
    history.append(events)
    return history
  }

  /// The intervals of the one venue.
  func intervals() throws -> [MarketInterval] {
    guard let series = try history().series().first else { throw Unreadable(line: rawValue) }
    return series.intervals
  }
}
