import LiveMap
import MapEngine
import Market
import MarketData

/// What one printed map is made of, whatever its source.
struct SnapshotFacts: Sendable {
  /// The map that was asked for.
  private let request: MapRequest
  /// What it is made of.
  private let history: MarketHistory
  /// Margin rules that were read at venues.
  private let tables: [Venue: MaintenanceTable]
  /// The map.
  let builder: MapBuilder
  /// How the source is doing.
  let health: FeedHealth
  /// How the venues stand; none where the source isn't live.
  let feeds: [VenueState]

  /// The facts for a map from an origin; live venues are waited for so long at most.
  init(_ request: MapRequest, from origin: MapOrigin, within wait: Span) async throws {
    self.request = request
    switch origin {
    case .demo(let settings):
      guard var demo = DemoMarket(request.instrument, settings: settings) else {
        throw CommandFailure(.usage, DemoMarket.absence(of: request.instrument).description)
      }
      let start = request.timeframe.span.map { (request.asOf ?? settings.now) - $0 }
      demo.fill(back: start.map { settings.now - $0 })
      builder = try Self.builder(request, demo.history, demo.source)
      history = demo.history
      tables = [:]
      health = .complete
      feeds = []
    case .files(let path, let venue, let skipBadRows):
      let recorded: RecordedMarket
      do {
        recorded = try RecordedMarket(
          path: path, instrument: request.instrument, venue: venue, skipBadRows: skipBadRows)
      } catch {
        throw error.failure
      }
      builder = try Self.builder(request, recorded.history, recorded.source)
      history = recorded.history
      tables = [:]
      health = .complete
      feeds = []
    case .live(let source):
      let market = try await Self.gather(request, from: source, within: wait)
      do {
        builder = try market.builder(request)
      } catch {
        // What came within the wait is less than a map needs.
        let isEarly = request.asOf == nil
        throw CommandFailure(isEarly ? .runTime : .usage, error.description)
      }
      history = market.history
      tables = market.tables
      health = market.health
      feeds = market.states
    }
  }

  /// What a map of these facts means to a trader.
  func insight(of snapshot: MapSnapshot) -> MapInsight {
    var request = request
    request.venues = Set(snapshot.map.venues)
    return MapInsight(snapshot, history: history, request: request, tables: tables)
  }

  /// What would become of a position on a map of these facts.
  func check(
    _ position: StatedPosition, venue: Venue, on snapshot: MapSnapshot, volatility: Double?
  ) -> PositionCheck {
    PositionCheck(
      position, venue: venue, instrument: snapshot.instrument, map: snapshot.map,
      reading: snapshot.reading, volatility: volatility, table: tables[venue])
  }

  private static func builder(
    _ request: MapRequest, _ history: MarketHistory, _ source: MapSource
  ) throws -> MapBuilder {
    do {
      return try MapBuilder(request: request, history: history, source: source)
    } catch {
      throw CommandFailure(.usage, error.description)
    }
  }

  /// The facts of live venues. Throws each venue's reason when none has answered.
  private static func gather(
    _ request: MapRequest, from source: LiveSource, within wait: Span
  ) async throws -> LiveMarket {
    try await source.requireVenue()
    var back = LiveMarket.back(for: request.timeframe)
    if let length = back, let moment = request.asOf {
      let past = max(source.now() - moment, .minutes(0))
      back = Span(milliseconds: length.milliseconds + past.milliseconds)
    }
    let market = await LiveMarket.gather(
      request.instrument, from: source, back: back, within: wait)
    await source.feeds.shutdown()
    guard market.hasAnswer else {
      let reasons = market.states.filter(\.isEnabled).map { state in
        "  " + (state.trouble ?? "\(state.venue.displayName): no answer in time")
      }
      throw CommandFailure(
        .runTime,
        (["no venue answered for \(request.instrument)"] + reasons).joined(separator: "\n"))
    }
    return market
  }
}
