import Market

/// Hyperliquid. Source: its documentation and recordings.
struct HyperliquidDialect: VenueDialect {
  let rules = [
    BookRule("weight", 1_200, per: .minutes(1)),
    BookRule("connect", 30, per: .minutes(1)),
  ]

  let manners = StreamManners(
    clientSilence: 60_000, messages: (limit: 2_000, window: 60_000))

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
    let type = ClientJSON(request.body)?["type"]?.string ?? ""
    let light = [
      "l2Book", "allMids", "clearinghouseState", "orderStatus", "spotClearinghouseState",
      "exchangeStatus",
    ]
    let base = light.contains(type) ? 2 : type == "userRole" ? 60 : 20
    let extra =
      switch type {
      case "candleSnapshot": rows / 60
      case "fundingHistory", "recentTrades", "userFills": rows / 20
      default: 0
      }
    return [("weight", base + extra)]
  }

  func refusal(bucket: String, wait: Int64, isBan: Bool, _ desk: Desk) -> EmulatedAnswer {
    .text("null", status: 429, type: "application/json")
  }

  func trouble(_ fault: Fault, _ desk: Desk) -> EmulatedAnswer? {
    switch fault {
    case .restricted: .text("<html><body>403</body></html>", status: 403)
    case .overloaded: .text("upstream connect error", status: 503, type: "text/plain")
    case .errorInBody: .text("null", status: 500, type: "application/json")
    default: nil
    }
  }

  func headers(
    _ request: EmulatedRequest, used: (String) -> (used: Int, limit: Int, reset: Int64)?,
    _ desk: Desk
  ) -> [EmulatedRequest.Pair] { [] }

  static let unreadable = DialectReply(
    .text(
      "Failed to deserialize the JSON body into the target type", status: 422,
      type: "text/plain; charset=utf-8"))

  /// A price or a size: no zeros at the end, but a decimal place.
  static func text(_ units: Int64, _ scale: NumberScale) -> String {
    Digits.pointed(units, scale.decimals)
  }
}
