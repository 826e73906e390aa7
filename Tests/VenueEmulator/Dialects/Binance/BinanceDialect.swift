import Market

/// Binance USD-M futures. Source: its documentation and recordings.
struct BinanceDialect: VenueDialect {
  let rules = [
    BookRule("weight", 2_400, per: .minutes(1), isAligned: true),
    BookRule("data", 1_000, per: .minutes(5)),
    BookRule("funding", 500, per: .minutes(5)),
    BookRule("connect", 300, per: .minutes(5)),
  ]

  let manners = StreamManners(
    ping: (every: 180_000, patience: 600_000), lifetime: 86_400_000,
    messages: (limit: 10, window: 1_000))

  /// The bars of an interval's name.
  static func clock(_ interval: String) -> BarClock? {
    switch interval {
    case "1m": .minutes(1)
    case "3m": .minutes(3)
    case "5m": .minutes(5)
    case "15m": .minutes(15)
    case "30m": .minutes(30)
    case "1h": .minutes(60)
    case "2h": .minutes(120)
    case "4h": .minutes(240)
    case "6h": .minutes(360)
    case "8h": .minutes(480)
    case "12h": .minutes(720)
    case "1d": .minutes(1_440)
    case "3d": .minutes(4_320)
    case "1w": .weeks
    case "1M": .months
    default: nil
    }
  }

  func charges(_ request: EmulatedRequest, rows: Int) -> [(bucket: String, amount: Int)] {
    switch request.path {
    case let path where path.hasPrefix("/futures/data/"): [("data", 1)]
    case "/fapi/v1/fundingRate", "/fapi/v1/fundingInfo": [("funding", 1)]
    case "/fapi/v1/klines", "/fapi/v1/markPriceKlines", "/fapi/v1/indexPriceKlines",
      "/fapi/v1/premiumIndexKlines", "/fapi/v1/continuousKlines":
      switch request.integer("limit") ?? 500 {
      case ..<100: [("weight", 1)]
      case ..<500: [("weight", 2)]
      case ...1_000: [("weight", 5)]
      default: [("weight", 10)]
      }
    case "/fapi/v1/premiumIndex": [("weight", request.parameter("symbol") == nil ? 10 : 1)]
    case "/fapi/v1/aggTrades": [("weight", 20)]
    case "/fapi/v1/ticker/24hr": [("weight", request.parameter("symbol") == nil ? 40 : 1)]
    default: [("weight", 1)]
    }
  }

  func refusal(bucket: String, wait: Int64, isBan: Bool, _ desk: Desk) -> EmulatedAnswer {
    let seconds = max((wait + 999) / 1_000, 1)
    var answer: EmulatedAnswer
    if isBan {
      answer = .json(
        #"""
        {"code":-1003,"msg":"Way too many requests; IP(203.0.113.7) banned until \#
        \#(desk.stamp + seconds * 1_000). Please use the websocket for live updates to avoid \#
        bans."}
        """#, status: 418)
    } else {
      answer = .json(
        #"""
        {"code":-1003,"msg":"Too many requests; current limit of IP(203.0.113.7) is 2400 \#
        requests per minute. Please use the websocket for live updates to avoid polling the \#
        API."}
        """#, status: 429)
    }
    answer.headers.append(("Retry-After", String(seconds)))
    return answer
  }

  func trouble(_ fault: Fault, _ desk: Desk) -> EmulatedAnswer? {
    switch fault {
    case .restricted:
      .json(
        #"""
        {"code":0,"msg":"Service unavailable from a restricted location according to 'b. \#
        Eligibility' in https://www.binance.com/en/terms. Please contact customer service if \#
        you believe you received this message in error."}
        """#, status: 451)
    case .overloaded:
      .json(
        "{\"code\":-1008,\"msg\":\"Server is currently overloaded with other requests. Please try "
          + "again in a few minutes.\"}", status: 503)
    case .errorInBody:
      .json("{\"code\":-1001,\"msg\":\"Internal error; unable to process your request.\"}")
    default: nil
    }
  }

  func headers(
    _ request: EmulatedRequest, used: (String) -> (used: Int, limit: Int, reset: Int64)?,
    _ desk: Desk
  ) -> [EmulatedRequest.Pair] {
    guard let weight = used("weight") else { return [] }
    return [("X-MBX-USED-WEIGHT-1M", String(weight.used))]
  }

  static func error(_ code: Int, _ message: String, status: Int = 400) -> DialectReply {
    DialectReply("{\"code\":\(code),\"msg\":\"\(message)\"}", status: status)
  }

  static let badSymbol = error(-1121, "Invalid symbol.")
}
