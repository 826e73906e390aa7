import Market
import Synchronization

/// The live facts of the chosen instruments from all venues: history first, then the streams, kept
/// right whatever the venues do.
///
/// Nothing is opened before the first `watch`. `shutdown()` must be called before the last reference
/// goes.
public final class LiveFeeds: Sendable {
  /// How much time is left between two batches, so that a busy market doesn't wake the reader for
  /// every message.
  private static let pace: Span = .seconds(1).divided(by: 10)

  private let drivers: [Venue: FeedDriver]
  private let outbox = UpdateOutbox()
  private let http: HTTPTransport
  private let clock: TransportClock

  /// Feeds of the venues that the settings name; those switched off there can be switched on later.
  ///
  /// - Parameter seed: what the jitter of waits follows from.
  /// - Throws: an error of TLS where the system's certificate authorities can't be loaded.
  public convenience init(settings: FeedSettings, seed: UInt64) throws {
    try self.init(settings: settings, seed: seed, adapter: VenueAdapters.adapter(of:))
  }

  /// Feeds with adapters and heartbeats of one's own.
  init(
    settings: FeedSettings, seed: UInt64, adapter: (Venue) -> (any VenueAdapter)?,
    heartbeat: (Venue) -> Heartbeat = Heartbeat.of
  ) throws {
    clock = settings.clock
    http = HTTPTransport(
      proxies: settings.proxies, trust: settings.trust, clock: settings.clock)
    let webSockets = try WebSocketTransport(
      proxies: settings.proxies, trust: settings.trust, clock: settings.clock)
    var drivers: [Venue: FeedDriver] = [:]
    for (index, venue) in Venue.allCases.enumerated() {
      guard let mine = settings.venues[venue], let adapter = adapter(venue) else { continue }
      drivers[venue] = FeedDriver(
        adapter: adapter, settings: mine, clock: settings.clock, http: http,
        webSockets: webSockets, heartbeat: heartbeat(venue), outbox: outbox,
        seed: seed &+ UInt64(index))
    }
    self.drivers = drivers
    for driver in drivers.values { Task { await driver.start() } }
  }

  /// The venues that there are feeds of.
  public var venues: [Venue] { Venue.allCases.filter { drivers[$0] != nil } }

  /// What the feeds have to say; for one reader. Nothing is lost, but of what replaces what was said
  /// before only the newest is kept for a reader that lags.
  public var updates: AsyncStream<FeedUpdate> {
    let reader = Reader(outbox: outbox, clock: clock, pace: Self.pace)
    return AsyncStream { await reader.next() }
  }

  /// Follows an instrument, so far back; nil for as far as venues keep. Returns at once. Watching
  /// what is watched already adds the missing past.
  ///
  /// The boundaries of its history follow from the moment of the first watch: after `unwatch` the
  /// facts of it must be forgotten before it is watched again.
  public func watch(_ instrument: Instrument, back: Span?) {
    ask(.watch(instrument, back: back))
  }

  /// No longer follows an instrument.
  public func unwatch(_ instrument: Instrument) { ask(.unwatch(instrument)) }

  /// Switches a venue on or off. One that is on again reads what it missed.
  public func setEnabled(_ isEnabled: Bool, _ venue: Venue) {
    drivers[venue]?.ask(.enable(isEnabled))
  }

  /// Tries again at once what failed or was refused; bans are waited out all the same.
  public func retry() { ask(.retry) }

  /// How many messages the streams of each venue have brought so far.
  public func received() async -> [Venue: Int] {
    var counts: [Venue: Int] = [:]
    for (venue, driver) in drivers { counts[venue] = await driver.received }
    return counts
  }

  private func ask(_ command: VenueFeed.Input) {
    for driver in drivers.values { driver.ask(command) }
  }

  /// Closes everything. No update comes after it.
  public func shutdown() async {
    await withTaskGroup { group in
      for driver in drivers.values { group.addTask { await driver.shutdown() } }
    }
    outbox.finish()
    await http.shutdown()
  }

  /// Gives updates one by one, from batches that keep a distance.
  private actor Reader {
    private let outbox: UpdateOutbox
    private let clock: TransportClock
    private let pace: Span
    private var batch: ArraySlice<FeedUpdate> = []
    private var last: Timestamp?

    init(outbox: UpdateOutbox, clock: TransportClock, pace: Span) {
      self.outbox = outbox
      self.clock = clock
      self.pace = pace
    }

    func next() async -> FeedUpdate? {
      while batch.isEmpty {
        if let last, case let rest = last + pace - clock.steady(), rest.milliseconds > 0 {
          // A cancelled wait ends in what follows.
          try? await clock.sleep(rest)
        }
        guard let new = await outbox.next() else { return nil }
        last = clock.steady()
        batch = new[...]
      }
      return batch.removeFirst()
    }
  }
}
