import Market

/// The feed of one venue: its history first, then its streams, joined without a gap or a double.
///
/// A pure machine: it is told what happened and when, and says what is to be done. It holds no
/// connection, no clock and no chance but the seed, so a test can run weeks of it in a moment.
/// `FeedDriver` does what it says.
public struct VenueFeed: Sendable {
  /// What can happen.
  public enum Input: Sendable {
    /// Takes part, or no longer.
    case enable(Bool)
    /// Follow an instrument, so far back; deepens a watch that exists. Nil back: all that is kept.
    case watch(Instrument, back: Span?)
    case unwatch(Instrument)
    /// The moment that was asked for has come.
    case wake
    /// A request was answered, or couldn't be. `wait`: how long the venue asked to be left alone.
    case answer(Int, Result<HTTPResult, TransportError>, wait: Span?)
    case opened(Int)
    case openFailed(Int, TransportError)
    case message(Int, [UInt8])
    case ended(Int, WebSocketEnd)
    /// Somebody asks to try again now, refusals included.
    case retry
  }

  /// What is to be done.
  public enum Effect: Sendable {
    case request(Int, VenueRequest)
    case cancel(Int)
    case open(Int, StreamPlan)
    case send(Int, String)
    case close(Int)
    /// Wake the feed at that moment of the steady clock; replaces an earlier wish.
    case wake(at: Timestamp)
    case update(FeedUpdate)
  }

  /// The venue.
  public var venue: Venue { adapter.venue }
  let adapter: any VenueAdapter
  var decoder: VenueDecoder
  var chance: FeedChance
  var isEnabled = true
  var feeds: [Instrument: InstrumentFeed] = [:]
  /// What is watched, by name: the order in which it is looked at.
  private(set) var order: [Instrument] = []
  /// The watched instruments of a symbol.
  var routes: [String: [Instrument]] = [:]
  var jobs = FeedJobs()
  var streams: StreamKeeper
  /// When the list of instruments last was in, and when it is asked for next: steady.
  var listedAt, nextList: Timestamp?
  /// Whether parts of the list that is being read could not be read.
  var isListDoubtful = false
  /// How many lists in a row could not be read whole.
  var doubts = 0
  /// Since when, by the wall clock, the list is known not to have changed.
  var confirmedAt: Timestamp?
  /// Why the venue serves nothing here.
  var refusal: String?
  /// What the venue said as it asked to be left alone.
  var waiting: String?
  /// Why the last requests failed.
  var trouble: String?
  /// A refusal of something on a stream, in the venue's words.
  var streamRefusal: String?
  /// Messages that could not be used.
  var dropped = 0
  /// Messages of the streams so far.
  private(set) var received = 0
  /// How far the venue's clock is ahead of ours.
  var skew = Span.seconds(0)
  /// When it was switched off, by the wall clock.
  var offSince: Timestamp?
  var effects: [Effect] = []
  private var wakeAt: Timestamp?

  /// A feed that watches nothing yet.
  ///
  /// - Parameter seed: what its jitter follows from.
  public init(adapter: any VenueAdapter, isEnabled: Bool = true, seed: UInt64) {
    self.adapter = adapter
    self.isEnabled = isEnabled
    decoder = VenueDecoder(venue: adapter.venue)
    chance = FeedChance(seed: seed)
    streams = StreamKeeper(venue: adapter.venue)
  }

  /// Takes what happened.
  ///
  /// - Returns: what is to be done, in that order.
  public mutating func handle(_ input: Input, at moment: FeedMoment) -> [Effect] {
    effects = []
    var isCalm = false
    switch input {
    case .enable(let isOn): enable(isOn, at: moment)
    case .watch(let instrument, let back): watch(instrument, back: back, at: moment)
    case .unwatch(let instrument): unwatch(instrument, at: moment)
    case .wake: wakeAt = nil
    case .answer(let id, let outcome, let wait): take(id, outcome, wait: wait, at: moment)
    case .opened(let id): opened(id, at: moment)
    case .openFailed(let id, let error): openFailed(id, error, at: moment)
    case .message(let id, let bytes):
      received += 1
      isCalm = !take(id, bytes, at: moment)
    case .ended(let id, let end):
      streams.ended(id, end.description, at: moment, using: &chance)
    case .retry: retry(at: moment)
    }
    // Most messages only feed what is known: they need none of the rest.
    if isCalm, let wakeAt, moment.steady < wakeAt {
      flush()
      return effects
    }
    advance(at: moment)
    flush()
    tellStatus(at: moment)
    schedule(at: moment)
    return effects
  }

  /// The stretches of an instrument's facts that won't come back.
  public func gaps(of instrument: Instrument) -> [FeedGap] { feeds[instrument]?.gaps.gaps ?? [] }

  /// Now, by the venue's clock as far as it is known.
  func venueNow(_ moment: FeedMoment) -> Timestamp { moment.wall + skew }

  /// Whether anything is wanted of the venue.
  var isActive: Bool { isEnabled && refusal == nil && !feeds.isEmpty }

  private mutating func watch(_ instrument: Instrument, back: Span?, at moment: FeedMoment) {
    guard feeds[instrument] == nil else {
      let adapter = adapter
      feeds[instrument]?.deepen(to: back, adapter: adapter)
      return
    }
    feeds[instrument] = InstrumentFeed(watched: instrument, back: back, now: moment.wall)
    order = feeds.keys.sorted { $0.symbol < $1.symbol }
    if listedAt == nil {
      if nextList == nil { nextList = moment.steady }
    } else {
      begin(instrument, at: moment)
    }
  }

  private mutating func unwatch(_ instrument: Instrument, at moment: FeedMoment) {
    guard feeds.removeValue(forKey: instrument) != nil else { return }
    order.removeAll { $0 == instrument }
    for id in jobs.drop(where: { $0.instrument == instrument }) { effects.append(.cancel(id)) }
    wantStreams(at: moment)
  }

  private mutating func enable(_ isOn: Bool, at moment: FeedMoment) {
    guard isOn != isEnabled else { return }
    isEnabled = isOn
    if isOn {
      resume(at: moment)
      if let offSince { noteAbsence(from: offSince, to: moment.wall) }
      offSince = nil
    } else {
      suspend(at: moment)
      offSince = moment.wall
    }
  }

  private mutating func retry(at moment: FeedMoment) {
    let wasRefused = refusal != nil
    refusal = nil
    trouble = nil
    jobs.hurry(now: moment.steady)
    streams.hurry(at: moment)
    for instrument in order where feeds[instrument]?.refusal != nil {
      feeds[instrument]?.refusal = nil
      if !jobs.contains(where: { $0 == .instruments }) { nextList = moment.steady }
    }
    if wasRefused, isEnabled { resume(at: moment) }
  }

  /// Stops everything; what was asked for is asked again on `resume`.
  mutating func suspend(at moment: FeedMoment) {
    for job in jobs.waiting + jobs.underWay.values.sorted(by: { $0.id < $1.id }) {
      need(again: job.kind)
      if job.kind == .instruments { nextList = moment.steady }
    }
    for id in jobs.drop(where: { _ in true }) { effects.append(.cancel(id)) }
    streams.want([], at: moment)
  }

  /// Goes on where `suspend` stopped.
  mutating func resume(at moment: FeedMoment) {
    for instrument in order {
      feeds[instrument]?.hurry(now: moment.steady)
    }
    if listedAt == nil, !feeds.isEmpty { nextList = moment.steady }
    wantStreams(at: moment)
  }

  /// Puts what is asked only once back, so that it is asked again.
  mutating func need(again kind: FeedJob.Kind) {
    guard let instrument = kind.instrument else { return }
    switch kind {
    case .history, .liquidations, .tiers, .current:
      feeds[instrument]?.needs.insert(kind, at: 0)
    case .instruments, .seal, .marks, .poll: break
    }
  }

  private mutating func flush() {
    for instrument in order {
      guard let facts = feeds[instrument]?.takeFacts() else { continue }
      if !facts.isEmpty { effects.append(.update(.facts(venue, instrument, facts))) }
      if let standing = feeds[instrument]?.standing.takeChange() {
        effects.append(.update(.standing(venue, instrument, standing)))
      }
    }
  }

  /// Asks to be woken for what is next to be done; not at all where nothing is.
  private mutating func schedule(at moment: FeedMoment) {
    guard let due = nextDue(at: moment) else { return }
    // Never at once again: what is due now has just been done.
    let wake = max(due, moment.steady + Span(milliseconds: 20))
    if let wakeAt, wakeAt <= wake { return }
    wakeAt = wake
    effects.append(.wake(at: wake))
  }
}
