import Market
import Testing

@testable import MarketData

private let start = Timestamp(milliseconds: 1_789_475_700_000)

private func candle(_ minute: Int64, _ volume: Double, close: Double = 100) throws -> Candle {
  try Candle(
    openTime: start + .minutes(minute), interval: .minutes(1), open: 100, high: 200, low: 50,
    close: close, volume: volume)
}

private func row(_ minute: Int64, _ volume: Double, isClosed: Bool = true) throws
  -> CandleJoin.Change
{
  CandleJoin.Change(candle: try candle(minute, volume), isClosed: isClosed)
}

/// A join that can be asked within an expectation.
private final class Probe {
  private var join = CandleJoin(interval: .minutes(1), from: start)

  var hole: Timestamp? { join.hole }
  var sealedTo: Timestamp { join.sealedTo }
  var forming: Candle? { join.forming }

  @discardableResult
  func take(_ candle: Candle, isFinal: Bool, statesClosed: Bool) -> [CandleJoin.Change] {
    join.take(candle, isFinal: isFinal, statesClosed: statesClosed)
  }

  @discardableResult
  func seal(
    _ rows: [CandleJoin.Change], from: Timestamp, to: Timestamp, answered: Timestamp
  ) -> [CandleJoin.Change] {
    join.seal(rows, from: from, to: to, answered: answered)
  }
}

/// A join whose history has answered up to the given minute.
private func joined(to minute: Int64 = 0) throws -> Probe {
  let join = Probe()
  let rows = try (0..<minute).map { try row($0, 1) }
  join.seal(
    rows, from: start, to: start + .minutes(minute), answered: start + .minutes(minute))
  return join
}

struct CandleJoinTests {
  @Test("The stream is kept back until history has answered, and told then")
  func waits() throws {
    let join = Probe()
    #expect(join.take(try candle(1, 5), isFinal: true, statesClosed: true).isEmpty)
    #expect(join.take(try candle(2, 1), isFinal: false, statesClosed: true).isEmpty)
    let told = join.seal(
      [try row(0, 3)], from: start, to: start + .minutes(1), answered: start + .minutes(2))
    #expect(told == [try row(0, 3), try row(1, 5), try row(2, 1, isClosed: false)])
  }

  @Test("A forming candle is replaced by what is newer of it, never by what is older")
  func forming() throws {
    let join = try joined()
    #expect(join.take(try candle(0, 2), isFinal: false, statesClosed: true).count == 1)
    #expect(join.take(try candle(0, 5), isFinal: false, statesClosed: true).count == 1)
    #expect(join.take(try candle(0, 3), isFinal: false, statesClosed: true).isEmpty)
    #expect(join.take(try candle(0, 5), isFinal: false, statesClosed: true).isEmpty)
    #expect(join.forming == (try candle(0, 5)))
  }

  @Test("What is closed stays, whatever comes late or twice")
  func late() throws {
    let join = try joined()
    #expect(join.take(try candle(0, 9), isFinal: true, statesClosed: true) == [try row(0, 9)])
    #expect(join.take(try candle(0, 9), isFinal: true, statesClosed: true).isEmpty)
    #expect(join.take(try candle(0, 7), isFinal: false, statesClosed: true).isEmpty)
    #expect(join.take(try candle(1, 1), isFinal: false, statesClosed: true).count == 1)
    #expect(join.take(try candle(0, 8), isFinal: false, statesClosed: true).isEmpty)
  }

  @Test("Without a flag the next candle closes the one before")
  func unflagged() throws {
    let join = try joined()
    join.take(try candle(0, 4), isFinal: false, statesClosed: false)
    let told = join.take(try candle(1, 1), isFinal: false, statesClosed: false)
    #expect(told == [try row(0, 4), try row(1, 1, isClosed: false)])
    // The last trades of the minute came in the wrong order.
    let late = join.take(try candle(0, 6), isFinal: false, statesClosed: false)
    #expect(late == [try row(0, 6)])
  }

  @Test("History replaces what the stream said, and tells only what differs")
  func seals() throws {
    let join = try joined()
    join.take(try candle(0, 4), isFinal: true, statesClosed: true)
    join.take(try candle(1, 4), isFinal: true, statesClosed: true)
    let told = join.seal(
      [try row(0, 4), try row(1, 5)], from: start, to: start + .minutes(2),
      answered: start + .minutes(3))
    #expect(told == [try row(1, 5)])
    #expect(join.sealedTo == start + .minutes(2))
    #expect(join.take(try candle(1, 99), isFinal: true, statesClosed: true).isEmpty)
  }

  @Test("A missing minute is a hole until history has it")
  func hole() throws {
    let join = try joined(to: 3)
    #expect(join.hole == nil)
    join.take(try candle(3, 1), isFinal: true, statesClosed: true)
    #expect(join.hole == nil)
    join.take(try candle(5, 1), isFinal: false, statesClosed: true)
    #expect(join.hole == start + .minutes(4))
    join.seal(
      [try row(3, 1), try row(4, 2), try row(5, 1, isClosed: false)], from: start + .minutes(3),
      to: start + .minutes(6), answered: start + .minutes(5) + .seconds(3))
    #expect(join.hole == nil)
  }

  @Test("A minute in which nobody traded is no hole once history shows both neighbours")
  func silence() throws {
    let join = try joined(to: 1)
    join.seal(
      [try row(2, 1), try row(3, 1, isClosed: false)], from: start + .minutes(1),
      to: start + .minutes(4), answered: start + .minutes(3) + .seconds(5))
    #expect(join.sealedTo == start + .minutes(3))
    #expect(join.hole == nil)
  }

  @Test("A market that stands still doesn't hold the seal back for ever")
  func halted() throws {
    let join = try joined(to: 1)
    join.seal(
      [], from: start + .minutes(1), to: start + .minutes(60), answered: start + .minutes(60))
    #expect(join.sealedTo == start + .minutes(50))
  }

  @Test("A row that nothing shows to be over is asked for again, however late its answer came")
  func early() throws {
    let join = try joined()
    join.seal(
      [try row(0, 4), try row(1, 4, isClosed: false)], from: start, to: start + .minutes(2),
      answered: start + .minutes(30))
    #expect(join.sealedTo == start + .minutes(1))
  }

  @Test("Candles of another length, or off their boundaries, are no candles of this series")
  func foreign() throws {
    let join = try joined()
    let odd = try Candle(
      openTime: start + .seconds(7), interval: .minutes(1), open: 1, high: 1, low: 1, close: 1,
      volume: 1)
    #expect(join.take(odd, isFinal: true, statesClosed: true).isEmpty)
  }
}
