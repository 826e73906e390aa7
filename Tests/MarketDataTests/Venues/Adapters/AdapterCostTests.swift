import Market
import Testing

@testable import MarketData

/// What requests take from the venues' allowances.
struct AdapterCostTests {
  private static func cost(
    _ venue: Venue, _ symbol: String, _ series: HistorySeries, rows: Int64
  ) throws -> [RateCost]? {
    let (adapter, instrument) = try subject(venue, symbol)
    let step = try #require(adapter.depth(of: series)).step
    let from = requestHour - Span(milliseconds: step.milliseconds * rows)
    return adapter.history(
      series, of: instrument, from: from, to: requestHour, now: requestNow)?.costs
  }

  @Test(arguments: [(99, 1), (100, 2), (499, 2), (500, 5), (1_000, 5)] as [(Int64, Int)])
  func `Binance's candles weigh as many as are asked for`(rows: Int64, weight: Int) throws {
    #expect(
      try Self.cost(.binance, "BTCUSDT", .candles(.minutes(1)), rows: rows)
        == [RateCost("weight", weight)])
  }

  @Test func `Hyperliquid's candles are paid by their rows beforehand`() throws {
    #expect(
      try Self.cost(.hyperliquid, "BTC", .candles(.minutes(1)), rows: 5_000)
        == [RateCost("weight", 20 + 84)])
    #expect(
      try Self.cost(.hyperliquid, "BTC", .candles(.minutes(1)), rows: 60)
        == [RateCost("weight", 21)])
  }

  /// An allowance that no rule names would be unlimited. Bybit's endpoints have none of their own
  /// that is published; their complaints hold the path back.
  @Test(arguments: Venue.real)
  func `every request draws on an allowance that the adapter states`(venue: Venue) throws {
    let symbol = [Venue.okx: "BTC-USDT-SWAP", .hyperliquid: "BTC", .gate: "BTC_USDT"][venue]
    let (adapter, instrument) = try subject(venue, symbol ?? "BTCUSDT")
    let series: [HistorySeries] = [
      .candles(.minutes(1)), .openInterest(.minutes(5)), .liquidations,
    ]
    let requests =
      adapter.instruments() + adapter.maintenanceTiers(of: instrument)
      + adapter.current(of: instrument) + adapter.polls(of: instrument).map(\.request)
      + series.compactMap {
        adapter.history(
          $0, of: instrument, from: requestHour, to: requestNow, now: requestNow)
      }
      + series.compactMap {
        adapter.history(
          $0, of: instrument, from: requestHour, to: requestNow, now: requestNow + .days(9))
      }
    let known = Set(adapter.limits.map(\.bucket))
    for request in requests {
      let first = try #require(request.costs.first)
      #expect(known.contains(first.bucket), "\(request.line)")
      let isPath = request.costs.dropFirst().allSatisfy { $0.bucket == request.path }
      #expect(isPath, "\(request.line)")
    }
  }

  @Test func `the weight that Binance's list states replaces the usual one`() throws {
    let adapter = BinanceAdapter()
    let list = try #require(adapter.instruments().first)
    let answer = Array(
      #"""
      {"rateLimits":[{"interval":"MINUTE","intervalNum":1,"limit":1200,
      "rateLimitType":"ORDERS"},{"interval":"MINUTE","intervalNum":1,"limit":6000,
      "rateLimitType":"REQUEST_WEIGHT"}],"symbols":[]}
      """#.utf8)
    #expect(
      adapter.limits(statedIn: answer, to: list)
        == [RateRule("weight", limit: 6_000, per: .minutes(1))])
    #expect(adapter.limits(statedIn: Array("{".utf8), to: list).isEmpty)
    let nonsense = Array(
      #"{"rateLimits":[{"interval":"MINUTE","intervalNum":1,"limit":-1e30,"#
        .appending(#""rateLimitType":"REQUEST_WEIGHT"}]}"#).utf8)
    #expect(adapter.limits(statedIn: nonsense, to: list).isEmpty)
  }
}
