import Market

/// Several venues at once, over one market.
public final class EmulatorFleet: Sendable {
  /// How a fleet is run.
  public struct Options: Sendable {
    /// Which venues.
    public var venues = Venue.real
    /// The market's seed, and for how many whole days it has been simulated at the start.
    public var seed: UInt64 = 1
    public var days = 8
    public var coins = EmulatedCoin.all
    /// Whether connections are secured.
    public var isSecure = true
    /// The port of the first venue, the others follow; nil for any that are free.
    public var portBase: Int?
    /// How many of the market's seconds pass in a real one.
    public var speed = 1.0
    /// Messages a second over all venues on topics of prices and candles; nil for as many as the
    /// venues' documentation says.
    public var rate: Double?
    /// What goes wrong: names as `FaultScript.entries(named:start:)` reads them.
    public var faults: [String] = []
    /// Faults drawn by a seed, within so long from the start.
    public var random: (seed: UInt64, duration: Span)?

    /// All venues, secured, in real time, with nothing wrong.
    public init() {}
  }

  /// A fault's name that isn't one.
  public struct UnknownFault: Error, CustomStringConvertible {
    public let name: String
    public var description: String { "no such fault: \(name)" }
  }

  /// The venues, in the order that was asked for.
  public let servers: [EmulatorServer]
  /// The market that they tell of.
  public let market: EmulatedMarket
  /// Its clock.
  public let clock: EmulatorClock

  /// Simulates a market up to now and begins to listen.
  public init(_ options: Options) async throws {
    let clock = EmulatorClock(speed: options.speed)
    let market = EmulatedMarket(
      seed: options.seed, days: options.days, now: clock.now, coins: options.coins)
    market.prepare(to: clock.now)
    var script = FaultScript.none
    for name in options.faults {
      guard let entries = FaultScript.entries(named: name, start: clock.now) else {
        throw UnknownFault(name: name)
      }
      for entry in entries { script.add(entry) }
    }
    if let random = options.random {
      let drawn = FaultScript.random(
        seed: random.seed, start: clock.now, duration: random.duration, venues: options.venues)
      for entry in drawn.entries { script.add(entry) }
    }
    var servers: [EmulatorServer] = []
    for (place, venue) in options.venues.enumerated() {
      var own = EmulatorServer.Options()
      own.isSecure = options.isSecure
      own.port = options.portBase.map { $0 + place } ?? 0
      own.script = script
      if let rate = options.rate {
        own.venue.pace = .total(perSecond: rate / Double(options.venues.count))
      }
      servers.append(try await EmulatorServer(venue, market: market, clock: clock, options: own))
    }
    self.servers = servers
    self.market = market
    self.clock = clock
  }

  /// The server of a venue.
  public func server(_ venue: Venue) -> EmulatorServer? { servers.first { $0.venue == venue } }

  /// One JSON object: each venue's `rest_url` and `stream_url`.
  public var endpoints: String {
    let venues = servers.map {
      "\"\($0.venue.rawValue)\":{\"rest_url\":\"\($0.restURL)\",\"stream_url\":\"\($0.streamURL)\"}"
    }
    return "{\"venues\":{" + venues.joined(separator: ",") + "}}"
  }

  /// A configuration that sends Lodestone to these venues, and turns the others off.
  public var configuration: String {
    Venue.real.map { venue in
      guard let server = server(venue) else {
        return "[venues.\(venue.rawValue)]\nenabled = false\n"
      }
      return """
        [venues.\(venue.rawValue)]
        rest_url = "\(server.restURL)"
        stream_url = "\(server.streamURL)"
        enabled = true

        """
    }.joined(separator: "\n")
  }

  /// One JSON object: the reports of all venues and the number of violations.
  public var report: String {
    let reports = servers.map(\.report)
    let count = reports.reduce(0) { $0 + $1.violationCounts.values.reduce(0, +) }
    return "{\"violations\":\(count),\"venues\":[" + reports.map(\.json).joined(separator: ",")
      + "]}"
  }

  /// Ends every connection and stops listening.
  public func stop() async {
    for server in servers { await server.stop() }
  }
}
