import Market
import RealModule

extension PeerMethod {
  /// What the method's levels would have liquidated in each scored hour: the coins that stood when
  /// the price crossed them. Nil for methods that remove no level.
  ///
  /// Levels are held in bins of 4 basis points here, as the engine's own are.
  func flow(in market: AccuracyMarket, repairs: Set<Repair>) -> AccuracyForecast.Flow? {
    guard removesCrossed else { return nil }
    var flow = AccuracyForecast.Flow(hours: market.scoredHours)
    forEachCrossing(in: market.intervals[...], repairs: repairs) { interval, long, short in
      guard let hour = market.scoredHour(interval.openTime) else { return }
      flow.long[hour] += long
      flow.short[hour] += short
    }
    return flow
  }

  /// Whether the method takes a level away when the price crosses it.
  var removesCrossed: Bool {
    switch self {
    case .volumeMix, .openInterestRise, .timeEvolving: true
    case .tradeAnchored, .openInterestFan: false
    }
  }

  /// Tells of each interval in turn what it crossed, in coins.
  func forEachCrossing(
    in intervals: ArraySlice<MarketInterval>, repairs: Set<Repair>,
    _ tell: (_ interval: MarketInterval, _ long: Double, _ short: Double) -> Void
  ) {
    let tiers = repairs.contains(.smear) ? self.tiers.flatMap(\.smeared) : self.tiers
    let rescales = repairs.contains(.rescale)
    var longs = CrossLadder(side: .long)
    var shorts = CrossLadder(side: .short)
    var previous: MarketInterval?
    for interval in intervals {
      let interest = previous?.openInterest ?? interval.openInterest
      func scale(_ ladder: CrossLadder) -> Double {
        rescales && ladder.total > 0 ? interest / ladder.total : 1
      }
      let longScale = scale(longs)
      let shortScale = scale(shorts)
      tell(
        interval, longs.cross(interval.low) * longScale, shorts.cross(interval.high) * shortScale)
      open(in: interval, after: previous, tiers: tiers, longs: &longs, shorts: &shorts)
      previous = interval
    }
  }

  private func open(
    in interval: MarketInterval, after previous: MarketInterval?, tiers: [PeerTier],
    longs: inout CrossLadder, shorts: inout CrossLadder
  ) {
    let isRising = interval.close >= interval.open
    let change = interval.openInterest - (previous?.openInterest ?? 0)
    let bought = interval.takerBuyVolume ?? interval.volume / 2
    let long: Double
    let short: Double
    var entry = interval.typicalPrice
    switch self {
    case .volumeMix:
      long = bought
      short = interval.volume - bought
    case .openInterestRise:
      let part = interval.volume > 0 ? bought / interval.volume : 0.5
      long = max(change, 0) * part
      short = max(change, 0) - long
    case .timeEvolving:
      // Its first interval opens nothing: there is no rise to be seen yet.
      let rise = previous == nil ? 0 : change
      if rise < 0 {
        let total = longs.total + shorts.total
        let kept = total > 0 ? max(0, 1 + rise / total) : 0
        longs.shrink(to: kept)
        shorts.shrink(to: kept)
      }
      long = isRising ? max(rise, 0) : 0
      short = isRising ? 0 : max(rise, 0)
      entry = interval.close
    case .tradeAnchored, .openInterestFan:
      return
    }
    for tier in tiers {
      if long > 0 { longs.add(long * tier.weight, at: entry * tier.longFactor) }
      if short > 0 { shorts.add(short * tier.weight, at: entry * tier.shortFactor) }
    }
  }
}

/// Levels of one side in narrow bins, found from the price outwards.
struct CrossLadder {
  private static let width = PositionBook.standardBinWidth
  private let sign: Double
  /// Coins by bin, counted away from the price: bin 0 is the nearest that was ever asked for.
  private var coins: [Double] = []
  private var origin = 0
  private var nearest = Int.max
  private var scale = 1.0
  /// Coins standing.
  private(set) var total = 0.0

  init(side: Side) {
    sign = side == .long ? -1 : 1
  }

  /// Adds coins at a price.
  mutating func add(_ amount: Double, at price: Double) {
    guard price > 0 else { return }
    let bin = place(price)
    makeRoom(for: bin)
    coins[bin - origin] += amount / scale
    nearest = min(nearest, bin)
    total += amount
  }

  /// Takes away what stands at or nearer than a price; returns the coins.
  mutating func cross(_ price: Double) -> Double {
    let barrier = place(price)
    guard nearest <= barrier else { return 0 }
    var sum = 0.0
    let end = min(barrier, origin + coins.count - 1)
    for bin in max(nearest, origin)...max(end, max(nearest, origin)) where bin <= end {
      sum += coins[bin - origin]
      coins[bin - origin] = 0
    }
    nearest = barrier + 1
    let crossed = sum * scale
    total = max(total - crossed, 0)
    return crossed
  }

  /// Shrinks every level in proportion.
  mutating func shrink(to kept: Double) {
    total *= kept
    scale *= kept
    if scale < 1e-100 {
      for index in coins.indices { coins[index] *= scale }
      scale = 1
    }
  }

  /// The bin of a price: larger is farther from where the side's traders are.
  private func place(_ price: Double) -> Int {
    Int((sign * Double.log(price) / Self.width).rounded(.down))
  }

  private mutating func makeRoom(for bin: Int) {
    if coins.isEmpty {
      origin = bin - 512
      coins = [Double](repeating: 0, count: 1_024)
    }
    if bin < origin {
      let more = origin - bin + 512
      coins.insert(contentsOf: [Double](repeating: 0, count: more), at: 0)
      origin -= more
    }
    if bin >= origin + coins.count {
      coins += [Double](repeating: 0, count: bin - origin - coins.count + 513)
    }
  }
}
