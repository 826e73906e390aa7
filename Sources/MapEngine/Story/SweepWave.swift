import Market

/// A run of price through the magnets of one side: which pools it swept, when, how much it ate, and
/// what it left.
public struct SweepWave: Hashable, Sendable {
  /// Whose positions were liquidated: longs' in a fall, shorts' in a rise.
  public let side: Side
  /// The start of the bar that swept the first magnet.
  public let start: Timestamp
  /// The close of the bar that swept the last one so far.
  public internal(set) var end: Timestamp
  /// The price that the wave set out from: the close before its first bar, in the quote currency.
  public let from: Double
  /// The price that lies farthest out between start and end.
  public internal(set) var extreme: Double
  /// The magnets that it swept, by their numbers in the ledger, in the order of that.
  public internal(set) var magnets: [Int]
  /// Modelled dollars of the side that the bars from start to end ate, magnets or not.
  public internal(set) var eatenUSD: Double
  /// Published liquidations of the side in those bars, in dollars; nil where none are published.
  public internal(set) var printedUSD: Double?
  /// The fall of open interest over those bars, in coins; negative where it rose.
  public internal(set) var openInterestDrop: Double?
  /// What was left of the side at the end: modelled dollars from the price then to 10 % farther
  /// out.
  public internal(set) var leftUSD: Double
  /// The next living magnet of the side farther out at the end, by its number; nil for none.
  public internal(set) var nextMagnet: Int?
  /// The nearest large cluster on the other side at the end; nil for none.
  public internal(set) var opposite: StopHunt.NextPool?
}

/// Gathers the sweeps of magnets into waves.
struct WaveTracker: Sendable {
  /// So many bars without a sweep end a wave.
  private static let patience = 6
  /// How far out it is looked at what was left, as a share of the price.
  private static let outlook = 0.10

  /// All waves, in the order of their starts.
  private(set) var waves: [SweepWave] = []
  private var current = BySide<Current?>(long: nil, short: nil)

  /// A wave that may go on.
  private struct Current: Sendable {
    let place: Int
    let first: Int
    let openInterestBefore: Double?
    var last: Int
  }

  /// Takes a closed bar with what it ate.
  ///
  /// - Parameters:
  ///   - bars: the story's bars, this one last.
  ///   - swept: magnets that the bar swept.
  ///   - frame: the map after the bar.
  mutating func observe(
    _ bars: [StoryBar], swept: [Magnet], frame: MapFrame, reading: MapReading,
    ledger: MagnetLedger
  ) {
    let index = bars.count - 1
    for side in Side.allCases {
      let own = swept.filter { $0.side == side }
      if let held = current[side], index - held.last > Self.patience { current[side] = nil }
      guard !own.isEmpty else { continue }
      if current[side] == nil {
        let before = index > 0 ? bars[index - 1] : nil
        current[side] = Current(
          place: waves.count, first: index, openInterestBefore: before?.openInterest, last: index)
        waves.append(
          SweepWave(
            side: side, start: bars[index].price.openTime, end: bars[index].price.closeTime,
            from: before?.price.close ?? bars[index].price.open, extreme: bars[index].price.close,
            magnets: [], eatenUSD: 0, leftUSD: 0))
      }
      guard var held = current[side] else { continue }
      held.last = index
      current[side] = held
      measure(held, side, bars, swept: own, frame: frame, reading: reading, ledger: ledger)
    }
  }

  private mutating func measure(
    _ held: Current, _ side: Side, _ bars: [StoryBar], swept: [Magnet], frame: MapFrame,
    reading: MapReading, ledger: MagnetLedger
  ) {
    let run = bars[held.first...]
    let price = frame.map.price
    let prints = run.compactMap { $0.printed[side] }
    let out = side == .long ? price * (1 - Self.outlook) : price * (1 + Self.outlook)
    let next = side == .long ? reading.nearestShort : reading.nearestLong
    var nearest: Magnet?
    for place in ledger.alive where ledger.magnets[place].side == side {
      let magnet = ledger.magnets[place]
      if let nearest, abs(nearest.nearEdge - price) <= abs(magnet.nearEdge - price) { continue }
      nearest = magnet
    }
    waves[held.place].end = bars[bars.count - 1].price.closeTime
    waves[held.place].extreme =
      (side == .long ? run.map(\.price.low).min() : run.map(\.price.high).max()) ?? price
    waves[held.place].magnets += swept.map(\.number)
    waves[held.place].eatenUSD = run.reduce(0) { $0 + $1.eaten[side] }
    waves[held.place].printedUSD = prints.isEmpty ? nil : prints.reduce(0, +)
    waves[held.place].openInterestDrop = held.openInterestBefore.map {
      $0 - bars[bars.count - 1].openInterest
    }
    waves[held.place].leftUSD = frame.usd(side, from: min(price, out), to: max(price, out))
    waves[held.place].nextMagnet = nearest?.number
    waves[held.place].opposite = next.map {
      StopHunt.NextPool(
        side: $0.side, price: $0.price, usd: $0.usd, distancePercent: $0.distancePercent)
    }
  }
}
