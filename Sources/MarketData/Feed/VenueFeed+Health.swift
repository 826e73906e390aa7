import Market

/// How each watched instrument's feed stands.
extension VenueFeed {
  /// Tells the states that have changed.
  mutating func tellStatus(at moment: FeedMoment) {
    for instrument in order {
      let status = status(of: instrument, at: moment)
      guard feeds[instrument]?.lastStatus != status else { continue }
      feeds[instrument]?.lastStatus = status
      effects.append(.update(.status(venue, instrument, status)))
    }
  }

  private mutating func status(of instrument: Instrument, at moment: FeedMoment) -> FeedStatus {
    let health = health(of: instrument, at: moment)
    guard let feed = feeds[instrument] else { return FeedStatus(health: health) }
    var obstacle: String?
    if case .stale = health {
      obstacle =
        waiting ?? trouble ?? feed.listed.flatMap { streams.standing(of: $0.symbol).trouble }
    }
    return FeedStatus(
      health: health, obstacle: obstacle, progress: feed.progress, dropped: dropped,
      gaps: feed.notes + feed.gaps.lines + feed.unread.values.map(\.description).sorted())
  }

  private mutating func health(of instrument: Instrument, at moment: FeedMoment) -> FeedHealth {
    guard let feed = feeds[instrument] else { return .catchingUp }
    if !isEnabled { return .partial(reason: "switched off here") }
    if let words = refusal ?? feed.refusal { return .refused(reason: words) }
    guard feed.isComplete, let symbol = feed.listed?.symbol else {
      guard let words = waiting ?? trouble else { return .catchingUp }
      guard feed.progress == 0 else { return .partial(reason: words) }
      // Nothing at all has come: nothing that a part could be missing of.
      let since = feed.staleSince ?? moment.wall
      feeds[instrument]?.staleSince = since
      return .stale(since: since)
    }
    let standing = streams.standing(of: symbol)
    if standing.isFlowing {
      feeds[instrument]?.hasFlowed = true
      feeds[instrument]?.staleSince = nil
    } else if feed.hasFlowed || standing.trouble != nil {
      let since = feed.staleSince ?? standing.heard ?? moment.wall
      feeds[instrument]?.staleSince = since
      return .stale(since: since)
    } else {
      return .catchingUp
    }
    let reasons =
      feed.missing.sorted { $0.key < $1.key }.map { "no \($0.key): \($0.value)" }
      + (feed.gaps.gaps + feed.unread.values).filter(\.isOfHistory).map(\.description).sorted()
      + [waiting, trouble, streamRefusal].compactMap { $0 }
    return reasons.first.map { .partial(reason: $0) } ?? .live
  }
}

extension FeedGap {
  /// Whether candles or marks are missing, on which every map is built.
  fileprivate var isOfHistory: Bool {
    switch kind {
    case .candles, .openInterest: true
    case .liquidations, .unreadable: false
    }
  }
}
