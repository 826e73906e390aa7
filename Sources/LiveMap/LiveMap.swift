import MapEngine
import Market
import MarketData

/// The background refresh: facts to engine to immutable snapshots, latest wins.
///
/// The screen asks with `ask` and reads the mailbox; it never waits for either, and what it asks
/// is done in the order in which it was asked. Each chosen instrument keeps its facts, so that
/// coming back to it is instant.
public actor LiveMap {
  /// How many instruments can be listed.
  public static let watchlistCapacity = Watchlist.capacity

  private let wishes: AsyncStream<Wish>
  private let asked: AsyncStream<Wish>.Continuation
  private var origin: MapOrigin
  private(set) var layers: [LeverageLayer]
  private let mailbox: Mailbox<MapUpdate>
  /// Hears every liquidation as it becomes known, which a mailbox of maps would lose.
  let heard: @Sendable ([MarketEvent]) -> Void
  /// Is told what is seen of an instrument that is listed, and not shown.
  let observed: @Sendable (AlertObservation) -> Void
  var instrument: Instrument
  var timeframe: Timeframe
  /// What a study holds.
  private(set) var depth = Depth.now
  /// How maps are drawn, and where their shares come from.
  private(set) var weights = MapWeights()
  private(set) var learning = ShareLearning.live
  private var listening: Task<Void, Never>?
  /// The simulator where it was asked for in place of the origin.
  private var detour: DemoSettings?
  /// Feeds that were replaced, on their way to their end.
  private var ending: [Task<Void, Never>] = []

  var demos = DemoMarkets()
  var live = LiveMarkets()
  var studies = MarketStudies()
  var watchlist = Watchlist()
  private var recordings: [Instrument: RecordedMarket] = [:]
  private var failures: [Instrument: String] = [:]
  private var prepared: Prepared?

  /// A map's books after the last closed interval, kept while only the forming one changes.
  private struct Prepared {
    let request: MapRequest
    let first: Timestamp?
    let last: Timestamp?
    let builder: MapBuilder
  }

  /// A refresh that starts with a map and tells the mailbox what it has. `heard` is called with the
  /// published liquidations of the instruments that are watched, in the order in which they become
  /// known, and `observed` with each new map of a listed instrument that isn't the shown one; both
  /// must return at once.
  public init(
    origin: MapOrigin, instrument: Instrument, timeframe: Timeframe,
    layers: [LeverageLayer] = LeverageLayer.standard, mailbox: Mailbox<MapUpdate>,
    heard: @escaping @Sendable ([MarketEvent]) -> Void = { _ in },
    observed: @escaping @Sendable (AlertObservation) -> Void = { _ in }
  ) {
    self.origin = origin
    self.layers = layers
    self.instrument = instrument
    self.timeframe = timeframe
    self.mailbox = mailbox
    self.heard = heard
    self.observed = observed
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

  /// Begins to work. A market that lives, simulated or not, lives on from here.
  public func start() {
    if case .live(let source) = origin { startReading(source) }
    publish()
    listening = Task { [weak self, wishes] in
      for await wish in wishes { await self?.fulfil(wish) }
    }
    startDemo()
  }

  /// Ends all work, and all connections.
  public func stop() async {
    asked.finish()
    stopDemo()
    stopReading()
    studies.clear()
    stopListing()
    if case .live(let source) = origin { await source.feeds.shutdown() }
    for task in ending { await task.value }
  }

  /// Whether the market in use is the simulator's.
  var isSimulated: Bool { if case .demo = current { true } else { false } }

  /// The origin in use.
  var current: MapOrigin { detour.map(MapOrigin.demo) ?? origin }

  private func fulfil(_ wish: Wish) {
    switch wish {
    case .show(let instrument, let timeframe):
      self.instrument = instrument
      self.timeframe = timeframe
      publish()
      fillBehind()
    case .look(let depth):
      guard self.depth != depth else { return }
      self.depth = depth
      publish()
    case .weigh(let weights):
      self.weights = weights
      redraw()
    case .learn(let learning):
      self.learning = learning
      redraw()
    case .divide(let layers): divide(layers)
    case .list(let instruments): list(instruments)
    case .pause(let isPaused):
      demos.isPaused = isPaused
    case .enable(let venue, let isEnabled):
      guard case .live(let source) = origin else { return }
      setEnabled(isEnabled, venue, source)
    case .retry:
      if case .live(let source) = origin { source.feeds.retry() }
    case .connect(let source): connect(source)
    case .simulate(let settings):
      detour = settings
      studies.clear()
      watchlist.clear()
      startDemo()
    case .leaveSimulator:
      detour = nil
      studies.clear()
      watchlist.clear()
      stopDemo()
    }
  }

  /// Reads another source of venues in place of the one before. A venue that takes part in both as
  /// it was meant to stays switched as it is. The last map stays in sight until there is a new one.
  private func connect(_ source: LiveSource) {
    guard case .live(let old) = origin else {
      // Nobody asked for venues: there is nothing to replace.
      ending.append(Task { await source.feeds.shutdown() })
      return
    }
    origin = .live(source)
    reconnect(source, after: old)
    ending.append(Task { await old.feeds.shutdown() })
    guard case .live = current else { return }
    studies.clear()
    watchlist.clear()
    publish()
    watchListed(source)
  }

  // MARK: - Maps

  /// Draws all maps in other layers from now on.
  private func divide(_ layers: [LeverageLayer]) {
    guard self.layers != layers else { return }
    self.layers = layers
    live.forgetMaps()
    studies.clear()
    redraw()
  }

  /// Draws the chosen map anew, whatever is due.
  private func redraw() {
    if case .live = current { redrawLive() }
    publish()
  }

  /// Tells the screen what there is of the chosen instrument and timeframe.
  func publish() {
    switch current {
    case .live(let source): publishLive(source)
    case .demo(let settings):
      publish { () throws in try demos.facts(of: instrument, settings: settings) }
    case .files(let path, let venue, let skipBadRows):
      publish { () throws in
        let recording = try recording(
          of: instrument, path: path, venue: venue, skipBadRows: skipBadRows)
        return (recording.history, recording.source, .complete, recording.ticker)
      }
    }
  }

  /// Tells the screen again, now that there is a study to the map.
  func republish() {
    switch current {
    case .live: republishLive()
    case .demo, .files: publish()
    }
  }

  private func publish(
    _ facts: () throws -> (MarketHistory, MapSource, FeedHealth, MarketTicker)
  ) {
    do {
      let (history, source, health, ticker) = try facts()
      let builder = try builder(history: history, source: source)
      var forming: [Venue: MarketInterval] = [:]
      for venue in history.venues {
        if let interval = history.forming(venue) { forming[venue] = interval }
      }
      put(
        builder.detailed(forming: forming, weights: weights),
        dayAgo: history.close(before: builder.asOf - .days(1)),
        health: health, ticker: ticker,
        unavailable: Self.unavailable(history: history, health: health))
      study(
        StudySubject(
          request: request(of: instrument), history: history, tables: [:], builder: builder))
    } catch {
      put(
        nil, dayAgo: nil, health: .refused(reason: "\(error)"), ticker: MarketTicker(),
        unavailable: [:])
    }
  }

  /// Puts an update about the chosen instrument and timeframe into the mailbox.
  func put(
    _ snapshot: MapSnapshot?, dayAgo: @autoclosure () -> Double?, health: FeedHealth,
    ticker: MarketTicker,
    feeds: [VenueState] = [], listed: [ListedInstrument] = [], unavailable: [Timeframe: String]
  ) {
    if let snapshot, watchlist.instruments.contains(snapshot.instrument) {
      watchlist.take(WatchRow(snapshot, dayAgo: dayAgo()))
    }
    mailbox.put(
      MapUpdate(
        instrument: instrument, timeframe: timeframe, isSimulated: isSimulated,
        time: time ?? snapshot?.asOf, snapshot: snapshot,
        study: studies.study(instrument, timeframe), tape: ticker.tape, figures: ticker.figures,
        health: health, feeds: feeds, listed: listed, watched: watchlist.all,
        unavailable: unavailable))
  }

  /// Tells of the liquidations among facts that have come.
  func tell(_ events: [MarketEvent]) {
    let liquidations = events.filter {
      if case .liquidation = $0.fact { true } else { false }
    }
    if !liquidations.isEmpty { heard(liquidations) }
  }

  /// The moment that the source has reached; nil where it doesn't say.
  var time: Timestamp? {
    switch current {
    case .live(let source): source.now()
    case .demo(let settings): demos.time ?? settings.now
    case .files: nil
    }
  }

  /// The facts of an instrument in files, read once.
  func recording(
    of instrument: Instrument, path: String, venue: Venue, skipBadRows: Bool
  ) throws -> RecordedMarket {
    if let failure = failures[instrument] { throw MapError(failure) }
    if let recording = recordings[instrument] { return recording }
    do {
      let recording = try RecordedMarket(
        path: path, instrument: instrument, venue: venue, skipBadRows: skipBadRows)
      recordings[instrument] = recording
      return recording
    } catch {
      failures[instrument] = "\(error)"
      throw error
    }
  }

  /// The map of an instrument that isn't live, as the screen wants it: of the same facts as
  /// a printed one.
  func request(of instrument: Instrument) -> MapRequest {
    var request = MapRequest(
      instrument: instrument, timeframe: timeframe, layers: layers, learning: learning)
    if case .demo(let settings) = current {
      request.factsFrom = DemoMarket.factsFrom(timeframe, settings: settings)
    }
    return request
  }

  private func builder(history: MarketHistory, source: MapSource) throws -> MapBuilder {
    let request = request(of: instrument)
    let first = request.first(of: history)
    if let prepared, prepared.request == request, prepared.first == first,
      prepared.last == history.last
    {
      return prepared.builder
    }
    let builder = try MapBuilder(request: request, history: history, source: source)
    prepared = Prepared(request: request, first: first, last: history.last, builder: builder)
    return builder
  }

  /// Why timeframes longer than the facts can't be shown.
  static func unavailable(
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
