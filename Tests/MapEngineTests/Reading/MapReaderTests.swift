import MapEngine
import Market
import Testing

@Suite struct MapReaderTests {
  /// A map of one layer and venue around 100 with bins of 10 basis points, holding dollars at
  /// the given bins counted from the price: -1 is the first below, 0 the first above.
  private func map(_ dollars: [Int: Double], count: Int = 200) -> LiquidationMap {
    let grid = PriceGrid(price: 100, rangePercent: 10, count: count)
    var cells = [Double](repeating: 0, count: count)
    for (offset, usd) in dollars { cells[grid.anchor + offset] = usd }
    return LiquidationMap(
      grid: grid,
      layers: [LeverageLayer(label: "any", minLeverage: 1, maxLeverage: .infinity)],
      venues: [.binance], cells: cells)
  }

  private func hill(at offset: Int, peak: Double) -> [Int: Double] {
    [
      offset - 2: peak * 0.2, offset - 1: peak * 0.7, offset: peak, offset + 1: peak * 0.7,
      offset + 2: peak * 0.2,
    ]
  }

  private func merged(_ hills: [Int: Double]...) -> [Int: Double] {
    hills.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
  }

  @Test func `a hill is one cluster with its dollars, its edges and its mean price`() throws {
    let map = map(hill(at: 20, peak: 1_000))
    let reading = MapReader(map: map, atr: 0.1).reading()
    #expect(reading.magnets.count == 1)
    let cluster = try #require(reading.magnet)
    #expect(cluster.side == .short)
    #expect(cluster.low < cluster.price && cluster.price < cluster.high)
    let inside = map.bins(of: .short).filter {
      map.grid.edge($0) >= cluster.low - 1e-9 && map.grid.edge($0 + 1) <= cluster.high + 1e-9
    }
    #expect(abs(inside.reduce(0) { $0 + map.binTotals[$1] } - cluster.usd) < 1e-9)
    #expect(abs(cluster.price - map.grid.edge(map.grid.anchor + 20)) < 0.1)
    #expect(abs(cluster.density - cluster.usd / ((cluster.high - cluster.low) / 0.1)) < 1e-6)
    #expect(abs((cluster.distanceATR ?? 0) - (cluster.price - 100) / 0.1) < 1e-9)
  }

  @Test func `no cluster crosses the price`() {
    let map = map(merged(hill(at: 2, peak: 900), hill(at: -3, peak: 900)))
    for cluster in MapReader(map: map, atr: 0.3).reading().magnets {
      #expect(cluster.side == .long ? cluster.high <= 100 : cluster.low >= 100)
    }
  }

  @Test func `an average true range out of all proportion is read without a fault`() {
    let map = map(merged(hill(at: 8, peak: 900), hill(at: -30, peak: 900)))
    for atr in [1e12, 1e300] {
      for cluster in MapReader(map: map, atr: atr).reading().magnets {
        #expect(cluster.usd > 0 && cluster.usd.isFinite)
      }
    }
  }

  @Test func `the nearest large cluster skips small ones in front`() throws {
    let map = map(
      merged(hill(at: 8, peak: 100), hill(at: 30, peak: 1_000), hill(at: 60, peak: 900)))
    let reading = MapReader(map: map, atr: 0.5).reading()
    let nearest = try #require(reading.nearestShort)
    #expect(abs(nearest.price - map.grid.edge(map.grid.anchor + 30)) < 0.2)
  }

  @Test func `a clearly closer cluster gives the bias its direction`() {
    let up = map(merged(hill(at: 20, peak: 1_000), hill(at: -60, peak: 1_000)))
    #expect(MapReader(map: up, atr: 1).reading().bias.label == .squeezeUp)
    let down = map(merged(hill(at: 60, peak: 1_000), hill(at: -20, peak: 1_000)))
    #expect(MapReader(map: down, atr: 1).reading().bias.label == .flushDown)
  }

  @Test func `two near clusters pin the price, two far ones leave it balanced`() {
    let both = map(merged(hill(at: 20, peak: 1_000), hill(at: -22, peak: 2_000)))
    let pinned = MapReader(map: both, atr: 1).reading().bias
    #expect(pinned.label == .pinned)
    #expect(pinned.reason.contains("longs below denser"))
    #expect(MapReader(map: both, atr: 0.2).reading().bias.label == .balanced)
    #expect(MapReader(map: both, atr: nil).reading().bias.label == .balanced)
  }

  @Test func `total fuel is labelled apart from the nearest cluster`() {
    let map = map(merged(hill(at: 60, peak: 9_000), hill(at: -20, peak: 1_000)))
    let bias = MapReader(map: map, atr: 1).reading().bias
    #expect(bias.label == .flushDown)
    #expect(bias.fuelLabel == .squeezeUp)
    #expect(bias.reason.contains("9.0"))
  }

  @Test func `fuel within some ATR counts only what stands there`() throws {
    let map = map(
      merged(hill(at: 5, peak: 300), hill(at: -5, peak: 100), hill(at: 80, peak: 5_000)))
    let fuel = MapReader(map: map, atr: 1).reading().fuel
    let near = try #require(fuel.within1ATR)
    #expect(abs(near - 3) < 1e-6)
    #expect(try #require(fuel.whole) > 10)
  }

  @Test func `an empty map has no magnet and is balanced`() {
    let reading = MapReader(map: map([:]), atr: 1).reading()
    #expect(reading.magnet == nil)
    #expect(reading.bias.label == .balanced)
    #expect(reading.fuel.whole == nil)
  }

  @Test func `clusters do not depend on how finely a screen looks`() {
    let dollars = merged(hill(at: 20, peak: 1_000), hill(at: -40, peak: 700))
    let map = map(dollars)
    let columns = MapColumns(map, span: 0...Double(map.grid.count), count: 37)
    let sum = columns.totals.reduce(0, +)
    #expect(abs(sum / (map.total(.long) + map.total(.short)) - 1) < 1e-12)
    #expect(MapReader(map: map, atr: 1).reading().magnets.count == 2)
  }
}

@Suite struct AverageTrueRangeTests {
  private func hour(_ index: Int64, high: Double, low: Double, close: Double) throws
    -> MarketInterval
  {
    MarketInterval(
      candle: try Candle(
        openTime: Timestamp(milliseconds: index * 3_600_000), interval: .hours(1), open: close,
        high: high, low: low, close: close, volume: 1), openInterest: 1)
  }

  @Test func `it is the mean of 14 true ranges, then Wilder's smoothing`() throws {
    var bars = try (0..<14).map { try hour(Int64($0), high: 102, low: 98, close: 100) }
    #expect(AverageTrueRange.value(of: Array(bars.dropLast())) == nil)
    #expect(abs((AverageTrueRange.value(of: bars) ?? 0) - 4) < 1e-12)
    // A gap counts from the close before it: 118 - 100 = 18.
    bars.append(try hour(14, high: 118, low: 110, close: 112))
    #expect(abs((AverageTrueRange.value(of: bars) ?? 0) - (4 * 13 + 18) / 14) < 1e-12)
  }

  @Test func `shorter intervals make hours, and an unfinished hour does not count`() throws {
    var minutes: [MarketInterval] = []
    for index in 0..<(15 * 60 + 30) {
      let spike = index % 60 == 30 ? 3.0 : 0
      minutes.append(
        MarketInterval(
          candle: try Candle(
            openTime: Timestamp(milliseconds: Int64(index) * 60_000), interval: .minutes(1),
            open: 100, high: 101 + spike, low: 99, close: 100, volume: 1), openInterest: 1))
    }
    #expect(abs((AverageTrueRange.value(of: minutes) ?? 0) - 5) < 1e-12)
    #expect(AverageTrueRange.value(of: Array(minutes.prefix(14 * 60 - 1))) == nil)
  }
}

@Suite struct ClusterEdgeTests {
  @Test func `a slope that still rises at the far edge of the map is no cluster`() {
    let grid = PriceGrid(price: 100, rangePercent: 10, count: 200)
    var cells = [Double](repeating: 0, count: 200)
    for bin in grid.anchor..<200 { cells[bin] = Double(bin - grid.anchor) }
    for bin in 0..<grid.anchor { cells[bin] = Double(grid.anchor - bin) }
    let map = LiquidationMap(
      grid: grid,
      layers: [LeverageLayer(label: "any", minLeverage: 1, maxLeverage: .infinity)],
      venues: [.binance], cells: cells)
    #expect(MapReader(map: map, atr: 1).reading().magnets.isEmpty)
  }
}
