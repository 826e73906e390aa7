import Market

/// What the venues allow without a key, and what a request costs. Source: the venues' documentation.
public enum VenueLimits {
  /// The allowances of a venue's REST interface.
  ///
  /// OKX's and Gate's are per endpoint: see `okx(path:)` and `gate(path:)`.
  public static func rest(_ venue: Venue) -> [RateRule] {
    switch venue {
    case .binance:
      [
        RateRule("weight", limit: 2_400, per: .minutes(1)),
        RateRule("data", limit: 1_000, per: .minutes(5)),
        RateRule("funding", limit: 500, per: .minutes(5)),
      ]
    case .bybit: [RateRule("ip", limit: 600, per: .seconds(5))]
    case .hyperliquid: [RateRule("weight", limit: 1_200, per: .minutes(1))]
    case .okx, .gate, .simulatedA, .simulatedB: []
    }
  }

  /// How often a venue lets an address open streams; the bucket is `connect`.
  public static func connecting(_ venue: Venue) -> [RateRule] {
    switch venue {
    case .binance: [RateRule("connect", limit: 300, per: .minutes(5))]
    case .bybit: [RateRule("connect", limit: 500, per: .minutes(5))]
    case .okx: [RateRule("connect", limit: 3, per: .seconds(1))]
    case .hyperliquid: [RateRule("connect", limit: 30, per: .minutes(1))]
    case .gate: [RateRule("connect", limit: 300, per: .minutes(5))]
    case .simulatedA, .simulatedB: []
    }
  }

  /// How much may be sent on one stream; the bucket is `send`.
  public static func sending(_ venue: Venue) -> [RateRule] {
    switch venue {
    case .binance: [RateRule("send", limit: 10, per: .seconds(1))]
    case .okx: [RateRule("send", limit: 480, per: .hours(1))]
    case .hyperliquid: [RateRule("send", limit: 2_000, per: .minutes(1))]
    case .bybit, .gate: [RateRule("send", limit: 20, per: .seconds(1))]
    case .simulatedA, .simulatedB: []
    }
  }

  /// The allowance of one of OKX's endpoints, each per address and 2 s.
  public static func okx(path: String) -> RateRule {
    let limit =
      switch path {
      case "/api/v5/market/candles": 40
      case "/api/v5/market/history-candles", "/api/v5/public/instruments",
        "/api/v5/public/open-interest", "/api/v5/market/mark-price-candles",
        "/api/v5/market/index-candles", "/api/v5/market/index-tickers":
        20
      case "/api/v5/rubik/stat/contracts/open-interest-history": 10
      case let path where path.hasPrefix("/api/v5/rubik/"): 5
      default: 10
      }
    return RateRule(path, limit: limit, per: .seconds(2))
  }

  /// The allowance of one of Gate's endpoints, each per address.
  public static func gate(path: String) -> RateRule {
    RateRule(path, limit: 200, per: .seconds(10))
  }

  /// The weight of Binance's klines of any kind.
  public static func binanceKlines(limit: Int) -> RateCost {
    let weight =
      switch limit {
      case ..<100: 1
      case ..<500: 2
      case ...1_000: 5
      default: 10
      }
    return RateCost("weight", weight)
  }

  /// The weight of one of Hyperliquid's info requests.
  /// - Parameter rows: how many rows are expected, where the type answers with rows.
  public static func hyperliquid(type: String, rows: Int = 0) -> RateCost {
    let base =
      switch type {
      case "l2Book", "allMids", "clearinghouseState", "orderStatus", "spotClearinghouseState",
        "exchangeStatus":
        2
      case "userRole": 60
      default: 20
      }
    let rowsPerWeight =
      switch type {
      case "candleSnapshot": 60
      case "fundingHistory", "recentTrades", "userFills": 20
      default: Int.max
      }
    let extra = rows <= 0 || rowsPerWeight == .max ? 0 : (rows - 1) / rowsPerWeight + 1
    return RateCost("weight", base + extra)
  }
}
