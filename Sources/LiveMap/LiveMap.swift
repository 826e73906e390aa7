import MapEngine
import Market
import MarketData

/// The background refresh: facts to engine to immutable snapshots, latest wins.
///
/// The screen asks with `ask` and reads the mailbox; it never waits for either, and what it asks
/// is done in the order in which it was asked. Each chosen instrument keeps its facts, so that
/// coming back to it is instant.
public actor LiveMap {
  /// What a screen can ask for.
  public enum Wish: Sendable {
    /// The map of another instrument or timeframe.
    case show(Instrument, Timeframe)
    /// A simulated market that stands still, or goes on.
    case pause(Bool)
  }

  private let wishes: AsyncStream<Wish>
  private let asked: AsyncStream<Wish>.Continuation
  private let origin: MapOrigin
  private let layers: [LeverageLayer]
  private let mailbox: Mailbox<MapUpdate>
  private var instrument: Instrument
  private var timeframe: Timeframe
  private var isPaused = false
  private var listening: Task<Void, Never>?
  private var loop: Task<Void, Never>?
  private var filling: Task<Void, Never>?

  private var demos: [Instrument: DemoMarket] = [:]
  private var recordings: [Instrument: RecordedMarket] = [:]
  private var failures: [Instrument: String] = [:]
  private var prepared: Prepared?

  /// A map's books after the last closed interval, kept while only the forming one changes.
  private struct Prepared {
    let instrument: Instrument
    let timeframe: Timeframe
    let first: Timestamp?
    let last: Timestamp?
    let builder: MapBuilder
  }

  /// A refresh that starts with a map and tells the mailbox what it has.
  public init(
    origin: MapOrigin, instrument: Instrument, timeframe: Timeframe,
    layers: [LeverageLayer] = LeverageLayer.standard, mailbox: Mailbox<MapUpdate>
  ) {
    self.origin = origin
    self.layers = layers
    self.instrument = instrument
    self.timeframe = timeframe
    self.mailbox = mailbox
    (wishes, asked) = AsyncStream.makeStream()
  }

  /// Asks for something; returns at once.
  public nonisolated func ask(_ wish: Wish) {
    asked.yield(wish)
  }

  /// Hands over facts that were read already, so that they aren't read twice.
  public func keep(_ recording: RecordedMarket, of instrument: Instrument) {
    recordings[instrument] = recording
  }

  /// Begins to work. A simulated market lives on from here.
  public func start() {
    publish()
    listening = Task { [weak self, wishes] in
      for await wish in wishes { await self?.fulfil(wish) }
    }
    guard case .demo(let settings) = origin, loop == nil else { return }
    loop = Task { [weak self] in
      let clock = ContinuousClock()
      var last = clock.now
      while !Task.isCancelled {
        do {
          try await clock.sleep(for: .milliseconds(250))
        } catch {
          return
        }
        let now = clock.now
        let passed = (now - last) * settings.speed
        last = now
        await self?.tick(passed)
      }
    }
    fillBehind()
  }

  /// Ends all work.
  public func stop() {
    asked.finish()
    loop?.cancel()
    filling?.cancel()
    loop = nil
    filling = nil
  }

  private func fulfil(_ wish: Wish) {
    switch wish {
    case .show(let instrument, let timeframe):
      self.instrument = instrument
      self.timeframe = timeframe
      publish()
      fillBehind()
    case .pause(let isPaused):
      self.isPaused = isPaused
    }
  }

  // MARK: - The simulated market

  private var owed = Duration.zero
  /// The moment that the simulated markets have reached, whichever of them is shown.
  private var demoTime: Timestamp?

  /// Lets the shown market go on by some simulated time, in whole seconds.
  private func tick(_ passed: Duration) {
    guard !isPaused, var demo = demos.removeValue(forKey: instrument) else { return }
    owed += passed
    let seconds = owed.components.seconds
    if seconds > 0 {
      owed -= .seconds(seconds)
      demo.advance(to: demo.time + .seconds(seconds))
      demoTime = demo.time
    }
    demos[instrument] = demo
    if seconds > 0 { publish() }
  }

  /// Makes the older past of the shown market, a segment at a time, so that wishes come between.
  private func fillBehind() {
    guard case .demo = origin, filling == nil else { return }
    filling = Task { [weak self] in
      while !Task.isCancelled {
        guard let self, await self.fillOne() else { return }
        await Task.yield()
      }
    }
  }

  /// Makes one older segment; false, and no longer filling, when there is none left to make. The
  /// map is drawn anew only when it reaches further, or more timeframes can be shown.
  private func fillOne() -> Bool {
    guard var demo = demos[instrument], !demo.isFilled else {
      filling = nil
      return false
    }
    demos[instrument] = nil
    let before = Self.unavailable(history: demo.history, health: .catchingUp)
    demo.addSegment()
    let after = Self.unavailable(history: demo.history, health: .catchingUp)
    demos[instrument] = demo
    let reachesFurther = timeframe == .all || before[timeframe] != nil
    if reachesFurther || before.count != after.count || demo.isFilled { publish() }
    return true
  }

  // MARK: - Maps

  private func publish() {
    do {
      let (history, source, health) = try facts()
      let builder = try builder(history: history, source: source)
      var forming: [Venue: MarketInterval] = [:]
      for venue in history.venues {
        if let interval = history.forming(venue) { forming[venue] = interval }
      }
      put(
        builder.detailed(forming: forming), health: health,
        unavailable: Self.unavailable(history: history, health: health))
    } catch {
      put(nil, health: .refused(reason: "\(error)"), unavailable: [:])
    }
  }

  private func put(
    _ snapshot: MapSnapshot?, health: FeedHealth, unavailable: [Timeframe: String]
  ) {
    mailbox.put(
      MapUpdate(
        instrument: instrument, timeframe: timeframe, snapshot: snapshot, health: health,
        unavailable: unavailable))
  }

  private func facts() throws -> (MarketHistory, MapSource, FeedHealth) {
    switch origin {
    case .demo(let settings):
      if demos[instrument] == nil, let demo = DemoMarket(instrument, settings: settings) {
        demos[instrument] = demo
      }
      guard var demo = demos.removeValue(forKey: instrument) else {
        throw DemoMarket.absence(of: instrument)
      }
      if let demoTime, demo.time < demoTime { demo.advance(to: demoTime) }
      demos[instrument] = demo
      return (demo.history, demo.source, demo.isFilled ? .live : .catchingUp)
    case .files(let path, let venue, let skipBadRows):
      if let failure = failures[instrument] { throw MapError(failure) }
      if let recording = recordings[instrument] {
        return (recording.history, recording.source, .complete)
      }
      do {
        let recording = try RecordedMarket(
          path: path, instrument: instrument, venue: venue, skipBadRows: skipBadRows)
        recordings[instrument] = recording
        return (recording.history, recording.source, .complete)
      } catch {
        failures[instrument] = "\(error)"
        throw error
      }
    }
  }

  private func builder(history: MarketHistory, source: MapSource) throws -> MapBuilder {
    if let prepared, prepared.instrument == instrument, prepared.timeframe == timeframe,
      prepared.first == history.first, prepared.last == history.last
    {
      return prepared.builder
    }
    let builder = try MapBuilder(
      request: MapRequest(instrument: instrument, timeframe: timeframe, layers: layers),
      history: history, source: source)
    prepared = Prepared(
      instrument: instrument, timeframe: timeframe, first: history.first, last: history.last,
      builder: builder)
    return builder
  }

  /// Why timeframes longer than the facts can't be shown.
  private static func unavailable(
    history: MarketHistory, health: FeedHealth
  ) -> [Timeframe: String] {
    guard let first = history.first, let last = history.last else { return [:] }
    let held = last - first
    var reasons: [Timeframe: String] = [:]
    for timeframe in Timeframe.allCases {
      guard let span = timeframe.span, span > held else { continue }
      let days = (held.days * 10).rounded() / 10
      reasons[timeframe] =
        health == .catchingUp
        ? "history is still filling in: \(days) of \(timeframe.rawValue)"
        : "the source holds \(days) days"
    }
    return reasons
  }
}
