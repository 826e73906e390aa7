import Market
import Synchronization
import Testing

@testable import MarketData

private func at(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

@Suite struct PaceTests {
  @Test func `no window of any offset holds more than the share of a limit`() {
    var budget = RateBudget(rules: [RateRule("w", limit: 100, per: .seconds(10))], now: at(0))
    var sent: [Int64] = []
    for now in stride(from: Int64(0), through: 60_000, by: 7) {
      while budget.wait(for: [RateCost("w")], now: at(now)).milliseconds == 0 {
        budget.spend([RateCost("w")], now: at(now))
        sent.append(now)
      }
    }
    #expect(sent.count > 200)
    for start in sent {
      #expect(sent.filter { $0 >= start && $0 < start + 10_000 }.count <= 81)
    }
  }

  @Test func `a hold is kept to the millisecond`() {
    var budget = RateBudget(rules: [], now: at(0))
    budget.hold(until: at(120_000))
    #expect(budget.wait(for: [], now: at(119_999)) == Span(milliseconds: 1))
    #expect(budget.wait(for: [], now: at(120_000)) == Span(milliseconds: 0))
  }

  @Test func `requests go in their order, and pass only those of other allowances`() {
    let rules = [
      RateRule("slow", limit: 2, per: .seconds(2)), RateRule("w", limit: 99, per: .seconds(1)),
    ]
    var queue = RateQueue(budget: RateBudget(rules: rules, share: 1, now: at(0)))
    for id in 1...3 { queue.enter(id, costs: [RateCost("slow")]) }
    queue.enter(4, costs: [RateCost("w")])
    queue.enter(5, costs: [RateCost("w"), RateCost("slow")])
    let first = queue.admit(now: at(0))
    #expect(first == .init(admitted: [1, 4], next: .seconds(2)))
    queue.leave(2)
    #expect(queue.admit(now: at(2_000)).admitted == [3])
    #expect(queue.admit(now: at(4_000)) == .init(admitted: [5], next: nil))
  }

  @Test func `the venue's own count slows down, and stops near the limit`() {
    var budget = RateBudget(rules: VenueLimits.rest(.binance), now: at(0))
    budget.observe(used: 1_910, of: "weight", rest: .seconds(20), now: at(0))
    #expect(budget.wait(for: [RateCost("weight", 10)], now: at(0)).milliseconds == 0)
    #expect(budget.wait(for: [RateCost("weight", 20)], now: at(0)).milliseconds > 0)
    budget.observe(used: 2_300, of: "weight", rest: .seconds(20), now: at(0))
    #expect(budget.wait(for: [RateCost("weight")], now: at(0)) >= .seconds(20))
    #expect(budget.wait(for: [RateCost("data")], now: at(0)).milliseconds == 0)
  }

  @Test(arguments: [
    (RateDialect.binance, 418, ["Retry-After: 90"], "{}", 90_000 as Int64),
    (
      .binance, 418, [], #"{"code":-1003,"msg":"IP(1.2.3.4) banned until 1000300000. Use"}"#,
      300_000
    ),
    (.binance, 429, [], "{}", 60_000),
    (.binance, 403, [], "<html>", 300_000),
    (.bybit, 403, [], "403, access too frequent", 600_000),
    (.bybit, 200, ["X-Bapi-Limit-Reset-Timestamp: 1000004000"], #"{"retCode":10006}"#, 4_000),
    (.okx, 200, [], #"{"code":"50011","msg":"Too Many Requests","data":[]}"#, 2_000),
    (.gate, 429, ["X-Gate-RateLimit-Reset-Timestamp: 1000003"], "{}", 3_000),
    (.hyperliquid, 429, [], "", 10_000),
  ]) func `each venue's complaint is heard`(
    dialect: RateDialect, status: Int, headers: [String], body: String, wait: Int64
  ) async {
    let clock = TransportClock(now: { at(1_000_000_000) }, steady: { at(5) }, sleep: { _ in })
    let limiter = RateLimiter(host: "h", rules: [], dialect: dialect, clock: clock)
    let result = HTTPResult(
      status: status,
      headers: headers.map { line in
        let parts = line.split(separator: ": ", maxSplits: 1)
        return HTTPHeader(String(parts[0]), String(parts[1]))
      }, body: Array(body.utf8))
    #expect(limiter.record(result, costs: [RateCost("e")]) == Span(milliseconds: wait))
  }

  @Test func `a country's refusal is no complaint about the pace`() {
    let page = Array("{ error:The Amazon CloudFront distribution is configured".utf8)
    let result = HTTPResult(status: 403, headers: [], body: page)
    #expect(RateDialect.bybit.signals(in: result, now: at(0)).isEmpty)
  }

  @Test func `waiters get their turn when the clock moves on, and a cancelled one leaves`() async {
    let now = Mutex<Int64>(0)
    let clock = TransportClock(
      now: { at(now.withLock { $0 }) }, steady: { at(now.withLock { $0 }) },
      sleep: { span in
        try Task.checkCancellation()
        await Task.yield()
        now.withLock { $0 += span.milliseconds }
      })
    let rules = [RateRule("w", limit: 2, per: .seconds(2))]
    let limiter = RateLimiter(host: "h", rules: rules, dialect: .plain, share: 1, clock: clock)
    for _ in 0..<3 { try? await limiter.acquire([RateCost("w")]) }
    #expect(now.withLock { $0 } >= 4_000)
    limiter.hold(for: .hours(1))
    let waiting = Task { try await limiter.acquire([]) }
    waiting.cancel()
    let result = await waiting.result
    #expect(throws: TransportError(host: "h", .cancelled)) { try result.get() }
  }

  @Test func `dates of HTTP are read`() {
    #expect(HTTPDate.moment("Sun, 06 Nov 1994 08:49:37 GMT") == at(784_111_777_000))
    #expect(HTTPDate.moment("Sun, 06 Nov 1994") == nil)
  }

  @Test func `waits grow to the cap and start anew after a stable connection`() {
    var backoff = Backoff()
    var chance = SystemRandomNumberGenerator()
    var bounds: [Int64] = []
    for _ in 0..<9 {
      let wait = backoff.failed(at: at(0), using: &chance).milliseconds
      #expect((250...60_000).contains(wait))
      bounds.append(wait)
    }
    #expect(bounds[0] <= 1_000 && bounds[1] <= 2_000 && bounds[2] <= 4_000)
    backoff.succeeded(at: at(0))
    _ = backoff.failed(at: at(59_999), using: &chance)
    #expect(backoff.failures == 10)
    backoff.succeeded(at: at(100_000))
    _ = backoff.failed(at: at(160_000), using: &chance)
    #expect(backoff.failures == 1)
  }

  @Test func `a subscription without data is found though others have some`() {
    var dog = Watchdog<String>()
    dog.expect("kline", within: .seconds(10), now: at(0))
    dog.expect("mark", within: .seconds(5), now: at(0))
    dog.fed("mark", now: at(9_000))
    #expect(dog.nextCheck == at(10_001))
    #expect(dog.silent(now: at(10_001)).map(\.key) == ["kline"])
  }

  @Test func `a heartbeat asks after silence and gives up after patience`() {
    var live = Liveness(rhythm: .afterSilence(.seconds(20)), patience: .seconds(8), now: at(0))
    #expect(live.step(now: at(19_999)) == (.none, at(20_000)))
    #expect(live.step(now: at(20_000)) == (.probe, at(28_000)))
    live.heard(now: at(27_000))
    #expect(live.step(now: at(28_000)) == (.none, at(47_000)))
    #expect(live.step(now: at(47_000)).action == .probe)
    #expect(live.step(now: at(55_000)).action == .dead(.seconds(28)))
    live.pause(true, now: at(55_000))
    #expect(live.step(now: at(55_001)).action == .none)
  }
}
