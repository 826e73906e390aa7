import Market
import TestSupport
import Testing

@testable import MapEngine

@Suite("Peers' methods")
struct AccuracyPeerTests {
  /// Open, high, low, close, volume, taker purchases, open interest as of the close.
  private func interval(
    _ index: Int, _ numbers: (Double, Double, Double, Double, Double, Double?, Double)
  ) throws -> MarketInterval {
    let candle = try Candle(
      openTime: Timestamp(milliseconds: Int64(index) * 60_000), interval: .minutes(1),
      open: numbers.0, high: numbers.1, low: numbers.2, close: numbers.3, volume: numbers.4,
      takerBuyVolume: numbers.5)
    return MarketInterval(candle: candle, openInterest: numbers.6)
  }

  /// Typical prices 100, 102.33 and 100.77; the last close is 101.3.
  private func toy() throws -> [MarketInterval] {
    try [
      interval(0, (100, 101, 99, 100, 10, 6, 50)),
      interval(1, (100, 104, 100, 103, 8, 6, 58)),
      interval(2, (103, 103, 98, 101.3, 4, 1, 55)),
    ]
  }

  private func expect(
    _ method: PeerMethod, on intervals: [MarketInterval], long: [(Double, Double)],
    short: [(Double, Double)], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let found = try #require(method.estimate(intervals), sourceLocation: sourceLocation)
    var wanted = DistanceBins(mark: try #require(intervals.last).close)
    for (coins, price) in long { wanted.add(coins * price, side: .long, price: price) }
    for (coins, price) in short { wanted.add(coins * price, side: .short, price: price) }
    for side in Side.allCases {
      for bin in 0..<DistanceBins.count {
        #expect(
          abs(found[side][bin] - wanted[side][bin]) < 1e-9, "\(method) \(side) bin \(bin)",
          sourceLocation: sourceLocation)
      }
    }
    #expect(wanted.total(.long) > 0 || wanted.total(.short) > 0, sourceLocation: sourceLocation)
  }

  /// The leverage mix of the first three methods: leverage and share.
  private static let mix: [(Double, Double)] = [
    (5, 0.15), (10, 0.30), (25, 0.25), (50, 0.20), (100, 0.10),
  ]

  /// Coins and price of one opening in each tier.
  private func ladder(
    _ tiers: [(Double, Double)], coins: Double, price: (Double) -> Double
  ) -> [(Double, Double)] {
    tiers.map { leverage, share in (coins * share, price(leverage)) }
  }

  // The typical prices of the toy series.
  private let first = 100.0
  private let second = 307.0 / 3
  private let third = 302.3 / 3

  /// The levels of the toy series that stand at its end, each with the share of its opening. The
  /// lows that follow are 98 for both first intervals, the highs 104 and 103.
  private func standing(
    long: [Double], short: [Double]
  ) -> (long: [(Double, Double)], short: [(Double, Double)]) {
    func level(_ entry: Double, _ leverage: Double, _ sign: Double) -> Double {
      entry * (1 - sign / leverage) / (1 - sign * 0.004)
    }
    let longs = [
      // First: 80.3, 90.4 and 96.4 stand, 98.4 and 99.4 were crossed.
      (long[0] * 0.15, level(first, 5, 1)), (long[0] * 0.30, level(first, 10, 1)),
      (long[0] * 0.25, level(first, 25, 1)),
      // Second: 82.2 and 92.5 stand; 98.6, 100.7 and 101.7 were crossed.
      (long[1] * 0.15, level(second, 5, 1)), (long[1] * 0.30, level(second, 10, 1)),
      // Third: all stand.
      (long[2] * 0.15, level(third, 5, 1)), (long[2] * 0.30, level(third, 10, 1)),
      (long[2] * 0.25, level(third, 25, 1)), (long[2] * 0.20, level(third, 50, 1)),
      (long[2] * 0.10, level(third, 100, 1)),
    ]
    let shorts = [
      // First: 119.5 and 109.6 stand; 103.6, 101.6 and 100.6 were crossed by 104.
      (short[0] * 0.15, level(first, 5, -1)), (short[0] * 0.30, level(first, 10, -1)),
      // Second: 122.3, 112.1, 106.0 and 104.0 stand; 102.9 was crossed by 103.
      (short[1] * 0.15, level(second, 5, -1)), (short[1] * 0.30, level(second, 10, -1)),
      (short[1] * 0.25, level(second, 25, -1)), (short[1] * 0.20, level(second, 50, -1)),
      // Third: all stand.
      (short[2] * 0.15, level(third, 5, -1)), (short[2] * 0.30, level(third, 10, -1)),
      (short[2] * 0.25, level(third, 25, -1)), (short[2] * 0.20, level(third, 50, -1)),
      (short[2] * 0.10, level(third, 100, -1)),
    ]
    return (longs, shorts)
  }

  @Test("N0: taker volume by side and mix, without the levels that were crossed later")
  func volumeMix() throws {
    let wanted = standing(long: [6, 6, 1], short: [4, 2, 3])
    try expect(.volumeMix, on: toy(), long: wanted.long, short: wanted.short)
  }

  @Test("N1: rises of open interest by the takers' shares, the first stock included")
  func openInterestRise() throws {
    // 50 at 60 % bought, a rise of 8 at 75 % bought, a fall.
    let wanted = standing(long: [30, 6, 0], short: [20, 2, 0])
    try expect(.openInterestRise, on: toy(), long: wanted.long, short: wanted.short)
  }

  @Test("N2: one side by colour, touched levels leave, falls shrink all that stands")
  func timeEvolving() throws {
    let series = try toy() + [interval(3, (101.3, 101.5, 100, 100.5, 2, 1, 60))]
    // The rise of 8 opens longs at 103; the low of 98 takes 98.9, 100.9 and 102.0, 4.4 of the 8;
    // the fall of 3 leaves a sixth of the 3.6; the rise of 5 in a red candle opens shorts at 100.5.
    let long = [
      (8 * 0.15 / 6, 103 * (1 - 0.996 / 5)), (8 * 0.30 / 6, 103 * (1 - 0.996 / 10)),
    ]
    let short = ladder(Self.mix, coins: 5) { 100.5 * (1 + 0.996 / $0) }
    try expect(.timeEvolving, on: series, long: long, short: short)
  }

  @Test("N2: a fall of everything that stands leaves nothing, and what opens later counts anew")
  func timeEvolvingReset() throws {
    let series = try [
      interval(0, (100, 100, 100, 100, 1, 1, 10)), interval(1, (100, 100, 100, 100, 1, 1, 14)),
      interval(2, (100, 100, 100, 100, 1, 1, 2)), interval(3, (100, 100, 100, 100, 1, 1, 3)),
    ]
    let long = ladder(Self.mix, coins: 1) { 100 * (1 - 0.996 / $0) }
    try expect(.timeEvolving, on: series, long: long, short: [])
  }

  @Test("N3: every trade in full in every tier, crossed or not, but beyond the last price")
  func tradeAnchored() throws {
    var long: [(Double, Double)] = []
    var short: [(Double, Double)] = []
    for (entry, bought, sold) in [(first, 6.0, 4.0), (second, 6, 2), (third, 1, 3)] {
      for distance in [0.10, 0.04, 0.02, 0.01] {
        let below = entry * (1 - distance)
        let above = entry * (1 + distance)
        if below < 101.3 { long.append((bought, below)) }
        if above > 101.3 { short.append((sold, above)) }
      }
    }
    // 102.33 x 0.99 lies above the last price, 100 x 1.01 below it.
    #expect(long.count == 11 && short.count == 11)
    try expect(.tradeAnchored, on: toy(), long: long, short: short)
  }

  @Test("N4: half of the open interest a side as a ladder around the mark, whatever happened")
  func openInterestFan() throws {
    let fan: [(Double, Double)] = [(5, 0.20), (10, 0.35), (20, 0.30), (50, 0.15)]
    try expect(
      .openInterestFan, on: toy(),
      long: ladder(fan, coins: 27.5) { 101.3 * (1 - 1 / $0 + 0.005) },
      short: ladder(fan, coins: 27.5) { 101.3 * (1 + 1 / $0 - 0.005) })
  }

  @Test("Where the taker side is unknown, half of the volume goes to either side")
  func unknownTaker() throws {
    let series = [try interval(0, (100, 100, 100, 100, 8, nil, 6))]
    for (method, coins) in [(PeerMethod.volumeMix, 4.0), (.openInterestRise, 3)] {
      let found = try #require(method.estimate(series))
      // The five-times short stands 19.5 % away, the long 19.7 %: all within the bins.
      let long = found.total(.long)
      #expect(long > coins * 80 && long < coins * 100)
      #expect(found.total(.short) > coins * 100 && found.total(.short) < coins * 120)
    }
  }

  @Test("The running extremes give what replaying every crossing gives")
  func againstReplay() throws {
    var random = SeededRandom(seed: 99)
    var series: [MarketInterval] = []
    var price = 100.0
    for index in 0..<400 {
      let open = price
      price *= 1 + Double.random(in: -0.004...0.004, using: &random)
      let high = max(open, price) * (1 + Double.random(in: 0...0.002, using: &random))
      let low = min(open, price) * (1 - Double.random(in: 0...0.002, using: &random))
      let volume = Double.random(in: 0...10, using: &random)
      series.append(
        try interval(
          index,
          (
            open, high, low, price, volume, volume * Double.random(in: 0...1, using: &random),
            Double.random(in: 50...60, using: &random)
          )))
    }
    var standing: [(side: Side, coins: Double, price: Double)] = []
    for interval in series {
      standing.removeAll {
        $0.side == .long ? $0.price >= interval.low : $0.price <= interval.high
      }
      let bought = try #require(interval.takerBuyVolume)
      for tier in PeerMethod.volumeMix.tiers {
        standing.append((.long, bought * tier.weight, interval.typicalPrice * tier.longFactor))
        standing.append(
          (
            .short, (interval.volume - bought) * tier.weight,
            interval.typicalPrice * tier.shortFactor
          ))
      }
    }
    var wanted = DistanceBins(mark: price)
    for level in standing {
      wanted.add(level.coins * level.price, side: level.side, price: level.price)
    }
    let found = try #require(PeerMethod.volumeMix.estimate(series))
    for side in Side.allCases {
      for bin in 0..<DistanceBins.count {
        #expect(abs(found[side][bin] - wanted[side][bin]) < 1e-6)
      }
    }
  }

  @Test("The free fixes smear each tier's distance and carry the whole open interest")
  func repairs() throws {
    let series = [try interval(0, (100, 100, 100, 100, 8, 4, 6))]
    let tier = PeerTier(leverage: 10, weight: 1, form: .textbook(rate: 0))
    let smeared = tier.smeared
    #expect(abs(smeared.reduce(0) { $0 + $1.weight } - 1) < 1e-12)
    #expect(abs(try #require(smeared.first).longFactor - 0.935) < 1e-12)
    #expect(abs(try #require(smeared.last).longFactor - 0.865) < 1e-12)
    let plain = try #require(PeerMethod.openInterestFan.estimate(series))
    let scaled = try #require(PeerMethod.openInterestFan.estimate(series, repairs: [.rescale]))
    for side in Side.allCases {
      #expect(abs(scaled.total(side) - 2 * plain.total(side)) < 1e-9)
    }
    let fixed = try #require(
      PeerMethod.volumeMix.estimate(series, repairs: [.smear, .rescale]))
    #expect(fixed.long.count { $0 > 0 } > plain.long.count { $0 > 0 })
    // Six coins a side in all, those of the farthest tier beyond the bins.
    #expect(fixed.total(.long) < 600 && fixed.total(.long) > 300)
  }

  @Test("No intervals, no map")
  func nothing() {
    for method in PeerMethod.allCases { #expect(method.estimate([]) == nil) }
  }
}
