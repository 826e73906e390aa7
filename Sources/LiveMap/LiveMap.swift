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
    /// What a study has to hold from now on.
    case look(Depth)
    /// The map with other weights: another sum of the same books.
    case weigh(MapWeights)
    /// The shares from elsewhere; the books are worked through anew.
    case learn(ShareLearning)
    /// A simulated market that stands still, or goes on.
    case pause(Bool)
    /// A venue that takes part, or doesn't.
    case enable(Venue, Bool)
    /// Venues that have refused or can't be reached are asked again.
    case retry
    /// The simulator in place of the origin.
    case simulate(DemoSettings)
    /// The origin again.
    case leaveSimulator
  }

  /// What a study holds.
  public enum Depth: Sendable {
    /// What the map means now.
    case now
    /// The map over time besides.
    case overTime
  }

  private let wishes: AsyncStream<Wish>
  private let asked: AsyncStream<Wish>.Continuation
  private let origin: MapOrigin
  let layers: [LeverageLayer]
  private let mailbox: Mailbox<MapUpdate>
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

  var demos = DemoMarkets()
  var live = LiveMarkets()
  private var recordings: [Instrument: RecordedMarket] = [:]
  private var failures: [Instrument: String] = [:]
  private var prepared: Prepared?

  /// A map's books after the last closed interval, kept while only the forming one changes.
  private struct Prepared {
    let instrument: Instrument
    let timeframe: Timeframe
    let learning: ShareLearning
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
    if case .live(let source) = origin { await source.feeds.shutdown() }
  }

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
      self.depth = depth
      publish()
    case .weigh(let weights):
      self.weights = weights
      redraw()
    case .learn(let learning):
      self.learning = learning
      redraw()
    case .pause(let isPaused):
      demos.isPaused = isPaused
    case .enable(let venue, let isEnabled):
      guard case .live(let source) = origin else { return }
      setEnabled(isEnabled, venue, source)
    case .retry:
      if case .live(let source) = origin { source.feeds.retry() }
    case .simulate(let settings):
      detour = settings
      startDemo()
    case .leaveSimulator:
      detour = nil
      stopDemo()
    }
  }

  // MARK: - Maps

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
        let recording = try recording(path: path, venue: venue, skipBadRows: skipBadRows)
        return (recording.history, recording.source, .complete)
      }
    }
  }

  private func publish(_ facts: () throws -> (MarketHistory, MapSource, FeedHealth)) {
    do {
      let (history, source, health) = try facts()
      let builder = try builder(history: history, source: source)
      var forming: [Venue: MarketInterval] = [:]
      for venue in history.venues {
        if let interval = history.forming(venue) { forming[venue] = interval }
      }
      put(
        builder.detailed(forming: forming, weights: weights), health: health,
        unavailable: Self.unavailable(history: history, health: health))
    } catch {
      put(nil, health: .refused(reason: "\(error)"), unavailable: [:])
    }
  }

  /// Puts an update about the chosen instrument and timeframe into the mailbox.
  func put(
    _ snapshot: MapSnapshot?, health: FeedHealth, feeds: [VenueState] = [],
    listed: [ListedInstrument] = [], unavailable: [Timeframe: String]
  ) {
    var isSimulated = false
    if case .demo = current { isSimulated = true }
    mailbox.put(
      MapUpdate(
        instrument: instrument, timeframe: timeframe, isSimulated: isSimulated,
        snapshot: snapshot, study: nil, tape: LiquidationTape(), figures: [], health: health,
        feeds: feeds, listed: listed,
        unavailable: unavailable))
  }

  /// The facts of the chosen instrument in files, read once.
  private func recording(
    path: String, venue: Venue, skipBadRows: Bool
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

  private func builder(history: MarketHistory, source: MapSource) throws -> MapBuilder {
    if let prepared, prepared.instrument == instrument, prepared.timeframe == timeframe,
      prepared.learning == learning, prepared.first == history.first, prepared.last == history.last
    {
      return prepared.builder
    }
    let builder = try MapBuilder(
      request: MapRequest(
        instrument: instrument, timeframe: timeframe, layers: layers, learning: learning),
      history: history, source: source)
    prepared = Prepared(
      instrument: instrument, timeframe: timeframe, learning: learning, first: history.first,
      last: history.last, builder: builder)
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
