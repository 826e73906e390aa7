import Market

/// What the streams bring and lose.
extension VenueFeed {
  /// Says which connections are wanted.
  mutating func wantStreams(at moment: FeedMoment) {
    routes = [:]
    var listed: [VenueInstrument] = []
    guard isActive else { return streams.want([], at: moment) }
    for instrument in order {
      guard let feed = feeds[instrument], feed.isActive, let mine = feed.listed else { continue }
      if routes[mine.symbol] == nil { listed.append(mine) }
      for name in Self.names(of: mine) { routes[name, default: []].append(instrument) }
    }
    streams.want(
      listed.isEmpty ? [] : adapter.streams(of: listed, candles: .minutes(1)), at: moment)
  }

  /// The names that a venue's messages give an instrument: its symbol, and of OKX the index that it
  /// follows.
  private static func names(of listed: VenueInstrument) -> [String] {
    guard listed.venue == .okx, listed.symbol.hasSuffix("-SWAP") else { return [listed.symbol] }
    return [listed.symbol, String(listed.symbol.dropLast(5))]
  }

  mutating func opened(_ id: Int, at moment: FeedMoment) {
    if streams.isAlone(id) { decoder.forgetState() }
    streams.opened(id, at: moment)
    streamRefusal = nil
    // What the stream missed is asked for at once.
    for instrument in order where feeds[instrument]?.candles.isJoined == true {
      feeds[instrument]?.nextSeal = moment.steady
    }
  }

  mutating func openFailed(_ id: Int, _ error: TransportError, at moment: FeedMoment) {
    var wait: Span?
    if case .notUpgraded(let result) = error.cause {
      for signal in RateDialect.of(venue).signals(in: result, now: moment.wall) {
        if case .limited(let told, let fallback, _) = signal { wait = told ?? fallback }
      }
      let refused = VenueError.reading(result.body, status: result.status, venue: venue)
      if refused?.kind == .refusedForLocation, let words = refused?.description {
        refusal = words
        suspend(at: moment)
        return
      }
    }
    streams.ended(id, error.description, wait: wait, at: moment, using: &chance)
  }

  /// Takes a message. True where more has to be looked at than what it says.
  mutating func take(_ id: Int, _ bytes: [UInt8], at moment: FeedMoment) -> Bool {
    streams.heard(id, at: moment)
    let now = venueNow(moment)
    let decoded = decoder.decode(bytes, context: DecodeContext(receivedAt: now))
    var isNews = false
    if let error = decoded.error {
      streamRefusal = error.description
      isNews = true
    } else if !decoded.problems.isEmpty {
      dropped += 1
      isNews = true
      noteUnreadable(id, decoded, at: moment)
    }
    if venue == .okx, decoded.ignored.contains("notice") {
      // The venue says that it will cut the connection within a minute.
      streams.tire(id)
      isNews = true
    }
    for observation in decoded.observations {
      guard let symbol = observation.symbol, let mine = routes[symbol], let first = mine.first,
        let name = feeds[first]?.listed?.symbol
      else { continue }
      if streams.fed(id, symbol: name, channel: observation.channel, at: moment) { isNews = true }
      for instrument in mine {
        if case .maintenanceTiers = observation.content {
          tellTiers(observation, of: instrument)
        } else if feeds[instrument]?.take(observation, now: now) == true {
          hole(instrument, at: moment)
          isNews = true
        }
      }
    }
    return isNews
  }

  /// Something is missing before what the stream just told: history has it, if anybody.
  private mutating func hole(_ instrument: Instrument, at moment: FeedMoment) {
    guard let feed = feeds[instrument], feed.sealTries == 0 else { return }
    feeds[instrument]?.nextSeal = moment.steady
  }

  /// A message that can't be read whole may have been about liquidations.
  private mutating func noteUnreadable(
    _ id: Int, _ decoded: DecodedMessage, at moment: FeedMoment
  ) {
    guard streams.carriesLiquidations(id),
      decoded.observations.allSatisfy({ $0.channel == .liquidation })
    else { return }
    if adapter.depth(of: .liquidations) != nil {
      let now = venueNow(moment)
      for instrument in order { feeds[instrument]?.miss(from: now - .minutes(1), to: now) }
      return
    }
    let gap = FeedGap(
      .unreadable, from: moment.wall, to: moment.wall,
      reason: "\(venue.displayName) sends each once")
    for instrument in order { feeds[instrument]?.gaps.add(gap) }
  }

  /// Lets the connections do what is due, and asks for what they missed.
  mutating func doStreams(at moment: FeedMoment) {
    streams.advance(at: moment, using: &chance)
    for action in streams.takeActions() {
      switch action {
      case .open(let id, let plan): effects.append(.open(id, plan))
      case .send(let id, let text): effects.append(.send(id, text))
      case .close(let id): effects.append(.close(id))
      }
    }
    for outage in streams.takeOutages()
    where outage.subscription.channels.contains(.liquidation) {
      for (instrument, feed) in feeds {
        let symbol = outage.subscription.symbol
        guard symbol == nil || symbol == feed.listed?.symbol else { continue }
        noteMissed(instrument, from: outage.from, to: outage.to)
      }
    }
  }

  /// It was switched off for a while.
  mutating func noteAbsence(from: Timestamp, to: Timestamp) {
    for (instrument, feed) in feeds where feed.listed != nil && from > feed.origin {
      noteMissed(instrument, from: from, to: to)
    }
  }

  /// Liquidations of a stretch weren't heard: the venue's history has them, or nobody.
  private mutating func noteMissed(_ instrument: Instrument, from: Timestamp, to: Timestamp) {
    if adapter.depth(of: .liquidations) != nil {
      let (first, last) = (from + skew - .seconds(5), to + skew)
      feeds[instrument]?.miss(from: first, to: last)
    } else if feeds[instrument]?.notes.contains(where: { $0.hasSuffix("no liquidations") })
      != true
    {
      let gap = FeedGap(
        .liquidations, from: from, to: to,
        reason: "no connection, and \(venue.displayName) publishes each once")
      feeds[instrument]?.gaps.add(gap)
    }
  }
}
