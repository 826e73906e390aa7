import Market
import Testing

@testable import MapEngine

@Suite struct HuntTrackerTests {
  /// Dollars per bin of 10 basis points around 100: one everywhere, and a pool of longs.
  private func map(pool: ClosedRange<Double>?, usd: Double = 100) -> LiquidationMap {
    let grid = PriceGrid(price: 100, rangePercent: 10, count: 200)
    let cells = (0..<grid.count).map { bin -> Double in
      let middle = (grid.edge(bin) + grid.edge(bin + 1)) / 2
      return pool.map { $0.contains(middle) } ?? false ? usd : 1
    }
    return LiquidationMap(
      grid: grid,
      layers: [LeverageLayer(label: "all", minLeverage: 0, maxLeverage: .infinity)],
      venues: [.binance], cells: cells)
  }

  private func time(_ hour: Int) -> Timestamp { Timestamp(milliseconds: Int64(hour) * 3_600_000) }

  /// The bar of index `hour`, which closes an hour later.
  private func bar(
    _ hour: Int, low: Double, high: Double, close: Double, interest: Double = 1_000,
    long: Double? = nil, short: Double? = nil
  ) -> StoryBar {
    StoryBar(
      price: PriceBar(
        openTime: time(hour), span: .hours(1), open: 100, high: high, low: low, close: close),
      crossLow: low, crossHigh: high, volatility: 0.005, atr: 1,
      eaten: BySide(long: 0, short: 0), printed: BySide(long: long, short: short),
      openInterest: interest)
  }

  private let low = Swing(kind: .low, index: 3, price: 98, knownAt: 8)

  private func step(
    _ tracker: inout HuntTracker, _ bar: StoryBar, _ index: Int, before: StoryBar?,
    map: LiquidationMap, swings: [Swing] = []
  ) {
    let frame = MapFrame(map)
    tracker.cross(bar, index: index, frame: frame, before: before)
    tracker.observe(
      bar, index: index, swings: swings, openTime: time, frame: frame,
      reading: MapReader(map: map, atr: 1).reading(), ledger: MagnetLedger())
  }

  /// A tracker that knows the low, at the close of bar 8.
  private func tracker(_ map: LiquidationMap) -> (HuntTracker, StoryBar) {
    var tracker = HuntTracker(returnBars: 2)
    let quiet = bar(8, low: 99.5, high: 100.5, close: 100)
    step(&tracker, quiet, 8, before: nil, map: map, swings: [low])
    return (tracker, quiet)
  }

  @Test func `a swing with a pool behind it is a story that builds`() throws {
    let (tracker, _) = tracker(map(pool: 97.2...97.9))
    let hunt = try #require(tracker.building.first)
    #expect(hunt.phase == .building && hunt.side == .long)
    #expect(hunt.swingAt == time(3) && hunt.since == time(9))
    #expect(hunt.pool.low == 97 && hunt.pool.high == 98)
    #expect(hunt.pool.usd > 600 && hunt.pool.usd < 900)
    #expect(tracker.told.isEmpty)
  }

  @Test func `a swing with less behind it than the ordinary is no story`() {
    let (tracker, _) = tracker(map(pool: 98.5...99.5))
    #expect(tracker.building.isEmpty)
  }

  @Test func `a wick through and a close back within the bar is reversed, with what it ate`()
    throws
  {
    let map = map(pool: 97.2...97.9)
    var (tracker, before) = tracker(map)
    let wick = bar(
      9, low: 97.5, high: 100, close: 99, interest: 940, long: 300, short: 20)
    step(&tracker, wick, 9, before: before, map: map)
    let hunt = try #require(tracker.told.first)
    #expect(hunt.phase == .reversed && hunt.grabbedAt == time(10) && hunt.decidedAt == time(10))
    #expect(hunt.eatenUSD == MapFrame(map).usd(.long, from: 97.5, to: 98))
    #expect(hunt.eatenShare > 0.3 && hunt.eatenShare < 0.9)
    #expect(hunt.printedUSD == 300 && hunt.printedOppositeUSD == 20)
    #expect(hunt.openInterestDrop == 60 && hunt.extreme == 97.5)
    #expect(hunt.isConfirmed)
    #expect(tracker.building.isEmpty)
  }

  @Test func `no close back in time is continued, and adds up all its bars`() throws {
    let map = map(pool: 97.2...97.9)
    var (tracker, before) = tracker(map)
    for hour in 9...11 {
      let fall = bar(hour, low: 97.5 - Double(hour - 9), high: 98, close: 97.6, long: 10)
      step(&tracker, fall, hour, before: before, map: map)
      #expect(tracker.told.first?.phase == (hour < 11 ? .grabbed : .continued))
      before = fall
    }
    let hunt = try #require(tracker.told.first)
    #expect(hunt.printedUSD == 30 && hunt.extreme == 95.5 && hunt.decidedAt == time(12))
    #expect(hunt.openInterestDrop == 0 && !hunt.isConfirmed)
  }

  @Test func `a close back in the second bar is in time, in the third it isn't`() {
    for (delay, phase) in [(1, StopHunt.Phase.reversed), (2, .reversed), (3, .continued)] {
      let map = map(pool: 97.2...97.9)
      var (tracker, before) = tracker(map)
      for hour in 9...12 {
        let close = hour - 9 < delay ? 97.6 : 98.4
        let next = bar(hour, low: 97.5, high: 98.5, close: close)
        step(&tracker, next, hour, before: before, map: map)
        before = next
      }
      #expect(tracker.told.first?.phase == phase)
    }
  }

  @Test func `a reversal fails where a bar soon closes beyond its extreme`() {
    let map = map(pool: 97.2...97.9)
    for (close, fails) in [(97.6, false), (97.4, true)] {
      var (tracker, before) = tracker(map)
      for (hour, end) in [(9, 99.0), (10, 98.5), (11, close)] {
        let next = bar(hour, low: hour == 10 ? 98.4 : min(97.5, end), high: 100, close: end)
        step(&tracker, next, hour, before: before, map: map)
        before = next
      }
      #expect(tracker.told.first?.phase == .reversed)
      #expect(tracker.told.first?.failedAt == (fails ? time(12) : nil))
    }
  }

  @Test func `the next pool opposite is the nearest large cluster on the other side`() throws {
    let grid = PriceGrid(price: 100, rangePercent: 10, count: 200)
    let cells = (0..<grid.count).map { bin -> Double in
      let middle = (grid.edge(bin) + grid.edge(bin + 1)) / 2
      if (97.2...97.9).contains(middle) { return 100 }
      return (103.0...103.4).contains(middle) ? 200 : 1
    }
    let map = LiquidationMap(
      grid: grid,
      layers: [LeverageLayer(label: "all", minLeverage: 0, maxLeverage: .infinity)],
      venues: [.binance], cells: cells)
    var (tracker, before) = tracker(map)
    step(&tracker, bar(9, low: 97.5, high: 100, close: 99), 9, before: before, map: map)
    let next = try #require(tracker.told.first?.opposite)
    #expect(next.side == .short && abs(next.price - 103.2) < 0.2)
    #expect(abs(next.distancePercent - 3.2) < 0.2)
  }

  @Test func `of equal lows the outermost has the story`() throws {
    let map = map(pool: 97.0...97.9)
    var tracker = HuntTracker(returnBars: 2)
    let lows = [
      Swing(kind: .low, index: 3, price: 98.1, knownAt: 8),
      Swing(kind: .low, index: 4, price: 98, knownAt: 8),
    ]
    step(
      &tracker, bar(8, low: 99.5, high: 100.5, close: 100), 8, before: nil, map: map, swings: lows)
    #expect(tracker.building.map(\.level) == [98])
  }
}
