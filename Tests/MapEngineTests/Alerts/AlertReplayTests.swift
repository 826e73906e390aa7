import MapEngine
import Market
import Testing

@Suite("A recorded market replayed for alerts")
struct AlertReplayTests {
  private let rules = [
    "near:distance=1.5%,usd=1m", "swept", "magnet:moved=1%", "magnet:grown=30%", "bias",
    "price:cross=50000", "liquidations:usd=1m", "cascade",
  ]

  /// The first intervals of one market of 240.
  private func history(_ count: Int) throws -> MarketHistory {
    var series = SeededSeries(seed: 31)
    let events = try series.events(count: 240, span: .minutes(15))
    var history = MarketHistory()
    history.append(events.prefix(count * events.count / 240))
    return history
  }

  private func run(_ history: MarketHistory) throws -> [FiredAlert] {
    var engine = AlertEngine(rules: try rules.map { try AlertRule($0) })
    var replay = try #require(
      MapReplay(
        instrument: AlertScene.bitcoin, history: history,
        source: MapSource(name: "test", isSimulated: false), bins: 200))
    var fired: [FiredAlert] = []
    while let step = replay.next() { fired += engine.observe(step.observation) }
    return fired
  }

  @Test("The same facts give the same alerts, and the future changes none of them")
  func determinism() throws {
    let whole = try run(try history(240))
    #expect(whole.count > 5)
    #expect(Set(whole.map(\.rule.condition.kind)).count >= 3)
    #expect(try run(try history(240)) == whole)
    let short = try history(150)
    let end = try #require(short.last)
    #expect(try run(short) == whole.filter { $0.time <= end })
  }

  @Test("Every close is seen once, with what traded and what was published by then")
  func steps() throws {
    var history = try history(20)
    let last = try #require(history.last)
    history.append([
      MarketEvent(
        venue: .binance, instrument: AlertScene.bitcoin,
        fact: .liquidatedTotal(time: last, interval: .minutes(15), long: 2, short: 0)),
      MarketEvent(
        venue: .binance, instrument: AlertScene.bitcoin,
        fact: .liquidation(
          try Liquidation(time: last - .minutes(20), side: .short, price: 50_000, quantity: 1))),
    ])
    var replay = try #require(
      MapReplay(
        instrument: AlertScene.bitcoin, history: history,
        source: MapSource(name: "test", isSimulated: true), isDrawn: false))
    var seen: [AlertObservation] = []
    while let step = replay.next() {
      seen.append(step.observation)
      #expect(step.left == 20 - seen.count)
    }
    #expect(seen.count == 20 && Set(seen.map(\.time)).count == 20)
    #expect(seen.allSatisfy { $0.snapshot == nil && $0.price != nil && $0.isSimulated })
    #expect(seen.allSatisfy { $0.traded.map { $0.lowerBound < $0.upperBound } ?? false })
    #expect(seen.dropLast(2).allSatisfy { $0.liquidations.isEmpty })
    #expect(seen[18].liquidations.map(\.side) == [.short])
    #expect(seen[19].liquidations.map(\.side) == [.long])
    let coins = try #require(seen[19].price)
    #expect(abs((seen[19].liquidations.first?.usd ?? 0) - 2 * coins) < 1)
  }

  @Test("Facts without a closed interval can't be replayed")
  func empty() {
    #expect(
      MapReplay(
        instrument: AlertScene.bitcoin, history: MarketHistory(),
        source: MapSource(name: "test", isSimulated: false)) == nil)
  }
}
