import Market
import RealModule

/// Finds the clusters of a map.
///
/// A cluster is a local maximum of the map smoothed at the wider of one map bin and 0.1 ATR,
/// extended both ways while the smoothed map stays above half its peak and above the side's
/// median. Where two would overlap, the higher peak keeps the bins. Nothing here knows of a
/// screen.
struct ClusterFinder {
  /// The map.
  let map: LiquidationMap
  /// Average true range in the quote currency; nil where unknown.
  let atr: Double?

  /// All clusters, densest first: dollars per ATR of width, per percent where there's no ATR.
  func clusters() -> [Cluster] {
    Side.allCases.flatMap(clusters(of:)).sorted {
      ($0.density, $1.distance) > ($1.density, $0.distance)
    }
  }

  private func clusters(of side: Side) -> [Cluster] {
    let bins = map.bins(of: side)
    let smooth = smoothed(Array(map.binTotals[bins]))
    let median = median(of: smooth)
    // Where the map is still rising at its far edge, the summit lies beyond it and is no cluster
    // of this map. Towards the price the map truly ends.
    let outwards = side == .short ? smooth : smooth.reversed()
    let peaks = outwards.indices.filter { isPeak(outwards, at: $0) }
      .map { side == .short ? $0 : smooth.count - 1 - $0 }
      .sorted { (smooth[$0], -$0) > (smooth[$1], -$1) }
    var isTaken = [Bool](repeating: false, count: smooth.count)
    var found: [Cluster] = []
    for peak in peaks where !isTaken[peak] && smooth[peak] > median {
      let floor = max(smooth[peak] / 2, median)
      var low = peak
      while low > 0, !isTaken[low - 1], smooth[low - 1] > floor { low -= 1 }
      var high = peak
      while high + 1 < smooth.count, !isTaken[high + 1], smooth[high + 1] > floor { high += 1 }
      for index in low...high { isTaken[index] = true }
      if let cluster = cluster(side, bins: bins.lowerBound + low...bins.lowerBound + high) {
        found.append(cluster)
      }
    }
    return found
  }

  /// Whether values counted outwards from the price have a summit there.
  private func isPeak(_ values: [Double], at index: Int) -> Bool {
    guard values[index] > 0 else { return false }
    if index > 0, values[index - 1] >= values[index] { return false }
    // On a plateau its first bin stands for it, where the plateau falls off in the end.
    var next = index + 1
    while next < values.count, values[next] == values[index] { next += 1 }
    return next < values.count && values[next] < values[index]
  }

  private func median(of values: [Double]) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return 0 }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// A Gaussian of one map bin or 0.1 ATR, cut at three deviations and renormalised at the ends,
  /// so that the price is no wall that dollars pile up against.
  private func smoothed(_ values: [Double]) -> [Double] {
    let atrBins = atr.map { 0.1 * $0 / map.price / map.grid.binWidth } ?? 1
    let deviation = max(1, atrBins)
    // Compared as a Double: an ATR out of all proportion needn't fit an Int.
    let widest = Double(max(values.count - 1, 0))
    let reach = Int(min((3 * deviation).rounded(.up), widest))
    let kernel = (0...reach).map { Double.exp(-Double($0 * $0) / (2 * deviation * deviation)) }
    return values.indices.map { center in
      var sum = 0.0
      var weight = 0.0
      let low = max(center - reach, 0)
      let high = min(center + reach, values.count - 1)
      for index in low...high {
        let share = kernel[abs(index - center)]
        sum += values[index] * share
        weight += share
      }
      return sum / weight
    }
  }

  private func cluster(_ side: Side, bins: ClosedRange<Int>) -> Cluster? {
    var usd = 0.0
    var weighted = 0.0
    for bin in bins {
      let total = map.binTotals[bin]
      usd += total
      weighted += total * (map.grid.edge(bin) + map.grid.edge(bin + 1)) / 2
    }
    guard usd > 0 else { return nil }
    let price = weighted / usd
    let low = map.grid.edge(bins.lowerBound)
    let high = map.grid.edge(bins.upperBound + 1)
    let percent = map.price / 100
    return Cluster(
      side: side, price: price, low: low, high: high, usd: usd,
      density: usd / ((high - low) / (atr ?? percent)),
      distancePercent: (price - map.price) / percent,
      distanceATR: atr.map { (price - map.price) / $0 },
      layers: map.layers.indices.map { layer in
        bins.reduce(0) { $0 + map.usd(bin: $1, layer: layer) }
      },
      venues: map.venues.indices.map { venue in
        bins.reduce(0) { $0 + map.usd(bin: $1, venue: venue) }
      })
  }
}

extension Cluster {
  /// The distance from the map's price in percent, whatever the side.
  public var distance: Double { abs(distancePercent) }
}
