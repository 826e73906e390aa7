import Market
import RealModule

/// Reads a map: clusters, magnets, nearest large clusters, bias and fuel.
public struct MapReader {
  private let map: LiquidationMap
  private let atr: Double?

  /// A reader of a map, with the average true range in the quote currency where known.
  public init(map: LiquidationMap, atr: Double?) {
    self.map = map
    self.atr = atr
  }

  /// "Clearly closer": at most this part of the other's distance.
  static let clearlyCloser = 2.0 / 3
  /// "Near": within so many ATR.
  static let near = 3.0

  /// The reading.
  public func reading() -> MapReading {
    let clusters = ClusterFinder(map: map, atr: atr).clusters()
    let long = nearestLarge(.long, among: clusters)
    let short = nearestLarge(.short, among: clusters)
    let fuel = FuelRatio(
      whole: ratio(within: nil), within1ATR: ratio(within: 1), within2ATR: ratio(within: 2),
      within5ATR: ratio(within: 5))
    return MapReading(
      atr: atr, magnets: clusters, nearestLong: long, nearestShort: short,
      bias: bias(long: long, short: short, fuel: fuel.whole), fuel: fuel)
  }

  /// The first cluster outwards with at least half the dollars of the side's densest.
  private func nearestLarge(_ side: Side, among clusters: [Cluster]) -> Cluster? {
    let own = clusters.filter { $0.side == side }
    guard let densest = own.first else { return nil }
    return own.filter { $0.usd >= densest.usd / 2 }.min { $0.distance < $1.distance }
  }

  /// Short dollars above over long dollars below, within so many ATR of the price or over the
  /// whole map. A bin that the limit cuts counts in proportion.
  private func ratio(within limit: Double?) -> Double? {
    var range = 0.0...Double(map.grid.count)
    if let limit {
      guard let atr, map.price - limit * atr > 0 else { return nil }
      range =
        map.grid.position(
          of: map.price - limit * atr)...map.grid.position(of: map.price + limit * atr)
    }
    func dollars(_ side: Side) -> Double {
      map.bins(of: side).reduce(0) { sum, bin in
        let low = max(Double(bin), range.lowerBound)
        let high = min(Double(bin + 1), range.upperBound)
        return sum + map.binTotals[bin] * max(high - low, 0)
      }
    }
    let long = dollars(.long)
    return long > 0 ? dollars(.short) / long : nil
  }

  private func bias(long: Cluster?, short: Cluster?, fuel: Double?) -> Bias {
    let fuelLabel: Bias.Label
    let fuelReason: String
    if let fuel {
      let shorts = "short/long fuel \(fuel.rounded(to: 2))"
      if fuel >= 1 / Self.clearlyCloser {
        fuelLabel = .squeezeUp
        fuelReason = "\(shorts), more above"
      } else if fuel <= Self.clearlyCloser {
        fuelLabel = .flushDown
        fuelReason = "\(shorts), more below"
      } else {
        fuelLabel = .balanced
        fuelReason = "\(shorts), even"
      }
    } else {
      let hasShorts = map.total(.short) > 0
      fuelLabel = hasShorts ? .squeezeUp : .balanced
      fuelReason = hasShorts ? "no long fuel below" : "no fuel"
    }
    let (label, reason) = nearness(long: long, short: short)
    return Bias(label: label, fuelLabel: fuelLabel, reason: "\(reason); \(fuelReason)")
  }

  private func nearness(long: Cluster?, short: Cluster?) -> (Bias.Label, String) {
    switch (long, short) {
    case (nil, nil):
      return (.balanced, "no cluster on either side")
    case (nil, let short?):
      return (.squeezeUp, "shorts \(text(short)), no cluster below")
    case (let long?, nil):
      return (.flushDown, "longs \(text(long)), no cluster above")
    case (let long?, let short?):
      let numbers = "shorts \(text(short)), longs \(text(long))"
      if short.distance <= long.distance * Self.clearlyCloser {
        return (.squeezeUp, "\(numbers): above is clearly closer")
      }
      if long.distance <= short.distance * Self.clearlyCloser {
        return (.flushDown, "\(numbers): below is clearly closer")
      }
      if let above = short.distanceATR, let below = long.distanceATR,
        abs(above) <= Self.near, abs(below) <= Self.near
      {
        let denser = short.density >= long.density ? "shorts above" : "longs below"
        return (.pinned, "\(numbers): both near, \(denser) denser")
      }
      return (.balanced, "\(numbers): neither clearly closer, not both near")
    }
  }

  /// `+1.20% (2.4 ATR)`.
  private func text(_ cluster: Cluster) -> String {
    let percent = EngineText.percent(cluster.distancePercent)
    guard let atr = cluster.distanceATR else { return percent }
    return "\(percent) (\(abs(atr).rounded(to: 1)) ATR)"
  }
}

extension Double {
  /// The number rounded half away from zero to so many decimal places.
  func rounded(to places: Int) -> Double {
    let scale = Double.pow(10, Double(places))
    return (self * scale).rounded() / scale
  }
}
