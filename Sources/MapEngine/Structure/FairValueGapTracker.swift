/// Finds fair value gaps and their mitigation bar by bar. What it has said of a bar never changes:
/// a gap is added at the close of its third bar, and a state is entered once.
public struct FairValueGapTracker: Sendable {
  /// A state that a gap is going to enter.
  private struct Threshold {
    let gap: Int
    let state: FairValueGap.Mitigation
  }

  /// All gaps so far, in the order of their bars.
  public private(set) var gaps: [FairValueGap] = []

  private var count = 0
  private var last: PriceBar?
  private var secondLast: PriceBar?
  /// Price falls back into bullish gaps and rises back into bearish ones.
  private var fallingTo = LevelLadder<Threshold>(reachedBy: .bearish)
  private var risingTo = LevelLadder<Threshold>(reachedBy: .bullish)

  /// A tracker that has seen no bar.
  public init() {}

  /// Takes the next closed bar. Returns the indices in ``gaps`` of the gaps that it completed or
  /// whose state it changed, ascending.
  @discardableResult
  public mutating func append(_ bar: PriceBar) -> [Int] {
    var changed = mitigate(with: bar)
    if let last, let secondLast,
      let gap = FairValueGap(index: count - 1, before: secondLast, middle: last, after: bar)
    {
      changed.append(gaps.count)
      add(gap)
    }
    secondLast = last
    last = bar
    count += 1
    return changed
  }

  /// Fair value gaps of a whole series.
  public static func gaps(in bars: [PriceBar]) -> [FairValueGap] {
    var tracker = FairValueGapTracker()
    for bar in bars { tracker.append(bar) }
    return tracker.gaps
  }

  /// Enters gaps that were found elsewhere into the states that a series of bars brings them.
  ///
  /// - Parameter found: in the order of their bars, not mitigated.
  static func mitigated(_ found: [FairValueGap], by bars: [PriceBar]) -> [FairValueGap] {
    var tracker = FairValueGapTracker()
    var next = 0
    for bar in bars {
      _ = tracker.mitigate(with: bar)
      while next < found.count, found[next].knownAt == tracker.count {
        tracker.add(found[next])
        next += 1
      }
      tracker.count += 1
    }
    return tracker.gaps
  }

  private mutating func add(_ gap: FairValueGap) {
    let place = gaps.count
    gaps.append(gap)
    for state in FairValueGap.Mitigation.allCases {
      guard let price = gap.price(of: state) else { continue }
      let threshold = Threshold(gap: place, state: state)
      if gap.direction == .bullish {
        fallingTo.insert(threshold, at: price)
      } else {
        risingTo.insert(threshold, at: price)
      }
    }
  }

  private mutating func mitigate(with bar: PriceBar) -> [Int] {
    let reached =
      fallingTo.takeReached(by: bar.low, beyond: false)
      + risingTo.takeReached(by: bar.high, beyond: false)
    for threshold in reached {
      switch threshold.state {
      case .open: break
      case .touched: gaps[threshold.gap].touchedAt = count
      case .halfFilled: gaps[threshold.gap].halfFilledAt = count
      case .filled: gaps[threshold.gap].filledAt = count
      }
    }
    return Set(reached.map(\.gap)).sorted()
  }
}
