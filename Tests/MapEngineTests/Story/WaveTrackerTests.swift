import Market
import Testing

@testable import MapEngine

@Suite struct WaveTrackerTests {
  private func time(_ hour: Int) -> Timestamp { Timestamp(milliseconds: Int64(hour) * 3_600_000) }

  private let map: LiquidationMap = {
    let grid = PriceGrid(price: 90, rangePercent: 20, count: 200)
    return LiquidationMap(
      grid: grid,
      layers: [LeverageLayer(label: "all", minLeverage: 0, maxLeverage: .infinity)],
      venues: [.binance], cells: [Double](repeating: 10, count: grid.count))
  }()

  private func bar(
    _ hour: Int, low: Double, close: Double, eaten: Double, printed: Double?, interest: Double
  ) -> StoryBar {
    StoryBar(
      price: PriceBar(
        openTime: time(hour), span: .hours(1), open: close, high: close + 1, low: low,
        close: close),
      crossLow: low, crossHigh: close + 1, volatility: 0.005, atr: 1,
      eaten: BySide(long: eaten, short: 0), printed: BySide(long: printed, short: nil),
      openInterest: interest)
  }

  private func magnet(_ number: Int, low: Double, high: Double, at hour: Int) -> Magnet {
    let cluster = Cluster(
      side: .long, price: (low + high) / 2, low: low, high: high, usd: 5, density: 1,
      distancePercent: -1, distanceATR: nil, layers: [], venues: [])
    return Magnet(number: number, cluster: cluster, bornAt: time(hour), knownAt: time(hour))
  }

  /// Runs bars through a tracker; `swept` names the magnets that a bar swept.
  private func waves(_ bars: [StoryBar], swept: [Int: [Magnet]]) -> [SweepWave] {
    var tracker = WaveTracker()
    let reading = MapReader(map: map, atr: 1).reading()
    for index in bars.indices {
      tracker.observe(
        Array(bars[...index]), swept: swept[index] ?? [], frame: MapFrame(map), reading: reading,
        ledger: MagnetLedger())
    }
    return tracker.waves
  }

  @Test func `sweeps near each other are one wave that adds up its bars`() throws {
    let bars = [
      bar(0, low: 99, close: 100, eaten: 1, printed: 1, interest: 1_000),
      bar(1, low: 95, close: 96, eaten: 20, printed: 3, interest: 950),
      bar(2, low: 94, close: 95, eaten: 5, printed: 2, interest: 940),
      bar(3, low: 89, close: 90, eaten: 40, printed: 7, interest: 900),
    ]
    let waves = waves(
      bars,
      swept: [1: [magnet(1, low: 96, high: 97, at: 0)], 3: [magnet(2, low: 91, high: 92, at: 0)]])
    let wave = try #require(waves.first)
    #expect(waves.count == 1)
    #expect(wave.start == time(1) && wave.end == time(4))
    #expect(wave.from == 100 && wave.extreme == 89 && wave.magnets == [1, 2])
    #expect(wave.eatenUSD == 65 && wave.printedUSD == 12 && wave.openInterestDrop == 100)
    let left = map.bins(of: .long).filter { map.grid.edge($0) >= 81 }.count
    #expect(abs(wave.leftUSD - Double(left) * 10) <= 10)
  }

  @Test func `a sweep after six quiet bars begins another wave`() {
    let bars = (0..<12).map {
      bar($0, low: 95, close: 96, eaten: 1, printed: nil, interest: 1_000)
    }
    func count(_ second: Int) -> Int {
      waves(
        bars,
        swept: [
          1: [magnet(1, low: 96, high: 97, at: 0)], second: [magnet(2, low: 95, high: 96, at: 0)],
        ]
      ).count
    }
    #expect(count(7) == 1 && count(8) == 2)
    let silent = waves(bars, swept: [1: [magnet(1, low: 96, high: 97, at: 0)]])
    #expect(silent.first?.printedUSD == nil)
  }
}
