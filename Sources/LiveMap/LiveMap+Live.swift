import MapEngine
import Market
import MarketData

/// The live markets of a background, and when their maps are made.
struct LiveMarkets {
  /// A map by what was asked for.
  fileprivate struct Key: Hashable {
    var instrument: Instrument
    var timeframe: Timeframe
  }

  /// A map's books after the last closed interval, and what they were made of.
  fileprivate struct Prepared {
    let key: Key
    let revision: Int
    let venues: Set<Venue>
    let learning: ShareLearning
    var builder: MapBuilder
  }

  fileprivate var markets: [Instrument: LiveMarket] = [:]
  /// Instruments in the order in which they were shown last.
  fileprivate var order: [Instrument] = []
  fileprivate var prepared: Prepared?
  /// The last map of each wish, to be shown at once when it is wished for again.
  fileprivate var maps: [(key: Key, snapshot: MapSnapshot)] = []
  /// Which venues take part.
  fileprivate var venues: [Venue: Bool] = [:]
  /// What the venues list.
  fileprivate var listings = Listings()
  fileprivate var reading: Task<Void, Never>?

  fileprivate var pending = LiveMarket.Change.nothing
  fileprivate var refresh: Task<Void, Never>?
  fileprivate var due: ContinuousClock.Instant?
  fileprivate var lastEnd = ContinuousClock.now
  /// What the last map took, from closed intervals and from a forming one alone.
  fileprivate var closedCost = Duration.zero
  fileprivate var formingCost = Duration.zero

  /// How many instruments are kept warm, the shown one among them.
  static let warmCount = 6
  /// How many maps are kept to be shown again at once.
  static let keptMaps = 24
  /// The least time between two maps.
  static let leastPause = Duration.milliseconds(250)
  /// The least time between two maps of forming intervals: each is a frame as well.
  static let formingPause = Duration.milliseconds(500)
  /// The most that a forming interval waits for its map.
  static let mostPause = Duration.seconds(1)

  /// The market of an instrument, where it is warm.
  func market(of instrument: Instrument) -> LiveMarket? { markets[instrument] }

  fileprivate func map(_ key: Key) -> MapSnapshot? { maps.last { $0.key == key }?.snapshot }

  /// Forgets the maps, and what the next one was prepared of.
  mutating func forgetMaps() {
    prepared = nil
    maps = []
  }

  fileprivate mutating func keep(_ snapshot: MapSnapshot, _ key: Key) {
    maps.removeAll { $0.key == key }
    maps.append((key, snapshot))
    if maps.count > Self.keptMaps { maps.removeFirst() }
  }

  /// How long after the last map the next one is made. Closed intervals are worth half of a core
  /// while history arrives; a forming one is worth a hundredth.
  fileprivate func pause(after change: LiveMarket.Change) -> Duration {
    switch change {
    case .arrival: .zero
    case .closed: max(Self.leastPause, closedCost)
    case .nothing, .status: Self.leastPause
    case .forming: max(Self.formingPause, min(formingCost * 100, Self.mostPause))
    }
  }
}

extension LiveMap {
  /// Begins to read what the feeds say.
  func startReading(_ source: LiveSource) {
    guard live.reading == nil else { return }
    live.venues = source.venues
    live.reading = Task { [weak self] in
      for await update in source.feeds.updates { await self?.take(update, source) }
    }
  }

  /// Reads no more.
  func stopReading() {
    live.reading?.cancel()
    live.refresh?.cancel()
    live.reading = nil
    live.refresh = nil
  }

  /// Reads another source; facts of the one before are forgotten.
  func reconnect(_ source: LiveSource, after old: LiveSource) {
    var venues = source.venues
    for (venue, isEnabled) in source.venues where old.venues[venue] == isEnabled {
      venues[venue] = live.venues[venue] ?? isEnabled
    }
    stopReading()
    live = LiveMarkets()
    startReading(source)
    for (venue, isEnabled) in venues where source.venues[venue] != isEnabled {
      live.venues[venue] = isEnabled
      source.feeds.setEnabled(isEnabled, venue)
    }
  }

  /// Lets a venue take part, or leaves it out, in all markets.
  func setEnabled(_ isEnabled: Bool, _ venue: Venue, _ source: LiveSource) {
    guard let before = live.venues[venue], before != isEnabled else { return }
    live.venues[venue] = isEnabled
    for instrument in live.markets.keys {
      live.markets[instrument]?.setEnabled(isEnabled, venue, at: source.now())
    }
    source.feeds.setEnabled(isEnabled, venue)
    publish()
  }

  /// Lets no known map stand in for the next: it is to be drawn in another way.
  func redrawLive() {
    live.pending = max(live.pending, .forming)
  }

  /// Shows the last known map at once where there is one, and makes the newest.
  func publishLive(_ source: LiveSource) {
    let key = LiveMarkets.Key(instrument: instrument, timeframe: timeframe)
    watch(instrument, source)
    guard let market = live.markets[instrument] else { return }
    let isPrepared = live.prepared.map { $0.key == key } ?? false
    if !isPrepared { put(live.map(key), of: market) }
    render(market, key)
  }

  /// Watches an instrument as far back as the timeframe needs.
  private func watch(_ instrument: Instrument, _ source: LiveSource) {
    let back = LiveMarket.back(for: timeframe)
    if var market = live.markets.removeValue(forKey: instrument) {
      let isFurther = market.reach(back: back)
      if isFurther, market.hasForgotten {
        // What was let go of lies between what is held and what would come: begin anew. The last
        // map stays in sight meanwhile.
        source.feeds.unwatch(instrument)
        market = LiveMarket(instrument, venues: live.venues, back: back, at: source.now())
      }
      live.markets[instrument] = market
      if isFurther { source.feeds.watch(instrument, back: back) }
    } else {
      live.markets[instrument] = LiveMarket(
        instrument, venues: live.venues, back: back, at: source.now())
      source.feeds.watch(instrument, back: back)
    }
    live.order.removeAll { $0 == instrument }
    live.order.append(instrument)
    while let oldest = live.order.first(where: { !watchlist.instruments.contains($0) }),
      live.order.count > max(LiveMarkets.warmCount, watchlist.instruments.count + 1)
    {
      live.order.removeAll { $0 == oldest }
      live.markets[oldest] = nil
      source.feeds.unwatch(oldest)
    }
  }

  /// Watches the listed instruments that aren't watched yet.
  func watchListed(_ source: LiveSource) {
    for listed in watchlist.instruments where live.markets[listed] == nil {
      watch(listed, source)
    }
    watch(instrument, source)
  }

  private func take(_ update: FeedUpdate, _ source: LiveSource) {
    // Feeds that were replaced may have spoken just before.
    guard !Task.isCancelled else { return }
    if case .instruments(let venue, let listed) = update {
      guard live.listings.take(listed, of: venue), case .live = current else { return }
      live.pending = max(live.pending, .status)
      schedule(.status)
      return
    }
    guard let subject = update.instrument,
      var market = live.markets.removeValue(forKey: subject)
    else { return }
    let change = market.take(update, at: source.now())
    live.markets[subject] = market
    if case .live = current, case .facts(_, _, let events) = update { tell(events) }
    guard case .live = current, subject == instrument, change != .nothing else { return }
    live.pending = max(live.pending, change)
    schedule(change)
  }

  /// Sees to it that a map is made in due time.
  private func schedule(_ change: LiveMarket.Change) {
    let due = live.lastEnd + live.pause(after: change)
    if let already = live.due, already <= due { return }
    live.refresh?.cancel()
    live.due = due
    live.refresh = Task { [weak self] in
      do {
        try await ContinuousClock().sleep(until: due)
      } catch {
        return
      }
      await self?.refresh()
    }
  }

  private func refresh() {
    guard !Task.isCancelled else { return }
    live.due = nil
    guard case .live = current, let market = live.markets[instrument] else { return }
    render(market, LiveMarkets.Key(instrument: instrument, timeframe: timeframe))
  }

  /// Makes the newest map of a market and tells the screen.
  private func render(_ market: LiveMarket, _ key: LiveMarkets.Key) {
    let clock = ContinuousClock()
    let start = clock.now
    let change = live.pending
    live.pending = .nothing
    defer { live.lastEnd = clock.now }
    if change == .status, let snapshot = live.map(key) {
      put(snapshot, of: market)
      return
    }
    do {
      let isFresh: Bool
      var builder: MapBuilder
      if let prepared = live.prepared, prepared.key == key,
        prepared.revision == market.revision, prepared.venues == market.drawable,
        prepared.learning == learning
      {
        builder = prepared.builder
        isFresh = false
      } else {
        builder = try market.builder(
          market.request(key.timeframe, layers: layers, learning: learning))
        isFresh = true
      }
      builder.source = market.source
      live.prepared = LiveMarkets.Prepared(
        key: key, revision: market.revision, venues: market.drawable, learning: learning,
        builder: builder)
      let snapshot = builder.detailed(forming: market.forming, weights: weights)
      live.keep(snapshot, key)
      study(
        StudySubject(
          request: market.request(key.timeframe, layers: layers, learning: learning),
          history: market.history, tables: market.tables, builder: builder))
      if isFresh {
        live.closedCost = clock.now - start
      } else {
        live.formingCost = clock.now - start
      }
      put(snapshot, of: market)
    } catch {
      // No venue that takes part has told anything yet; its state says why.
      put(live.map(key), of: market)
    }
  }

  /// Tells the screen again what it knows, now that there is a study to it.
  func republishLive() {
    live.pending = max(live.pending, .status)
    schedule(.status)
  }

  private func put(_ snapshot: MapSnapshot?, of market: LiveMarket) {
    put(
      snapshot,
      dayAgo: snapshot.flatMap { market.history.close(before: $0.asOf - .days(1)) },
      health: market.health, ticker: market.ticker, feeds: market.states,
      listed: live.listings.all,
      unavailable: market.unavailable)
  }
}

extension FeedUpdate {
  /// The watched instrument that it is about; nil where it is about a venue.
  var instrument: Instrument? {
    switch self {
    case .facts(_, let instrument, _), .standing(_, let instrument, _),
      .status(_, let instrument, _), .maintenanceTiers(_, let instrument, _, _):
      instrument
    case .instruments: nil
    }
  }
}
