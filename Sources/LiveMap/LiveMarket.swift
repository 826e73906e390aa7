import MapEngine
import Market
import MarketData

/// One instrument on live venues: the facts so far, and how each venue's feed stands.
public struct LiveMarket: Sendable {
  /// What an update changed, the least first.
  enum Change: Int, Comparable {
    /// Nothing that a map or its labels show.
    case nothing
    /// How a feed stands.
    case status
    /// An interval that is still forming.
    case forming
    /// What is closed: the map of it has to be made anew.
    case closed
    /// The first facts of a venue.
    case arrival

    static func < (left: Change, right: Change) -> Bool { left.rawValue < right.rawValue }
  }

  /// What is traded.
  public let instrument: Instrument
  /// The facts.
  public private(set) var history = MarketHistory()
  /// Single liquidations, and what the venues say besides.
  private(set) var ticker = MarketTicker()
  /// How each venue takes part, in a fixed order.
  public private(set) var states: [VenueState]
  /// Margin rules that were read at the venues.
  public private(set) var tables: [Venue: MaintenanceTable] = [:]
  /// Goes up with every change of what is closed.
  private(set) var revision = 0
  /// How far back the venues were asked; nil for as far as they keep.
  private(set) var back: Span?
  /// Whether facts were let go of since: then the venues' older ones would leave a hole.
  private(set) var hasForgotten = false
  private var tableNotes: [Venue: String] = [:]

  /// A market without a fact yet, asked for as far back as said.
  init(_ instrument: Instrument, venues: [Venue: Bool], back: Span?, at now: Timestamp) {
    self.instrument = instrument
    self.back = back
    states = Self.beginning(venues, at: now)
  }

  /// How the venues of a source stand before any of them has said anything.
  public static func beginning(_ source: LiveSource) -> [VenueState] {
    beginning(source.venues, at: source.now())
  }

  private static func beginning(_ venues: [Venue: Bool], at now: Timestamp) -> [VenueState] {
    Venue.allCases.compactMap { venue in
      venues[venue].map {
        VenueState(
          venue: venue, isEnabled: $0, status: FeedStatus(health: .catchingUp, progress: 0),
          since: now)
      }
    }
  }

  /// The venues that take part.
  var enabled: Set<Venue> { Set(states.filter(\.isEnabled).map(\.venue)) }

  /// How much of the past a venue tells before it is drawn: of minutes alone, all of its open
  /// interest would stand around the price of now.
  static let leastHeld = Span.hours(6)

  /// The venues that take part and have told enough for a map, or as much as they will.
  var drawable: Set<Venue> {
    let ready = states.filter { state in
      guard state.isEnabled, let held = history.held(of: state.venue) else { return false }
      return held >= Self.leastHeld || state.status.health != .catchingUp
    }
    return Set(ready.map(\.venue))
  }

  /// How the venues stand as one source.
  public var health: FeedHealth { FeedHealth(of: states) }

  /// Whether waiting longer brings nothing: each venue is live, or has refused for good.
  var isSettled: Bool {
    states.filter(\.isEnabled).allSatisfy {
      switch $0.status.health {
      case .live, .refused: true
      case .catchingUp, .complete, .partial, .stale: false
      }
    }
  }

  /// Whether the first facts of any chosen venue are in.
  public var hasAnswer: Bool { history.venues.contains { enabled.contains($0) } }

  /// Notes that the venues are asked for more; true where that is further back than before.
  mutating func reach(back further: Span?) -> Bool {
    guard let back else { return false }
    if let further, further <= back { return false }
    self.back = further
    return true
  }

  /// Lets a venue take part, or leaves it out.
  mutating func setEnabled(_ isEnabled: Bool, _ venue: Venue, at now: Timestamp) {
    guard let index = states.firstIndex(where: { $0.venue == venue }),
      states[index].isEnabled != isEnabled
    else { return }
    states[index].isEnabled = isEnabled
    states[index].since = now
    if isEnabled { states[index].status.health = .catchingUp }
  }

  /// Takes what the feeds have to say, if it is about this instrument.
  mutating func take(_ update: FeedUpdate, at now: Timestamp) -> Change {
    switch update {
    case .facts(let venue, instrument, let events): return take(events, of: venue)
    case .status(let venue, instrument, let status): return take(status, of: venue, at: now)
    case .maintenanceTiers(let venue, instrument, let listed, let tiers):
      return take(tiers, of: listed, at: venue, readAt: now)
    case .standing(let venue, instrument, let standing):
      ticker.take(standing, of: venue)
      return .nothing
    case .facts, .status, .maintenanceTiers, .standing, .instruments: return .nothing
    }
  }

  private mutating func take(_ events: [MarketEvent], of venue: Venue) -> Change {
    guard !events.isEmpty else { return .nothing }
    let before = drawable
    let isForming = events.allSatisfy(history.concernsForming)
    history.append(events)
    ticker.take(events)
    if isForming { return .forming }
    forgetOldest()
    revision += 1
    return drawable == before ? .closed : .arrival
  }

  /// Keeps a market of weeks from growing without end: once a day is held beyond what was asked
  /// for, the days before that are let go of, whole days of UTC at a time.
  private mutating func forgetOldest() {
    guard let back, let first = history.first, let last = history.last,
      first + .days(2) < last - back
    else { return }
    let day = Span.days(1).milliseconds
    let horizon = (last - back).milliseconds / day * day
    history.forget(before: Timestamp(milliseconds: horizon))
    hasForgotten = true
  }

  private mutating func take(
    _ status: FeedStatus, of venue: Venue, at now: Timestamp
  ) -> Change {
    guard let index = states.firstIndex(where: { $0.venue == venue }),
      states[index].status != status
    else { return .nothing }
    let before = drawable
    if case .stale(let since) = status.health {
      states[index].since = since
    } else if !states[index].status.health.isAlike(status.health) {
      states[index].since = now
    }
    states[index].status = status
    return drawable == before ? .status : .arrival
  }

  private mutating func take(
    _ tiers: MaintenanceTiers, of listed: VenueInstrument, at venue: Venue,
    readAt now: Timestamp
  ) -> Change {
    guard let table = MaintenanceTable(tiers, of: listed, readAt: now) else {
      tableNotes[venue] =
        "\(venue.displayName)'s own maintenance tiers of \(listed.symbol) don't say all that a "
        + "level needs; the shipped ones serve"
      return .status
    }
    let shipped = MaintenanceTable.table(venue: venue, instrument: instrument)
    let inForce = tables[venue] ?? shipped
    let isFirst = tables[venue] == nil
    guard !table.agrees(with: inForce) else {
      // A later reading of the same rules moves no level.
      if isFirst { tables[venue] = table }
      return .nothing
    }
    tables[venue] = table
    tableNotes[venue] =
      isFirst
      ? "\(venue.displayName): all levels follow its maintenance tiers as read on \(table.asOf), "
        + "which differ from the shipped ones of \(shipped.asOf)"
      : "\(venue.displayName) changed its maintenance tiers; since \(now) all levels, also those "
        + "of older positions, follow the new ones"
    revision += 1
    return .closed
  }

  /// The market as a map's label tells of it.
  var source: MapSource {
    var findings = SourceFindings()
    for state in states where state.isEnabled {
      if let trouble = state.trouble { findings.notes.append(trouble) }
      let name = state.venue.displayName
      findings.notes += state.status.gaps.map { $0.hasPrefix(name) ? $0 : "\(name): \($0)" }
      if let note = tableNotes[state.venue] { findings.notes.append(note) }
      findings.skipped += state.status.dropped
    }
    return MapSource(name: "live", isSimulated: false, findings: findings)
  }

  /// Infers the standing positions that a request asks for, on the venues that can be drawn.
  public func builder(_ request: MapRequest) throws(MapError) -> MapBuilder {
    var request = request
    request.venues = drawable
    return try MapBuilder(request: request, history: history, source: source, tables: tables)
  }

  /// The wish for a map of the venues that can be drawn.
  func request(
    _ timeframe: Timeframe, layers: [LeverageLayer], learning: ShareLearning = .live
  ) -> MapRequest {
    MapRequest(
      instrument: instrument, timeframe: timeframe, layers: layers, venues: drawable,
      learning: learning)
  }

  /// The forming intervals on top of the closed ones.
  var forming: [Venue: MarketInterval] {
    var forming: [Venue: MarketInterval] = [:]
    for venue in history.venues where enabled.contains(venue) {
      if let interval = history.forming(venue) { forming[venue] = interval }
    }
    return forming
  }

  /// Why timeframes can't be filled, once the venues have given all that they were asked for. A
  /// timeframe that they weren't asked for yet can be chosen.
  var unavailable: [Timeframe: String] {
    let isComplete = states.filter(\.isEnabled).allSatisfy {
      if case .refused = $0.status.health { return true }
      return $0.status.progress == nil
    }
    guard isComplete, let first = history.first,
      let last = history.last
    else { return [:] }
    let held = last - first
    var reasons: [Timeframe: String] = [:]
    for timeframe in Timeframe.allCases {
      guard let span = timeframe.span, span > held else { continue }
      if let back, back < span { continue }
      let days = (held.days * 10).rounded() / 10
      reasons[timeframe] = "the venues keep \(days) days of it"
    }
    return reasons
  }

  /// How far back a map of a timeframe needs facts: the window, and as much again so that what
  /// stood at its start has aged; nil for as far as venues keep.
  public static func back(for timeframe: Timeframe) -> Span? {
    timeframe.span.map { span in
      Span(milliseconds: span.milliseconds + max(span, .days(1)).milliseconds)
    }
  }
}

extension FeedHealth {
  /// Whether two healths are the same state, for whatever reason.
  func isAlike(_ other: FeedHealth) -> Bool {
    switch (self, other) {
    case (.catchingUp, .catchingUp), (.live, .live), (.complete, .complete), (.partial, .partial),
      (.stale, .stale), (.refused, .refused):
      true
    default: false
    }
  }
}
