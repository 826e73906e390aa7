/// Finds liquidity sweeps bar by bar. What it has said never changes.
///
/// A level, which is a confirmed swing or a pool's far edge, is taken once: by the first bar that
/// trades beyond it. If that bar or one of the next k closes inside again, it was a sweep; else the
/// level was broken for good. There is no published oracle for this; the definition is the
/// science page's, with k at most 2.
public struct SweepTracker: Sendable {
  /// A level that a bar went beyond and that price may come back through.
  private struct Pierced: Sendable {
    let level: Level
    let at: Int
    var extreme: Double
  }

  private struct Level: Sendable {
    let target: LiquiditySweep.Target
    let kind: Swing.Kind
    let price: Double
  }

  /// How many bars after the piercing one may still close inside; 0 wants one bar to do both.
  public let returnBars: Int
  /// All sweeps so far, in the order in which they were known.
  public private(set) var sweeps: [LiquiditySweep] = []

  private var count = 0
  private var pierced: [Pierced] = []
  private var above = LevelLadder<Level>(reachedBy: .bullish)
  private var below = LevelLadder<Level>(reachedBy: .bearish)

  /// - Parameter returnBars: k; at least 0 counts.
  public init(returnBars: Int = 2) {
    self.returnBars = max(returnBars, 0)
  }

  /// Takes the next closed bar, the swings that it confirms, and the pools that it sweeps. Returns
  /// the sweeps that its close completes: those pierced first come first.
  @discardableResult
  public mutating func append(
    _ bar: PriceBar, confirming swings: [Swing], reaching pools: [LiquidityPool]
  ) -> [LiquiditySweep] {
    for place in pierced.indices {
      let kind = pierced[place].level.kind
      let price = kind.price(of: bar)
      if kind.isBeyond(price, pierced[place].extreme) { pierced[place].extreme = price }
    }
    let taken =
      above.takeReached(by: bar.high, beyond: true) + below.takeReached(by: bar.low, beyond: true)
      + pools.map {
        Level(target: .pool(firstIndex: $0.firstIndex), kind: $0.kind, price: $0.farEdge)
      }
    pierced += taken.map { Pierced(level: $0, at: count, extreme: $0.kind.price(of: bar)) }
    let completed = complete(with: bar)
    for swing in swings { add(swing) }
    count += 1
    return completed
  }

  private mutating func add(_ swing: Swing) {
    let level = Level(target: .swing(index: swing.index), kind: swing.kind, price: swing.price)
    if swing.kind == .high {
      above.insert(level, at: swing.price)
    } else {
      below.insert(level, at: swing.price)
    }
  }

  private mutating func complete(with bar: PriceBar) -> [LiquiditySweep] {
    var completed: [LiquiditySweep] = []
    pierced.removeAll { pierced in
      let level = pierced.level
      if level.kind.isBeyond(level.price, bar.close) {
        completed.append(
          LiquiditySweep(
            target: level.target, kind: level.kind, level: level.price, piercedAt: pierced.at,
            returnedAt: count, extreme: pierced.extreme))
        return true
      }
      return count - pierced.at >= returnBars
    }
    sweeps += completed
    return completed
  }
}
