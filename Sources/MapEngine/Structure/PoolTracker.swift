/// Gathers confirmed swings into liquidity pools bar by bar. What it has said never changes: a
/// tolerance is fixed when the first swing is known, from the average true range to there.
///
/// A swing joins the oldest standing swing or pool of its kind that it is within the tolerance of,
/// else it may found one itself. The rule is the published one (``PublishedPools``) but for the
/// tolerance: `atrShare` of Wilder's average true range, 0.1 as in LuxAlgo's equal highs and lows,
/// and 0.1 % of price until that is known.
public struct PoolTracker: Sendable {
  /// What a bar did to the pools: places in ``pools``.
  public struct Change: Hashable, Sendable {
    /// Pools that became known with this bar.
    public internal(set) var born: [Int] = []
    /// Pools that a further swing joined.
    public internal(set) var grown: [Int] = []
    /// Pools whose far edge this bar reached.
    public internal(set) var swept: [Int] = []
  }

  /// The tolerance as a share of the average true range.
  public let atrShare: Double
  /// All pools of two swings or more, in the order in which they became known.
  public private(set) var pools: [LiquidityPool] = []

  private static let priceShare = 0.001
  private var count = 0
  private var range = RunningTrueRange()
  /// Swings and pools by order of their founding; nil once they were swept.
  private var candidates: [Int: LiquidityPool] = [:]
  /// Where a candidate stands in ``pools``.
  private var places: [Int: Int] = [:]
  private var founded = 0
  private var widest = 0.0
  private var above = LevelLadder<Int>(reachedBy: .bullish)
  private var below = LevelLadder<Int>(reachedBy: .bearish)

  /// A tracker that has seen no bar.
  public init(atrShare: Double = 0.1) {
    self.atrShare = atrShare
  }

  /// Takes the next closed bar and the swings that it confirms.
  @discardableResult
  public mutating func append(_ bar: PriceBar, confirming swings: [Swing]) -> Change {
    range.append(high: bar.high, low: bar.low, close: bar.close)
    var change = Change()
    let reached =
      above.takeReached(by: bar.high, beyond: false)
      + below.takeReached(by: bar.low, beyond: false)
    for candidate in reached {
      candidates[candidate] = nil
      guard let place = places.removeValue(forKey: candidate) else { continue }
      pools[place].sweptAt = count
      change.swept.append(place)
    }
    change.swept.sort()
    for swing in swings { add(swing, &change) }
    count += 1
    return change
  }

  private mutating func add(_ swing: Swing, _ change: inout Change) {
    // A far edge lies at most two tolerances beyond a swing that its pool admits.
    let reach = swing.price + 2.000_001 * widest * swing.kind.outwards.sign
    let near = (swing.kind == .high ? above : below).payloads(within: reach).sorted()
    for candidate in near {
      guard var pool = candidates[candidate], pool.admits(swing) else { continue }
      pool.swings.append(swing)
      candidates[candidate] = pool
      if let place = places[candidate] {
        pools[place] = pool
        change.grown.append(place)
      } else {
        places[candidate] = pools.count
        change.born.append(pools.count)
        pools.append(pool)
      }
      return
    }
    found(swing)
  }

  private mutating func found(_ swing: Swing) {
    let tolerance = range.value.map { $0 * atrShare } ?? swing.price * Self.priceShare
    widest = max(widest, tolerance)
    let pool = LiquidityPool(first: swing, tolerance: tolerance)
    candidates[founded] = pool
    if swing.kind == .high {
      above.insert(founded, at: pool.farEdge)
    } else {
      below.insert(founded, at: pool.farEdge)
    }
    founded += 1
  }
}
