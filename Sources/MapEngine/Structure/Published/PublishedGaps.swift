/// Fair value gaps as the Python package smartmoneyconcepts publishes them.
///
/// Its plain gaps are those of ``FairValueGapTracker``, whose `touchedAt` is its mitigated index.
/// Joined ones need hindsight: a gap vanishes when the next bar makes another of its direction.
public enum PublishedGaps {
  /// Every gap by itself.
  public static func gaps(in bars: [PriceBar]) -> [FairValueGap] {
    FairValueGapTracker.gaps(in: bars)
  }

  /// Gaps of one direction at consecutive bars merged into the last of them, from the lowest
  /// bottom to the highest top, mitigated from two bars after the last on.
  public static func joinedGaps(in bars: [PriceBar]) -> [FairValueGap] {
    var joined: [FairValueGap] = []
    for index in bars.indices.dropFirst().dropLast() {
      guard
        let gap = FairValueGap(
          index: index, before: bars[index - 1], middle: bars[index], after: bars[index + 1])
      else { continue }
      if let last = joined.last, last.index == index - 1, last.direction == gap.direction {
        joined.removeLast()
        joined.append(
          FairValueGap(
            direction: gap.direction, index: index, top: max(last.top, gap.top),
            bottom: min(last.bottom, gap.bottom)))
      } else {
        joined.append(gap)
      }
    }
    return FairValueGapTracker.mitigated(joined, by: bars)
  }
}
