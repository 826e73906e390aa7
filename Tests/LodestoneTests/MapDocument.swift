import Foundation

/// The JSON of `snapshot`, decoded by what the issue says of its keys and types, and nothing else.
struct MapDocument: Decodable, Equatable {
  struct Calibration: Decodable, Equatable {
    let state: String
    let days: Double
    let as_of: Int64?
  }

  struct Cluster: Decodable, Equatable {
    let price, usd, low, high, distance_pct: Double
    let side: String
    let distance_atr: Double?
  }

  struct Bias: Decodable, Equatable {
    let label, fuel_label, reason: String
    let nearest_long, nearest_short: Cluster?
  }

  struct Layer: Decodable, Equatable {
    let label: String
    let min_leverage: Double
    let max_leverage: Double?
  }

  struct Bin: Decodable, Equatable {
    let low, high, usd: Double
    let side: String
    let layers, venues: [String: Double]
  }

  struct Cumulative: Decodable, Equatable {
    let long, short: [Double]
  }

  struct Facts: Decodable, Equatable {
    let first, last: Int64
    let intervals, gaps, skipped: Int
    let quality: String
    let columns_found, notes: [String]
  }

  let instrument, timeframe, source: String
  let venues: [String]
  let range_pct, price, total_long_usd, total_short_usd: Double
  let simulated: Bool
  let calibration: Calibration
  let as_of: Int64
  let fuel_ratio: Double?
  let bias: Bias
  let magnet: Cluster?
  let magnets: [Cluster]
  let layers: [Layer]
  let bins: [Bin]
  let cumulative: Cumulative
  let data: Facts

  init(_ json: String) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(json.utf8))
  }

  /// The keys that stand in the JSON at the top.
  static func keys(_ json: String) throws -> Set<String> {
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    return Set(object?.keys.map { $0 } ?? [])
  }

  /// The bins of one side, from the price outwards.
  func outwards(_ side: String) -> [Bin] {
    let own = bins.filter { $0.side == side }
    return side == "long" ? own.reversed() : own
  }
}

extension MapDocument {
  /// Whatever the document says that can't be true of a map; empty when all of it agrees.
  func contradictions() -> [String] {
    sums() + curves() + grid() + reading()
  }

  private func sums() -> [String] {
    var found: [String] = []
    let labels = Set(layers.map(\.label))
    for (index, bin) in bins.enumerated() {
      let amounts = [bin.usd] + bin.layers.values + bin.venues.values
      if amounts.contains(where: { !($0.isFinite && $0 >= 0) }) {
        found.append("bin \(index) holds an impossible amount")
      }
      if Set(bin.layers.keys) != labels { found.append("bin \(index) has other layers") }
      if Set(bin.venues.keys) != Set(venues) { found.append("bin \(index) has other venues") }
      if !agree(bin.layers.values.reduce(0, +), bin.usd) {
        found.append("the layers of bin \(index) don't add up")
      }
      if !agree(bin.venues.values.reduce(0, +), bin.usd) {
        found.append("the venues of bin \(index) don't add up")
      }
    }
    for (side, total) in [("long", total_long_usd), ("short", total_short_usd)] {
      if !agree(outwards(side).reduce(0) { $0 + $1.usd }, total) {
        found.append("the \(side) bins don't add up to the total")
      }
    }
    let ratio = total_long_usd > 0 ? total_short_usd / total_long_usd : nil
    switch (ratio, fuel_ratio) {
    case (nil, nil): break
    case (let one?, let other?) where agree(one, other): break
    default: found.append("fuel_ratio is not short over long")
    }
    return found
  }

  private func curves() -> [String] {
    var found: [String] = []
    for (side, curve, total) in [
      ("long", cumulative.long, total_long_usd), ("short", cumulative.short, total_short_usd),
    ] {
      let own = outwards(side)
      guard own.count == curve.count else {
        found.append("the \(side) curve has \(curve.count) numbers for \(own.count) bins")
        continue
      }
      var sum = 0.0
      for (index, bin) in own.enumerated() {
        sum += bin.usd
        if !agree(curve[index], sum) { found.append("the \(side) curve is off at \(index)") }
        if index > 0, curve[index] < curve[index - 1] {
          found.append("the \(side) curve falls at \(index)")
        }
      }
      if let last = curve.last, !agree(last, total) {
        found.append("the \(side) curve doesn't end at the total")
      }
    }
    return found
  }

  private func grid() -> [String] {
    var found: [String] = []
    guard let first = bins.first, let last = bins.last else { return ["no bins"] }
    let width = log(first.high / first.low)
    for (index, bin) in bins.enumerated() {
      if !(bin.low < bin.high) { found.append("bin \(index) is empty") }
      if abs(log(bin.high / bin.low) / width - 1) > 1e-9 {
        found.append("bin \(index) has another log width")
      }
      if index > 0, bins[index - 1].high != bin.low {
        found.append("bin \(index) doesn't begin where the one before ends")
      }
      if bin.side == "long", bin.high > price { found.append("a long bin above the price") }
      if bin.side == "short", bin.low < price { found.append("a short bin below the price") }
      if bin.side != "long", bin.side != "short" { found.append("side \(bin.side)") }
    }
    if !bins.contains(where: { $0.low == price }) { found.append("no bin begins at the price") }
    let reach = range_pct / 100
    if abs(log(last.high / price) - log(1 + reach)) > width / 2 * 1.000_001
      || abs(log(price / first.low) + log(1 - reach)) > width / 2 * 1.000_001
    {
      found.append("the bins don't reach \(range_pct) %")
    }
    return found
  }

  private func reading() -> [String] {
    var found: [String] = []
    let labels: Set = ["squeeze_up", "flush_down", "pinned", "balanced"]
    if !labels.contains(bias.label) { found.append("bias \(bias.label)") }
    if !labels.subtracting(["pinned"]).contains(bias.fuel_label) {
      found.append("fuel bias \(bias.fuel_label)")
    }
    if bias.reason.isEmpty { found.append("a bias without a reason") }
    if magnet != magnets.first { found.append("the magnet is not the first magnet") }
    if let nearest = bias.nearest_long, nearest.side != "long" || !magnets.contains(nearest) {
      found.append("nearest_long is no cluster of longs")
    }
    if let nearest = bias.nearest_short, nearest.side != "short" || !magnets.contains(nearest) {
      found.append("nearest_short is no cluster of shorts")
    }
    for cluster in magnets {
      let name = "the cluster at \(cluster.price)"
      let inside = bins.filter { $0.low >= cluster.low && $0.high <= cluster.high }
      if inside.first?.low != cluster.low || inside.last?.high != cluster.high {
        found.append("\(name) doesn't end at edges of bins")
      }
      if inside.contains(where: { $0.side != cluster.side }) {
        found.append("\(name) crosses the price")
      }
      if !agree(inside.reduce(0) { $0 + $1.usd }, cluster.usd) {
        found.append("\(name) holds other dollars than its bins")
      }
      if !(cluster.low...cluster.high).contains(cluster.price) {
        found.append("\(name) lies outside of its edges")
      }
      if !agree((cluster.price / price - 1) * 100, cluster.distance_pct) {
        found.append("\(name) has another distance")
      }
    }
    return found
  }

  /// Sums of the same numbers in another order differ in their last bits.
  private func agree(_ one: Double, _ other: Double) -> Bool {
    abs(one - other) <= 1e-9 * max(abs(one), abs(other), 1e-3)
  }
}
