import MapEngine
import Market
import RealModule
import Testing

@Suite struct PositionBookTests {
  private static let bitcoin = Instrument(base: "BTC")

  private func book(_ venue: Venue = .binance, isSeeded: Bool = true) -> PositionBook {
    PositionBook(
      venue: venue, table: MaintenanceTable.table(venue: venue, instrument: Self.bitcoin),
      isSeeded: isSeeded)
  }

  @Test(arguments: [UInt64(1), 2, 3], [true, false])
  func `each side carries the whole open interest after every interval`(
    seed: UInt64, isSeeded: Bool
  ) throws {
    var series = SeededSeries(seed: seed)
    let intervals = try series.intervals(count: 120, volatility: seed == 3 ? 0.05 : 0.004)
    var book = book(isSeeded: isSeeded)
    for interval in intervals {
      book.append([interval])
      for side in Side.allCases {
        for component in book.components.indices {
          let total = book.total(side, component: component)
          #expect(abs(total / interval.openInterest - 1) < 1e-9)
        }
      }
    }
  }

  @Test func `what opened, closed and was liquidated adds up to the change of open interest`()
    throws
  {
    var series = SeededSeries(seed: 9)
    let intervals = try series.intervals(count: 300, volatility: 0.02)
    var book = book()
    var swept = 0.0
    for interval in intervals {
      book.append([interval])
      for side in Side.allCases {
        swept += book.lastLiquidated(side, component: book.components.count - 1)
      }
    }
    let last = book.components.count - 1
    let total = book.liquidated(.long, component: last) + book.liquidated(.short, component: last)
    #expect(swept > 0)
    #expect(abs(swept / total - 1) < 1e-12)
  }

  @Test(arguments: [1, 2, 7, 64, 250])
  func `the same intervals give the same bits whatever the batch sizes`(batch: Int) throws {
    var series = SeededSeries(seed: 4)
    let intervals = try series.intervals(count: 250, volatility: 0.02)
    var whole = book()
    whole.append(intervals)
    var pieces = book()
    for start in stride(from: 0, to: intervals.count, by: batch) {
      pieces.append(intervals[start..<min(start + batch, intervals.count)])
    }
    for side in Side.allCases {
      for component in whole.components.indices {
        #expect(occupied(whole, side, component) == occupied(pieces, side, component))
        #expect(
          whole.liquidated(side, component: component).bitPattern
            == pieces.liquidated(side, component: component).bitPattern)
      }
    }
  }

  private func occupied(_ book: PositionBook, _ side: Side, _ component: Int) -> [Int: UInt64] {
    let (first, coins) = book.levels(side, component: component)
    return Dictionary(
      uniqueKeysWithValues: coins.enumerated().filter { $0.element > 0 }
        .map { (first + $0.offset, $0.element.bitPattern) })
  }

  @Test func `no long stands at or above the low, no short at or below the high`() throws {
    var series = SeededSeries(seed: 5)
    var book = book()
    for interval in try series.intervals(count: 200, volatility: 0.03) {
      book.append([interval])
      for component in book.components.indices {
        let longs = book.levels(.long, component: component)
        let highest = longs.coins.lastIndex { $0 > 0 }.map { longs.first + $0 } ?? 0
        #expect(upper(highest, book) <= interval.low * (1 + 1e-9))
        let shorts = book.levels(.short, component: component)
        let lowest = shorts.coins.firstIndex { $0 > 0 }.map { shorts.first + $0 } ?? Int.max
        #expect(upper(lowest - 1, book) >= interval.high * (1 - 1e-9))
      }
    }
  }

  /// The price at the top of a bin.
  private func upper(_ bin: Int, _ book: PositionBook) -> Double {
    Double.exp(Double(bin + 1) * book.binWidth)
  }

  @Test func `levels that stay uncrossed never move`() throws {
    var series = SeededSeries(seed: 6)
    let intervals = try series.intervals(count: 100)
    var book = book()
    book.append(intervals[..<50])
    let before = book
    book.append(intervals[50...])
    let lowest = intervals[50...].map(\.low).min() ?? 0
    // Far below everything traded since, closings shrink each level of a lane alike.
    for component in book.components.indices {
      let old = before.levels(.long, component: component)
      let new = book.levels(.long, component: component)
      var ratio: Double?
      for (index, coins) in old.coins.enumerated() where coins > 0 {
        let bin = old.first + index
        guard upper(bin, book) < lowest * 0.2 else { continue }
        let now = new.coins[bin - new.first] / coins
        if let ratio { #expect(abs(now / ratio - 1) < 1e-9) }
        ratio = now
      }
    }
  }

  @Test func `a venue's map leaves out leverage that the venue does not offer`() {
    #expect(book(.binance).components.contains { $0.leverage == 100 })
    #expect(!book(.hyperliquid).components.contains { $0.leverage >= 60 })
  }

  @Test func `a fall of open interest closes in proportion and liquidates nobody`() throws {
    let candle = try Candle(
      openTime: Timestamp(milliseconds: 0), interval: .minutes(5), open: 100, high: 100,
      low: 100, close: 100, volume: 0)
    let next = try Candle(
      openTime: candle.closeTime, interval: .minutes(5), open: 100, high: 100, low: 100,
      close: 100, volume: 0)
    var book = book(isSeeded: false)
    book.append([MarketInterval(candle: candle, openInterest: 1_000)])
    let before = book.levels(.long, component: 0)
    book.append([MarketInterval(candle: next, openInterest: 250)])
    let after = book.levels(.long, component: 0)
    #expect(book.liquidated(.long, component: 0) == 0)
    for (index, coins) in before.coins.enumerated() where coins > 0 {
      #expect(abs(after.coins[index] - coins / 4) < 1e-9)
    }
  }

  @Test func `open interest of zero empties the book and it fills again`() throws {
    var series = SeededSeries(seed: 8)
    let candles = try series.candles(count: 3)
    var book = book()
    for (candle, interest) in zip(candles, [500.0, 0, 700]) {
      book.append([MarketInterval(candle: candle, openInterest: interest)])
    }
    #expect(abs(book.total(.short, component: 3) - 700) < 1e-6)
  }

  @Test func `turnover beyond anything seen keeps every number finite`() throws {
    var series = SeededSeries(seed: 10)
    var book = book()
    for candle in try series.candles(count: 300) {
      let frantic = try Candle(
        openTime: candle.openTime, interval: candle.interval, open: candle.open,
        high: candle.high, low: candle.low, close: candle.close, volume: 1e9)
      book.append([MarketInterval(candle: frantic, openInterest: 10)])
    }
    for component in book.components.indices {
      #expect(abs(book.total(.long, component: component) - 10) < 1e-8)
    }
  }
}
