import Market
import MarketData
import TestSupport
import Testing

@testable import struct MarketData.CandleSeries
@testable import enum MarketData.IntervalLength

@Suite struct SeriesTests {
  static let start: Int64 = 1_700_000_040_000

  /// A table of one-minute rows: each minute after the start, and its close.
  static func table(_ rows: [(minute: Int64, close: Int)], extra: String = "") -> String {
    var text = "open_time,open,high,low,close,volume\(extra.isEmpty ? "" : ",\(extra)")\n"
    for row in rows { text += "\(start + row.minute * 60_000),100,200,50,\(row.close),1\n" }
    return text
  }

  static func minutes(of table: MarketTable) -> [Int64] {
    table.candles.map { ($0.openTime.milliseconds - start) / 60_000 }
  }

  @Test func `gaps are found and counted`() throws {
    let table = try read(Self.table([(0, 100), (1, 100), (2, 100), (5, 100), (6, 100), (8, 100)]))
    #expect(table.candleCount == 6)
    #expect(table.report.gaps.map(\.missing) == [2, 1])
    #expect(table.report.missingIntervals == 3)
    #expect(table.report.gaps[0].from.milliseconds == Self.start + 3 * 60_000)
    #expect(table.report.gaps[0].to.milliseconds == Self.start + 5 * 60_000)
    #expect(table.report.notes == ["2 gaps, in which 3 candles are missing"])
  }

  @Test func `rows out of order are sorted and counted`() throws {
    let table = try read(Self.table([(3, 103), (0, 100), (2, 102), (1, 101), (4, 104)]))
    #expect(table.candles.map(\.close) == [100, 101, 102, 103, 104])
    #expect(table.report.outOfOrder == 3)
    #expect(table.report.notes == ["3 rows out of order, sorted"])
    #expect(table.isOrdered)
  }

  @Test func `rows from last to first are read as well`() throws {
    let table = try read(Self.table((0..<50).reversed().map { ($0, 100) }))
    #expect(table.candleCount == 50)
    #expect(table.interval == .minutes(1))
    #expect(table.report.outOfOrder == 49)
  }

  @Test func `identical duplicates are dropped, of conflicting ones the later wins`() throws {
    let table = try read(
      Self.table([(0, 100), (1, 101), (1, 101), (2, 102), (3, 103), (2, 99), (2, 98)]))
    #expect(Self.minutes(of: table) == [0, 1, 2, 3])
    #expect(table.candles.map(\.close) == [100, 101, 98, 103])
    #expect(table.report.identicalDuplicates == 1)
    #expect(table.report.conflictingDuplicates == 2)
    #expect(
      table.report.notes.contains(
        "2 times given twice with different values, of which the later ones were kept"))
  }

  @Test func `a candle that starts within the one before is dropped and counted`() throws {
    var text = Self.table([(0, 100), (1, 101), (2, 102), (3, 103), (4, 104)])
    text += "\(Self.start + 90_000),100,200,50,150,1\n"
    let table = try read(text)
    #expect(table.candles.map(\.close) == [100, 101, 102, 103, 104])
    #expect(table.report.overlapping == 1)
  }

  @Test func `what one of two equal candles leaves open is taken from the other`() throws {
    let table = try read(
      """
      open_time,open,high,low,close,volume,taker_buy_volume,open_interest
      1700000040000,1,1,1,1,1,0.5,
      1700000040000,1,1,1,1,1,,7
      1700000100000,1,1,1,1,1,0.5,7
      1700000100000,1,1,1,1,1,0.6,7
      """)
    #expect(table.candles.map(\.takerBuyVolume) == [0.5, 0.6])
    #expect(table.openInterest.map(\.quantity) == [7, 7])
    #expect(table.report.identicalDuplicates == 1)
    #expect(table.report.conflictingDuplicates == 1)
  }

  @Test(
    "the length of a candle is the most frequent step, the shortest of equals",
    arguments: [
      ([0, 60, 120, 180], 60), ([0, 60, 120, 600, 660], 60), ([0, 60, 360], 60),
      ([0, 300, 360], 60), ([0, 300, 360, 660, 960], 300), ([0, 0, 0, 60], 60), ([5, 5], nil),
      ([5], nil), ([], nil),
    ] as [([Int64], Int64?)])
  func steps(_ times: [Int64], _ step: Int64?) {
    #expect(IntervalLength.mostFrequent(in: times) == step)
  }

  @Test func `a length is written as traders write it`() {
    let lengths: [Int64] = [1, 1_000, 90_000, 60_000, 300_000, 3_600_000, 14_400_000, 86_400_000]
    #expect(
      lengths.map(IntervalLength.text) == ["1ms", "1s", "90s", "1m", "5m", "1h", "4h", "1d"])
  }

  @Test func `the same rows in any order give the same events`() throws {
    var random = SeededRandom(seed: 3)
    let rows = (0..<200).map { (minute: Int64($0), close: 100 + Int($0 % 7)) }
    let sorted = try read(Self.table(rows))
    for _ in 0..<5 {
      #expect(try read(Self.table(rows.shuffled(using: &random))).events == sorted.events)
    }
  }
}
