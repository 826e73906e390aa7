import MapEngine
import Market

/// What a study is made of.
struct StudySubject: Sendable {
  /// What the map is of.
  let request: MapRequest
  /// The facts.
  let history: MarketHistory
  /// Margin rules that were read at venues.
  let tables: [Venue: MaintenanceTable]
  /// The map.
  let builder: MapBuilder

  /// What two subjects have in common that have the same study.
  struct Stamp: Hashable {
    var request: MapRequest
    var first: Timestamp?
    var last: Timestamp?
    var isSimulated: Bool
  }

  var stamp: Stamp {
    Stamp(
      request: request, first: request.first(of: history), last: history.last,
      isSimulated: builder.source.isSimulated)
  }

  /// Works it out. The story goes on where it is of the same market, and is told anew where facts
  /// were filled in behind it.
  func study(
    continuing story: MarketStory?, depth: LiveMap.Depth
  ) -> (MapStudy, MarketStory) {
    var told: MarketStory
    if let story, story.instrument == request.instrument, story.venues == request.venues,
      story.tables == tables, story.learning == request.learning,
      story.factsFrom == request.factsFrom, let began = story.first,
      let held = request.first(of: history), began <= held
    {
      told = story
    } else {
      told = MarketStory(
        instrument: request.instrument, venues: request.venues, factsFrom: request.factsFrom,
        since: history.last.map { $0 - Self.reach }, learning: request.learning, tables: tables)
    }
    told.advance(to: history)
    let snapshot = builder.snapshot()
    let past: MapHistory? =
      switch depth {
      case .now: nil
      case .overTime: MapHistory(request: request, history: history, tables: tables)
      }
    return (
      MapStudy(
        snapshot: snapshot, insight: MapInsight(snapshot, story: told), history: past), told
    )
  }

  /// How far back the maps of a story are read, which bounds its cost.
  private static let reach = Span.days(90)
}

/// The studies of a background: one at a time is worked out beside the maps, of the newest facts.
struct MarketStudies {
  /// A study by what was asked for.
  private struct Kept {
    var stamp: StudySubject.Stamp
    var study: MapStudy

    func answers(_ instrument: Instrument, _ timeframe: Timeframe) -> Bool {
      stamp.request.instrument == instrument && stamp.request.timeframe == timeframe
    }
  }

  private var kept: [Kept] = []
  private var stories: [Instrument: MarketStory] = [:]
  /// What is to be studied next.
  fileprivate var wanted: StudySubject?
  fileprivate var running: Task<Void, Never>?
  /// Whether what runs has begun to work, and doesn't only wait for its turn.
  fileprivate var isWorking = false
  fileprivate var lastEnd = ContinuousClock.now
  fileprivate var lastCost = Duration.zero

  /// How many studies are kept to be shown again at once, and the stories behind them.
  private static let keptCount = 12
  /// For each second of work the next study waits so many.
  private static let patience = 60

  /// The last study of a wish.
  func study(_ instrument: Instrument, _ timeframe: Timeframe) -> MapStudy? {
    kept.first { $0.answers(instrument, timeframe) }?.study
  }

  fileprivate func story(of instrument: Instrument) -> MarketStory? { stories[instrument] }

  /// Whether a subject would give another study than the one that is kept.
  fileprivate func isNews(_ subject: StudySubject, depth: LiveMap.Depth) -> Bool {
    let request = subject.request
    guard let last = kept.first(where: { $0.answers(request.instrument, request.timeframe) })
    else { return true }
    return last.stamp != subject.stamp || (depth == .overTime && last.study.history == nil)
  }

  /// How long the next study waits; not at all where something is asked for that was never
  /// studied.
  fileprivate func pause(for subject: StudySubject, depth: LiveMap.Depth) -> Duration {
    let held = study(subject.request.instrument, subject.request.timeframe)
    if held == nil || (depth == .overTime && held?.history == nil) { return .zero }
    return max(.zero, lastEnd + lastCost * Self.patience - ContinuousClock.now)
  }

  fileprivate mutating func keep(_ study: MapStudy, story: MarketStory, of subject: StudySubject) {
    let request = subject.request
    kept.removeAll { $0.answers(request.instrument, request.timeframe) }
    kept.append(Kept(stamp: subject.stamp, study: study))
    if kept.count > Self.keptCount { kept.removeFirst() }
    stories[request.instrument] = story
    let alive = Set(kept.map(\.stamp.request.instrument))
    stories = stories.filter { alive.contains($0.key) }
  }

  /// Forgets everything: another source's facts come.
  mutating func clear() {
    running?.cancel()
    self = MarketStudies()
  }
}

extension LiveMap {
  /// Sees to it that the newest facts are studied, after what is being studied now.
  func study(_ subject: StudySubject) {
    studies.wanted = subject
    if !studies.isWorking {
      // What is wished for now may not have to wait as long.
      studies.running?.cancel()
      studies.running = nil
    }
    startStudy()
  }

  private func startStudy() {
    guard studies.running == nil, let subject = studies.wanted else { return }
    guard studies.isNews(subject, depth: depth) else {
      studies.wanted = nil
      return
    }
    let pause = studies.pause(for: subject, depth: depth)
    studies.running = Task.detached(priority: .utility) { [weak self] in
      do {
        try await Task.sleep(for: pause)
      } catch {
        return
      }
      guard let (subject, story, depth) = await self?.nextStudy() else { return }
      let clock = ContinuousClock()
      let start = clock.now
      let (study, told) = subject.study(continuing: story, depth: depth)
      guard !Task.isCancelled else { return }
      await self?.finish(study, story: told, of: subject, cost: clock.now - start)
    }
  }

  private func nextStudy() -> (StudySubject, MarketStory?, Depth)? {
    guard !Task.isCancelled, let subject = studies.wanted else { return nil }
    studies.wanted = nil
    studies.isWorking = true
    return (subject, studies.story(of: subject.request.instrument), depth)
  }

  private func finish(
    _ study: MapStudy, story: MarketStory, of subject: StudySubject, cost: Duration
  ) {
    guard !Task.isCancelled else { return }
    studies.running = nil
    studies.isWorking = false
    studies.lastCost = cost
    studies.lastEnd = ContinuousClock.now
    studies.keep(study, story: story, of: subject)
    if subject.request.instrument == instrument, subject.request.timeframe == timeframe {
      republish()
    }
    startStudy()
  }
}
