import MapEngine
import Market
import Testing

@Suite struct PositionCheckTests {
  private let instrument = Instrument(base: "BTC")

  /// A map around 60,000 with pools of longs at 57,000 and 52,000 and of shorts at 63,000.
  private var map: LiquidationMap {
    let grid = PriceGrid(price: 60_000, rangePercent: 20, count: 400)
    let cells = (0..<grid.count).map { bin -> Double in
      let middle = (grid.edge(bin) + grid.edge(bin + 1)) / 2
      for (pool, usd) in [(57_000.0, 3e6), (52_000.0, 5e6), (63_000.0, 4e6)]
      where abs(middle - pool) < 200 {
        return usd
      }
      // Rising outwards, so that the ground has no summit of its own.
      return 1e4 * (1 + abs(middle / 60_000 - 1))
    }
    return LiquidationMap(
      grid: grid,
      layers: [LeverageLayer(label: "all", minLeverage: 0, maxLeverage: .infinity)],
      venues: [.binance], cells: cells)
  }

  private func check(_ text: String) throws -> PositionCheck {
    let map = map
    return PositionCheck(
      try StatedPosition(text), venue: .binance, instrument: instrument, map: map,
      reading: MapReader(map: map, atr: 500).reading(), volatility: 0.005)
  }

  @Test func `a position is read from its text`() throws {
    let position = try StatedPosition("long:60000:10x:0.5")
    #expect(position.side == .long && position.entry == 60_000)
    #expect(position.leverage == 10 && position.quantity == 0.5)
    #expect(try StatedPosition("SHORT:61000.5:25:2").side == .short)
  }

  @Test(
    "A text that is no position says what is wrong",
    arguments: [
      ("long:60000:10x", "no position"), ("up:60000:10x:1", "no side"),
      ("long:abc:10x:1", "the entry"), ("long:60000:0.5x:1", "the leverage"),
      ("long:60000:10x:-1", "the quantity"), ("long:inf:10x:1", "the entry"), ("", "no position"),
    ])
  func unreadable(text: String, reason: String) {
    #expect {
      _ = try StatedPosition(text)
    } throws: { error in
      "\(error)".contains(reason)
    }
  }

  @Test func `a long's fate: what stands between, what lies beyond`() throws {
    // Binance's lowest bracket takes 0.4 %: 60,000 x (1 - 1/10) / (1 - 0.004) = 54,217.
    let check = try check("long:60000:10x:0.5")
    let level = try #require(check.liquidation.liquidationPrice)
    #expect(abs(level - 54_216.87) < 0.1)
    #expect(check.between.count == 1)
    #expect(abs((check.between.first?.price ?? 0) - 57_000) < 150)
    #expect(abs((check.beyond?.price ?? 0) - 52_000) < 150)
    #expect(check.within == nil && !check.isPassed && check.isOnMap)
    #expect(abs((check.distancePercent ?? 0) + 9.64) < 0.01)
    #expect(abs((check.distanceATR ?? 0) + 11.57) < 0.01)
    #expect(check.ahead?.side == .short)
    let bins = map.bins(of: .long).filter { map.grid.edge($0) >= level }
    let whole = bins.reduce(0) { $0 + map.binTotals[$1] }
    #expect(abs(check.usdBetween - whole) <= 2e4)
    #expect(check.touch[.hours24] ?? 1 < 0.2 && check.touch[.hours24] ?? 0 > 0)
    #expect(check.profit == 0)
  }

  @Test func `a level in a pool says so`() throws {
    // 63,333 x 0.9 / 0.996 = 57,229: near the edge; 63,100 stands within.
    let check = try check("long:63100:10x:0.1")
    #expect(check.within != nil && check.between.isEmpty)
  }

  @Test func `a position that price has passed says so`() throws {
    let check = try check("long:80000:10x:1")
    #expect(check.isPassed && check.usdBetween == 0)
    #expect(check.profit == -20_000)
  }

  @Test func `a short looks up, and faces the longs below`() throws {
    let check = try check("short:60000:10x:0.5")
    let level = try #require(check.liquidation.liquidationPrice)
    #expect(level > 65_000)
    #expect(check.between.map(\.side) == [.short])
    #expect(check.ahead?.side == .long && check.beyond == nil)
    #expect((check.distancePercent ?? 0) > 0)
  }

  @Test func `a one-times long has no price, and why`() throws {
    let check = try check("long:60000:1x:0.5")
    #expect(check.liquidation.liquidationPrice == nil)
    #expect(check.liquidation.obstacle != nil)
    #expect(check.distancePercent == nil && check.between.isEmpty && check.touch.isEmpty)
  }
}
