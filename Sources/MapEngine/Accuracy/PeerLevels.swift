import Market

/// The levels of a peer's method that stand after the last interval, binned as they are found.
struct PeerLevels {
  private var held: DistanceBins
  /// Coins standing on either side, those beyond the bins included.
  private var longCoins = 0.0
  private var shortCoins = 0.0

  init(mark: Double) {
    held = DistanceBins(mark: mark)
  }

  /// Coins at a level, unless it lies on the crossed side of the mark.
  mutating func add(_ coins: Double, side: Side, price: Double) {
    guard side == .long ? price < held.mark : price > held.mark else { return }
    if side == .long { longCoins += coins } else { shortCoins += coins }
    held.add(coins * price, side: side, price: price)
  }

  /// Each interval's openings at its typical price, without those that a later interval crossed
  /// where `removesCrossed`.
  ///
  /// A level of interval `t` stands when no later low (high, for shorts) reaches it, so one walk
  /// backwards with the running extremes of what follows is enough.
  ///
  /// - Parameter openings: coins opened long and short in an interval, given the one before it.
  mutating func anchor(
    _ intervals: ArraySlice<MarketInterval>, tiers: [PeerTier], removesCrossed: Bool,
    openings: (MarketInterval?, MarketInterval) -> (long: Double, short: Double)
  ) {
    let factors = tiers.map { (long: $0.longFactor, short: $0.shortFactor, weight: $0.weight) }
    var lowestLater = Double.infinity
    var highestLater = 0.0
    for index in intervals.indices.reversed() {
      let interval = intervals[index]
      let previous = index > intervals.startIndex ? intervals[index - 1] : nil
      let opened = openings(previous, interval)
      let entry = interval.typicalPrice
      if opened.long > 0 {
        for factor in factors where entry * factor.long < lowestLater {
          add(opened.long * factor.weight, side: .long, price: entry * factor.long)
        }
      }
      if opened.short > 0 {
        for factor in factors where entry * factor.short > highestLater {
          add(opened.short * factor.weight, side: .short, price: entry * factor.short)
        }
      }
      guard removesCrossed else { continue }
      lowestLater = min(lowestLater, interval.low)
      highestLater = max(highestLater, interval.high)
    }
  }

  /// The time-evolving method: touched levels leave, a rise of open interest opens at the close on
  /// the side of the candle's colour, a fall shrinks all that stands in proportion.
  mutating func evolve(_ intervals: ArraySlice<MarketInterval>, tiers: [PeerTier]) {
    // Amounts are kept at the scale of their opening; one factor shrinks them all at once.
    var scale = 1.0
    var total = 0.0
    // Keys grow towards the price: the level next to it is the first of its heap.
    var longs = LevelHeap()
    var shorts = LevelHeap()
    var previous: Double?
    for interval in intervals {
      while let level = longs.first, level.key >= interval.low {
        total -= level.amount * scale
        longs.removeFirst()
      }
      while let level = shorts.first, -level.key <= interval.high {
        total -= level.amount * scale
        shorts.removeFirst()
      }
      let change = interval.openInterest - (previous ?? interval.openInterest)
      previous = interval.openInterest
      if change > 0 {
        let isLong = interval.close >= interval.open
        for tier in tiers {
          let amount = change * tier.weight
          let factor = isLong ? tier.longFactor : tier.shortFactor
          let price = interval.close * factor
          if isLong {
            longs.insert(LevelHeap.Level(key: price, amount: amount / scale))
          } else {
            shorts.insert(LevelHeap.Level(key: -price, amount: amount / scale))
          }
          total += amount
        }
      } else if change < 0 {
        if -change >= total || scale < 1e-100 {
          let kept = total > 0 ? max(0, 1 + change / total) * scale : 0
          longs.scale(by: kept)
          shorts.scale(by: kept)
          scale = 1
          total = max(0, total + change)
        } else {
          scale *= 1 + change / total
          total += change
        }
      }
    }
    for level in longs.levels { add(level.amount * scale, side: .long, price: level.key) }
    for level in shorts.levels { add(level.amount * scale, side: .short, price: -level.key) }
  }

  /// The levels by distance; each side scaled to carry `openInterest` coins where given.
  func bins(openInterest: Double?) -> DistanceBins {
    guard let openInterest else { return held }
    var result = held
    if longCoins > 0 { result.scale(.long, by: openInterest / longCoins) }
    if shortCoins > 0 { result.scale(.short, by: openInterest / shortCoins) }
    return result
  }
}

/// A binary heap of levels, the greatest key first.
struct LevelHeap {
  struct Level {
    let key: Double
    var amount: Double
  }

  private(set) var levels: [Level] = []

  var first: Level? { levels.first }

  mutating func insert(_ level: Level) {
    levels.append(level)
    var child = levels.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      if levels[parent].key >= levels[child].key { break }
      levels.swapAt(parent, child)
      child = parent
    }
  }

  mutating func removeFirst() {
    guard let last = levels.popLast(), !levels.isEmpty else { return }
    levels[0] = last
    var parent = 0
    while true {
      let left = 2 * parent + 1
      guard left < levels.count else { return }
      let right = left + 1
      let child = right < levels.count && levels[right].key > levels[left].key ? right : left
      if levels[parent].key >= levels[child].key { return }
      levels.swapAt(parent, child)
      parent = child
    }
  }

  /// Multiplies every amount; a factor of zero empties the heap.
  mutating func scale(by factor: Double) {
    if factor == 0 {
      levels.removeAll()
      return
    }
    for index in levels.indices { levels[index].amount *= factor }
  }
}
