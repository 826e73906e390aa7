import Market
import Testing

@testable import VenueEmulator

@Suite("The emulator counts what a client takes")
struct RateBookTests {
  private static let now = Timestamp(
    milliseconds: TestMarket.now.milliseconds / 60_000 * 60_000)
  /// Weighs 10 by its limit, whatever it brings.
  private static let heavy =
    "/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=1500&startTime=\(now.milliseconds)"

  @Test func `A minute of Binance's weight is enough for 240 large requests and no more`() {
    var venue = TestMarket.venue(.binance)
    for request in 0..<240 {
      let moment = Self.now + Span(milliseconds: Int64(request) * 100)
      #expect(venue.ask(Self.heavy, at: moment).status == 200)
    }
    #expect(venue.violations.isEmpty)
    let refused = venue.ask(Self.heavy, at: Self.now + .seconds(40))
    #expect(refused.status == 429)
    #expect(refused.header("Retry-After") == "20")
    #expect(venue.violationCounts == [.overLimit: 1])
    // Who waits as told is served again, and nothing more is noted.
    #expect(venue.ask(Self.heavy, at: Self.now + .seconds(60)).status == 200)
    #expect(venue.violations.count == 1)
  }

  @Test func `Who goes on after a 429 is banned, and told until when`() throws {
    var venue = TestMarket.venue(.binance)
    for _ in 0...240 { _ = venue.ask(Self.heavy, at: Self.now) }
    // What was on its way already is no impatience.
    #expect(venue.ask(Self.heavy, at: Self.now + .seconds(1)).status == 429)
    #expect(venue.violationCounts[.impatient] == nil)
    let banned = venue.ask(Self.heavy, at: Self.now + .seconds(10))
    #expect(banned.status == 418)
    #expect(venue.violationCounts[.impatient] == 1)
    let seconds = try #require(banned.header("Retry-After").flatMap { Int64($0) })
    let until = Self.now.milliseconds + 10_000 + seconds * 1_000
    #expect(banned.text.contains("banned until \(until)."))
    #expect(venue.ask(Self.heavy, at: Self.now + .seconds(9 + seconds)).status == 418)
    #expect(venue.violationCounts[.impatient] == 2)
  }

  @Test func `Each of OKX's endpoints has its own allowance in 2 seconds`() {
    var venue = TestMarket.venue(.okx)
    let target = "/api/v5/market/candles?instId=BTC-USDT-SWAP&limit=1"
    for _ in 0..<40 { #expect(venue.ask(target).status == 200) }
    #expect(venue.violations.isEmpty)
    #expect(venue.ask(target).text.contains("50011"))
    #expect(venue.violationCounts == [.overLimit: 1])
    let other = "/api/v5/market/history-candles?instId=BTC-USDT-SWAP&limit=1"
    #expect(venue.ask(other).text.contains("\"code\":\"0\""))
    #expect(venue.ask(target, at: TestMarket.now + .seconds(2)).text.contains("\"code\":\"0\""))
  }

  @Test func `Bybit's address limit is a 403 that isn't JSON, for ten minutes`() {
    var venue = TestMarket.venue(.bybit)
    for request in 0..<600 {
      let moment = TestMarket.now + Span(milliseconds: Int64(request) * 8)
      _ = venue.ask("/v5/market/time", at: moment)
    }
    #expect(venue.violations.isEmpty)
    let refused = venue.ask("/v5/market/time", at: TestMarket.now + Span(milliseconds: 4_900))
    #expect(refused.status == 403 && refused.text.contains("access too frequent"))
    #expect(venue.ask("/v5/market/time", at: TestMarket.now + .minutes(9)).status == 403)
    #expect(venue.violationCounts[.impatient] == 1)
  }

  @Test func `Bybit's headers tell of the endpoint`() {
    var venue = TestMarket.venue(.bybit)
    let target = "/v5/market/tickers?category=linear&symbol=BTCUSDT"
    for _ in 0..<119 { _ = venue.ask(target) }
    #expect(venue.ask(target).header("X-Bapi-Limit-Status") == "0")
    let refused = venue.ask(target)
    #expect(refused.status == 200 && refused.text.contains("10006"))
    #expect(
      refused.header("X-Bapi-Limit-Reset-Timestamp")
        == String(TestMarket.now.milliseconds + 1_000))
  }

  @Test func `Hyperliquid counts rows too`() {
    var venue = TestMarket.venue(.hyperliquid)
    let question = #"""
      {"type":"candleSnapshot","req":{"coin":"BTC","interval":"1m","startTime":0,\#
      "endTime":1795500123000}}
      """#
    // 20 and 5000/60, and then 20 each.
    #expect(venue.ask("/info", json: question).status == 200)
    for _ in 0..<54 {
      #expect(venue.ask("/info", json: #"{"type":"meta"}"#).status == 200)
    }
    #expect(venue.violations.isEmpty)
    #expect(venue.ask("/info", json: #"{"type":"meta"}"#).status == 429)
    #expect(venue.violationCounts == [.overLimit: 1])
  }

  @Test func `Gate counts each endpoint and says what is left`() {
    var venue = TestMarket.venue(.gate)
    let target = "/api/v4/futures/usdt/tickers?contract=BTC_USDT"
    for _ in 0..<199 { _ = venue.ask(target) }
    #expect(venue.ask(target).header("X-Gate-RateLimit-Requests-Remain") == "0")
    #expect(venue.violations.isEmpty)
    let refused = venue.ask(target)
    #expect(refused.status == 429 && refused.text.contains("TOO_MANY_REQUESTS"))
  }

  @Test func `Streams are counted, and what is said on them`() throws {
    var okx = TestMarket.venue(.okx)
    for _ in 0..<3 { _ = try okx.stream("/ws/v5/public") }
    guard case .refused(let answer) = okx.open(path: "/ws/v5/public", at: TestMarket.now) else {
      Issue.record("a fourth stream within a second")
      return
    }
    #expect(answer.status == 429 && okx.violationCounts == [.overLimit: 1])

    var binance = TestMarket.venue(.binance)
    let id = try binance.stream("/market/ws")
    for number in 0..<11 {
      binance.receive(
        #"{"method":"LIST_SUBSCRIPTIONS","id":\#(number)}"#, on: id, at: TestMarket.now)
    }
    #expect(binance.violationCounts[.flooded] == 1)
    #expect(binance.frames(until: TestMarket.now + .seconds(1)).last?.frame.isLast == true)
  }

  @Test func `A stream whose client doesn't answer pings is cut`() throws {
    var options = EmulatedVenue.Options()
    options.pace = .slowed(.minutes(1))
    var venue = TestMarket.venue(.binance, options: options)
    let id = try venue.stream("/market/ws/btcusdt@kline_1m")
    let frames = venue.frames(until: TestMarket.now + .minutes(14))
    let pings = frames.filter { if case .ping = $0.frame { true } else { false } }
    #expect(pings.first?.time == TestMarket.now + .minutes(3))
    #expect(frames.last?.frame == .dropped)
    #expect(frames.last?.time == TestMarket.now + .minutes(13))
    #expect(venue.violationCounts == [.unansweredPing: 1])
    #expect(frames.allSatisfy { $0.stream == id })
  }

  @Test func `Silence is cut as each venue says`() throws {
    var okx = TestMarket.venue(.okx)
    _ = try okx.stream("/ws/v5/public")
    let last = okx.frames(until: TestMarket.now + .minutes(2)).last
    #expect(last?.frame.isLast == true && last?.time == TestMarket.now + .seconds(30))

    var talking = TestMarket.venue(.okx)
    let id = try talking.stream("/ws/v5/public")
    for second in stride(from: Int64(20), to: 120, by: 20) {
      talking.receive("ping", on: id, at: TestMarket.now + .seconds(second))
      let texts = talking.frames(until: TestMarket.now + .seconds(second + 1)).map(\.frame)
      #expect(texts == [.text("pong")])
    }

    var hyperliquid = TestMarket.venue(.hyperliquid)
    _ = try hyperliquid.stream(
      "/ws",
      saying: [#"{"method":"subscribe","subscription":{"type":"activeAssetCtx","coin":"BTC"}}"#])
    let end = hyperliquid.frames(until: TestMarket.now + .minutes(2)).last
    #expect(end?.frame == .dropped && end?.time == TestMarket.now + .minutes(1))
  }

  @Test func `Binance cuts a stream after a day`() throws {
    var options = EmulatedVenue.Options()
    options.pace = .slowed(.hours(1))
    var venue = TestMarket.venue(.binance, options: options)
    let id = try venue.stream("/market/ws/btcusdt@kline_1m")
    var last: EmulatedDelivery?
    for minute in stride(from: Int64(3), through: 1_450, by: 3) {
      let moment = TestMarket.now + .minutes(minute)
      for delivery in venue.frames(until: moment) {
        if case .ping(let payload) = delivery.frame {
          venue.receive(.pong(payload), on: id, at: delivery.time)
        }
        last = delivery
      }
    }
    #expect(last?.frame == .dropped && last?.time == TestMarket.now + .days(1))
    #expect(venue.violations.isEmpty)
  }
}
