import Market
import MarketSimulator
import Testing

/// The four crowds against the published figures that they are made after.
struct BehaviourTests {
  /// A day's volume over open interest, and a day's liquidations in percent of it.
  struct Target: Sendable {
    let behaviour: Behaviour
    let turnover: Double
    let liquidated: Double
  }

  private static let targets = [
    Target(behaviour: .ordinary, turnover: 4.5, liquidated: 2.6),
    Target(behaviour: .retail, turnover: 5.4, liquidated: 13),
    Target(behaviour: .churn, turnover: 18, liquidated: 4),
    Target(behaviour: .sticky, turnover: 1.3, liquidated: 0.26),
  ]
  private static let seeds: [UInt64] = [100, 101, 102, 103, 104, 105]
  private static let days = 14

  struct Measured {
    var turnover = 0.0
    var liquidated = 0.0
    var highLeverage = 0.0
  }

  static func measure(_ behaviour: Behaviour) -> Measured {
    var volume = 0.0
    var liquidated = 0.0
    var openInterest = 0.0
    var high = 0.0
    for seed in seeds {
      var market = Crowd.market(behaviour, seed: seed, step: .seconds(20), openings: 1)
      _ = market.advance(minutes: 1_440)
      _ = market.takeLiquidations()
      for _ in 0..<days {
        let events = market.advance(minutes: 1_440)
        for venue in SimulatedMarket.venues {
          volume += Crowd.candles(events, venue).reduce(0) { $0 + $1.volume }
          openInterest += market.openInterest(venue)
        }
        liquidated += market.takeLiquidations().reduce(0) { $0 + $1.liquidation.quantity }
        high += market.positions.reduce(0) {
          $1.position.effectiveLeverage > 7 ? $0 + $1.position.quantity : $0
        }
      }
    }
    return Measured(
      turnover: volume / openInterest, liquidated: 100 * liquidated / openInterest,
      highLeverage: 50 * high / openInterest)
  }

  @Test(arguments: targets)
  func `a crowd turns over and is liquidated as its model in the literature`(target: Target) {
    let measured = BehaviourTests.measure(target.behaviour)
    #expect(abs(measured.turnover / target.turnover - 1) < 0.3)
    #expect(abs(measured.liquidated / target.liquidated - 1) < 0.3)
    switch target.behaviour {
    case .ordinary: #expect(abs(measured.highLeverage / 19 - 1) < 0.3)
    case .retail: #expect(measured.highLeverage > 20)
    case .churn: #expect((15...30).contains(measured.highLeverage))
    case .sticky: #expect(measured.highLeverage < 19)
    }
  }
}
