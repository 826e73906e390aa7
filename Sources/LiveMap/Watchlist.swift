import MapEngine
import Market

/// The instruments that a screen lists beside the one that it shows: their facts are kept warm, and
/// a row of each is made anew in turn.
struct Watchlist {
  /// The instruments, in the user's order.
  fileprivate(set) var instruments: [Instrument] = []
  fileprivate var rows: [Instrument: WatchRow] = [:]
  fileprivate var loop: Task<Void, Never>?
  /// Whose row was made last.
  fileprivate var turn = 0

  /// How many instruments can be listed: each is a watch of its own at every venue.
  static let capacity = 12
  /// For each second of work the next row waits so many.
  fileprivate static let patience = 50
  /// The least time between two rows.
  fileprivate static let leastPause = Duration.milliseconds(500)

  /// The rows that there are, in the user's order.
  var all: [WatchRow] { instruments.compactMap { rows[$0] } }

  /// Takes the row of a map that was made anyway.
  mutating func take(_ row: WatchRow) {
    guard instruments.contains(row.instrument) else { return }
    rows[row.instrument] = row
  }

  /// Forgets the rows: another source's facts come.
  mutating func clear() { rows = [:] }
}

/// What a row is made of.
private struct RowSubject: Sendable {
  let request: MapRequest
  let history: MarketHistory
  let source: MapSource
  let tables: [Venue: MaintenanceTable]

  /// The row and its map, if the facts suffice for one.
  func made() -> (row: WatchRow, snapshot: MapSnapshot)? {
    guard
      let builder = try? MapBuilder(
        request: request, history: history, source: source, tables: tables)
    else { return nil }
    let snapshot = builder.snapshot(isBanded: false)
    return (
      WatchRow(snapshot, dayAgo: history.close(before: snapshot.asOf - .days(1))), snapshot
    )
  }
}

extension LiveMap {
  /// Lists other instruments; the first ones, where there are too many.
  func list(_ instruments: [Instrument]) {
    watchlist.instruments = Array(instruments.prefix(Watchlist.capacity))
    if case .live(let source) = current { watchListed(source) }
    guard watchlist.loop == nil, !instruments.isEmpty else { return }
    watchlist.loop = Task { [weak self] in
      var pause = Duration.zero
      while !Task.isCancelled {
        do {
          try await Task.sleep(for: max(pause, Watchlist.leastPause))
        } catch {
          return
        }
        guard let self else { return }
        pause = await self.makeNextRow() * Watchlist.patience
      }
    }
  }

  /// Ends to list.
  func stopListing() {
    watchlist.loop?.cancel()
    watchlist.loop = nil
  }

  /// Makes the next row that is due; returns what it took.
  private func makeNextRow() async -> Duration {
    for _ in watchlist.instruments {
      watchlist.turn = (watchlist.turn + 1) % watchlist.instruments.count
      let next = watchlist.instruments[watchlist.turn]
      guard next != instrument else { continue }
      await makeDemo(of: next)
      guard let subject = subject(of: next) else { continue }
      if let held = watchlist.rows[next], held.asOf == subject.history.last { continue }
      let clock = ContinuousClock()
      let start = clock.now
      let made = await Task.detached(priority: .utility) { subject.made() }.value
      // The source may have been changed meanwhile.
      if let made, isSimulated != made.row.isSimulated { return .zero }
      if let made {
        watchlist.take(made.row)
        observed(observation(of: made.snapshot))
        republish()
      }
      return clock.now - start
    }
    return .zero
  }

  /// What is seen of a listed instrument, as rules are judged by.
  private func observation(of snapshot: MapSnapshot) -> AlertObservation {
    var healths: [Venue: FeedHealth] = [:]
    if case .live = current {
      for state in live.market(of: snapshot.instrument)?.states ?? [] where state.isEnabled {
        healths[state.venue] = state.status.health
      }
    }
    return AlertObservation(
      time: time ?? snapshot.asOf, instrument: snapshot.instrument, snapshot: snapshot,
      healths: healths, isFillingIn: healths.values.contains(.catchingUp))
  }

  /// Makes the simulated market of a listed instrument where there is none yet, which takes long,
  /// beside everything else.
  private func makeDemo(of instrument: Instrument) async {
    guard case .demo(let settings) = current, !demos.holds(instrument) else { return }
    let demo = await Task.detached(priority: .utility) {
      DemoMarket(instrument, settings: settings)
    }.value
    if let demo { demos.keep(demo, of: instrument) }
  }

  private func subject(of instrument: Instrument) -> RowSubject? {
    switch current {
    case .live:
      guard let market = live.market(of: instrument), !market.drawable.isEmpty else { return nil }
      return RowSubject(
        request: market.request(timeframe, layers: layers), history: market.history,
        source: market.source, tables: market.tables)
    case .demo(let settings):
      guard let (history, source, _, _) = try? demos.facts(of: instrument, settings: settings)
      else { return nil }
      return RowSubject(
        request: request(of: instrument), history: history, source: source, tables: [:])
    case .files(let path, let venue, let skipBadRows):
      guard
        let recording = try? recording(
          of: instrument, path: path, venue: venue, skipBadRows: skipBadRows)
      else { return nil }
      return RowSubject(
        request: request(of: instrument), history: recording.history, source: recording.source,
        tables: [:])
    }
  }
}
