/// Liquidity pools as the Python package smartmoneyconcepts publishes them. They need hindsight:
/// their tolerance is a share of the range of the whole data. ``PoolTracker`` is what is drawn.
public enum PublishedPools {
  /// Pools of at least two swings, highs first, each kind in the order of its first swings.
  ///
  /// From each swing that is in no pool yet: later swings of its kind within the tolerance of it,
  /// up to the bar that reaches its far edge. The level is their mean.
  ///
  /// - Parameters:
  ///   - swings: as ``PublishedSwings`` gives them.
  ///   - rangeShare: the tolerance, a share of the highest high less the lowest low.
  public static func pools(
    in bars: [PriceBar], swings: [Swing], rangeShare: Double = 0.01
  ) -> [LiquidityPool] {
    guard let first = bars.first else { return [] }
    var top = first.high
    var bottom = first.low
    for bar in bars {
      top = max(top, bar.high)
      bottom = min(bottom, bar.low)
    }
    let tolerance = (top - bottom) * rangeShare
    return Swing.Kind.allCases.flatMap { kind in
      pools(of: swings.filter { $0.kind == kind }, tolerance: tolerance, in: bars)
    }
  }

  private static func pools(
    of swings: [Swing], tolerance: Double, in bars: [PriceBar]
  ) -> [LiquidityPool] {
    var candidates = swings.map { LiquidityPool(first: $0, tolerance: tolerance) }
    sweep(&candidates, by: bars)
    var isTaken = [Bool](repeating: false, count: swings.count)
    var pools: [LiquidityPool] = []
    for (place, candidate) in candidates.enumerated() where !isTaken[place] {
      var pool = candidate
      for other in place + 1..<max(swings.count, place + 1) {
        if let sweptAt = pool.sweptAt, swings[other].index >= sweptAt { break }
        guard !isTaken[other], pool.admits(swings[other]) else { continue }
        pool.swings.append(swings[other])
        isTaken[other] = true
      }
      if pool.swings.count > 1 { pools.append(pool) }
    }
    return pools
  }

  /// Finds the first bar after each swing that reaches its far edge.
  private static func sweep(_ candidates: inout [LiquidityPool], by bars: [PriceBar]) {
    guard let kind = candidates.first?.kind else { return }
    var waiting = LevelLadder<Int>(reachedBy: kind.outwards)
    var next = 0
    for (index, bar) in bars.enumerated() {
      for place in waiting.takeReached(by: kind.price(of: bar), beyond: false) {
        candidates[place].sweptAt = index
      }
      while next < candidates.count, candidates[next].firstIndex == index {
        waiting.insert(next, at: candidates[next].farEdge)
        next += 1
      }
    }
  }
}
