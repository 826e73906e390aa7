import Market
import VenueEmulator

@testable import MarketData

/// A feed and the emulated venue that it follows, in virtual time: the driver's part is played by
/// an event queue, so that weeks of faults take a moment and every run is repeatable.
struct VenueSimulation {
  /// How long a message is under way, each way.
  private static let latency: Span = .seconds(3).divided(by: 200)
  /// After how long the transport gives an answer up that never comes.
  private static let patience = Span.seconds(15)

  private enum Event {
    case input(VenueFeed.Input)
    /// The feed's wake-up, if it is still the one that is wanted.
    case wake(Int)
    case admit
    /// A request reaches the venue.
    case request(Int, VenueRequest)
    case answered(Int, VenueRequest, Result<HTTPResult, TransportError>)
    case open(Int, StreamPlan)
    case send(Int, EmulatedClientMessage)
    /// A frame reaches us.
    case frame(Int, EmulatedFrame)
    case heartbeat(Int)
  }

  /// One connection, as the transport knows it.
  private struct Line {
    let stream: EmulatedStreamID
    var liveness: Liveness
    /// When the last frame will have come: none overtakes another.
    var busyUntil: Timestamp
  }

  let instrument: Instrument
  private(set) var venue: EmulatedVenue
  private(set) var feed: VenueFeed
  private(set) var now: Timestamp
  private let heartbeat: Heartbeat
  private let adapter: any VenueAdapter
  private var keeper: RateKeeper
  private var events = EventQueue<Event>()
  private var lines: [Int: Line] = [:]
  private var names: [EmulatedStreamID: Int] = [:]
  private var waiting: [Int: VenueRequest] = [:]
  private var wakeNumber = 0

  // MARK: What came of it

  private(set) var facts: [MarketEvent] = []
  private(set) var statuses: [FeedStatus] = []
  private(set) var standing: VenueStanding?
  private(set) var wakes = 0
  private(set) var messages = 0
  /// The moments at which streams were asked for.
  private(set) var openings: [Timestamp] = []

  init?(
    _ name: Venue, _ instrument: Instrument, market: EmulatedMarket, script: FaultScript = .none,
    from start: Timestamp, pace: StreamPace, back: Span?, seed: UInt64,
    adapter own: (any VenueAdapter)? = nil
  ) {
    guard let adapter = own ?? VenueAdapters.adapter(of: name) else { return nil }
    var options = EmulatedVenue.Options()
    options.pace = pace
    // The size itself is the transport's matter.
    options.hugeFrameBytes = 20_000
    // An answer that takes its time can't tell of a ban before it comes.
    options.grace = .seconds(6)
    self.instrument = instrument
    self.adapter = adapter
    venue = EmulatedVenue(name, market: market, script: script, options: options)
    feed = VenueFeed(adapter: adapter, seed: seed)
    now = start
    heartbeat = .of(name)
    let budget = RateBudget(rules: adapter.limits, now: start)
    keeper = RateKeeper(queue: RateQueue(budget: budget), dialect: .of(name))
    events.put(.input(.watch(instrument, back: back)), at: start)
  }

  var status: FeedStatus? { statuses.last }

  /// Hands something to the feed now.
  mutating func tell(_ input: VenueFeed.Input) { handle(input) }

  /// Lets time pass up to a moment.
  mutating func run(until end: Timestamp) {
    while true {
      let frames = venue.nextFrame.map { max($0, now) }
      if let frames, frames <= end, events.next.map({ frames < $0 }) ?? true {
        now = frames
        for delivery in venue.frames(until: now) { pass(delivery) }
      } else if let next = events.next, next <= end, let (time, event) = events.take() {
        now = max(now, time)
        perform(event)
      } else {
        break
      }
    }
    now = end
  }

  /// Lets time pass until the facts of before a moment are confirmed and the feed is live again.
  /// False where that isn't so by the end.
  @discardableResult
  mutating func runUntilHealed(asOf: Timestamp, end: Timestamp) -> Bool {
    run(until: asOf)
    while now < end {
      run(until: now + .seconds(10))
      guard status?.health == .live, let mine = feed.feeds[instrument],
        mine.candles.sealedTo >= asOf, mine.unheard == nil, mine.needs.isEmpty,
        mine.nextMarks == nil || mine.marks.next > asOf,
        !feed.jobs.contains(where: { if case .liquidations = $0 { true } else { false } })
      else { continue }
      return true
    }
    return false
  }

  private var moment: FeedMoment { FeedMoment(wall: now, steady: now) }

  private mutating func perform(_ event: Event) {
    switch event {
    case .input(let input): handle(input)
    case .wake(let number):
      guard number == wakeNumber else { return }
      wakes += 1
      handle(.wake)
    case .admit: admit()
    case .request(let id, let request): reach(id, request)
    case .answered(let id, let request, let outcome):
      var wait: Span?
      if case .success(let result) = outcome {
        wait = keeper.record(result, costs: request.costs, wall: now, steady: now)
        for rule in adapter.limits(statedIn: result.body, to: request) {
          keeper.queue.budget.set(rule, now: now)
        }
      }
      handle(.answer(id, outcome, wait: wait))
      admit()
    case .open(let id, let plan): open(id, plan)
    case .send(let id, let message):
      guard let line = lines[id] else { return }
      venue.receive(message, on: line.stream, at: now)
    case .frame(let id, let frame): hear(id, frame)
    case .heartbeat(let id): beat(id)
    }
  }

  private mutating func handle(_ input: VenueFeed.Input) {
    for effect in feed.handle(input, at: moment) {
      switch effect {
      case .request(let id, let request):
        waiting[id] = request
        keeper.queue.enter(id, costs: request.costs)
        admit()
      case .cancel(let id):
        waiting[id] = nil
        keeper.queue.leave(id)
      case .open(let id, let plan):
        openings.append(now)
        events.put(.open(id, plan), at: now + Self.latency)
      case .send(let id, let text):
        events.put(.send(id, .text(text)), at: now + Self.latency)
      case .close(let id): close(id)
      case .wake(let time):
        wakeNumber += 1
        events.put(.wake(wakeNumber), at: max(time, now))
      case .update(let update): note(update)
      }
    }
  }

  private mutating func note(_ update: FeedUpdate) {
    switch update {
    case .facts(_, _, let events): facts += events
    case .standing(_, _, let standing): self.standing = standing
    case .status(_, _, let status): statuses.append(status)
    case .maintenanceTiers, .instruments: break
    }
  }

  private mutating func admit() {
    let admission = keeper.queue.admit(now: now)
    for id in admission.admitted {
      guard let request = waiting.removeValue(forKey: id) else { continue }
      events.put(.request(id, request), at: now + Self.latency)
    }
    if let next = admission.next { events.put(.admit, at: now + next) }
  }

  // MARK: REST

  private mutating func reach(_ id: Int, _ request: VenueRequest) {
    let answer = venue.answer(
      EmulatedRequest(
        method: request.json == nil ? "GET" : "POST", path: request.path, query: request.pairs,
        headers: request.json == nil ? [] : [("Content-Type", "application/json")],
        body: request.json ?? []),
      at: now)
    let result = HTTPResult(
      status: answer.status, headers: answer.headers.map { HTTPHeader($0.name, $0.value) },
      body: answer.body)
    let host = "\(venue.venue.rawValue).test"
    var arrival = now + Self.latency
    var outcome = Result<HTTPResult, TransportError>.success(result)
    switch answer.delivery {
    case .whole: break
    case .after(let span), .dripped(let span): arrival = arrival + span
    case .truncated, .dropped: outcome = .failure(TransportError(host: host, .truncated))
    case .silence:
      arrival = now + Self.patience
      outcome = .failure(TransportError(host: host, .timedOut(.read, after: Self.patience)))
    case .unreachable: outcome = .failure(TransportError(host: host, .refused))
    }
    events.put(.answered(id, request, outcome), at: arrival)
  }

  // MARK: Streams

  private mutating func open(_ id: Int, _ plan: StreamPlan) {
    switch venue.open(path: plan.path, at: now) {
    case .opened(let stream):
      lines[id] = Line(
        stream: stream,
        liveness: Liveness(rhythm: heartbeat.rhythm, patience: heartbeat.patience, now: now),
        busyUntil: now)
      names[stream] = id
      events.put(.input(.opened(id)), at: now + Self.latency)
      events.put(.heartbeat(id), at: now + .seconds(5))
    case .refused(let answer):
      let cause: TransportError.Cause =
        answer.delivery == .unreachable
        ? .refused
        : .notUpgraded(
          HTTPResult(
            status: answer.status, headers: answer.headers.map { HTTPHeader($0.name, $0.value) },
            body: answer.body))
      events.put(
        .input(.openFailed(id, TransportError(host: "\(venue.venue.rawValue).test", cause))),
        at: now + Self.latency)
    }
  }

  private mutating func close(_ id: Int) {
    guard let line = lines.removeValue(forKey: id) else { return }
    names[line.stream] = nil
    venue.ended(line.stream, at: now)
  }

  private mutating func pass(_ delivery: EmulatedDelivery) {
    guard let id = names[delivery.stream], var line = lines[id] else { return }
    var arrival = delivery.time + Self.latency
    if case .dripped(_, let span) = delivery.frame { arrival = arrival + span }
    arrival = max(arrival, line.busyUntil, now)
    line.busyUntil = arrival
    lines[id] = line
    events.put(.frame(id, delivery.frame), at: arrival)
  }

  private mutating func hear(_ id: Int, _ frame: EmulatedFrame) {
    guard lines[id] != nil else { return }
    lines[id]?.liveness.heard(now: now)
    switch frame {
    case .text(let text), .fragments(let text, _), .dripped(let text, _):
      guard text != heartbeat.reply else { return }
      messages += 1
      handle(.message(id, Array(text.utf8)))
    case .ping(let payload): events.put(.send(id, .pong(payload)), at: now + Self.latency)
    case .pong: break
    case .close(let code, let reason):
      close(id)
      handle(.ended(id, .closed(code: code, reason: reason)))
    case .cut, .dropped:
      close(id)
      handle(.ended(id, .dropped("cut off")))
    }
  }

  private mutating func beat(_ id: Int) {
    guard var line = lines[id] else { return }
    let (action, next) = line.liveness.step(now: now)
    lines[id] = line
    switch action {
    case .none: break
    case .probe:
      switch heartbeat.probe {
      case .ping: events.put(.send(id, .ping([1])), at: now + Self.latency)
      case .text(let text): events.put(.send(id, .text(text(now))), at: now + Self.latency)
      }
    case .dead(let span):
      close(id)
      handle(.ended(id, .silent(milliseconds: span.milliseconds)))
      return
    }
    events.put(.heartbeat(id), at: next)
  }
}
