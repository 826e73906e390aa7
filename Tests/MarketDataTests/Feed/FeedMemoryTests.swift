import Market
import Testing

@testable import MarketData

private let start = Timestamp(milliseconds: 1_789_475_700_000)

/// A value that can be changed within an expectation.
private final class Box<Value> {
  var value: Value
  init(_ value: Value) { self.value = value }
}

struct FeedMemoryTests {
  @Test("A liquidation counts once, whoever repeats it")
  func once() throws {
    let memory = Box(LiquidationMemory())
    let first = try Liquidation(time: start, side: .long, price: 100, quantity: 1)
    let other = try Liquidation(time: start, side: .short, price: 100, quantity: 1)
    #expect(memory.value.isNew(first, now: start) == true)
    #expect(memory.value.isNew(other, now: start) == true)
    #expect(memory.value.isNew(first, now: start + .hours(2)) == false)
    let old = try Liquidation(time: start - .hours(30), side: .long, price: 1, quantity: 1)
    #expect(memory.value.isNew(old, now: start) == false)
  }

  @Test("What is forgotten is too old to come again")
  func bounded() throws {
    let memory = Box(LiquidationMemory())
    for second in 0..<120_000 {
      let now = start + .seconds(Int64(second))
      let print = try Liquidation(time: now, side: .long, price: 100, quantity: 1)
      #expect(memory.value.isNew(print, now: now) == true)
    }
    let early = try Liquidation(time: start, side: .long, price: 100, quantity: 1)
    #expect(memory.value.isNew(early, now: start + .seconds(120_000)) == false)
  }

  @Test("Marks of open interest come once, between marks nothing does")
  func marks() throws {
    let join = Box(MarkJoin(step: .minutes(5), from: start))
    func reading(_ minute: Int64, _ size: Double) throws -> OpenInterest {
      try OpenInterest(time: start + .minutes(minute), quantity: size)
    }
    let rows = [try reading(0, 1), try reading(3, 7), try reading(5, 2)]
    #expect(join.value.take(rows) == [rows[0], rows[2]])
    #expect(join.value.take(rows).isEmpty)
    #expect(join.value.next == start + .minutes(10))
    // The venue corrects its newest mark.
    #expect(join.value.take([try reading(5, 3)]) == [try reading(5, 3)])
  }

  @Test("Gaps that touch are one line, and lines stay few")
  func gaps() {
    var list = GapList()
    for minute in 0..<5 {
      list.add(
        FeedGap(
          .liquidations, from: start + .minutes(Int64(minute)),
          to: start + .minutes(Int64(minute + 1)), reason: "offline"))
    }
    #expect(list.gaps.count == 1)
    #expect(list.gaps.first?.to == start + .minutes(5))
    for hour in 1..<200 {
      list.add(
        FeedGap(
          .liquidations, from: start + .hours(Int64(hour)),
          to: start + .hours(Int64(hour)), reason: "offline"))
    }
    #expect(list.lines.count == GapList.limit + 1)
    #expect(list.lines.last == "and 100 earlier stretches")
  }

  @Test("A reader that lags finds all facts, and of the rest the newest")
  func outbox() async throws {
    let outbox = UpdateOutbox()
    let instrument = Instrument(base: "BTC")
    func event(_ minute: Int64, _ volume: Double, isClosed: Bool) throws -> MarketEvent {
      let candle = try Candle(
        openTime: start + .minutes(minute), interval: .minutes(1), open: 1, high: 1, low: 1,
        close: 1, volume: volume)
      return MarketEvent(
        venue: .binance, instrument: instrument, fact: .candle(candle, isClosed: isClosed))
    }
    for minute in 0..<100 {
      for volume in 1..<50 {
        outbox.put(
          .facts(
            .binance, instrument, [try event(Int64(minute), Double(volume), isClosed: false)]))
        outbox.put(.status(.binance, instrument, FeedStatus(health: .live, dropped: volume)))
      }
      outbox.put(.facts(.binance, instrument, [try event(Int64(minute), 50, isClosed: true)]))
    }
    outbox.finish()
    let batch = try #require(await outbox.next())
    #expect(batch.count == 2)
    guard case .facts(_, _, let events)? = batch.first,
      case .status(_, _, let status)? = batch.last
    else {
      Issue.record("facts first, the state last")
      return
    }
    #expect(events.count == 200)
    #expect(status.dropped == 49)
    #expect(await outbox.next() == nil)
  }
}
