import Foundation
import Market
import Testing

@testable import MapEngine

@Suite struct FlowAndPlacementTests {
  private func flow(_ long: [Double], _ short: [Double]) -> AccuracyForecast.Flow {
    var flow = AccuracyForecast.Flow(hours: long.count)
    flow[.long] = long
    flow[.short] = short
    return flow
  }

  @Test func `a flow that is right explains nearly all, a constant one nothing`() throws {
    let truth = flow([0, 10, 0, 2], [1, 0, 30, 0])
    let right = try #require(FlowScore.explained(truth: truth, forecast: truth))
    #expect(right > 0.97 && right <= 1)
    let even = flow([1, 1, 1, 1], [1, 1, 1, 1])
    let none = try #require(FlowScore.explained(truth: truth, forecast: even))
    #expect(abs(none) < 1e-12)
    let wrong = flow([9, 0, 9, 9], [9, 9, 0, 9])
    #expect(try #require(FlowScore.explained(truth: truth, forecast: wrong)) < -0.5)
    #expect(FlowScore.explained(truth: flow([0], [0]), forecast: flow([1], [1])) == nil)
  }

  @Test func `scale is given away by fd2 and held against a method as drawn`() throws {
    let truth = flow([0, 10, 0, 2], [1, 0, 30, 0])
    let tenfold = flow([0, 100, 0, 20], [10, 0, 300, 0])
    let given = try #require(FlowScore.explained(truth: truth, forecast: tenfold))
    let own = try #require(FlowScore.explained(truth: truth, forecast: truth))
    #expect(abs(given - own) < 1e-12)
    let held = try #require(
      FlowScore.explained(truth: truth, forecast: tenfold, isScaled: false))
    #expect(held < 0)
  }

  private func path(low: Double) throws -> [MarketInterval] {
    let candle = try Candle(
      openTime: Timestamp(milliseconds: 0), interval: .hours(1), open: 1_000, high: 1_000,
      low: low, close: low, volume: 1)
    return [MarketInterval(candle: candle, openInterest: 1)]
  }

  private func liquidation(_ price: Double) throws -> Liquidation {
    try Liquidation(
      time: Timestamp(milliseconds: 1_000), side: .long, price: price, quantity: 1)
  }

  @Test func `a map gains what it concentrates on the bin that liquidates`() throws {
    // Four bins of 2.5 are crossed; everything happens in the third.
    let map = DistanceBins(mark: 1_000, long: [2: 7, 30: 1_000])
    let score = PlacementScore.gain(
      map: map, side: .long, path: try path(low: 990)[...],
      liquidations: [try liquidation(993), try liquidation(994.5)])
    #expect(abs(score.nats / score.dollars - log(4 * 0.95 + 0.05)) < 1e-9)
    #expect(abs(score.dollars - 1_987.5) < 1e-9)
    let flat = DistanceBins(
      mark: 1_000, long: [Double](repeating: 3, count: DistanceBins.count),
      short: [Double](repeating: 3, count: DistanceBins.count))
    let none = PlacementScore.gain(
      map: flat, side: .long, path: try path(low: 990)[...],
      liquidations: [try liquidation(993)])
    #expect(abs(none.nats) < 1e-9)
  }

  @Test func `a fill beyond the path counts in the last bin, a path of one bin not at all`() throws
  {
    let map = DistanceBins(mark: 1_000, long: [3: 1])
    let beyond = PlacementScore.gain(
      map: map, side: .long, path: try path(low: 990)[...], liquidations: [try liquidation(970)])
    #expect(beyond.nats > 0)
    let near = PlacementScore.gain(
      map: map, side: .long, path: try path(low: 998)[...], liquidations: [try liquidation(998)])
    #expect(near.dollars == 0)
  }

  @Test func `coverage counts bins and totals inside their bands`() {
    let mark = 1_000.0
    let truth = DistanceBins(mark: mark, long: [0: 5, 1: 9], short: [0: 2])
    let low = DistanceBins(mark: mark, long: [0: 4, 1: 10], short: [:])
    let high = DistanceBins(mark: mark, long: [0: 6, 1: 20], short: [0: 1])
    let cover = BandScore.coverage(
      of: AccuracyForecast.Bands(
        low: low, high: high,
        totals: [(.long, 20, 10...20), (.short, 20, 0...1), (.short, 80, 1...3)]),
      truth: truth)
    // Of 160 bins the second long and the first short lie outside.
    #expect(abs(cover.bins - 158.0 / 160) < 1e-12)
    #expect(abs(cover.totals - 2.0 / 3) < 1e-12)
  }

  @Test func `a peer's levels are taken when the price comes to them`() throws {
    func interval(_ index: Int, _ n: (Double, Double, Double, Double, Double, Double))
      throws -> MarketInterval
    {
      let candle = try Candle(
        openTime: Timestamp(milliseconds: Int64(index) * 60_000), interval: .minutes(1),
        open: n.0, high: n.1, low: n.2, close: n.3, volume: n.4, takerBuyVolume: n.5)
      return MarketInterval(candle: candle, openInterest: 50)
    }
    let intervals = try [
      interval(0, (100, 101, 99, 100, 10, 6)), interval(1, (100, 104, 100, 103, 8, 6)),
      interval(2, (103, 103, 98, 101.3, 4, 1)),
    ]
    var crossed: [(long: Double, short: Double)] = []
    PeerMethod.volumeMix.forEachCrossing(in: intervals[...], repairs: []) { _, long, short in
      crossed.append((long, short))
    }
    // By hand: entries 100 (6 long, 4 short) and 102.33 (6 long, 2 short), levels of 5x to 100x.
    #expect(crossed[0] == (0, 0))
    #expect(abs(crossed[1].long) < 1e-9 && abs(crossed[1].short - 4 * 0.55) < 1e-9)
    #expect(abs(crossed[2].long - (6 * 0.3 + 6 * 0.55)) < 1e-9)
    #expect(abs(crossed[2].short - 2 * 0.1) < 1e-9)
  }
}
