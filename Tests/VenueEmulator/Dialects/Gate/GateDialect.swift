import Market

/// Gate futures, settled in USDT and in BTC. Source: its documentation and recordings.
struct GateDialect: VenueDialect {
  static let endpoints = [
    "contracts", "candlesticks", "contract_stats", "liq_orders", "risk_limit_tiers",
    "risk_limit_table", "tickers", "funding_rate", "trades", "insurance",
  ]

  let rules =
    [BookRule("connect", 300, per: .minutes(5))]
    + GateDialect.endpoints.map { BookRule("/\($0)", 200, per: .seconds(10)) }

  let manners = StreamManners()

  static func clock(_ interval: String) -> BarClock? {
    switch interval {
    case "1m": .minutes(1)
    case "5m": .minutes(5)
    case "15m": .minutes(15)
    case "30m": .minutes(30)
    case "1h": .minutes(60)
    case "4h": .minutes(240)
    case "8h": .minutes(480)
    case "1d": .minutes(1_440)
    case "7d": .weeks
    default: nil
    }
  }

  /// The settlement currency and the rest of a path: `usdt` and `candlesticks`.
  static func parts(_ path: String) -> (settle: String, name: String, rest: [String])? {
    let parts = path.split(separator: "/").map(String.init)
    guard parts.count >= 5, parts[0] == "api", parts[1] == "v4", parts[2] == "futures",
      parts[3] == "usdt" || parts[3] == "btc"
    else { return nil }
    return (parts[3], parts[4], Array(parts.dropFirst(5)))
  }

  func charges(_ request: EmulatedRequest, rows: Int) -> [(bucket: String, amount: Int)] {
    guard let parts = Self.parts(request.path) else { return [] }
    return [("/\(parts.name)", 1)]
  }

  func refusal(bucket: String, wait: Int64, isBan: Bool, _ desk: Desk) -> EmulatedAnswer {
    let seconds = max((wait + 999) / 1_000, 1)
    var answer = EmulatedAnswer.json(
      "{\"label\":\"TOO_MANY_REQUESTS\",\"message\":\"Request Rate limit Exceeded (429)\"}",
      status: 429)
    answer.headers += [
      ("Retry-After", String(seconds)), ("X-Gate-RateLimit-Requests-Remain", "0"),
      ("X-Gate-RateLimit-Limit", "200"),
      ("X-Gate-RateLimit-Reset-Timestamp", String(desk.stamp / 1_000 + seconds)),
    ]
    return answer
  }

  func trouble(_ fault: Fault, _ desk: Desk) -> EmulatedAnswer? {
    switch fault {
    case .restricted: .text("<html><body>403</body></html>", status: 403)
    case .overloaded:
      .json(
        "{\"label\":\"SERVER_ERROR\",\"message\":\"Service temporarily unavailable\"}", status: 503)
    case .errorInBody:
      .json("{\"label\":\"SERVER_ERROR\",\"message\":\"Internal server error\"}", status: 200)
    default: nil
    }
  }

  func headers(
    _ request: EmulatedRequest, used: (String) -> (used: Int, limit: Int, reset: Int64)?,
    _ desk: Desk
  ) -> [EmulatedRequest.Pair] {
    guard let parts = Self.parts(request.path), let own = used("/\(parts.name)") else { return [] }
    let reset = BarClock.floored(own.reset - desk.now + desk.stamp + 999, 1_000)
    return [
      ("X-Gate-RateLimit-Requests-Remain", String(max(own.limit - own.used, 0))),
      ("X-Gate-RateLimit-Limit", String(own.limit)),
      ("X-Gate-RateLimit-Reset-Timestamp", String(reset)),
    ]
  }

  static func error(_ message: String, label: String = "INVALID_PARAM_VALUE") -> DialectReply {
    DialectReply("{\"label\":\"\(label)\",\"message\":\"\(message)\"}", status: 400)
  }

  static let unknown = error("contract not found", label: "CONTRACT_NOT_FOUND")

  /// The listings that settle in a currency.
  static func listings(_ settle: String, _ desk: Desk) -> [Listing] {
    desk.listings.filter { ($0.kind == .inverse) == (settle == "btc") }
  }
}
