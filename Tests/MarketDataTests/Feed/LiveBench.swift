import Foundation
import Market
import Synchronization
import VenueEmulator

@testable import MarketData

/// Feeds of emulated venues over real sockets, and what they have said so far.
final class LiveBench: Sendable {
  private struct Heard {
    var facts: [Venue: [MarketEvent]] = [:]
    var status: [Venue: FeedStatus] = [:]
    var states: [Venue: [FeedHealth]] = [:]
    var standing: [Venue: VenueStanding] = [:]
    var isOver = false
  }

  static let instrument = Instrument(base: "BTC")
  /// One market for all tests, so that it is simulated once.
  private static let clock = EmulatorClock()
  private static let market = EmulatedMarket(
    seed: 5, days: 0, now: clock.now, coins: [.bitcoin])

  let servers: [Venue: EmulatorServer]
  let feeds: LiveFeeds
  private let heard = Mutex(Heard())

  /// Starts the venues and watches one instrument. Without `isWatching` nothing is asked for yet.
  init(
    _ venues: [Venue], isSecure: Bool = true, isWatching: Bool = true,
    proxies: (Venue, EmulatorServer) async throws -> ProxySettings = { _, _ in .none },
    heartbeat: (Venue) -> Heartbeat = Heartbeat.of,
    adapter: (Venue) -> (any VenueAdapter)? = VenueAdapters.adapter(of:)
  ) async throws {
    var servers: [Venue: EmulatorServer] = [:]
    var settings = FeedSettings(venues: [:], trust: try Self.trust())
    for venue in venues {
      var options = EmulatorServer.Options()
      options.isSecure = isSecure
      let server = try await EmulatorServer(
        venue, market: Self.market, clock: Self.clock, options: options)
      servers[venue] = server
      settings.venues[venue] = FeedSettings.VenueSettings(
        rest: try Endpoint(server.restURL, kind: .rest),
        stream: try Endpoint(server.streamURL, kind: .stream))
      settings.proxies = try await proxies(venue, server)
    }
    self.servers = servers
    feeds = try LiveFeeds(
      settings: settings, seed: 11, adapter: adapter, heartbeat: heartbeat)
    let updates = feeds.updates
    Task { [weak self] in
      for await update in updates { self?.note(update) }
      self?.heard.withLock { $0.isOver = true }
    }
    if isWatching { feeds.watch(Self.instrument, back: .hours(1)) }
  }

  private func note(_ update: FeedUpdate) {
    heard.withLock { heard in
      switch update {
      case .facts(let venue, _, let facts): heard.facts[venue, default: []] += facts
      case .status(let venue, _, let status):
        heard.status[venue] = status
        heard.states[venue, default: []].append(status.health)
      case .standing(let venue, _, let standing): heard.standing[venue] = standing
      case .maintenanceTiers, .instruments: break
      }
    }
  }

  /// Trust in the emulator's authority, read from a file as `SSL_CERT_FILE` would be.
  private static func trust() throws -> Trust {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "lodestone-\(UUID().uuidString).pem")
    try EmulatorCertificates.authority.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    return try Trust(environment: ["SSL_CERT_FILE": file.path()])
  }

  func status(_ venue: Venue) -> FeedStatus? { heard.withLock { $0.status[venue] } }
  func states(_ venue: Venue) -> [FeedHealth] { heard.withLock { $0.states[venue] ?? [] } }
  func facts(_ venue: Venue) -> [MarketEvent] { heard.withLock { $0.facts[venue] ?? [] } }
  func standing(_ venue: Venue) -> VenueStanding? { heard.withLock { $0.standing[venue] } }
  var isOver: Bool { heard.withLock { $0.isOver } }

  /// Waits until something holds; false where it doesn't in time.
  func wait(_ seconds: Int = 60, until holds: () -> Bool) async throws -> Bool {
    for _ in 0..<seconds * 50 {
      if holds() { return true }
      try await Task.sleep(for: .milliseconds(20))
    }
    return holds()
  }

  /// Waits until a venue is live, and goes on for a number of further facts.
  func waitUntilLive(_ venue: Venue, _ seconds: Int = 60) async throws -> Bool {
    try await wait(seconds) { status(venue)?.health == .live }
  }

  /// Whether the venue sends facts from now on.
  func flows(_ venue: Venue) async throws -> Bool {
    let before = facts(venue).count
    return try await wait { facts(venue).count > before + 1 }
  }

  /// Lets a venue suffer and heals it, sees it fall and come back.
  func survives(_ faults: [Fault], _ venue: Venue) async throws -> Bool {
    guard try await waitUntilLive(venue), let server = servers[venue] else { return false }
    for fault in faults { server.suffer(fault) }
    let hasStruck = try await wait {
      faults.allSatisfy { (server.report.counters.faults[$0.name] ?? 0) > 0 }
    }
    // Long enough for more of it.
    try await Task.sleep(for: .seconds(2))
    server.heal()
    guard hasStruck, try await waitUntilLive(venue) else { return false }
    return try await flows(venue)
  }

  func stop() async {
    await feeds.shutdown()
    for server in servers.values { await server.stop() }
  }
}
