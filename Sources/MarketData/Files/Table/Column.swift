/// What a column of a table says, by its canonical name. Sizes are in coins unless the name ends
/// in `_usd`, which means the quote currency.
enum Column: String, CaseIterable, Hashable, Sendable {
  case openTime = "open_time"
  case open
  case high
  case low
  case close
  case volume
  case takerBuyVolume = "taker_buy_volume"
  /// Open interest as of the interval's close.
  case openInterest = "open_interest"
  case openInterestUSD = "open_interest_usd"
  /// Open interest as of the interval's open.
  case openInterestAtOpen = "open_interest_at_open"
  case openInterestAtOpenUSD = "open_interest_at_open_usd"
  /// The size of longs that were liquidated within the interval.
  case liquidatedLong = "liquidated_long"
  case liquidatedShort = "liquidated_short"
  case liquidatedLongUSD = "liquidated_long_usd"
  case liquidatedShortUSD = "liquidated_short_usd"
  case markHigh = "mark_high"
  case markLow = "mark_low"
  /// The last millisecond of the interval; read only where a lone candle leaves its length open.
  case closeTime = "close_time"
  /// The venue's name of the instrument that the row is about.
  case symbol

  /// What every candle needs.
  static let candle: [Column] = [.openTime, .open, .high, .low, .close, .volume]

  /// The same fact in coins, which is taken instead where both are there.
  var inCoins: Column? {
    switch self {
    case .openInterestUSD: .openInterest
    case .openInterestAtOpenUSD: .openInterestAtOpen
    case .liquidatedLongUSD: .liquidatedLong
    case .liquidatedShortUSD: .liquidatedShort
    default: nil
    }
  }

  /// The names in a header that mean this column, the preferred one first, lower case with `_`
  /// between words. Names of open interest are composed and so are read by `OpenInterestName`.
  var names: [String] {
    switch self {
    case .openTime:
      [
        "open_time", "opentime", "timestamp", "time", "datetime", "date_time", "date",
        "create_time", "ts", "t",
      ]
    case .open: ["open", "open_price", "fut_open", "o"]
    case .high: ["high", "high_price", "fut_high", "h"]
    case .low: ["low", "low_price", "fut_low", "l"]
    case .close: ["close", "close_price", "fut_close", "c"]
    case .volume: ["volume", "base_volume", "fut_volume", "vol", "v"]
    case .takerBuyVolume:
      [
        "taker_buy_volume", "taker_buy_base_volume", "taker_buy_base_asset_volume", "buy_volume",
      ]
    case .liquidatedLong: ["liquidated_long", "liq_long"]
    case .liquidatedShort: ["liquidated_short", "liq_short"]
    case .liquidatedLongUSD: ["liquidated_long_usd", "liq_long_usd"]
    case .liquidatedShortUSD: ["liquidated_short_usd", "liq_short_usd"]
    case .markHigh: ["mark_high"]
    case .markLow: ["mark_low"]
    case .closeTime: ["close_time", "closetime"]
    case .symbol: ["symbol", "instrument", "ticker"]
    case .openInterest, .openInterestUSD, .openInterestAtOpen, .openInterestAtOpenUSD: []
    }
  }
}

/// What a header's name says of open interest: `oi_close`, `oi_usd_at_open`, `oi_btc_open`,
/// `sum_open_interest_value` and their like.
enum OpenInterestName {
  /// What a name came to.
  enum Meaning: Hashable {
    /// The open interest that a map needs.
    case column(Column)
    /// Open interest, but not what a map needs, and why.
    case ignored(reason: String)
  }

  /// The meaning of the name's words, for an instrument of the coin `base` (lower case); nil when
  /// the name isn't about open interest.
  static func meaning(of words: [String], base: String) -> Meaning? {
    if words.first == "cg" {
      return .ignored(reason: "an aggregator's, not the venue's own")
    }
    var rest = words[...]
    if rest.first == "sum" { rest.removeFirst() }
    if rest.first == "oi" {
      rest.removeFirst()
    } else if rest.starts(with: ["open", "interest"]) {
      rest.removeFirst(2)
    } else if rest.first == "openinterest" {
      rest.removeFirst()
    } else {
      return nil
    }
    var inUSD = false
    var atOpen = false
    for word in rest {
      switch word {
      case "usd", "usdt", "value": inUSD = true
      case "open": atOpen = true
      case "close", "at", "coin", "coins", base: break
      case "high", "low":
        return .ignored(reason: "open interest within the interval isn't used")
      default:
        return .ignored(reason: "not known to be this instrument's open interest")
      }
    }
    switch (inUSD, atOpen) {
    case (false, false): return .column(.openInterest)
    case (false, true): return .column(.openInterestAtOpen)
    case (true, false): return .column(.openInterestUSD)
    case (true, true): return .column(.openInterestAtOpenUSD)
    }
  }
}
