import Market
import Testing

@testable import MapEngine

@Suite struct TradePlanTests {
  private let asOf = Timestamp(milliseconds: 1_722_844_800_000)

  private func cluster(_ side: Side, low: Double, high: Double, price at: Double = 100) -> Cluster {
    let middle = (low + high) / 2
    return Cluster(
      side: side, price: middle, low: low, high: high, usd: 25e6, density: 1,
      distancePercent: (middle / at - 1) * 100, distanceATR: middle - at, layers: [], venues: [])
  }

  private func reading(
    long: Cluster? = nil, short: Cluster? = nil, atr: Double? = 1
  ) -> MapReading {
    MapReading(
      atr: atr, magnets: [long, short].compactMap { $0 }, nearestLong: long, nearestShort: short,
      bias: Bias(label: .balanced, fuelLabel: .balanced, reason: ""),
      fuel: FuelRatio(whole: nil, within1ATR: nil, within2ATR: nil, within5ATR: nil))
  }

  private func hunt(_ kind: Swing.Kind, level: Double, phase: StopHunt.Phase) -> StopHunt {
    var hunt = StopHunt(
      kind: kind, level: level, swingIndex: 1, swingAt: asOf - .hours(30), since: asOf - .hours(20),
      pool: StopHunt.Pool(low: level - 1, high: level, usd: 12e6, peakUSD: 12e6, magnet: nil))
    hunt.phase = phase
    if phase == .reversed {
      hunt.grabbedAt = asOf - .hours(3)
      hunt.decidedAt = asOf - .hours(2)
      hunt.eatenUSD = 6e6
    }
    return hunt
  }

  private func items(
    _ reading: MapReading, structure: [PriceBar] = [], building: [StopHunt] = [],
    told: [StopHunt] = []
  ) -> [PlanItem] {
    let read = StructureReading(
      span: .hours(1), bars: structure, structure: MarketStructure(of: structure), sweeps: [])
    return TradePlan(
      reading: reading, price: 100, asOf: asOf, touch: TouchModel(volatility: 0.005),
      structure: read, building: building, told: told
    ).items()
  }

  private func item(_ rule: PlanItem.Rule, _ side: Side, _ items: [PlanItem]) throws -> PlanItem {
    try #require(items.first { $0.rule == rule && $0.side == side })
  }

  @Test func `profit is taken a tenth of an ATR before the cluster ahead`() throws {
    let plan = items(
      reading(
        long: cluster(.long, low: 95, high: 96), short: cluster(.short, low: 104, high: 105)))
    let long = try item(.takeProfit, .long, plan)
    #expect(long.state == .met && long.price == 103.9)
    #expect(long.zone == 104...105 && long.label == .takeProfit)
    #expect(long.reason.contains("$25M of shorts at 104.50 (+4.50%, 4.5 ATR)"))
    #expect(long.reason.contains("forced buying is estimated from 104.00 on"))
    let short = try item(.takeProfit, .short, plan)
    #expect(short.price == 96.1 && short.reason.contains("forced selling"))
    #expect(short.reason.contains("\u{2212}4.50%"))
  }

  @Test func `where price stands at the target there is no profit left to plan`() throws {
    let plan = items(reading(short: cluster(.short, low: 100.05, high: 101)))
    #expect(try item(.takeProfit, .long, plan).state == .against)
    #expect(try item(.takeProfit, .long, plan).price == nil)
    #expect(try item(.takeProfit, .short, plan).state == .none)
  }

  @Test func `a cluster that begins within one ATR is a wall, one farther is room`() throws {
    let near = items(reading(short: cluster(.short, low: 100.9, high: 102)))
    #expect(try item(.wall, .long, near).state == .against)
    #expect(try item(.wall, .long, near).price == 100.9)
    #expect(try item(.wall, .long, near).reason.contains("after 0.9 ATR"))
    let far = items(reading(short: cluster(.short, low: 101.2, high: 102)))
    #expect(try item(.wall, .long, far).state == .met)
    #expect(try item(.wall, .long, far).reason.contains("1.2 ATR of room"))
    let unknown = items(reading(short: cluster(.short, low: 101.2, high: 102), atr: nil))
    #expect(try item(.wall, .long, unknown).state == .none)
  }

  @Test func `a long waits for the low, a short for the high, and learns when it came`() throws {
    let waiting = items(
      reading(),
      building: [
        hunt(.high, level: 103, phase: .building), hunt(.low, level: 98, phase: .building),
      ])
    let long = try item(.sweep, .long, waiting)
    #expect(long.state == .wait && long.price == 98 && long.zone == 97...98)
    #expect(long.reason.contains("$12M of longs' liquidations stand behind swing low 98.000"))
    #expect(long.reason.contains("a close back above it within 2 bars"))
    #expect(try item(.sweep, .short, waiting).price == 103)
    let come = items(reading(), told: [hunt(.low, level: 98, phase: .reversed)])
    let swept = try item(.sweep, .long, come)
    #expect(swept.state == .met && swept.label == .sweep)
    #expect(swept.reason.contains("50% of $12M eaten; not confirmed"))
    #expect(try item(.sweep, .short, come).state == .none)
  }

  @Test func `a sweep older than a day, or one that has failed, is waited for no more`() throws {
    var old = hunt(.low, level: 98, phase: .reversed)
    old.decidedAt = asOf - .hours(24)
    #expect(try item(.sweep, .long, items(reading(), told: [old])).state == .none)
    var failed = hunt(.low, level: 98, phase: .reversed)
    failed.failedAt = asOf - .hours(1)
    #expect(try item(.sweep, .long, items(reading(), told: [failed])).state == .none)
  }

  @Test func `structure agrees with one side and warns the other`() throws {
    // Twice up and down, then up through the last high: bullish.
    let bars = StructureBars.zigzag([90, 96, 92, 98, 94, 101])
    var settings = StructureSettings()
    settings.swingLength = 2
    settings.ties = .earliest
    let structure = MarketStructure(of: bars, settings: settings)
    #expect(structure.trend == .bullish)
    let read = StructureReading(span: .minutes(1), bars: bars, structure: structure, sweeps: [])
    let plan = TradePlan(
      reading: reading(short: cluster(.short, low: 104, high: 105)), price: 100, asOf: asOf,
      touch: nil, structure: read, building: [], told: []
    ).items()
    #expect(try item(.confirm, .long, plan).state == .met)
    #expect(try item(.confirm, .short, plan).state == .against)
    #expect(try item(.confirm, .long, plan).reason.hasPrefix("bullish since the BOS of"))
    #expect(try item(.confirm, .long, plan).reason.contains("gap on the way to 104.50"))
    let silent = items(reading())
    #expect(try item(.confirm, .long, silent).state == .none)
  }

  @Test(
    "Numbers in sentences are short and exact",
    arguments: [
      (EngineText.price(58_231.4), "58,231"), (EngineText.price(2_612.42), "2,612.4"),
      (EngineText.price(143.5149), "143.51"), (EngineText.price(0.101_234), "0.10123"),
      (EngineText.price(1_234_567), "1,234,567"), (EngineText.usd(1.23e9), "$1.2B"),
      (EngineText.usd(34.4e6), "$34M"), (EngineText.usd(780_400), "$780K"),
      (EngineText.usd(12), "$12"), (EngineText.percent(-1.256), "\u{2212}1.26%"),
      (EngineText.decimal(-0.001, places: 2), "0.00"),
      (EngineText.decimal(-12.5, places: 1), "\u{2212}12.5"), (EngineText.share(0.437), "44%"),
      (EngineText.probability(0.002), "<1%"), (EngineText.probability(0.437), "44%"),
      (EngineText.probability(1), ">99%"),
    ])
  func numbers(text: String, expected: String) {
    #expect(text == expected)
  }
}
