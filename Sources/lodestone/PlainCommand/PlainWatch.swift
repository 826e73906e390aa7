import LiveMap
import MapEngine
import Market

/// A map that is told instead of drawn: the whole of it first, then a paragraph whenever the bias,
/// the magnet, a sweep or a feed has changed.
struct PlainWatch {
  let origin: MapOrigin
  let instrument: Instrument
  let timeframe: Timeframe
  let layers: [LeverageLayer]
  /// The least time between two paragraphs.
  var pause = Duration.seconds(5)

  /// Tells until the source refuses for good, a file has been told, or a signal ends the program.
  func run() async throws {
    if case .files = origin {
      try await tellOnce()
      return
    }
    if case .live(let source) = origin { try await source.requireVenue() }
    let (signals, signal) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let mailbox = Mailbox<MapUpdate> { signal.yield() }
    let live = LiveMap(
      origin: origin, instrument: instrument, timeframe: timeframe, layers: layers,
      mailbox: mailbox)
    await live.start()
    StandardOutput.print("Waiting for \(instrument) over \(PlainText.timeframe(timeframe)).")
    var told = PlainTold()
    var latest: MapUpdate?
    for await _ in signals {
      latest = mailbox.take() ?? latest
      guard let update = latest else { continue }
      if case .refused(let reason) = update.health, update.snapshot == nil, update.feeds.isEmpty {
        await live.stop()
        throw CommandFailure(.usage, reason)
      }
      guard let paragraph = told.next(update, at: .now, pause: pause) else { continue }
      StandardOutput.print("\n" + paragraph)
      Task {
        // What came in the meantime is told when the pause is over.
        try? await Task.sleep(for: pause)
        signal.yield()
      }
    }
    await live.stop()
  }

  /// A file says all that it has at once.
  private func tellOnce() async throws {
    let request = MapRequest(instrument: instrument, timeframe: timeframe, layers: layers)
    let facts = try await SnapshotFacts(request, from: origin, within: .minutes(0))
    let snapshot = facts.builder.snapshot()
    StandardOutput.print(
      PlainSummary(
        snapshot: snapshot, insight: facts.insight(of: snapshot), health: facts.health,
        feeds: facts.feeds
      ).text)
  }
}

/// What was told already, and when.
struct PlainTold {
  private var change: PlainChange?
  private var lastAt: ContinuousClock.Instant?
  private var trouble: [String] = []

  /// Nothing yet.
  init() {}

  /// The next paragraph, where there is something to say and the last one is long enough ago.
  mutating func next(
    _ update: MapUpdate, at now: ContinuousClock.Instant, pause: Duration
  ) -> String? {
    if let lastAt, now - lastAt < pause { return nil }
    guard let lines = lines(update), !lines.isEmpty else { return nil }
    lastAt = now
    return lines.joined(separator: "\n")
  }

  private mutating func lines(_ update: MapUpdate) -> [String]? {
    guard let snapshot = update.snapshot else {
      // Without a map only what is wrong can be told.
      let news = update.feeds.compactMap { feed in
        feed.isEnabled ? feed.trouble.map { "\($0)." } : nil
      }
      guard news != trouble else { return nil }
      trouble = news
      return news
    }
    let summary = PlainSummary(
      snapshot: snapshot, insight: update.study?.insight, health: update.health,
      feeds: update.feeds)
    guard let change else {
      self.change = PlainChange(summary)
      return [summary.text]
    }
    // While history is coming in, the map changes for that reason alone.
    guard update.health != .catchingUp else { return nil }
    let news = change.news(summary)
    guard !news.isEmpty else {
      self.change = change.knowing(summary)
      return nil
    }
    self.change = PlainChange(summary)
    return news
  }
}
