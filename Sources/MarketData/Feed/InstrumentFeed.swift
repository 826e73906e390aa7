import Market

/// What a feed knows and needs of one watched instrument at one venue. Pure.
struct InstrumentFeed: Sendable {
  /// What is watched; its facts bear this name whatever the venue's own quote currency is.
  let watched: Instrument
  /// When the watch began, a multiple of 5 minutes: the boundaries of its history follow from it.
  let origin: Timestamp
  /// How far back the finest steps go; fixed by what was asked for first.
  let fine: Span
  /// As the venue lists it; nil until its list is in.
  var listed: VenueInstrument?
  /// Why the venue has nothing of it.
  var refusal: String?
  /// How deep history was asked for; nil for as deep as the venue keeps.
  private(set) var back: Span?
  private(set) var plan: HistoryPlan?
  /// What is still to be asked, in order; what is under way isn't in it.
  var needs: [FeedJob.Kind] = []
  private(set) var pages = (done: 0, all: 0)

  var candles: CandleJoin
  var marks: MarkJoin
  /// Whether the venue keeps no open interest, so that one reading must do.
  var wantsReading = false
  var gaps = GapList()
  /// What answers of the venue hold in a form that can't be read; asked for again and again.
  var unread: [FeedJob.Kind: FeedGap] = [:]
  /// Which pages were read when, by the wall clock.
  private var read: [(page: HistoryPage, at: Timestamp)] = []
  /// Optional parts that the venue withholds, and its reasons.
  var missing: [String: String] = [:]
  /// What the venue doesn't publish at all, a line each.
  var notes: [String] = []

  /// A stretch of liquidations that wasn't heard and that the venue's own list may hold.
  private(set) var unheard: (from: Timestamp, to: Timestamp)?

  /// When the newest candles, and the newest marks, are asked for again: of the steady clock.
  var nextSeal, nextMarks: Timestamp?
  /// How often in a row the answer lacked what must be there by now.
  var sealTries = 0
  var markTries = 0
  var polls: [(poll: VenuePoll, next: Timestamp)] = []

  var standing = FeedStanding()
  private(set) var facts: [MarketEvent] = []
  private var liquidations = LiquidationMemory()
  /// When the streams were last all flowing, and since when they aren't.
  var hasFlowed = false
  var staleSince: Timestamp?
  var lastStatus: FeedStatus?

  init(watched: Instrument, back: Span?, now: Timestamp) {
    self.watched = watched
    self.back = back
    origin = now.floor(to: .minutes(5))
    fine = HistoryPlan.fineReach(back: back)
    // The last minutes before the watch may not have been in the venue's history yet.
    candles = CandleJoin(interval: .minutes(1), from: origin - .minutes(10))
    marks = MarkJoin(step: .minutes(5), from: origin - .minutes(10))
  }

  /// Whether it is asked for, and the venue answers.
  var isActive: Bool { listed != nil && refusal == nil }

  /// Whether all of history is in.
  var isComplete: Bool { candles.isJoined && pages.done == pages.all }

  /// How much of history is in; nil once all of it is.
  var progress: Double? {
    if isComplete { return nil }
    let all = pages.all + 1
    return Double(pages.done + (candles.isJoined ? 1 : 0)) / Double(all)
  }

  /// Asks for more of the past. Nothing where so much was asked for already.
  mutating func deepen(to back: Span?, adapter: any VenueAdapter) {
    guard let held = self.back, back.map({ $0 > held }) ?? true else { return }
    self.back = back
    if plan != nil { makePlan(adapter: adapter) }
  }

  /// Plans the history, or what is missing of it.
  mutating func makePlan(adapter: any VenueAdapter) {
    let whole = HistoryPlan(
      back: back, origin: origin, fine: fine, depth: { adapter.depth(of: $0) })
    let new = whole.pages(beyond: plan) { adapter.depth(of: $0)?.rows ?? 1 }
    plan = whole
    pages.all += new.count
    needs += new.map { .history(watched, $0) }
  }

  /// Asks for further pages: coarser ones of what the venue no longer keeps by the minute.
  mutating func heal(_ more: [HistoryPage]) {
    pages.all += more.count
    needs.insert(contentsOf: more.map { .history(watched, $0) }, at: 0)
  }

  /// Liquidations of a stretch weren't heard.
  mutating func miss(from: Timestamp, to: Timestamp) {
    unheard = unheard.map { (min($0.from, from), max($0.to, to)) } ?? (from, to)
  }

  /// When what wasn't heard is asked for, by the venue's clock: late entries are waited for, and
  /// what goes on and on isn't waited out.
  var unheardDue: Timestamp? {
    unheard.map { min($0.to + .seconds(30), $0.from + .minutes(5)) }
  }

  /// Takes out what wasn't heard, where it is time to ask for it.
  mutating func takeUnheard(now: Timestamp) -> (from: Timestamp, to: Timestamp)? {
    guard let unheard, let due = unheardDue, due <= now else { return nil }
    self.unheard = nil
    return unheard
  }

  /// Asks for what is newest at once.
  mutating func hurry(now: Timestamp) {
    nextSeal = now
    if nextMarks != nil { nextMarks = now }
  }

  /// Takes back what history confirmed since the moment: it was counted in another contract size.
  mutating func reopen(from moment: Timestamp) {
    candles.reopen(from: moment)
    marks.reopen(from: moment)
    let stale = read.filter { $0.at >= moment }.map(\.page)
    read.removeAll { $0.at >= moment }
    pages.done -= stale.count
    needs.insert(contentsOf: stale.map { .history(watched, $0) }, at: 0)
  }

  /// A page of history was answered, or given up.
  mutating func finish(_ page: HistoryPage, at moment: Timestamp) {
    read.append((page, moment))
    pages.done += 1
  }

  /// Begins where the venue's clock stands, if that is behind ours.
  mutating func begin(at now: Timestamp) {
    let start = min(origin, now.floor(to: .minutes(5))) - .minutes(10)
    candles = CandleJoin(interval: candles.interval, from: start)
    marks = MarkJoin(step: marks.step, from: start)
  }

  /// Takes an observation of a stream or a poll. True where it leaves a hole in the candles.
  mutating func take(_ observation: VenueObservation, now: Timestamp) -> Bool {
    switch observation.content {
    case .candle(let reading):
      guard let time = observation.time, time <= now + .minutes(5),
        case .candle(let candle, _)? = observation.event()?.fact
      else { return false }
      let changes = candles.take(
        candle, isFinal: reading.isClosed, statesClosed: reading.statesClosed)
      add(changes)
      return !changes.isEmpty && candles.hole != nil
    case .liquidation:
      if case .liquidation(let liquidation)? = observation.event()?.fact {
        take(liquidation, now: now)
      }
    default:
      standing.take(observation, of: listed)
    }
    return false
  }

  /// Takes a liquidation that wasn't told of before.
  mutating func take(_ liquidation: Liquidation, now: Timestamp) {
    guard liquidations.isNew(liquidation, now: now) else { return }
    add(.liquidation(liquidation))
  }

  /// Takes marks of open interest, the oldest first.
  mutating func takeMarks(_ readings: [OpenInterest]) {
    for reading in marks.take(readings) { add(.openInterest(reading)) }
  }

  /// Tells of candles.
  mutating func add(_ changes: [CandleJoin.Change]) {
    for change in changes { add(.candle(change.candle, isClosed: change.isClosed)) }
  }

  /// Tells of a fact.
  mutating func add(_ fact: MarketEvent.Fact) {
    guard let venue = listed?.venue else { return }
    facts.append(MarketEvent(venue: venue, instrument: watched, fact: fact))
  }

  /// Takes out what is to be told.
  mutating func takeFacts() -> [MarketEvent] {
    defer { facts = [] }
    return facts
  }
}
