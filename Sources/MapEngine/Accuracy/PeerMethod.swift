import Market

/// The methods that public liquidation maps use, as their sources describe them, on the facts that
/// this engine has too: candles with taker volume, and open interest. They are what the engine's
/// estimate is scored beside. Levels are in coins, dollars are coins x level price.
public enum PeerMethod: String, CaseIterable, Codable, Hashable, Sendable {
  /// Every taker purchase opens longs and every taker sale shorts, by a fixed leverage mix; a level
  /// that the price crosses later is removed.
  case volumeMix = "N0"
  /// Every rise of open interest opens longs and shorts by the takers' shares and the same mix; a
  /// crossed level is removed. The stock at the first interval counts as opened in it.
  case openInterestRise = "N1"
  /// A rise of open interest opens longs in a rising candle and shorts in a falling one, a fall
  /// shrinks every standing level in proportion, a touched level is removed
  /// (gptprojectmanager/liquidations, time-evolving).
  case timeEvolving = "N2"
  /// Every taker trade stands in full in each of four tiers, unless its level lies on the crossed
  /// side of the last price (py-liquidation-map).
  case tradeAnchored = "N3"
  /// Half of today's open interest a side, as a ladder around the mark
  /// (pcdogyu/MultipleExchangeLiquidationMap).
  case openInterestFan = "N4"

  /// What the method does, in a few words.
  public var label: String {
    switch self {
    case .volumeMix: "N0 volume x mix, cut on cross"
    case .openInterestRise: "N1 OI rise x mix, cut on cross"
    case .timeEvolving: "N2 OI rise x mix, falls proportional"
    case .tradeAnchored: "N3 trades x every tier, static"
    case .openInterestFan: "N4 OI fan at mark"
    }
  }

  /// What can be given to a peer's method for free, to see how much of a difference is owed to it.
  public enum Repair: String, CaseIterable, Codable, Hashable, Sendable {
    /// Each tier's distance is smeared by 35 % either way, as cross margin smears it.
    case smear
    /// Each side is scaled to carry the whole open interest.
    case rescale
  }

  /// The method's map after the last of the intervals; nil when there is none.
  ///
  /// - Parameters:
  ///   - intervals: oldest first.
  ///   - mark: the price that distances are measured from; the last close when nil.
  ///   - repairs: fixes that the method itself doesn't have.
  public func estimate(
    _ intervals: ArraySlice<MarketInterval>, mark: Double? = nil, repairs: Set<Repair> = []
  ) -> DistanceBins? {
    guard let last = intervals.last else { return nil }
    let mark = mark ?? last.close
    let tiers = repairs.contains(.smear) ? self.tiers.flatMap(\.smeared) : self.tiers
    var levels = PeerLevels(mark: mark)
    switch self {
    case .volumeMix:
      levels.anchor(intervals, tiers: tiers, removesCrossed: true) { _, interval in
        let bought = interval.takerBuyVolume ?? interval.volume / 2
        return (bought, interval.volume - bought)
      }
    case .openInterestRise:
      levels.anchor(intervals, tiers: tiers, removesCrossed: true) { previous, interval in
        let rise = max(0, interval.openInterest - (previous?.openInterest ?? 0))
        guard interval.volume > 0, let bought = interval.takerBuyVolume else {
          return (rise / 2, rise / 2)
        }
        let long = rise * bought / interval.volume
        return (long, rise - long)
      }
    case .timeEvolving:
      levels.evolve(intervals, tiers: tiers)
    case .tradeAnchored:
      levels.anchor(intervals, tiers: tiers, removesCrossed: false) { _, interval in
        let bought = interval.takerBuyVolume ?? interval.volume / 2
        return (bought, interval.volume - bought)
      }
    case .openInterestFan:
      for tier in tiers {
        let coins = last.openInterest / 2 * tier.weight
        levels.add(coins, side: .long, price: mark * tier.longFactor)
        levels.add(coins, side: .short, price: mark * tier.shortFactor)
      }
    }
    return levels.bins(openInterest: repairs.contains(.rescale) ? last.openInterest : nil)
  }

  /// The method's map after the last of the intervals.
  public func estimate(
    _ intervals: [MarketInterval], mark: Double? = nil, repairs: Set<Repair> = []
  ) -> DistanceBins? {
    estimate(intervals[...], mark: mark, repairs: repairs)
  }

  /// The tiers that the method opens in.
  var tiers: [PeerTier] {
    switch self {
    case .volumeMix, .openInterestRise:
      Self.mix.map { PeerTier(leverage: $0, weight: $1, form: .markValued(rate: 0.004)) }
    case .timeEvolving:
      // This peer divides the maintenance rate by the leverage: wrong, but it is what it does.
      Self.mix.map { PeerTier(leverage: $0, weight: $1, form: .textbook(rate: 0.004 / $0)) }
    case .tradeAnchored:
      [10.0, 25, 50, 100].map { PeerTier(leverage: $0, weight: 1, form: .textbook(rate: 0)) }
    case .openInterestFan:
      [(5.0, 0.20), (10, 0.35), (20, 0.30), (50, 0.15)].map {
        PeerTier(leverage: $0, weight: $1, form: .textbook(rate: 0.005))
      }
    }
  }

  /// The leverage mix that the best documented peer opens with.
  private static let mix: [(Double, Double)] = [
    (5, 0.15), (10, 0.30), (25, 0.25), (50, 0.20), (100, 0.10),
  ]
}

/// One leverage tier of a peer's method: where its levels stand, as factors of the entry price.
struct PeerTier: Hashable, Sendable {
  /// The liquidation price that the peer computes.
  enum Form: Hashable, Sendable {
    /// `entry (1 -/+ 1/L) / (1 -/+ rate)`.
    case markValued(rate: Double)
    /// `entry (1 -/+ 1/L +/- rate)`.
    case textbook(rate: Double)
  }

  let leverage: Double
  /// The share of an opening that goes to the tier.
  let weight: Double
  let form: Form

  /// Long levels over their entry price.
  var longFactor: Double {
    switch form {
    case .markValued(let rate): (1 - 1 / leverage) / (1 - rate)
    case .textbook(let rate): 1 - 1 / leverage + rate
    }
  }

  /// Short levels over their entry price.
  var shortFactor: Double {
    switch form {
    case .markValued(let rate): (1 + 1 / leverage) / (1 + rate)
    case .textbook(let rate): 1 + 1 / leverage - rate
    }
  }

  /// The tier at six distances from 35 % less to 35 % more.
  var smeared: [PeerTier] {
    let weights = [0.10, 0.15, 0.25, 0.25, 0.15, 0.10]
    return weights.enumerated().map { index, share in
      let stretch = 1 + 0.35 * (Double(index) / 2.5 - 1)
      return PeerTier(leverage: leverage / stretch, weight: weight * share, form: form)
    }
  }
}
