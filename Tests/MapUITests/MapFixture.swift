import Foundation
import MapEngine
import Market
import TestSupport

/// A map that looks like a market's: a seeded price path opens positions in five layers at two
/// venues; what the path crosses later is gone; what is left stands in clusters.
enum MapFixture {
  /// Numbers of a seed: the same everywhere, for ever.
  struct Random {
    private var bits: SeededRandom

    init(state: UInt64) { bits = SeededRandom(seed: state) }

    mutating func unit() -> Double { Double(bits.next() >> 11) / 9_007_199_254_740_992 }

    /// About normal: the sum of twelve uniforms.
    mutating func normal() -> Double {
      (0..<12).reduce(0) { sum, _ in sum + unit() } - 6
    }
  }

  static func snapshot(
    instrument: Instrument = Instrument(base: "BTC"), timeframe: Timeframe = .days7,
    price: Double = 97_123.4, rangePercent: Double? = nil, bins: Int = 400, seed: UInt64 = 7,
    isSimulated: Bool = true, layers: [LeverageLayer] = LeverageLayer.standard,
    venues: [Venue] = [.simulatedA, .simulatedB], quality: DataQuality.Quality = .complete,
    gaps: Int = 0, dollars: Double = 1
  ) -> MapSnapshot {
    let range = rangePercent ?? timeframe.defaultRangePercent
    let grid = PriceGrid(price: price, rangePercent: range, count: bins)
    let cells = cells(grid, layers: layers.count, venues: venues.count, seed: seed, dollars)
    let map = LiquidationMap(grid: grid, layers: layers, venues: venues, cells: cells)
    let last = Timestamp(milliseconds: 1_771_511_520_000)
    return MapSnapshot(
      instrument: instrument, timeframe: timeframe, rangePercent: range,
      source: isSimulated ? "demo (seed \(seed))" : "BTCUSDT-5m.csv", isSimulated: isSimulated,
      asOf: last, map: map, reading: reading(map, atr: price * 0.0062),
      calibration: .none,
      data: DataQuality(
        first: last - (quality == .short ? .days(3) : timeframe.span ?? .days(400)), last: last,
        intervals: 2_016, gaps: gaps, quality: quality))
  }

  /// The same market with nothing standing in it.
  static func empty() -> MapSnapshot { snapshot(dollars: 0) }

  private static func cells(
    _ grid: PriceGrid, layers: Int, venues: Int, seed: UInt64, _ dollars: Double
  ) -> [Double] {
    var random = Random(state: seed)
    let steps = 900
    // The walk runs backwards from the price, so that it ends where the map is anchored.
    var path = [0.0]
    for _ in 1..<steps {
      let back = (path.last ?? 0) * 0.995 + random.normal() * 0.0021
      path.append(back)
    }
    path.reverse()
    var nextLow = [Double](repeating: .infinity, count: steps)
    var nextHigh = [Double](repeating: -.infinity, count: steps)
    for index in stride(from: steps - 2, through: 0, by: -1) {
      nextLow[index] = min(nextLow[index + 1], path[index + 1] - 0.001)
      nextHigh[index] = max(nextHigh[index + 1], path[index + 1] + 0.001)
    }
    var cells = [Double](repeating: 0, count: grid.count * layers * venues)
    let weights = [0.34, 0.27, 0.22, 0.15, 0.11]
    for index in 0..<steps {
      let burst = exp(random.normal() * 1.1) * (random.unit() < 0.03 ? 9 : 1)
      for layer in 0..<layers {
        let leverage = 6.2 * pow(2, Double(layer) * 4 / Double(max(layers - 1, 1)))
        for side in [-1.0, 1] {
          let distance = 1 / (leverage * (0.9 + 0.25 * random.unit())) - 0.004
          let level = path[index] + side * max(distance, 0.0035)
          guard side < 0 ? level < nextLow[index] : level > nextHigh[index] else { continue }
          guard side < 0 ? level < 0 : level > 0 else { continue }
          let usd =
            dollars * 260_000 * burst * weights[min(layer, 4)]
            * (0.8 + 0.4 * random.unit()) * (side > 0 ? 1.25 : 1)
          let place = Double(grid.anchor) + level / grid.binWidth
          for (offset, share) in [(-2, 0.1), (-1, 0.2), (0, 0.4), (1, 0.2), (2, 0.1)] {
            let bin = Int(place.rounded(.down)) + offset
            guard bin >= 0, bin < grid.count, (bin < grid.anchor) == (side < 0) else { continue }
            for venue in 0..<venues {
              let part = venue == 0 ? 0.62 : 0.38 / Double(max(venues - 1, 1))
              cells[(layer * venues + venue) * grid.count + bin] += usd * share * part
            }
          }
        }
      }
    }
    return cells
  }

  // MARK: Reading

  private static func reading(_ map: LiquidationMap, atr: Double) -> MapReading {
    let all = clusters(map, side: .long, atr: atr) + clusters(map, side: .short, atr: atr)
    let clusters = all.sorted { $0.density > $1.density }
    func nearest(_ side: Side) -> Cluster? {
      let own = clusters.filter { $0.side == side }
      let densest = own.first?.usd ?? 0
      return own.filter { $0.usd >= densest / 2 }
        .min { abs($0.distancePercent) < abs($1.distancePercent) }
    }
    let long = map.total(.long)
    let short = map.total(.short)
    let ratio = long > 0 ? short / long : nil
    return MapReading(
      atr: atr, magnets: clusters, nearestLong: nearest(.long), nearestShort: nearest(.short),
      bias: Bias(
        label: .squeezeUp, fuelLabel: (ratio ?? 1) > 1.25 ? .squeezeUp : .balanced,
        reason: "the nearest large cluster above is 1.4 ATR away, the one below 3.9 ATR; "
          + "total fuel is \(String(format: "%.2f", ratio ?? 0)) times as large above"),
      fuel: FuelRatio(whole: ratio, within1ATR: 1.4, within2ATR: 1.1, within5ATR: ratio))
  }

  private static func clusters(_ map: LiquidationMap, side: Side, atr: Double) -> [Cluster] {
    let bins = map.bins(of: side)
    let peak = bins.map { map.binTotals[$0] }.max() ?? 0
    guard peak > 0 else { return [] }
    var found: [Cluster] = []
    var bin = bins.lowerBound
    while bin < bins.upperBound {
      guard map.binTotals[bin] > peak * 0.3 else {
        bin += 1
        continue
      }
      var end = bin
      while end < bins.upperBound, map.binTotals[end] > peak * 0.2 { end += 1 }
      let usd = map.binTotals[bin..<end].reduce(0, +)
      var weighted = 0.0
      for each in bin..<end {
        let middle = (map.grid.edge(each) + map.grid.edge(each + 1)) / 2
        weighted += map.binTotals[each] * middle
      }
      let price = weighted / usd
      let width = map.grid.edge(end) - map.grid.edge(bin)
      found.append(
        Cluster(
          side: side, price: price, low: map.grid.edge(bin), high: map.grid.edge(end), usd: usd,
          density: usd / (width / atr), distancePercent: (price / map.price - 1) * 100,
          distanceATR: (price - map.price) / atr,
          layers: map.layers.indices.map { layer in
            (bin..<end).map { map.usd(bin: $0, layer: layer) }.reduce(0, +)
          },
          venues: map.venues.indices.map { venue in
            (bin..<end).map { map.usd(bin: $0, venue: venue) }.reduce(0, +)
          }))
      bin = end
    }
    return found
  }
}
