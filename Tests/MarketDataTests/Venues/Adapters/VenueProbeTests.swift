import Market
import Synchronization
import Testing

@testable import MarketData

/// Reaching a venue once, on a server that answers as the venue does.
struct VenueProbeTests {
  /// Answers each target with a body; anything else with 404.
  private static func server(
    _ answers: [String: String], asked: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> TestServer {
    try await httpServer(tls: nil) { peer, head in
      let target = head.split(separator: " ").dropFirst().first.map(String.init) ?? ""
      asked(target)
      guard let body = answers[target] else {
        peer.send(answer("404 Not Found", body: #"{"code":-5000,"msg":"Path is invalid"}"#))
        return
      }
      peer.send(answer("200 OK", body: body))
    }
  }

  private static func check(
    _ venue: Venue, _ server: TestServer, _ instrument: Instrument = Instrument(base: "PEPE")
  ) async throws -> VenueReport {
    let settings = FeedSettings.VenueSettings(
      rest: try Endpoint("http://127.0.0.1:\(server.port)/mirror", kind: .rest),
      stream: try Endpoint("ws://127.0.0.1:\(server.port)", kind: .stream))
    let report = await VenueProbe.check(venue, settings: settings, instrument: instrument)
    await server.stop()
    return report
  }

  @Test func `a venue that answers is reported with what it says of the coin`() async throws {
    let symbol = "1000PEPEUSDT"
    let server = try await Self.server([
      "/mirror/fapi/v1/exchangeInfo":
        #"{"rateLimits":[],"serverTime":1790296200000,"symbols":[{"symbol":"1000PEPEUSDT","#
        + #""contractType":"PERPETUAL","status":"TRADING","baseAsset":"1000PEPE","#
        + #""quoteAsset":"USDT","filters":[]}]}"#,
      "/mirror/fapi/v1/fundingInfo":
        #"[{"symbol":"1000PEPEUSDT","fundingIntervalHours":4}]"#,
      "/mirror/fapi/v1/openInterest?symbol=\(symbol)":
        #"{"symbol":"1000PEPEUSDT","openInterest":"20","time":1790296200000}"#,
      "/mirror/fapi/v1/premiumIndex?symbol=\(symbol)":
        #"{"symbol":"1000PEPEUSDT","markPrice":"5","indexPrice":"4","lastFundingRate":"0.0001","#
        + #""nextFundingTime":1790323200000,"time":1790296200000}"#,
      "/mirror/futures/data/globalLongShortAccountRatio?symbol=\(symbol)&period=5m&limit=1":
        #"[{"symbol":"1000PEPEUSDT","longAccount":"0.6","shortAccount":"0.4","#
        + #""longShortRatio":"1.5","timestamp":1790290800000}]"#,
    ])
    let report = try await Self.check(.binance, server)
    #expect(report.problems == [])
    #expect(report.isReachable && report.listed == 1 && report.latency != nil)
    #expect(report.instrument?.symbol == symbol)
    #expect(report.openInterest == 20_000 && report.openInterestValue == 100)
    #expect(report.mark == 0.005 && report.index == 0.004)
    #expect(report.funding?.rate == 0.0001 && report.funding?.interval == .hours(4))
    #expect(report.longShortRatio?.ratio == 1.5)
    #expect(
      report.limits == [
        "2400 weight per minute", "1000 statistics per 5 minutes",
        "500 funding rates per 5 minutes",
      ])
    #expect(
      report.offers == [
        "minute candles", "open interest", "mark price", "funding",
        "past open interest of 29.5 days", "long/short ratio", "liquidations as they happen",
      ])
  }

  @Test func `a coin that isn't listed is said to be missing`() async throws {
    let server = try await Self.server([
      "/mirror/info": #"{"universe":[{"name":"BTC","szDecimals":5,"maxLeverage":40}]}"#
    ])
    let report = try await Self.check(.hyperliquid, server)
    #expect(report.isReachable && report.instrument == nil)
    #expect(report.error == "Hyperliquid lists no perpetual of PEPE")
  }

  @Test func `a venue that refuses this place is asked once and quoted`() async throws {
    let count = Mutex(0)
    let server = try await httpServer(tls: nil) { peer, _ in
      count.withLock { $0 += 1 }
      peer.send(answer("403 Forbidden", body: "block access from your country"))
    }
    let report = try await Self.check(.bybit, server)
    #expect(!report.isReachable && report.listed == 0)
    #expect(report.problems.count == 1)
    #expect(report.error?.contains("block access from your country") == true)
    #expect(count.withLock { $0 } == 1)
  }

  @Test func `a host where nobody listens is named`() async throws {
    let server = try await Self.server([:])
    await server.stop()
    let report = try await Self.check(.okx, server)
    #expect(!report.isReachable && report.latency == nil)
    #expect(report.error?.contains("127.0.0.1") == true)
  }

  @Test func `Bybit's list is read over all its pages`() async throws {
    let row = { (coin: String) in
      #"{"symbol":"\#(coin)USDT","contractType":"LinearPerpetual","status":"Trading","#
        + #""baseCoin":"\#(coin)","quoteCoin":"USDT"}"#
    }
    let list = { (rows: String, cursor: String) in
      #"{"retCode":0,"result":{"category":"linear","list":[\#(rows)],"nextPageCursor":"#
        + #""\#(cursor)"},"time":1790296200000}"#
    }
    let path = "/mirror/v5/market/instruments-info"
    let server = try await Self.server([
      "\(path)?category=linear&limit=1000": list(row("BTC"), "a%3D1"),
      "\(path)?category=linear&limit=1000&cursor=a%3D1": list(row("SHIB1000"), ""),
      "\(path)?category=inverse&limit=1000": list("", ""),
      "/mirror/v5/market/tickers?category=linear&symbol=SHIB1000USDT":
        #"{"retCode":0,"result":{"list":[{"symbol":"SHIB1000USDT","markPrice":"5"}]},"#
        + #""time":1790296200000}"#,
    ])
    let report = try await Self.check(.bybit, server, Instrument(base: "SHIB"))
    #expect(report.listed == 2 && report.instrument?.symbol == "SHIB1000USDT")
    #expect(report.mark == 0.005)
    // The ratio isn't answered there.
    #expect(report.problems.count == 1)
  }

  @Test func `limits of single endpoints are told as one range for each window`() {
    #expect(
      VenueProbe.inWords(OKXAdapter().limits) == ["5 to 40 requests of one kind per 2 seconds"])
    #expect(
      VenueProbe.inWords(BybitAdapter().limits) == ["600 requests per 5 seconds"])
    #expect(
      VenueProbe.inWords(GateAdapter().limits)
        == ["200 requests of one kind per 10 seconds"])
  }
}
