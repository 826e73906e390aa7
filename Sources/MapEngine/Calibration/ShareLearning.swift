import Market

/// Where the shares of a map come from. Whatever is chosen, the shares of a moment follow from the
/// facts known by then.
public enum ShareLearning: Hashable, Sendable {
  /// From all liquidations published by the moment of the map, so a running map goes on learning:
  /// slowly, since the last 45 days count alike.
  case live
  /// From those published by a given moment, and from nothing later.
  case frozen(at: Timestamp)
  /// From none: the prior's.
  case none

  /// The intervals, by open time, whose crossings a book must remember.
  func period(asOf moment: Timestamp) -> Range<Timestamp> {
    switch self {
    case .live: moment - LiquidationEvidence.memory..<moment
    case .frozen(let end):
      min(end, moment) - LiquidationEvidence.memory..<min(end, moment)
    case .none: moment..<moment
    }
  }

  /// The intervals, by open time, whose crossings a book must remember that goes on from `start`
  /// with nobody knowing how far; with nil it begins with the first.
  func period(from start: Timestamp?) -> Range<Timestamp> {
    let end: Timestamp
    switch self {
    case .live: end = Timestamp(milliseconds: .max)
    case .frozen(let limit): end = limit
    case .none: return Timestamp(milliseconds: .max)..<Timestamp(milliseconds: .max)
    }
    let first = start.map { $0 - LiquidationEvidence.memory } ?? Timestamp(milliseconds: .min)
    return min(first, end)..<end
  }

  /// The shares of a book as of a moment, given what its venue published, in order of time.
  /// `former` is the fit that a running market goes on from; nil to begin with the prior.
  func fit(
    _ book: CalibratedBook, published: [PublishedSize], asOf moment: Timestamp,
    from former: ShareFit? = nil
  ) -> ShareFit {
    let end: Timestamp
    switch self {
    case .live: end = moment
    case .frozen(let limit): end = min(limit, moment)
    case .none: return ShareFit(prior: book.book.components)
    }
    var printed = PrintedLiquidations(
      length: book.windowLength, isThrottled: book.book.venue.throttlesLiquidations)
    let start = end - LiquidationEvidence.memory
    let first = published.partitioningIndex { $0.time >= start }
    let last = published.partitioningIndex { $0.time >= end }
    printed.append(published[first..<max(first, last)])
    return book.fit(printed, asOf: end, from: former)
  }
}
