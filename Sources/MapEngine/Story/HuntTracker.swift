import Market

/// Tells the stories of stop hunts bar by bar, on confirmed swings and the magnets of the ledger.
///
/// A pool stands behind a swing where a living magnet of the right side begins within one ATR
/// beyond it. Of several swings in front of one magnet, the outermost has it. The story is decided
/// as a sweep is (``SweepTracker``): by a close back inside within the piercing bar and the next k.
struct HuntTracker: Sendable {
  /// How far beyond a swing a pool may begin, in ATR.
  static let reach = 1.0

  /// A swing that stands.
  private struct Standing {
    let swing: Swing
    let openTime: Timestamp
    var hunt: StopHunt?
  }

  /// A story that isn't decided: its place, the bar that went through the swing, and the open
  /// interest before that.
  private struct Open {
    let place: Int
    let since: Int
    let openInterestBefore: Double?
  }

  private let returnBars: Int
  private var standing: [Standing] = []
  private var open: [Open] = []
  /// Stories whose swing was pierced, in the order of that.
  private(set) var told: [StopHunt] = []

  init(returnBars: Int) {
    self.returnBars = returnBars
  }

  /// Stories that are still building, nearest swing first by side: highs from the lowest, lows
  /// from the highest.
  var building: [StopHunt] {
    let hunts = standing.compactMap(\.hunt)
    return hunts.filter { $0.kind == .high }.sorted { $0.level < $1.level }
      + hunts.filter { $0.kind == .low }.sorted { $0.level > $1.level }
  }

  /// Lets a closed bar, the `index`-th, pierce swings and eat pools. `frame` is the map before it.
  mutating func cross(_ bar: StoryBar, index: Int, frame: MapFrame, before: StoryBar?) {
    for place in standing.indices {
      let swing = standing[place].swing
      guard swing.kind.isBeyond(swing.kind.price(of: bar.price), swing.price),
        var hunt = standing[place].hunt
      else { continue }
      hunt.phase = .grabbed
      hunt.grabbedAt = bar.price.closeTime
      hunt.pool.usd = frame.usd(hunt.side, from: hunt.pool.low, to: hunt.pool.high)
      open.append(
        Open(place: told.count, since: index, openInterestBefore: before?.openInterest))
      told.append(hunt)
    }
    standing.removeAll {
      $0.swing.kind.isBeyond($0.swing.kind.price(of: bar.price), $0.swing.price)
    }
    for story in open { eat(story, bar, frame: frame) }
  }

  /// Decides stories with a closed bar, and looks for pools behind standing swings.
  ///
  /// - Parameters:
  ///   - swings: those that the bar confirms.
  ///   - frame: the map after the bar.
  ///   - reading: the reading of that map.
  ///   - ledger: the magnets after the bar.
  mutating func observe(
    _ bar: StoryBar, index: Int, swings: [Swing], openTime: (Int) -> Timestamp, frame: MapFrame,
    reading: MapReading, ledger: MagnetLedger
  ) {
    decide(bar, index: index, reading: reading)
    standing += swings.map { Standing(swing: $0, openTime: openTime($0.index), hunt: nil) }
    guard let atr = bar.atr else { return }
    var holder: [Int: Int] = [:]
    for place in standing.indices {
      let pool = pool(behind: standing[place].swing, atr: atr, frame: frame, ledger: ledger)
      guard var pool else {
        standing[place].hunt = nil
        continue
      }
      let swing = standing[place].swing
      if let rival = holder[pool.magnet] {
        let isOuter = swing.kind.isBeyond(swing.price, standing[rival].swing.price)
        standing[isOuter ? rival : place].hunt = nil
        guard isOuter else { continue }
      }
      holder[pool.magnet] = place
      if let hunt = standing[place].hunt {
        pool.peakUSD = max(pool.usd, hunt.pool.peakUSD)
        standing[place].hunt?.pool = pool
      } else {
        standing[place].hunt = StopHunt(
          kind: swing.kind, level: swing.price, swingIndex: swing.index,
          swingAt: standing[place].openTime, since: bar.price.closeTime, pool: pool)
      }
    }
  }

  /// The nearest magnet of the right side that begins within reach beyond a swing.
  private func pool(
    behind swing: Swing, atr: Double, frame: MapFrame, ledger: MagnetLedger
  ) -> StopHunt.Pool? {
    let sign = swing.kind.outwards.sign
    var nearest: Magnet?
    for place in ledger.alive {
      let magnet = ledger.magnets[place]
      guard magnet.side == swing.kind.backing, (magnet.farEdge - swing.price) * sign > 0,
        (magnet.nearEdge - swing.price) * sign <= Self.reach * atr
      else { continue }
      if let held = nearest, (held.nearEdge - magnet.nearEdge) * sign <= 0 { continue }
      nearest = magnet
    }
    guard let nearest else { return nil }
    // What of the magnet lies in front of the swing isn't behind it.
    let low = sign > 0 ? max(nearest.low, swing.price) : nearest.low
    let high = sign > 0 ? nearest.high : min(nearest.high, swing.price)
    let usd = frame.usd(nearest.side, from: low, to: high)
    guard usd > 0 else { return nil }
    return StopHunt.Pool(low: low, high: high, usd: usd, peakUSD: usd, magnet: nearest.number)
  }

  private mutating func eat(_ story: Open, _ bar: StoryBar, frame: MapFrame) {
    let hunt = told[story.place]
    if let crossed = bar.crossed(hunt.side, from: frame.map.price) {
      told[story.place].eatenUSD += frame.usd(
        hunt.side, from: max(crossed.lowerBound, hunt.pool.low),
        to: min(crossed.upperBound, hunt.pool.high))
    }
    if let printed = bar.printed[hunt.side] {
      told[story.place].printedUSD = (hunt.printedUSD ?? 0) + printed
    }
    if let printed = bar.printed[hunt.side.opposite] {
      told[story.place].printedOppositeUSD = (hunt.printedOppositeUSD ?? 0) + printed
    }
    let price = hunt.kind.price(of: bar.price)
    if hunt.kind.isBeyond(price, hunt.extreme ?? hunt.level) { told[story.place].extreme = price }
    told[story.place].openInterestDrop = story.openInterestBefore.map { $0 - bar.openInterest }
  }

  private mutating func decide(_ bar: StoryBar, index: Int, reading: MapReading) {
    open.removeAll { story in
      let hunt = told[story.place]
      let isInside = hunt.kind.isBeyond(hunt.level, bar.price.close)
      guard isInside || index - story.since >= returnBars else { return false }
      let next = hunt.side == .long ? reading.nearestShort : reading.nearestLong
      told[story.place].phase = isInside ? .reversed : .continued
      told[story.place].decidedAt = bar.price.closeTime
      told[story.place].decidedPrice = bar.price.close
      told[story.place].opposite = next.map {
        StopHunt.NextPool(
          side: $0.side, price: $0.price, usd: $0.usd, distancePercent: $0.distancePercent)
      }
      return true
    }
  }
}
