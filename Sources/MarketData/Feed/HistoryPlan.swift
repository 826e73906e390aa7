import Market

/// Which candles and marks of open interest are read before the stream: fine ones of late, coarser
/// ones before.
///
/// Everything follows from the moment at which the watch began, so the same watch meets the same
/// boundaries however long its history takes. Boundaries lie on multiples of the coarser step, so
/// that no candle overlaps another.
public struct HistoryPlan: Hashable, Sendable {
  /// One series over one range of time.
  public struct Tier: Hashable, Sendable {
    public let series: HistorySeries
    public let from, to: Timestamp
  }

  /// The newest first; of one range, candles before open interest.
  public let tiers: [Tier]

  /// Perpetual futures of today's venues are no older.
  private static let earliest = Timestamp(milliseconds: 1_546_300_800_000)

  /// A plan.
  ///
  /// - Parameters:
  ///   - back: how far it reaches before `origin`; nil for as far as the venue keeps.
  ///   - origin: when the watch began, a multiple of 5 minutes: what comes after is no history.
  ///   - fine: how far 5-minute steps reach back.
  ///   - depth: how much the venue keeps of a series; nil where it has none.
  public init(
    back: Span?, origin: Timestamp, fine: Span, depth: (HistorySeries) -> HistoryDepth?
  ) {
    let end =
      back.map { (origin - $0).floor(to: $0 < .days(1) ? .hours(1) : .days(1)) } ?? Self.earliest
    let older: [(Span, Span?)] = [
      (.minutes(5), fine), (.hours(1), .days(180)), (.hours(4), .days(730)), (.days(1), nil),
    ]
    let candles = Self.ladder(
      [(.minutes(1), .days(1))] + older, HistorySeries.candles, origin, end, depth)
    let interest = Self.ladder(older, HistorySeries.openInterest, origin, end, depth)
    tiers = Self.merged(candles, interest)
  }

  /// How far 5-minute steps reach back for a map of that depth.
  public static func fineReach(back: Span?) -> Span {
    guard let back, back <= .days(14) else { return .days(30) }
    return .days(7)
  }

  /// The pages that this plan has and an earlier one of the same watch hasn't: the newest first.
  ///
  /// - Parameter rows: how many rows a page of the series may hold.
  public func pages(
    beyond earlier: HistoryPlan? = nil, rows: (HistorySeries) -> Int
  ) -> [HistoryPage] {
    var pages: [HistoryPage] = []
    for tier in tiers {
      let held = earlier?.tiers.first { $0.series == tier.series }
      let to = held.map { min($0.from, tier.to) } ?? tier.to
      pages += HistoryPage.pages(tier.series, from: tier.from, to: to, rows: rows(tier.series))
    }
    return pages
  }

  private static func ladder(
    _ steps: [(step: Span, reach: Span?)], _ series: (Span) -> HistorySeries,
    _ origin: Timestamp, _ end: Timestamp, _ depth: (HistorySeries) -> HistoryDepth?
  ) -> [Tier] {
    let kept = steps.compactMap { step, reach in
      depth(series(step)).map { (step: step, reach: reach, span: $0.span) }
    }
    var tiers: [Tier] = []
    var upper = origin
    for (index, rung) in kept.enumerated() where upper > end {
      var lower = max(rung.reach.map { (origin - $0).floor(to: .days(1)) } ?? end, end)
      if let span = rung.span {
        // What is about to leave the venue's memory may be gone by the time it is asked for.
        let limit = origin - span + span.divided(by: 48)
        let next = index + 1 < kept.count ? kept[index + 1].step : rung.step
        lower = max(lower, limit.ceiling(to: next))
      }
      guard lower < upper else { continue }
      tiers.append(Tier(series: series(rung.step), from: lower, to: upper))
      upper = lower
    }
    return tiers
  }

  private static func merged(_ candles: [Tier], _ interest: [Tier]) -> [Tier] {
    var rest = interest[...]
    var merged: [Tier] = []
    for tier in candles {
      while let next = rest.first, next.to > tier.to { merged.append(rest.removeFirst()) }
      merged.append(tier)
    }
    return merged + rest
  }
}

/// One page of a series: the rows from <= t < to.
public struct HistoryPage: Hashable, Sendable {
  public let series: HistorySeries
  public let from, to: Timestamp

  /// The pages of a range, none of which holds more than `rows` rows: the newest first.
  static func pages(
    _ series: HistorySeries, from: Timestamp, to: Timestamp, rows: Int
  ) -> [HistoryPage] {
    let length = series.step.times(max(1, rows))
    var pages: [HistoryPage] = []
    var end = to
    while end > from {
      let start = max(from, end - length)
      pages.append(HistoryPage(series: series, from: start, to: end))
      end = start
    }
    return pages
  }
}

extension HistorySeries {
  /// The step of its rows; a minute for liquidations, which have none.
  var step: Span {
    switch self {
    case .candles(let step), .openInterest(let step): step
    case .liquidations: .minutes(1)
    }
  }
}
