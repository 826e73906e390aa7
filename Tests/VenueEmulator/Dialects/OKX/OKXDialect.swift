import Market

/// OKX v5, swaps. Source: its documentation and recordings.
struct OKXDialect: VenueDialect {
  /// What is said before a stream is closed.
  static let notice =
    "{\"event\":\"notice\",\"code\":\"64008\",\"msg\":\"The connection will soon be closed for a "
    + "service upgrade. Please reconnect.\",\"connId\":\"a4d3ae55\"}"

  private static let limits: [String: Int] = [
    "/api/v5/market/candles": 40, "/api/v5/market/history-candles": 20,
    "/api/v5/market/mark-price-candles": 20, "/api/v5/market/index-candles": 20,
    "/api/v5/market/history-mark-price-candles": 10, "/api/v5/market/history-index-candles": 10,
    "/api/v5/market/index-tickers": 20, "/api/v5/market/tickers": 20, "/api/v5/market/ticker": 20,
    "/api/v5/market/trades": 20, "/api/v5/public/instruments": 20,
    "/api/v5/public/open-interest": 20, "/api/v5/public/mark-price": 10,
    "/api/v5/public/funding-rate": 10, "/api/v5/public/funding-rate-history": 10,
    "/api/v5/public/position-tiers": 10, "/api/v5/public/liquidation-orders": 20,
    "/api/v5/public/time": 10,
    "/api/v5/rubik/stat/contracts/open-interest-history": 10,
    "/api/v5/rubik/stat/contracts/long-short-account-ratio-contract": 5,
    "/api/v5/rubik/stat/contracts/long-short-account-ratio-contract-top-trader": 5,
    "/api/v5/rubik/stat/contracts/long-short-position-ratio-contract-top-trader": 5,
    "/api/v5/rubik/stat/taker-volume-contract": 5,
  ]

  let rules =
    [BookRule("connect", 3, per: .seconds(1))]
    + OKXDialect.limits.sorted { $0.key < $1.key }.map {
      BookRule($0.key, $0.value, per: .seconds(2))
    }

  let manners = StreamManners(silence: 30_000)

  static func clock(_ bar: String) -> BarClock? {
    switch bar {
    case "1m": .minutes(1)
    case "3m": .minutes(3)
    case "5m": .minutes(5)
    case "15m": .minutes(15)
    case "30m": .minutes(30)
    case "1H": .minutes(60)
    case "2H": .minutes(120)
    case "4H": .minutes(240)
    case "6Hutc": .minutes(360)
    case "12Hutc": .minutes(720)
    case "1Dutc": .minutes(1_440)
    case "1Wutc": .weeks
    case "1Mutc": .months
    default: nil
    }
  }

  func charges(_ request: EmulatedRequest, rows: Int) -> [(bucket: String, amount: Int)] {
    [(request.path, 1)]
  }

  func refusal(bucket: String, wait: Int64, isBan: Bool, _ desk: Desk) -> EmulatedAnswer {
    // The same code has come with either status.
    .json(
      "{\"code\":\"50011\",\"msg\":\"Too Many Requests\",\"data\":[]}",
      status: desk.now / 1_000 % 2 == 0 ? 429 : 200)
  }

  func trouble(_ fault: Fault, _ desk: Desk) -> EmulatedAnswer? {
    switch fault {
    case .restricted:
      .text("<html><body>This service isn't available in your region</body></html>", status: 403)
    case .overloaded:
      .json(
        "{\"code\":\"50013\",\"msg\":\"Systems are busy. Please try again later.\",\"data\":[]}",
        status: 503)
    case .errorInBody:
      .json("{\"code\":\"50026\",\"msg\":\"System error. Try again later.\",\"data\":[]}")
    default: nil
    }
  }

  func headers(
    _ request: EmulatedRequest, used: (String) -> (used: Int, limit: Int, reset: Int64)?,
    _ desk: Desk
  ) -> [EmulatedRequest.Pair] { [] }

  static func data(_ rows: [String]) -> DialectReply {
    DialectReply(
      "{\"code\":\"0\",\"msg\":\"\",\"data\":[\(rows.joined(separator: ","))]}", rows: rows.count)
  }

  static func error(_ code: String, _ message: String, status: Int = 400) -> DialectReply {
    DialectReply("{\"code\":\"\(code)\",\"msg\":\"\(message)\",\"data\":[]}", status: status)
  }

  static let unknown = error(
    "51001", "Instrument ID, Instrument ID code, or Spread ID doesn't exist.", status: 200)

  static func broken(_ name: String) -> DialectReply { error("51000", "Parameter \(name) error") }

  /// `BTC-USDT` of `BTC-USDT-SWAP`.
  static func family(_ listing: Listing) -> String { String(listing.symbol.dropLast(5)) }
}
