import Market

/// Bybit v5, linear and inverse. Source: its documentation and recordings.
struct BybitDialect: VenueDialect {
  static let endpoints = [
    "kline", "mark-price-kline", "index-price-kline", "premium-index-price-kline",
    "open-interest", "tickers", "funding/history", "account-ratio", "instruments-info",
    "risk-limit", "recent-trade",
  ].map { "/v5/market/" + $0 }

  let rules =
    [
      BookRule("ip", 600, per: .seconds(5)),
      BookRule("connect", 500, per: .minutes(5)),
    ] + BybitDialect.endpoints.map { BookRule($0, 120, per: .seconds(1)) }

  let manners = StreamManners(clientSilence: 600_000)

  static func clock(_ interval: String) -> BarClock? {
    switch interval {
    case "1": .minutes(1)
    case "3": .minutes(3)
    case "5": .minutes(5)
    case "15": .minutes(15)
    case "30": .minutes(30)
    case "60": .minutes(60)
    case "120": .minutes(120)
    case "240": .minutes(240)
    case "360": .minutes(360)
    case "720": .minutes(720)
    case "D": .minutes(1_440)
    case "W": .weeks
    case "M": .months
    default: nil
    }
  }

  func charges(_ request: EmulatedRequest, rows: Int) -> [(bucket: String, amount: Int)] {
    let own = Self.endpoints.contains(request.path) ? [(bucket: request.path, amount: 1)] : []
    return [("ip", 1)] + own
  }

  func refusal(bucket: String, wait: Int64, isBan: Bool, _ desk: Desk) -> EmulatedAnswer {
    guard bucket.isEmpty || bucket == "ip" else {
      var answer = EmulatedAnswer.json(
        envelope("{}", code: 10_006, message: "Too many visits!", desk))
      answer.headers += [
        ("X-Bapi-Limit", "120"), ("X-Bapi-Limit-Status", "0"),
        ("X-Bapi-Limit-Reset-Timestamp", String(desk.stamp + wait)),
      ]
      return answer
    }
    return .text(
      "{ error:The Amazon CloudFront distribution: 403, access too frequent }", status: 403)
  }

  func trouble(_ fault: Fault, _ desk: Desk) -> EmulatedAnswer? {
    switch fault {
    case .restricted:
      .text(
        "{ error:The Amazon CloudFront distribution is configured to block access from your "
          + "country }", status: 403)
    case .overloaded: .text("<html><body>503</body></html>", status: 503)
    case .errorInBody:
      .json(envelope("{}", code: 10_016, message: "Internal system error.", desk))
    default: nil
    }
  }

  func headers(
    _ request: EmulatedRequest, used: (String) -> (used: Int, limit: Int, reset: Int64)?,
    _ desk: Desk
  ) -> [EmulatedRequest.Pair] {
    guard let own = used(request.path) else { return [] }
    return [
      ("X-Bapi-Limit", String(own.limit)),
      ("X-Bapi-Limit-Status", String(max(own.limit - own.used, 0))),
      ("X-Bapi-Limit-Reset-Timestamp", String(own.reset - desk.now + desk.stamp)),
    ]
  }

  func envelope(
    _ result: String, code: Int = 0, message: String = "OK", _ desk: Desk
  ) -> String {
    "{\"retCode\":\(code),\"retMsg\":\"\(message)\",\"result\":\(result),\"retExtInfo\":{},"
      + "\"time\":\(desk.stamp)}"
  }

  func error(_ message: String, _ desk: Desk) -> DialectReply {
    DialectReply(envelope("{}", code: 10_001, message: message, desk))
  }

  /// The listings of a category.
  func listings(_ category: String, _ desk: Desk) -> [Listing] {
    desk.listings.filter { ($0.kind == .inverse) == (category == "inverse") }
  }
}
