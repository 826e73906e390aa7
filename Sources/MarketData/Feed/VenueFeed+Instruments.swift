import Market

/// Which of a venue's instruments are meant, and what changes about them.
extension VenueFeed {
  /// How many lists in a row, of which parts can't be read, are asked for again every minute.
  private static let doubtLimit = 30

  /// A page of the list is in.
  ///
  /// - Parameter isDoubtful: parts of it could not be read.
  mutating func takeList(next: VenueRequest?, isDoubtful: Bool, at moment: FeedMoment) {
    if isDoubtful { isListDoubtful = true }
    if let next {
      jobs.add(.instruments, next, now: moment.steady)
      return
    }
    guard !jobs.contains(where: { $0 == .instruments }) else { return }
    let before = confirmedAt ?? moment.wall
    confirmedAt = moment.wall
    listedAt = moment.steady
    doubts = isListDoubtful ? doubts + 1 : 0
    isListDoubtful = false
    nextList = hasDoubts(doubts) ? moment.steady + .minutes(1) : listAgain(moment)
    effects.append(.update(.instruments(venue, decoder.catalog.listed)))
    for instrument in order {
      if feeds[instrument]?.listed == nil {
        begin(instrument, at: moment)
      } else {
        check(instrument, unchangedAt: before, at: moment)
      }
    }
    wantStreams(at: moment)
  }

  /// Whether what the last list lacks may be there all the same.
  private func hasDoubts(_ doubts: Int) -> Bool { (1..<Self.doubtLimit).contains(doubts) }

  /// Finds the venue's own instrument and asks for all that a map needs.
  mutating func begin(_ instrument: Instrument, at moment: FeedMoment) {
    // Dollars of whatever issuer are meant unless somebody asks for one of them.
    let quote = instrument.quote == "USDT" ? nil : instrument.quote
    let found = decoder.catalog.perpetual(of: instrument.base, quote: quote)
    let isFirstChoice =
      found.map { quote != nil || $0.instrument.quote == "USDT" || venue == .hyperliquid } ?? false
    if !isFirstChoice, hasDoubts(doubts) {
      // A whole list may hold another choice, or one at all.
      trouble = "\(venue.displayName)'s list of instruments can't be read whole"
      return
    }
    guard let listed = found else {
      let words =
        "\(venue.displayName) lists no perpetual future of \(instrument.base)"
        + (quote.map { " in \($0)" } ?? "")
      feeds[instrument]?.refusal = words
      return
    }
    guard var feed = feeds[instrument] else { return }
    feed.refusal = nil
    feed.listed = listed
    feed.begin(at: venueNow(moment))
    feed.nextSeal = moment.steady
    feed.needs = [.current(instrument)]
    feed.polls = adapter.polls(of: listed).map { ($0, moment.steady + $0.every) }
    feed.makePlan(adapter: adapter)
    if adapter.depth(of: .openInterest(feed.marks.step)) != nil {
      feed.nextMarks = moment.steady
    } else {
      feed.wantsReading = true
      feed.notes.append(
        "\(venue.displayName) keeps no history of open interest: one reading of it is moved with "
          + "that of the other venues")
    }
    feed.needs.append(.tiers(instrument))
    feeds[instrument] = feed
    seedLiquidations(instrument, at: moment)
    wantStreams(at: moment)
  }

  /// Asks for the liquidations of before the watch, where the venue keeps them.
  private mutating func seedLiquidations(_ instrument: Instrument, at moment: FeedMoment) {
    guard let feed = feeds[instrument] else { return }
    if let depth = adapter.depth(of: .liquidations) {
      let now = venueNow(moment)
      let reach = min(depth.span ?? .days(1), feed.back ?? .days(1), .days(1))
      needLiquidations(instrument, from: now - reach, to: now)
    } else if let listed = feed.listed,
      !adapter.streams(of: [listed], candles: .minutes(1)).contains(where: { plan in
        plan.subscriptions.contains { $0.channels.contains(.liquidation) }
      })
    {
      let words = "\(venue.displayName) publishes no liquidations"
      feeds[instrument]?.notes.append(words)
    }
  }

  /// Asks for the liquidations of a stretch, in pages.
  mutating func needLiquidations(_ instrument: Instrument, from: Timestamp, to: Timestamp) {
    guard let depth = adapter.depth(of: .liquidations) else { return }
    let length = max(depth.step.times(depth.rows), .minutes(1))
    var end = to
    while end > from {
      let start = max(from, end - length)
      feeds[instrument]?.needs.append(.liquidations(instrument, from: start, to: end))
      end = start
    }
  }

  /// Takes over what a later list says of an instrument.
  private mutating func check(
    _ instrument: Instrument, unchangedAt before: Timestamp, at moment: FeedMoment
  ) {
    guard let held = feeds[instrument]?.listed, let now = decoder.catalog.instrument(held.symbol)
    else { return }
    guard now.unit != nil || held.unit == nil else {
      // A size that can't be read doesn't unsay the one that was.
      decoder.catalog.add(held)
      nextList = moment.steady + .minutes(1)
      return
    }
    feeds[instrument]?.listed = now
    guard now.isTrading else {
      refuse(
        instrument,
        "\(venue.displayName) no longer trades \(now.symbol)"
          + (now.state.map { " (\($0))" } ?? ""), at: moment)
      return
    }
    if feeds[instrument]?.refusal != nil {
      feeds[instrument]?.refusal = nil
      feeds[instrument]?.hurry(now: moment.steady)
    }
    if held.unit != now.unit || held.multiplier != now.multiplier {
      // What came since the list last was read may have been counted in the old size.
      feeds[instrument]?.reopen(from: before)
      feeds[instrument]?.hurry(now: moment.steady)
    }
  }

  /// The venue has nothing of an instrument, or nothing more.
  mutating func refuse(_ instrument: Instrument, _ words: String, at moment: FeedMoment) {
    feeds[instrument]?.refusal = words
    // The list will tell whether that lasts.
    let soon = moment.steady + .minutes(5)
    nextList = min(nextList ?? soon, soon)
    for job in jobs.waiting + jobs.underWay.values.sorted(by: { $0.id < $1.id })
    where job.kind.instrument == instrument {
      need(again: job.kind)
    }
    for id in jobs.drop(where: { $0.instrument == instrument }) { effects.append(.cancel(id)) }
    wantStreams(at: moment)
  }

  /// Tells of an instrument's maintenance tiers.
  func tiersUpdate(_ observation: VenueObservation, of instrument: Instrument) -> FeedUpdate? {
    guard case .maintenanceTiers(let tiers) = observation.content,
      let listed = feeds[instrument]?.listed,
      observation.symbol == nil || observation.symbol == listed.symbol
    else { return nil }
    return .maintenanceTiers(venue, instrument, listed, tiers)
  }

  mutating func tellTiers(_ observation: VenueObservation, of instrument: Instrument) {
    guard let update = tiersUpdate(observation, of: instrument) else { return }
    feeds[instrument]?.missing["maintenance tiers"] = nil
    effects.append(.update(update))
  }
}
