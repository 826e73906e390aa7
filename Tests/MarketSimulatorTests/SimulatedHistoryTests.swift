import Market
import Testing

@testable import MarketSimulator

struct SimulatedHistoryTests {
  private static let now = Crowd.monday + .days(40) + .minutes(317) + .seconds(20)

  private static func history(seed: UInt64 = 1) -> SimulatedHistory {
    var options = SimulationOptions()
    options.step = .seconds(60)
    options.openingsPerMinute = 0.5
    return SimulatedHistory(
      instrument: .ether, seed: seed, now: now, options: options,
      olderCandleInterval: .minutes(5))
  }

  @Test func `segments follow each other without a gap in time, price or open interest`() throws {
    var history = SimulatedHistoryTests.history()
    var newer = history.segment(0)
    for index in 1...2 {
      let older = history.segment(index)
      let bounds = history.bounds(ofSegment: index)
      for venue in SimulatedMarket.venues {
        let last = try #require(Crowd.candles(older, venue).last)
        let next = try #require(Crowd.candles(newer, venue).first)
        #expect(last.closeTime == bounds.end)
        #expect(next.openTime == bounds.end)
        #expect(abs(last.close - next.open) < 1e-9)
        let first = try #require(Crowd.candles(older, venue).first)
        #expect(first.openTime == bounds.start)
        #expect(Crowd.candles(older, venue).count == 30 * 288)
        let before = try #require(Crowd.openInterest(older, venue).last)
        let after = try #require(Crowd.openInterest(newer, venue).first)
        #expect(abs(before.quantity / after.quantity - 1) < 0.02)
      }
      #expect(zip(older, older.dropFirst()).allSatisfy { $0.time <= $1.time })
      newer = older
    }
  }

  @Test func `the bytes don't depend on the order in which segments are asked for`() {
    var forwards = SimulatedHistoryTests.history()
    var backwards = SimulatedHistoryTests.history()
    let zero = forwards.segment(0)
    let one = forwards.segment(1)
    let two = forwards.segment(2)
    #expect(backwards.segment(2) == two)
    #expect(backwards.segment(0) == zero)
    #expect(backwards.segment(1) == one)
    #expect(backwards.segment(0) == zero)
  }

  @Test func `the live market goes on from the end of the newest segment by the second`() throws {
    var history = SimulatedHistoryTests.history()
    let newest = history.segment(0)
    let end = history.bounds(ofSegment: 0).end
    #expect(end == Timestamp(minute: SimulatedHistoryTests.now.minute))
    #expect(history.market.time == end)
    let live = history.advance(to: end + .seconds(61), includesForming: true)
    let last = try #require(Crowd.candles(newest, .simulatedA).last)
    let next = try #require(Crowd.candles(live, .simulatedA).first)
    #expect(next.openTime == last.closeTime)
    #expect(next.open == last.close)
    #expect(history.market.time == end + .seconds(61))
    var whole = SimulatedHistoryTests.history()
    let closed = whole.advance(to: end + .seconds(61), includesForming: false)
    #expect(closed.suffix(10) == (newest + SimulatedMarketTests.withoutForming(live)).suffix(10))
    #expect(closed.count == (newest + SimulatedMarketTests.withoutForming(live)).count)
    #expect(whole.market.positions == history.market.positions)
  }

  @Test func `the newest segment is at least two weeks and the whole more than 400 days`() {
    let history = SimulatedHistoryTests.history()
    let newest = history.bounds(ofSegment: 0)
    #expect(newest.end - newest.start >= .days(14))
    #expect(newest.start.milliseconds % 86_400_000 == 0)
    let oldest = history.bounds(ofSegment: SimulatedHistory.segmentCount - 1)
    #expect(newest.end - oldest.start >= .days(400))
  }

  @Test func `another seed is another history`() {
    var first = SimulatedHistoryTests.history(seed: 1)
    var second = SimulatedHistoryTests.history(seed: 2)
    #expect(first.segment(0) != second.segment(0))
  }
}
