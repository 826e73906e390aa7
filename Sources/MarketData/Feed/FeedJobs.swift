import Market

/// One question that a feed has for its venue.
struct FeedJob: Sendable {
  /// What it is for.
  enum Kind: Hashable, Sendable {
    case instruments
    /// The newest candles, again: from <= t < to.
    case seal(Instrument, from: Timestamp, to: Timestamp)
    case marks(Instrument, from: Timestamp, to: Timestamp)
    case current(Instrument)
    case history(Instrument, HistoryPage)
    case liquidations(Instrument, from: Timestamp, to: Timestamp)
    case tiers(Instrument)
    case poll(Instrument, Int)

    /// What goes first when not all can go: the smaller.
    var rank: Int {
      switch self {
      case .instruments: 0
      case .seal: 1
      case .current: 2
      case .marks: 3
      case .history: 4
      case .poll: 5
      case .tiers: 6
      case .liquidations: 7
      }
    }

    /// The instrument that it is about.
    var instrument: Instrument? {
      switch self {
      case .instruments: nil
      case .seal(let instrument, _, _), .marks(let instrument, _, _), .current(let instrument),
        .history(let instrument, _), .liquidations(let instrument, _, _), .tiers(let instrument),
        .poll(let instrument, _):
        instrument
      }
    }
  }

  let id: Int
  let kind: Kind
  let request: VenueRequest
  /// Not before that moment of the steady clock.
  var notBefore: Timestamp
  var backoff = Backoff()
  /// How often its answer could be read in part only.
  var spoiled = 0
  /// How often the venue refused to answer it.
  var refusals = 0
}

/// The questions of a feed: which wait, which are under way. Pure; moments are of the steady clock.
struct FeedJobs: Sendable {
  /// How many are under way at most: plenty for the limits of any venue.
  static let width = 4

  private(set) var waiting: [FeedJob] = []
  private(set) var underWay: [Int: FeedJob] = [:]
  /// Nothing is asked before.
  private(set) var pausedUntil: Timestamp?
  private var lastID = 0

  /// Puts a question, unless the same is there already.
  mutating func add(_ kind: FeedJob.Kind, _ request: VenueRequest, now: Timestamp) {
    lastID += 1
    insert(FeedJob(id: lastID, kind: kind, request: request, notBefore: now))
  }

  private mutating func insert(_ job: FeedJob) {
    // Behind those of its rank, so that what was asked for first is answered first.
    let index = waiting.firstIndex { $0.kind.rank > job.kind.rank } ?? waiting.count
    waiting.insert(job, at: index)
  }

  /// Takes the questions that go now.
  mutating func start(now: Timestamp) -> [FeedJob] {
    if let pausedUntil {
      guard pausedUntil <= now else { return [] }
      self.pausedUntil = nil
    }
    var started: [FeedJob] = []
    var index = 0
    while index < waiting.count, underWay.count < Self.width {
      guard waiting[index].notBefore <= now else {
        index += 1
        continue
      }
      let job = waiting.remove(at: index)
      underWay[job.id] = job
      started.append(job)
    }
    return started
  }

  /// The question that an answer belongs to; nil where nobody waits for it any more.
  mutating func finish(_ id: Int) -> FeedJob? { underWay.removeValue(forKey: id) }

  /// Puts a question again after a wait.
  mutating func again(_ job: FeedJob, at moment: Timestamp) {
    lastID += 1
    insert(
      FeedJob(
        id: lastID, kind: job.kind, request: job.request, notBefore: moment,
        backoff: job.backoff, spoiled: job.spoiled, refusals: job.refusals))
  }

  /// Lets nothing go before the moment.
  mutating func pause(until moment: Timestamp) {
    pausedUntil = max(pausedUntil ?? moment, moment)
  }

  /// Lets what waits out a backoff go at once; what the venue itself asked to wait stays.
  mutating func hurry(now: Timestamp) {
    for index in waiting.indices {
      waiting[index].notBefore = min(waiting[index].notBefore, now)
      waiting[index].backoff = Backoff()
    }
  }

  /// Drops questions. Gives back the ids of those that were under way.
  mutating func drop(where isDropped: (FeedJob.Kind) -> Bool) -> [Int] {
    waiting.removeAll { isDropped($0.kind) }
    let ids = underWay.values.filter { isDropped($0.kind) }.map(\.id).sorted()
    for id in ids { underWay[id] = nil }
    return ids
  }

  /// Whether such a question waits or is under way.
  func contains(where isMeant: (FeedJob.Kind) -> Bool) -> Bool {
    waiting.contains { isMeant($0.kind) } || underWay.values.contains { isMeant($0.kind) }
  }

  /// When the next can go, where that is only a matter of time.
  var nextDue: Timestamp? {
    guard underWay.count < Self.width, let first = waiting.map(\.notBefore).min() else {
      return nil
    }
    return max(first, pausedUntil ?? first)
  }
}
