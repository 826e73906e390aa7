import Market

/// What answers of the REST interface change.
extension VenueFeed {
  /// How often an answer that can be read in part only is put up with before that is told.
  private static let spoiledPatience = 3
  /// After how many tries what can be read of it must do.
  private static let spoiledLimit = 60
  /// After how many refusals the venue is believed.
  private static let refusalLimit = 3

  mutating func take(
    _ id: Int, _ outcome: Result<HTTPResult, TransportError>, wait: Span?, at moment: FeedMoment
  ) {
    guard var job = jobs.finish(id) else { return }
    let answered = clock(of: outcome, at: moment)
    switch decoder.outcome(of: outcome, to: job.request, now: answered) {
    case .decoded(let decoded):
      trouble = nil
      waiting = nil
      job.refusals = 0
      use(decoded, of: job, outcome, answered: answered, at: moment)
    case .failed(let failure):
      take(failure, of: job, wait: wait, at: moment)
    }
  }

  private mutating func take(
    _ failure: FetchFailure, of job: FeedJob, wait: Span?, at moment: FeedMoment
  ) {
    let words = failure.text
    var told = wait
    if case .after(let span) = failure.retry { told = max(told ?? span, span) }
    if let told {
      jobs.pause(until: moment.steady + told)
      waiting = "\(words); no request until \(moment.wall + told)"
      return again(job, nil, at: moment)
    }
    switch failure.kind {
    case .refusedForLocation:
      refusal = words
      need(again: job.kind)
      suspend(at: moment)
    case .badSymbol:
      need(again: job.kind)
      if let instrument = job.kind.instrument { refuse(instrument, words, at: moment) }
    case .needsKey, .gone, .badRequest:
      var job = job
      job.refusals += 1
      if job.refusals < Self.refusalLimit {
        again(job, words, at: moment)
      } else {
        withheld(job, words, at: moment)
      }
    case .rateLimited, .unavailable, .unreadable, .unreachable, .cancelled:
      again(job, words, at: moment)
    }
  }

  /// When the venue answered by its own clock, which also tells how far it is from ours.
  private mutating func clock(
    of outcome: Result<HTTPResult, TransportError>, at moment: FeedMoment
  ) -> Timestamp {
    guard case .success(let result) = outcome,
      let date = result.header("Date").flatMap(HTTPDate.moment)
    else { return venueNow(moment) }
    // The header is cut to the second.
    let ahead = date + Span(milliseconds: 500) - moment.wall
    skew = abs(ahead.milliseconds) < 2_000 ? .seconds(0) : ahead
    return max(date, min(venueNow(moment), date + Span(milliseconds: 999)))
  }

  private mutating func again(_ job: FeedJob, _ words: String?, at moment: FeedMoment) {
    var job = job
    // A poll comes again by itself; another answer would only be older.
    if case .poll = job.kind {
      if let words { trouble = words }
      return
    }
    let pause = job.backoff.failed(at: moment.steady, using: &chance)
    if let words, job.backoff.failures > 1 { trouble = words }
    jobs.again(job, at: moment.steady + pause)
  }

  /// Something isn't given to anybody: optional parts are done without.
  private mutating func withheld(_ job: FeedJob, _ words: String, at moment: FeedMoment) {
    switch job.kind {
    case .instruments:
      refusal = words
      suspend(at: moment)
    case .seal(let instrument, _, _):
      refuse(instrument, words, at: moment)
    case .history(let instrument, let page):
      if let gap = gap(of: job.kind, words) { feeds[instrument]?.gaps.add(gap) }
      feeds[instrument]?.finish(page, at: moment.wall)
    case .marks(let instrument, _, _):
      // Asked again with the next mark: a refusal of a moment mustn't last.
      feeds[instrument]?.missing["open interest"] = words
    case .liquidations(let instrument, _, _):
      if let gap = gap(of: job.kind, words) { feeds[instrument]?.gaps.add(gap) }
    case .tiers(let instrument):
      feeds[instrument]?.missing["maintenance tiers"] = words
    case .poll(let instrument, let index):
      feeds[instrument]?.polls[index].next = moment.steady + .minutes(10)
    case .current: break
    }
  }

  private mutating func use(
    _ decoded: DecodedMessage, of job: FeedJob, _ outcome: Result<HTTPResult, TransportError>,
    answered: Timestamp, at moment: FeedMoment
  ) {
    switch job.kind {
    case .instruments:
      var next: VenueRequest?
      if case .success(let result) = outcome {
        next = adapter.page(after: job.request, answer: result.body)
      }
      if !decoded.problems.isEmpty { dropped += 1 }
      takeList(next: next, isDoubtful: !decoded.problems.isEmpty, at: moment)
    case .seal(let instrument, let from, let to):
      let (rows, spoiled) = candles(decoded, of: instrument, step: .minutes(1))
      if isAskedAgain(job, spoiled: spoiled, at: moment) { return }
      sealed(instrument, rows, from: from, to: to, answered: answered, at: moment)
    case .history(let instrument, let page):
      takePage(instrument, page, decoded, job, at: moment)
    case .marks(let instrument, _, let to):
      let (readings, spoiled) = interest(decoded, of: instrument)
      if isAskedAgain(job, spoiled: spoiled, at: moment) { return }
      feeds[instrument]?.takeMarks(readings)
      feeds[instrument]?.missing["open interest"] = nil
      planMarks(instrument, to: to, at: moment)
    case .current(let instrument):
      takeCurrent(instrument, decoded)
      _ = isAskedAgain(job, spoiled: decoded.problems.count, at: moment)
    case .poll(let instrument, _):
      let now = venueNow(moment)
      for observation in observations(decoded, of: instrument) {
        _ = feeds[instrument]?.take(observation, now: now)
      }
    case .liquidations(let instrument, let from, let to):
      let count = takeLiquidations(instrument, decoded, from: from, to: to, at: moment)
      let lost = decoded.problems.count + decoded.observations.count - count
      _ = isAskedAgain(job, spoiled: max(0, lost), at: moment)
    case .tiers(let instrument):
      for observation in observations(decoded, of: instrument) {
        tellTiers(observation, of: instrument)
      }
      _ = isAskedAgain(job, spoiled: decoded.problems.count, at: moment)
    }
  }

  /// Whether the answer is asked for again because rows of it can't be read. After a few times that
  /// is told as a gap, which goes as soon as they can.
  private mutating func isAskedAgain(
    _ job: FeedJob, spoiled: Int, at moment: FeedMoment
  ) -> Bool {
    guard let instrument = job.kind.instrument else { return false }
    guard spoiled > 0 else {
      feeds[instrument]?.unread[job.kind] = nil
      return false
    }
    var job = job
    dropped += 1
    job.spoiled += 1
    let gap = gap(
      of: job.kind, "\(venue.displayName) gives rows of it that can't be read")
    guard job.spoiled < Self.spoiledLimit else {
      feeds[instrument]?.unread[job.kind] = nil
      if let gap { feeds[instrument]?.gaps.add(gap) }
      return false
    }
    if job.spoiled == Self.spoiledPatience { feeds[instrument]?.unread[job.kind] = gap }
    let pause = job.backoff.failed(at: moment.steady, using: &chance)
    jobs.again(job, at: moment.steady + pause)
    return true
  }

  /// The stretch that an answer was asked for.
  private func gap(of kind: FeedJob.Kind, _ words: String) -> FeedGap? {
    switch kind {
    case .history(_, let page):
      switch page.series {
      case .candles(let step): FeedGap(.candles(step), from: page.from, to: page.to, reason: words)
      case .openInterest(let step):
        FeedGap(.openInterest(step), from: page.from, to: page.to, reason: words)
      case .liquidations: nil
      }
    case .seal(_, let from, let to):
      FeedGap(.candles(.minutes(1)), from: from, to: to, reason: words)
    case .marks(_, let from, let to):
      FeedGap(.openInterest(.minutes(5)), from: from, to: to, reason: words)
    case .liquidations(_, let from, let to):
      FeedGap(.liquidations, from: from, to: to, reason: words)
    case .instruments, .current, .tiers, .poll: nil
    }
  }

  private mutating func sealed(
    _ instrument: Instrument, _ candles: [AnsweredCandle], from: Timestamp, to: Timestamp,
    answered: Timestamp, at moment: FeedMoment
  ) {
    let rows = candles.map { CandleJoin.Change(candle: $0.candle, isClosed: $0.isClosed) }
    guard
      let changes = feeds[instrument]?.candles.seal(rows, from: from, to: to, answered: answered)
    else { return }
    feeds[instrument]?.add(changes)
    guard let feed = feeds[instrument] else { return }
    let later = afterMark(moment)
    if to < venueNow(moment), feed.candles.sealedTo > from {
      // A long absence takes several pages.
      feeds[instrument]?.nextSeal = moment.steady
    } else if feed.candles.hole != nil {
      // The venue's history lags behind its stream.
      let pause = Span.seconds(2).times(1 << min(feed.sealTries, 5))
      feeds[instrument]?.sealTries += 1
      feeds[instrument]?.nextSeal = min(moment.steady + pause, later)
    } else {
      feeds[instrument]?.sealTries = 0
      feeds[instrument]?.nextSeal = later
    }
  }

  private mutating func takePage(
    _ instrument: Instrument, _ page: HistoryPage, _ decoded: DecodedMessage, _ job: FeedJob,
    at moment: FeedMoment
  ) {
    var spoiled = 0
    switch page.series {
    case .candles(let step):
      let (rows, lost) = candles(decoded, of: instrument, step: step)
      spoiled = lost
      // All of a page is over. The newest minutes are asked for again by the seal.
      feeds[instrument]?.add(
        rows.filter {
          $0.candle.openTime >= page.from && $0.candle.openTime < page.to && !$0.isStatedOpen
        }.map { CandleJoin.Change(candle: $0.candle, isClosed: true) })
    case .openInterest(let step):
      let (readings, lost) = interest(decoded, of: instrument)
      spoiled = lost
      for reading in readings
      where reading.time >= page.from && reading.time < page.to
        && reading.time == reading.time.floor(to: step)
      {
        feeds[instrument]?.add(.openInterest(reading))
      }
    case .liquidations: break
    }
    // One that is asked for again counts once it is given up, or whole.
    let wasGivenUp = job.spoiled >= Self.spoiledPatience
    let isAskedAgain = isAskedAgain(job, spoiled: spoiled, at: moment)
    if !wasGivenUp, !isAskedAgain || job.spoiled + 1 >= Self.spoiledPatience {
      feeds[instrument]?.finish(page, at: moment.wall)
    }
  }

  /// When the next marks are asked for: soon, where the last one should be there by now.
  private mutating func planMarks(_ instrument: Instrument, to: Timestamp, at moment: FeedMoment) {
    guard let feed = feeds[instrument] else { return }
    let due = venueNow(moment).floor(to: feed.marks.step)
    let later = afterMark(moment)
    if feed.marks.next > due {
      feeds[instrument]?.markTries = 0
      feeds[instrument]?.nextMarks = later
    } else if to <= due, feed.marks.next > to - feed.marks.step {
      feeds[instrument]?.nextMarks = moment.steady
    } else {
      let pause = Span.seconds(20).times(1 << min(feed.markTries, 2))
      feeds[instrument]?.markTries += 1
      feeds[instrument]?.nextMarks = min(moment.steady + pause, later)
    }
  }

  private mutating func takeCurrent(_ instrument: Instrument, _ decoded: DecodedMessage) {
    let listed = feeds[instrument]?.listed
    for observation in observations(decoded, of: instrument) {
      feeds[instrument]?.standing.take(observation, of: listed)
      if feeds[instrument]?.wantsReading == true,
        case .openInterest(let reading)? = observation.event()?.fact
      {
        feeds[instrument]?.wantsReading = false
        feeds[instrument]?.add(.openInterest(reading))
      }
    }
  }

  /// - Returns: how many of the observations were of use, or about another instrument.
  private mutating func takeLiquidations(
    _ instrument: Instrument, _ decoded: DecodedMessage, from: Timestamp, to: Timestamp,
    at moment: FeedMoment
  ) -> Int {
    let now = venueNow(moment)
    let mine = observations(decoded, of: instrument)
    var oldest: Timestamp?
    var count = 0
    for observation in mine {
      guard case .liquidation(let liquidation)? = observation.event()?.fact else { continue }
      count += 1
      oldest = min(oldest ?? liquidation.time, liquidation.time)
      feeds[instrument]?.take(liquidation, now: now)
    }
    let rows = adapter.depth(of: .liquidations)?.rows ?? .max
    if decoded.observations.count >= rows, let oldest, oldest > from, oldest < to {
      // A full page: what is older is asked for, too.
      feeds[instrument]?.needs.append(
        .liquidations(instrument, from: from, to: oldest + Span(milliseconds: 1)))
    }
    return count + decoded.observations.count - mine.count
  }
}
