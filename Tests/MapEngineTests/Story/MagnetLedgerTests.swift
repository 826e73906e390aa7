import Market
import Testing

@testable import MapEngine

@Suite struct MagnetLedgerTests {
  /// A map around 100 with bins of 10 basis points: dollars by bins from the price.
  private func map(_ hills: [(at: Int, peak: Double)], price: Double = 100) -> LiquidationMap {
    let grid = PriceGrid(price: price, rangePercent: 10, count: 200)
    var cells = [Double](repeating: 1, count: grid.count)
    for hill in hills {
      for (step, share) in [(-1, 0.7), (0, 1.0), (1, 0.7)] {
        let bin = grid.anchor + hill.at + step
        if grid.side(of: bin) == grid.side(of: grid.anchor + hill.at) {
          cells[bin] += hill.peak * share
        }
      }
    }
    return LiquidationMap(
      grid: grid,
      layers: [LeverageLayer(label: "all", minLeverage: 0, maxLeverage: .infinity)],
      venues: [.binance], cells: cells)
  }

  private func time(_ hour: Int) -> Timestamp { Timestamp(milliseconds: Int64(hour) * 3_600_000) }

  private func bar(
    _ hour: Int, low: Double, high: Double, close: Double = 100, printed: Double? = nil,
    eaten: BySide<Double> = BySide(long: 0, short: 0)
  ) -> StoryBar {
    StoryBar(
      price: PriceBar(
        openTime: time(hour - 1), span: .hours(1), open: close, high: high, low: low,
        close: close),
      crossLow: low, crossHigh: high, volatility: 0.005, atr: 1, eaten: eaten,
      printed: BySide(long: printed, short: printed), openInterest: 1_000)
  }

  private func observe(_ ledger: inout MagnetLedger, _ map: LiquidationMap, hour: Int) {
    ledger.observe(
      MapFrame(map), reading: MapReader(map: map, atr: 1).reading(), at: time(hour))
  }

  @Test func `a cluster becomes a magnet at its third close, born at its first`() throws {
    var ledger = MagnetLedger()
    for hour in 1...2 {
      observe(&ledger, map([(30, 1_000)]), hour: hour)
      #expect(ledger.magnets.isEmpty)
    }
    observe(&ledger, map([(30, 1_000)]), hour: 3)
    let magnet = try #require(ledger.magnets.first)
    #expect(ledger.magnets.count == 1)
    #expect(magnet.bornAt == time(1) && magnet.knownAt == time(3))
    #expect(magnet.side == .short && magnet.state == .standing)
    #expect(abs(magnet.peakUSD - 2_403) < 5)
  }

  @Test func `a cluster that comes and goes is no magnet, a magnet that is missed once stays`() {
    var ledger = MagnetLedger()
    for hour in stride(from: 1, to: 12, by: 2) {
      observe(&ledger, map([(30, 1_000)]), hour: hour)
      observe(&ledger, map([]), hour: hour + 1)
    }
    #expect(ledger.magnets.isEmpty)
    for hour in 20...22 { observe(&ledger, map([(30, 1_000)]), hour: hour) }
    observe(&ledger, map([]), hour: 23)
    observe(&ledger, map([(30, 1_000)]), hour: 24)
    #expect(ledger.magnets.count == 1 && ledger.alive == [0])
  }

  @Test func `it grows with its cluster and fades when its dollars leave`() throws {
    var ledger = MagnetLedger()
    for hour in 1...3 { observe(&ledger, map([(30, 1_000)]), hour: hour) }
    observe(&ledger, map([(30, 1_500)]), hour: 4)
    observe(&ledger, map([(30, 900)]), hour: 5)
    let grown = try #require(ledger.magnets.first)
    #expect(abs(grown.peakUSD - 3_603) < 5 && grown.peakAt == time(4))
    #expect(grown.usd < grown.peakUSD)
    for hour in 6...8 { observe(&ledger, map([(30, 100)]), hour: hour) }
    let faded = try #require(ledger.magnets.first)
    #expect(faded.state == .faded && faded.endedAt == time(8))
    #expect(faded.sweptAt == nil && ledger.alive.isEmpty)
  }

  @Test func `price touches the near edge, eats, and sweeps at the far edge`() throws {
    var ledger = MagnetLedger()
    let standing = map([(-30, 1_000)])
    for hour in 1...3 { observe(&ledger, standing, hour: hour) }
    let magnet = try #require(ledger.magnets.first)
    #expect(magnet.side == .long && magnet.nearEdge > magnet.farEdge)
    // Half of the way into it.
    let middle = (magnet.low + magnet.high) / 2
    let frame = MapFrame(standing)
    let ate = frame.usd(.long, from: middle, to: 100)
    ledger.cross(
      bar(4, low: middle, high: 100, printed: 50, eaten: BySide(long: ate, short: 0)),
      frame: frame)
    let touched = ledger.magnets[0]
    #expect(touched.state == .touched && touched.touchedAt == time(4))
    #expect(abs(touched.eatenUSD - frame.usd(.long, from: middle, to: magnet.high)) < 1e-6)
    #expect(abs((touched.printedUSD ?? 0) - 50 * touched.eatenUSD / ate) < 1e-6)
    ledger.cross(bar(5, low: magnet.low - 0.01, high: 100), frame: frame)
    let swept = ledger.magnets[0]
    #expect(swept.state == .swept && swept.sweptAt == time(5) && swept.endedAt == time(5))
    #expect(swept.usd == 0 && ledger.alive.isEmpty)
  }

  @Test func `a bar on the other side leaves it alone`() {
    var ledger = MagnetLedger()
    let standing = map([(-30, 1_000)])
    for hour in 1...3 { observe(&ledger, standing, hour: hour) }
    ledger.cross(bar(4, low: 99.9, high: 109), frame: MapFrame(standing))
    #expect(ledger.magnets[0].state == .standing && ledger.magnets[0].eatenUSD == 0)
  }

  @Test func `living magnets of a side hardly overlap, whatever the map does`() throws {
    var ledger = MagnetLedger()
    var random = SeededSeries(seed: 3)
    for hour in 1...200 {
      let hills = (0..<6).map { _ in
        (at: Int(random.next() * 120) - 60, peak: 200 + 1_500 * random.next())
      }
      for repeated in 0..<3 { observe(&ledger, map(hills), hour: hour * 3 + repeated) }
      let living = ledger.alive.map { ledger.magnets[$0] }
      for (index, one) in living.enumerated() {
        for other in living[(index + 1)...] where other.side == one.side {
          #expect((one.low...one.high).overlap(with: other.low...other.high) <= 0.25 + 1e-9)
        }
      }
    }
    #expect(ledger.magnets.count > 20)
  }

  @Test func `of a broad hump the densest two ATR are the magnet`() throws {
    var ledger = MagnetLedger()
    let grid = PriceGrid(price: 100, rangePercent: 10, count: 200)
    let cells = (0..<grid.count).map { bin -> Double in
      let away = Double(bin - grid.anchor) - 50
      return 1 + (abs(away) < 40 ? 1_000 - 10 * abs(away) : 0)
    }
    let broad = LiquidationMap(
      grid: grid,
      layers: [LeverageLayer(label: "all", minLeverage: 0, maxLeverage: .infinity)],
      venues: [.binance], cells: cells)
    for hour in 1...3 { observe(&ledger, broad, hour: hour) }
    let magnet = try #require(ledger.magnets.first)
    #expect(abs(magnet.high - magnet.low - 2) < 1e-9)
    #expect(magnet.low < grid.edge(grid.anchor + 50) && magnet.high > grid.edge(grid.anchor + 50))
  }
}
