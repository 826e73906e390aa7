import Market

/// What answers of the REST interface change.
extension VenueFeed {
  /// How often an answer is asked for again because rows of it can't be read.
  private static let spoiledLimit = 3

  mutating func take(
    _ id: Int, _ outcome: Result<HTTPResult, TransportError>, wait: Span?, at moment: FeedMoment
  ) {
    guard var job = jobs.finish(id) else { return }
    let answered = clock(of: outcome, at: moment)
    let answer = FeedAnswer.reading(
      outcome, wait: wait, to: job.request, decoder: &decoder, receivedAt: answered)
    switch answer {
    case .facts(let decoded, let spoiled):
      if spoiled > 0 {
        dropped += 1
        job.spoiled += 1
        if job.kind != .instruments, job.spoiled < Self.spoiledLimit {
          let words = decoded.problems.first?.description ?? ""
          return again(job, "\(venue.displayName) sent what can't be read: \(words)", at: moment)
        }
        noteSpoiled(job)
      }
      trouble = nil
      waiting = nil
      use(decoded, of: job, outcome, answered: answered, at: moment)
    case .again(let words):
      again(job, words, at: moment)
    case .wait(let span, let words):
      jobs.pause(until: moment.steady + span)
      waiting = "\(words); asked to wait until \(moment.wall + span)"
      again(job, nil, at: moment)
    case .refusedPlace(let words):
      refusal = words
      need(again: job.kind)
      suspend(at: moment)
    case .unknownInstrument(let words):
      need(again: job.kind)
      if let instrument = job.kind.instrument { refuse(instrument, words, at: moment) }
    case .withheld(let words):
      withheld(job, words, at: moment)
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
    let instrument = job.kind.instrument
    switch job.kind {
    case .instruments:
      refusal = words
      suspend(at: moment)
    case .seal(let instrument, _, _):
      refuse(instrument, words, at: moment)
    case .history(let instrument, let page):
      noteLost(instrument, page, words)
      feeds[instrument]?.finishPage()
    case .marks(let instrument, _, _):
      feeds[instrument]?.missing["open interest"] = words
    // Asked again with the next mark: a refusal of a moment mustn't last.
    case .current, .tiers: break
    case .poll(let instrument, let index):
      feeds[instrument]?.polls[index].next = moment.steady + .minutes(10)
    case .liquidations(let instrument, let from, let to):
      feeds[instrument]?.gaps.add(FeedGap(.liquidations, from: from, to: to, reason: words))
    }
    if case .tiers = job.kind, let instrument {
      feeds[instrument]?.missing["maintenance tiers"] = words
    }
  }

  private mutating func noteLost(_ instrument: Instrument, _ page: HistoryPage, _ words: String) {
    let kind: FeedGap.Kind =
      switch page.series {
      case .candles(let step): .candles(step)
      case .openInterest(let step): .openInterest(step)
      case .liquidations: .liquidations
      }
    feeds[instrument]?.gaps.add(FeedGap(kind, from: page.from, to: page.to, reason: words))
  }

  private mutating func noteSpoiled(_ job: FeedJob) {
    let words = "\(venue.displayName) gives rows of it that can't be read"
    switch job.kind {
    case .history(let instrument, let page): noteLost(instrument, page, words)
    case .seal(let instrument, let from, let to):
      let page = HistoryPage(series: .candles(.minutes(1)), from: from, to: to)
      noteLost(instrument, page, words)
    case .marks(let instrument, let from, let to):
      let page = HistoryPage(series: .openInterest(.minutes(5)), from: from, to: to)
      noteLost(instrument, page, words)
    case .liquidations(let instrument, let from, let to):
      feeds[instrument]?.gaps.add(FeedGap(.liquidations, from: from, to: to, reason: words))
    case .instruments, .current, .tiers, .poll: break
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
      takeList(next: next, isEmpty: decoded.observations.isEmpty, at: moment)
    case .seal(let instrument, let from, let to):
      sealed(instrument, decoded, from: from, to: to, answered: answered, at: moment)
    case .history(let instrument, let page):
      takePage(instrument, page, decoded, job, answered: answered, at: moment)
    case .marks(let instrument, _, let to):
      let readings = interest(decoded, of: instrument)
      feeds[instrument]?.takeMarks(readings)
      feeds[instrument]?.missing["open interest"] = nil
      planMarks(instrument, to: to, at: moment)
    case .current(let instrument):
      takeCurrent(instrument, decoded)
    case .poll(let instrument, _):
      let now = venueNow(moment)
      for observation in observations(decoded, of: instrument) {
        _ = feeds[instrument]?.take(observation, now: now)
      }
    case .liquidations(let instrument, let from, let to):
      takeLiquidations(instrument, decoded, from: from, to: to, at: moment)
    case .tiers(let instrument):
      for observation in observations(decoded, of: instrument) {
        tellTiers(observation, of: instrument)
      }
    }
  }

  /// The observations that are about an instrument's symbol, or about what was asked for.
  private func observations(
    _ decoded: DecodedMessage, of instrument: Instrument
  ) -> [VenueObservation] {
    guard let symbol = feeds[instrument]?.listed?.symbol else { return [] }
    return decoded.observations.filter { observation in
      guard let named = observation.symbol else { return true }
      return named == symbol || routes[named]?.contains(instrument) == true
    }
  }

  private func interest(_ decoded: DecodedMessage, of instrument: Instrument) -> [OpenInterest] {
    observations(decoded, of: instrument).compactMap {
      guard case .openInterest(let reading)? = $0.event()?.fact else { return nil }
      return reading
    }
  }

  /// The candles of an answer, the oldest first. A row without a flag is closed when the venue's
  /// clock, or a later row, says so.
  private func candles(
    _ decoded: DecodedMessage, of instrument: Instrument, step: Span, answered: Timestamp
  ) -> [CandleJoin.Change] {
    observations(decoded, of: instrument).compactMap { observation in
      guard case .candle(let reading) = observation.content, reading.source == .trades,
        case .candle(let candle, _)? = observation.event()?.fact, candle.interval == step
      else { return nil }
      let isOver = candle.closeTime + .seconds(1) <= answered
      return CandleJoin.Change(
        candle: candle,
        isClosed: reading.statesClosed ? reading.isClosed : reading.isClosed || isOver)
    }
  }

  private mutating func sealed(
    _ instrument: Instrument, _ decoded: DecodedMessage, from: Timestamp, to: Timestamp,
    answered: Timestamp, at moment: FeedMoment
  ) {
    let rows = candles(decoded, of: instrument, step: .minutes(1), answered: answered)
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
    answered: Timestamp, at moment: FeedMoment
  ) {
    switch page.series {
    case .candles(let step):
      let rows = candles(decoded, of: instrument, step: step, answered: answered)
        .filter { $0.candle.openTime >= page.from && $0.candle.openTime < page.to }
      if rows.contains(where: { !$0.isClosed }), job.spoiled < Self.spoiledLimit {
        // Its last interval has only just ended.
        var job = job
        job.spoiled += 1
        return jobs.again(job, at: moment.steady + .seconds(2))
      }
      feeds[instrument]?.add(rows.filter(\.isClosed))
    case .openInterest(let step):
      for reading in interest(decoded, of: instrument)
      where reading.time >= page.from && reading.time < page.to
        && reading.time == reading.time.floor(to: step)
      {
        feeds[instrument]?.add(.openInterest(reading))
      }
    case .liquidations: break
    }
    feeds[instrument]?.finishPage()
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

  private mutating func takeLiquidations(
    _ instrument: Instrument, _ decoded: DecodedMessage, from: Timestamp, to: Timestamp,
    at moment: FeedMoment
  ) {
    let now = venueNow(moment)
    var oldest: Timestamp?
    var count = 0
    for observation in observations(decoded, of: instrument) {
      guard case .liquidation(let liquidation)? = observation.event()?.fact else { continue }
      count += 1
      oldest = min(oldest ?? liquidation.time, liquidation.time)
      feeds[instrument]?.take(liquidation, now: now)
    }
    let rows = adapter.depth(of: .liquidations)?.rows ?? .max
    if count >= rows, let oldest, oldest > from, oldest < to {
      // A full page: what is older is asked for, too.
      feeds[instrument]?.needs.append(
        .liquidations(instrument, from: from, to: oldest + Span(milliseconds: 1)))
    }
  }
}
