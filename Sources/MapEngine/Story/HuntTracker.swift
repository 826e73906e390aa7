import Market

/// Tells the stories of stop hunts bar by bar, on confirmed swings and the map behind them.
///
/// The pool behind a swing is what the map holds within one ATR beyond it, on the side that such a
/// swing is backed by. It counts as a pool where that is at least what the side holds in an ATR on
/// average over the five next to the price; where it holds half of that no longer, it is none any
/// more. Of swings within a quarter of an ATR of each other, equal highs or lows, the outermost
/// stands for all. The story is decided
/// as a sweep is (``SweepTracker``): by a close back inside within the piercing bar and the next k.
struct HuntTracker: Sendable {
  /// How far beyond a swing its pool reaches, in ATR.
  private static let reach = 1.0
  /// How far out the ordinary is measured, in ATR.
  private static let outlook = 5.0
  /// Within how much of an ATR swings are equal.
  private static let equal = 0.25
  /// What a pool that stands may lose before it is none, as a share of the ordinary.
  private static let leave = 0.5

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

  /// So many bars a reversal can fail in.
  private static let failing = 24

  /// A reversal that can still fail, until a bar.
  private struct Watched {
    let place: Int
    let until: Int
  }

  private let returnBars: Int
  private var watched: [Watched] = []
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

  /// Takes a closed bar whose map isn't read, so that its swings are known when maps are.
  mutating func pass(_ bar: StoryBar, swings: [Swing], openTime: (Int) -> Timestamp) {
    standing.removeAll {
      $0.swing.kind.isBeyond($0.swing.kind.price(of: bar.price), $0.swing.price)
    }
    standing += swings.map { Standing(swing: $0, openTime: openTime($0.index), hunt: nil) }
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
    fail(bar, index: index)
    decide(bar, index: index, reading: reading)
    standing += swings.map { Standing(swing: $0, openTime: openTime($0.index), hunt: nil) }
    guard let atr = bar.atr else { return }
    for place in standing.indices {
      let swing = standing[place].swing
      let hunt = standing[place].hunt
      guard !isCovered(place, atr: atr),
        var pool = pool(
          behind: swing, atr: atr, frame: frame, ledger: ledger, stands: hunt != nil)
      else {
        standing[place].hunt = nil
        continue
      }
      if let hunt {
        pool.peakUSD = max(pool.usd, hunt.pool.peakUSD)
        standing[place].hunt?.pool = pool
      } else {
        standing[place].hunt = StopHunt(
          kind: swing.kind, level: swing.price, swingIndex: swing.index,
          swingAt: standing[place].openTime, since: bar.price.closeTime, pool: pool)
      }
    }
  }

  /// Whether a swing has an equal one farther out, or an equal one that came before it.
  private func isCovered(_ place: Int, atr: Double) -> Bool {
    let swing = standing[place].swing
    return standing.indices.contains { other in
      let rival = standing[other].swing
      guard other != place, rival.kind == swing.kind,
        abs(rival.price - swing.price) <= Self.equal * atr
      else { return false }
      return rival.price == swing.price
        ? other < place : swing.kind.isBeyond(rival.price, swing.price)
    }
  }

  /// What the map holds behind a swing, where it is more than the ordinary.
  private func pool(
    behind swing: Swing, atr: Double, frame: MapFrame, ledger: MagnetLedger, stands: Bool
  ) -> StopHunt.Pool? {
    let side = swing.kind.backing
    let sign = swing.kind.outwards.sign
    func usd(_ from: Double, _ to: Double) -> Double {
      frame.usd(side, from: min(from, to), to: max(from, to))
    }
    let edge = swing.price + sign * Self.reach * atr
    let price = frame.map.price
    let ordinary = usd(price, price + sign * Self.outlook * atr) / Self.outlook * Self.reach
    let held = usd(swing.price, edge)
    guard held > 0, held >= ordinary * (stands ? Self.leave : 1) else { return nil }
    let range = min(swing.price, edge)...max(swing.price, edge)
    let magnet = ledger.alive.map { ledger.magnets[$0] }
      .filter { $0.side == side && $0.low < range.upperBound && $0.high > range.lowerBound }
      .max { $0.usd < $1.usd }
    return StopHunt.Pool(
      low: range.lowerBound, high: range.upperBound, usd: held, peakUSD: held,
      magnet: magnet?.number)
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

  /// Sees which reversals price has closed beyond after all.
  private mutating func fail(_ bar: StoryBar, index: Int) {
    watched.removeAll { story in
      let hunt = told[story.place]
      guard hunt.kind.isBeyond(bar.price.close, hunt.extreme ?? hunt.level) else {
        return index >= story.until
      }
      told[story.place].failedAt = bar.price.closeTime
      return true
    }
  }

  private mutating func decide(_ bar: StoryBar, index: Int, reading: MapReading) {
    open.removeAll { story in
      let hunt = told[story.place]
      let isInside = hunt.kind.isBeyond(hunt.level, bar.price.close)
      guard isInside || index - story.since >= returnBars else { return false }
      let next = hunt.side == .long ? reading.nearestShort : reading.nearestLong
      told[story.place].phase = isInside ? .reversed : .continued
      told[story.place].decidedAt = bar.price.closeTime
      if isInside {
        watched.append(Watched(place: story.place, until: index + Self.failing))
      }
      told[story.place].decidedPrice = bar.price.close
      told[story.place].opposite = next.map {
        StopHunt.NextPool(
          side: $0.side, price: $0.price, usd: $0.usd, distancePercent: $0.distancePercent)
      }
      return true
    }
  }
}
