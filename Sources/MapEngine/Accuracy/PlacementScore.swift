import Market
import RealModule

/// Whether a map knows where, among the prices that are crossed next, the liquidations will be.
enum PlacementScore {
  /// The length of path that is looked at after each moment.
  static let horizon = Span.hours(4)
  /// The part of a map that is spread evenly over the crossed bins.
  private static let spread = 0.05

  /// Nats per dollar liquidated within four hours of the moments that the maps give over a uniform
  /// distribution on the bins crossed in that time; nil where nothing was liquidated. Only bins are
  /// compared that were crossed, so that distance and chance of touch play no part.
  static func gain(of maps: [DistanceBins], in market: AccuracyMarket) -> Double? {
    var nats = 0.0
    var dollars = 0.0
    var next = 0
    for (moment, map) in zip(market.moments, maps) {
      guard let time = market.time(of: moment) else { continue }
      let path = market.intervals[moment.intervalCount...].prefix {
        $0.closeTime <= time + horizon
      }
      while next < market.liquidations.count, market.liquidations[next].time < time { next += 1 }
      let following = market.liquidations[next...].prefix { $0.time < time + horizon }
      for side in Side.allCases {
        let score = gain(
          map: map, side: side, path: path, liquidations: following.filter { $0.side == side })
        nats += score.nats
        dollars += score.dollars
      }
    }
    return dollars > 0 ? nats / dollars : nil
  }

  /// The gain of one side after one moment.
  static func gain(
    map: DistanceBins, side: Side, path: ArraySlice<MarketInterval>,
    liquidations: [Liquidation]
  ) -> (nats: Double, dollars: Double) {
    let step = map.mark * DistanceBins.width
    let reach =
      side == .long
      ? map.mark - (path.map(\.crossLow).min() ?? map.mark)
      : (path.map(\.crossHigh).max() ?? map.mark) - map.mark
    let crossed = min(reach / step, Double(DistanceBins.count))
    // Within a single bin there is no place to be right about.
    guard crossed > 1 else { return (0, 0) }
    let bins = Int(crossed.rounded(.up))
    let parts = (0..<bins).map { min(crossed - Double($0), 1) }
    let weights = zip(map[side], parts).map { $0 * $1 }
    let sum = weights.reduce(0, +)
    var nats = 0.0
    var dollars = 0.0
    for liquidation in liquidations {
      let place = side.sign * (map.mark - liquidation.price) / step
      // A fill can lie beyond the mark that caused it.
      let bin = min(max(Int(place.rounded(.down)), 0), bins - 1)
      let uniform = parts[bin] / crossed
      let own = sum > 0 ? weights[bin] / sum : uniform
      let density = (1 - spread) * own + spread * uniform
      nats += liquidation.notional * Double.log(density / uniform)
      dollars += liquidation.notional
    }
    return (nats, dollars)
  }
}

/// How many of the truths lie within their bands.
enum BandScore {
  /// The covered parts of the bins and of the totals at one moment.
  static func coverage(
    of bands: AccuracyForecast.Bands, truth: DistanceBins
  ) -> (bins: Double, totals: Double) {
    var inside = 0
    for side in Side.allCases {
      for bin in 0..<DistanceBins.count
      where truth[side][bin] >= bands.low[side][bin] && truth[side][bin] <= bands.high[side][bin] {
        inside += 1
      }
    }
    let totals = bands.totals.count { $0.band.contains(truth.total($0.side, bins: $0.bins)) }
    return (
      Double(inside) / Double(2 * DistanceBins.count),
      Double(totals) / Double(max(bands.totals.count, 1))
    )
  }
}
