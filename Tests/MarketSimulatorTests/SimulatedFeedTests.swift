import Market
import RealModule
import Testing

@testable import MarketSimulator

/// What an outsider sees of a simulated market.
struct SimulatedFeedTests {
  private static let instruments = SimulatedInstrument.all

  @Test(arguments: instruments)
  func `candles are whole, in order, and each opens where the one before closed`(
    instrument: SimulatedInstrument
  ) {
    var market = Crowd.market(seed: 31, instrument: instrument)
    let events = market.advance(minutes: 1_440)
    for venue in SimulatedMarket.venues {
      let candles = Crowd.candles(events, venue)
      #expect(candles.count == 1_440)
      for (before, after) in zip(candles, candles.dropFirst()) {
        #expect(after.openTime == before.closeTime)
        #expect(after.open == before.close)
      }
      for candle in candles {
        #expect(candle.volume > 0)
        #expect((candle.takerBuyVolume ?? -1) >= 0)
        #expect((candle.takerBuyVolume ?? .infinity) <= candle.volume)
        #expect(candle.markHigh != nil && candle.markLow != nil)
      }
      let price = instrument.startPrice
      #expect(candles.allSatisfy { abs(Double.log($0.close / price)) < 0.4 })
    }
  }

  @Test func `events come in order of time`() {
    var market = Crowd.market(.retail, seed: 32)
    let events = market.advance(seconds: 20_000, includesForming: false)
    #expect(zip(events, events.dropFirst()).allSatisfy { $0.time <= $1.time })
  }

  @Test func `open interest is told every five minutes and is nearly the truth`() {
    var market = Crowd.market(seed: 33)
    for step in 1...60 {
      let events = market.advance(minutes: 5)
      for venue in SimulatedMarket.venues {
        let seen = Crowd.openInterest(events, venue)
        #expect(seen.map(\.time) == [Crowd.monday + .minutes(Int64(5 * step))])
        let truth = market.openInterest(venue)
        #expect(seen.allSatisfy { abs($0.quantity / truth - 1) < 0.002 })
      }
    }
  }

  @Test func `a venue publishes the last liquidation of a second and no other`() {
    var market = Crowd.market(.retail, seed: 34, openings: 4)
    let events = market.advance(minutes: 2_880)
    let truth = market.liquidations
    for venue in SimulatedMarket.venues {
      let prints = Crowd.prints(events, venue)
      let forced = truth.filter { $0.venue == venue }.map(\.liquidation)
      var lastOfSecond: [Int64: Liquidation] = [:]
      for liquidation in forced { lastOfSecond[liquidation.time.second] = liquidation }
      #expect(prints == lastOfSecond.values.sorted { $0.time < $1.time })
      #expect(prints.count < forced.count, "cascades happen faster than prints")
      #expect(prints.count > forced.count / 4)
    }
  }

  @Test func `the mark is near the last price and apart from it`() {
    var market = Crowd.market(seed: 35)
    let events = market.advance(minutes: 720)
    for venue in SimulatedMarket.venues {
      let candles = Crowd.candles(events, venue)
      var marks: [Timestamp: Double] = [:]
      for event in events where event.venue == venue {
        if case .markPrice(let mark) = event.fact { marks[mark.time] = mark.mark }
      }
      let gaps = candles.compactMap { candle in
        marks[candle.closeTime].map { abs(Double.log($0 / candle.close)) }
      }
      #expect(gaps.count == 720)
      #expect(gaps.filter { $0 > 0.000_02 }.count > 450)
      #expect(gaps.reduce(0, +) / 720 < 0.000_5)
      let ranges = candles.compactMap { candle in candle.markHigh.map { $0 / candle.high } }
      #expect(Set(ranges).count > 500)
    }
  }

  @Test func `the venues' prices differ and stay together`() {
    var market = Crowd.market(seed: 36)
    let events = market.advance(minutes: 720)
    let first = Crowd.candles(events, .simulatedA)
    let second = Crowd.candles(events, .simulatedB)
    let gaps = zip(first, second).map { Double.log($0.close / $1.close) }
    #expect(gaps.allSatisfy { abs($0) < 0.01 })
    #expect(Set(gaps).count > 500)
    #expect(market.openInterest(.simulatedA) > market.openInterest(.simulatedB))
  }

  @Test func `funding is told every eight hours`() {
    var market = Crowd.market(seed: 37)
    let events = market.advance(minutes: 1_440)
    let rates = events.compactMap { event -> Funding? in
      guard event.venue == .simulatedB, case .funding(let funding) = event.fact else { return nil }
      return funding
    }
    #expect(rates.map(\.time) == [8, 16, 24].map { Crowd.monday + .hours($0) })
    #expect(rates.allSatisfy { abs($0.rate) <= 0.003 })
  }

  @Test func `instruments under one seed move together, under two seeds they don't`() {
    func returns(_ instrument: SimulatedInstrument, seed: UInt64) -> [Double] {
      var market = Crowd.market(
        seed: seed, instrument: instrument, step: .seconds(60), openings: 0.5)
      let candles = Crowd.candles(market.advance(minutes: 2_880), .simulatedA)
      return candles.map { Double.log($0.close / $0.open) }
    }
    func correlation(_ left: [Double], _ right: [Double]) -> Double {
      let both = zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
      let first = left.reduce(0) { $0 + $1 * $1 }
      let second = right.reduce(0) { $0 + $1 * $1 }
      return both / (first * second).squareRoot()
    }
    let bitcoin = returns(.bitcoin, seed: 38)
    #expect(correlation(bitcoin, returns(.ether, seed: 38)) > 0.5)
    #expect(abs(correlation(bitcoin, returns(.ether, seed: 39))) < 0.2)
  }

  @Test func `candles can be longer than a minute`() {
    var options = SimulationOptions()
    options.candleInterval = .minutes(5)
    options.openingsPerMinute = 2
    var coarse = SimulatedMarket(
      instrument: .bitcoin, seed: 40, start: Crowd.monday, options: options)
    options.candleInterval = .minutes(1)
    var fine = SimulatedMarket(
      instrument: .bitcoin, seed: 40, start: Crowd.monday, options: options)
    let long = Crowd.candles(coarse.advance(minutes: 60), .simulatedA)
    let short = Crowd.candles(fine.advance(minutes: 60), .simulatedA)
    #expect(long.count == 12)
    for candle in long {
      let parts = short.filter {
        $0.openTime >= candle.openTime && $0.closeTime <= candle.closeTime
      }
      #expect(parts.count == 5)
      #expect(parts.first?.open == candle.open)
      #expect(parts.last?.close == candle.close)
      #expect(parts.map(\.high).max() == candle.high)
      #expect(parts.map(\.low).min() == candle.low)
      #expect(abs(parts.reduce(0) { $0 + $1.volume } - candle.volume) < 0.01)
    }
  }
}
