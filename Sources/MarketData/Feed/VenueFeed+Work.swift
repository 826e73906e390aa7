import Market

/// What is due: which questions are put, when, and when to look again.
extension VenueFeed {
  /// How long after a mark of open interest the venue is asked for it.
  private static let markDelay = Span.seconds(20)
  /// How often the list of instruments is read again.
  private static let listEvery = Span.hours(1)

  /// Does what is due.
  mutating func advance(at moment: FeedMoment) {
    guard isActive else {
      streams.want([], at: moment)
      doStreams(at: moment)
      return
    }
    if let nextList, nextList <= moment.steady,
      !jobs.contains(where: { $0 == .instruments })
    {
      self.nextList = nil
      for request in adapter.instruments() {
        jobs.add(.instruments, request, now: moment.steady)
      }
    }
    for instrument in order {
      guard feeds[instrument]?.isActive == true else { continue }
      seal(instrument, at: moment)
      askMarks(instrument, at: moment)
      poll(instrument, at: moment)
      let now = venueNow(moment)
      if let missed = feeds[instrument]?.takeUnheard(now: now) {
        needLiquidations(instrument, from: missed.from, to: missed.to)
      }
      askNeeds(instrument, at: moment)
    }
    doStreams(at: moment)
    for job in jobs.start(now: moment.steady) { effects.append(.request(job.id, job.request)) }
  }

  /// When something is next due, on the steady clock.
  func nextDue(at moment: FeedMoment) -> Timestamp? {
    guard isActive else { return nil }
    var due: [Timestamp] = []
    if let nextList, !jobs.contains(where: { $0 == .instruments }) { due.append(nextList) }
    for (instrument, feed) in feeds where feed.isActive {
      let isSealing = jobs.contains {
        if case .seal(instrument, _, _) = $0 { true } else { false }
      }
      if let next = feed.nextSeal, !isSealing { due.append(next) }
      let isMarking = jobs.contains {
        if case .marks(instrument, _, _) = $0 { true } else { false }
      }
      if let next = feed.nextMarks, !isMarking { due.append(next) }
      if let next = feed.polls.map(\.next).min() { due.append(next) }
      if let next = feed.unheardDue { due.append(moment.steady + (next - venueNow(moment))) }
    }
    if let next = jobs.nextDue { due.append(next) }
    if let next = streams.nextDue(now: moment.steady) { due.append(next) }
    return due.min()
  }

  /// The moment of the steady clock a little after the next mark.
  func afterMark(_ moment: FeedMoment) -> Timestamp {
    let now = venueNow(moment)
    let mark = now.floor(to: .minutes(5)) + .minutes(5)
    return moment.steady + (mark - now) + Self.markDelay
  }

  /// When the list is read again.
  func listAgain(_ moment: FeedMoment) -> Timestamp { moment.steady + Self.listEvery }

  private mutating func seal(_ instrument: Instrument, at moment: FeedMoment) {
    guard let feed = feeds[instrument], let next = feed.nextSeal, next <= moment.steady,
      let listed = feed.listed,
      !jobs.contains(where: { if case .seal(instrument, _, _) = $0 { true } else { false } })
    else { return }
    let later = afterMark(moment)
    feeds[instrument]?.nextSeal = later
    guard let depth = adapter.depth(of: .candles(.minutes(1))) else { return }
    let now = venueNow(moment)
    if let span = depth.span, feed.candles.sealedTo < now - span {
      healCoarsely(instrument, kept: now - span + span.divided(by: 48))
    }
    guard let from = feeds[instrument]?.candles.sealedTo else { return }
    let end = now.floor(to: .minutes(1)) + .minutes(1)
    let to = min(end, from + depth.step.times(depth.rows))
    guard from < to,
      let request = adapter.history(
        .candles(.minutes(1)), of: listed, from: from, to: to, now: now)
    else { return }
    jobs.add(.seal(instrument, from: from, to: to), request, now: moment.steady)
  }

  /// Fills what the venue no longer keeps by the minute with coarser candles.
  private mutating func healCoarsely(_ instrument: Instrument, kept: Timestamp) {
    guard let from = feeds[instrument]?.candles.sealedTo else { return }
    var rest = from
    for step in [Span.minutes(5), .hours(1), .hours(4), .days(1)] {
      let series = HistorySeries.candles(step)
      guard let depth = adapter.depth(of: series),
        depth.span.map({ kept - $0 < from }) ?? true
      else { continue }
      let (start, end) = (from.ceiling(to: step), kept.ceiling(to: step))
      let pages = HistoryPage.pages(series, from: start, to: end, rows: depth.rows)
      feeds[instrument]?.heal(pages)
      rest = end
      if start > from { note(instrument, .candles(.minutes(1)), from: from, to: start) }
      break
    }
    if rest == from {
      rest = kept.ceiling(to: .minutes(1))
      note(instrument, .candles(.minutes(1)), from: from, to: rest)
    }
    feeds[instrument]?.candles.skip(to: rest)
  }

  private mutating func note(
    _ instrument: Instrument, _ kind: FeedGap.Kind, from: Timestamp, to: Timestamp
  ) {
    let gap = FeedGap(
      kind, from: from, to: to, reason: "\(venue.displayName) no longer keeps them")
    feeds[instrument]?.gaps.add(gap)
  }

  private mutating func askMarks(_ instrument: Instrument, at moment: FeedMoment) {
    guard let feed = feeds[instrument], let next = feed.nextMarks, next <= moment.steady,
      let listed = feed.listed,
      !jobs.contains(where: { if case .marks(instrument, _, _) = $0 { true } else { false } })
    else { return }
    let later = afterMark(moment)
    feeds[instrument]?.nextMarks = later
    let series = HistorySeries.openInterest(feed.marks.step)
    guard let depth = adapter.depth(of: series) else {
      feeds[instrument]?.nextMarks = nil
      return
    }
    let now = venueNow(moment)
    if let span = depth.span, feed.marks.next < now - span {
      let kept = (now - span + span.divided(by: 48)).ceiling(to: feed.marks.step)
      note(instrument, .openInterest(feed.marks.step), from: feed.marks.next, to: kept)
      feeds[instrument]?.marks.skip(to: kept)
    }
    guard let from = feeds[instrument]?.marks.from else { return }
    let end = now.floor(to: feed.marks.step) + Span(milliseconds: 1)
    let to = min(end, from + feed.marks.step.times(depth.rows))
    guard from < to,
      let request = adapter.history(series, of: listed, from: from, to: to, now: now)
    else { return }
    jobs.add(.marks(instrument, from: from, to: to), request, now: moment.steady)
  }

  private mutating func poll(_ instrument: Instrument, at moment: FeedMoment) {
    guard let polls = feeds[instrument]?.polls else { return }
    for (index, item) in polls.enumerated() where item.next <= moment.steady {
      feeds[instrument]?.polls[index].next = moment.steady + item.poll.every
      guard !jobs.contains(where: { $0 == .poll(instrument, index) }) else { continue }
      jobs.add(.poll(instrument, index), item.poll.request, now: moment.steady)
    }
  }

  /// Turns what is needed into questions, as many as can be under way.
  private mutating func askNeeds(_ instrument: Instrument, at moment: FeedMoment) {
    while jobs.waiting.count < 4 * FeedJobs.width, let need = feeds[instrument]?.needs.first {
      feeds[instrument]?.needs.removeFirst()
      guard let listed = feeds[instrument]?.listed else { return }
      let now = venueNow(moment)
      switch need {
      case .history(_, let page):
        if let request = adapter.history(
          page.series, of: listed, from: page.from, to: page.to, now: now)
        {
          jobs.add(need, request, now: moment.steady)
        } else {
          feeds[instrument]?.finish(page, at: moment.wall)
        }
      case .liquidations(_, let from, let to):
        guard
          let request = adapter.history(.liquidations, of: listed, from: from, to: to, now: now)
        else { continue }
        jobs.add(need, request, now: moment.steady)
      case .tiers:
        for request in adapter.maintenanceTiers(of: listed) {
          jobs.add(need, request, now: moment.steady)
        }
      case .current:
        for request in adapter.current(of: listed) {
          jobs.add(need, request, now: moment.steady)
        }
      case .instruments, .seal, .marks, .poll: break
      }
    }
  }
}
