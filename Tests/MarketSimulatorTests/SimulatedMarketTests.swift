import MapEngine
import Market
import Testing

@testable import MarketSimulator

struct SimulatedMarketTests {
  @Test func `the same seed gives the same events, another seed gives others`() {
    var first = Crowd.market(seed: 21)
    var same = Crowd.market(seed: 21)
    var other = Crowd.market(seed: 22)
    let events = first.advance(minutes: 600)
    #expect(events == same.advance(minutes: 600))
    #expect(first.positions == same.positions)
    #expect(first.liquidations == same.liquidations)
    #expect(events != other.advance(minutes: 600))
  }

  @Test func `events don't depend on the size of the batches`() {
    var whole = Crowd.market(.retail, seed: 3)
    var minutes = Crowd.market(.retail, seed: 3)
    var seconds = Crowd.market(.retail, seed: 3)
    let events = whole.advance(minutes: 180)
    #expect(events == (0..<180).flatMap { _ in minutes.advance(minutes: 1) })
    var closed: [MarketEvent] = []
    for _ in 0..<(180 * 60 / 7 + 1) where seconds.time < whole.time {
      let left = (whole.time - seconds.requested).milliseconds / 1_000
      let seen = seconds.advance(seconds: min(7, Int(left)), includesForming: true)
      closed += SimulatedMarketTests.withoutForming(seen)
    }
    #expect(closed == events)
    #expect(seconds.positions == whole.positions)
  }

  @Test func `forming candles of each second end in the closed candle`() throws {
    var options = SimulationOptions()
    options.stepsBySecondFrom = Crowd.monday + .minutes(2)
    options.openingsPerMinute = 2
    var market = SimulatedMarket(
      instrument: .ether, seed: 9, start: Crowd.monday, options: options)
    _ = market.advance(minutes: 2)
    var forming: [Candle] = []
    var closed: [Candle] = []
    for second in 1...180 {
      let events = market.advance(seconds: 1)
      #expect(market.time == Crowd.monday + .minutes(2) + .seconds(Int64(second)))
      for event in events where event.venue == .simulatedA {
        guard case .candle(let candle, let isClosed) = event.fact else { continue }
        if isClosed { closed.append(candle) } else { forming.append(candle) }
      }
    }
    #expect(closed.count == 3)
    #expect(forming.count == 177)
    for candle in closed {
      let parts = forming.filter { $0.openTime == candle.openTime }
      #expect(parts.count == 59)
      #expect(parts.allSatisfy { $0.high <= candle.high && $0.low >= candle.low })
      #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.volume <= $1.volume })
      #expect(Set(parts.map(\.close)).count > 20, "the price moves within the minute")
    }
  }

  @Test(arguments: Behaviour.allCases)
  func `every contract has a long and a short, and no level stands on the crossed side`(
    behaviour: Behaviour
  ) {
    var market = Crowd.market(behaviour, seed: 5, openings: 1.5)
    for _ in 0..<90 {
      _ = market.advance(minutes: 11)
      let positions = market.positions
      for (index, venue) in SimulatedMarket.venues.enumerated() {
        let contracts = market.venues[index].contracts
        #expect(contracts.longFlow.net == contracts.openInterest)
        #expect(contracts.shortFlow.net == contracts.openInterest)
        let standing = positions.map(\.position).filter { $0.venue == venue }
        let truth = market.openInterest(venue)
        for side in Side.allCases {
          let sum = standing.filter { $0.side == side }.reduce(0) { $0 + $1.quantity }
          #expect(abs(sum - truth) < 1e-9 * truth)
        }
        let mark = market.venues[index].mark
        let venueMark = market.markPrice(venue)
        #expect(abs(Double.exp(mark) - venueMark) < 0.06)
        let wrong = standing.filter {
          $0.side == .long
            ? $0.liquidationPrice > Double.exp(mark) : $0.liquidationPrice < Double.exp(mark)
        }
        #expect(wrong.isEmpty)
      }
    }
    #expect(!market.liquidations.isEmpty || behaviour == .sticky)
  }

  @Test func `the nominal target is the whole open interest, the realisable one a part of it`() {
    var market = Crowd.market(seed: 6)
    _ = market.advance(minutes: 300)
    let nominal = market.positions(.nominal).reduce(0) { $0 + $1.quantity }
    let realisable = market.positions(.realisable).reduce(0) { $0 + $1.quantity }
    let truth = SimulatedMarket.venues.reduce(0) { $0 + 2 * market.openInterest($1) }
    #expect(abs(nominal - truth) < 1e-9 * truth)
    #expect(realisable > 0.15 * nominal)
    #expect(realisable < 0.6 * nominal)
    let leverages = market.positions.map(\.position.effectiveLeverage)
    #expect(leverages.allSatisfy { $0 > 0 && $0 <= 125.000_1 })
  }

  @Test func `a liquidation falls on the level that the mark has reached`() {
    var market = Crowd.market(.retail, seed: 8)
    var earlier: [SimulatedPosition] = []
    var found = 0
    for _ in 0..<300 {
      let events = market.advance(minutes: 1)
      for venue in SimulatedMarket.venues {
        guard let candle = Crowd.candles(events, venue).last, let low = candle.markLow,
          let high = candle.markHigh
        else { continue }
        let gone = market.takeLiquidations().filter { $0.venue == venue }
        for forced in gone {
          let liquidation = forced.liquidation
          // Two positions may have the same size: one of them must have been in reach.
          let levels = earlier.filter {
            $0.position.venue == venue && $0.position.side == liquidation.side
              && $0.position.quantity == liquidation.quantity && $0.isRealisable
          }.map(\.position.liquidationPrice)
          guard !levels.isEmpty else { continue }
          found += 1
          #expect(levels.contains { liquidation.side == .long ? $0 >= low - 1 : $0 <= high + 1 })
        }
      }
      earlier = market.positions
    }
    #expect(found > 20)
  }

  @Test func `some traders add margin, and their liquidation price moves away`() {
    var market = Crowd.market(seed: 10, openings: 1)
    let before = market.venues[0].book.positions
    _ = market.advance(minutes: 1_440)
    let after = market.venues[0].book.positions
    var moved = 0
    for (old, new) in zip(before, after) where old.entry == new.entry && old.margin != new.margin {
      moved += 1
      #expect(new.margin > old.margin)
      #expect(old.isLong ? new.liquidation < old.liquidation : new.liquidation > old.liquidation)
    }
    #expect(moved > 0)
  }

  static func withoutForming(_ events: [MarketEvent]) -> [MarketEvent] {
    events.filter { event in
      switch event.fact {
      case .candle(_, let isClosed): isClosed
      case .markPrice(let mark): mark.time.milliseconds % 60_000 == 0
      default: true
      }
    }
  }
}
