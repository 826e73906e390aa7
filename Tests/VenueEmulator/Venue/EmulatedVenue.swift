import Market

/// One venue: answers requests, keeps streams, counts what a client takes, and does whatever its
/// script says. It opens no socket and reads no clock: every call is told the moment, and moments
/// never go back. A value: a copy goes its own way.
public struct EmulatedVenue: Sendable {
  /// How a venue is run.
  public struct Options: Hashable, Sendable {
    /// How often streams tell something.
    public var pace = StreamPace.documented
    /// The size of the frame of `Fault.hugeFrame`.
    public var hugeFrameBytes = 4_194_304
    /// Requests that were on their way when the venue told to wait, for at most this long, are no
    /// impatience.
    public var grace = Span.seconds(1)
    /// How long `Fault.slowAnswer` and `Fault.slowDrip` take.
    public var slowness = Span.seconds(4)

    /// The documented ways.
    public init() {}
  }

  /// What has happened so far.
  public struct Counters: Hashable, Sendable {
    /// Answers by path, and by HTTP status.
    public var requests: [String: Int] = [:]
    public var statuses: [Int: Int] = [:]
    /// Streams that were opened, and attempts that weren't.
    public var streams = 0
    public var refusedStreams = 0
    /// Data messages that were sent, and that a fault kept back.
    public var messages = 0
    public var keptBack = 0
    /// How often a fault struck, by name.
    public var faults: [String: Int] = [:]
  }

  /// Which venue.
  public let venue: Venue
  /// The market that it tells of.
  public let market: EmulatedMarket
  /// What goes wrong, and when.
  public var script: FaultScript {
    didSet { entries = script.entries.filter { $0.venue == venue } }
  }
  /// How it is run.
  public let options: Options
  /// What has happened so far.
  public internal(set) var counters = Counters()

  let dialect: any VenueDialect
  let listings, trading: [Listing]
  var entries: [FaultScript.Entry]
  var book = RateBook()
  var streams: [EmulatedStreamID: StreamState] = [:]
  var order: [EmulatedStreamID] = []
  var streamCount = 0
  /// The newest messages of the stream that ended last.
  var lastWords: [String] = []
  var lastTime: Int64 = .min
  let noise: Noise

  /// A venue that tells of a market.
  public init(
    _ venue: Venue, market: EmulatedMarket, script: FaultScript = .none,
    options: Options = Options()
  ) {
    precondition(!venue.isSimulated, "the emulator speaks for real venues alone")
    self.venue = venue
    self.market = market
    self.script = script
    self.options = options
    entries = script.entries.filter { $0.venue == venue }
    noise = Noise(seed: market.seed, name: "venue \(venue.rawValue)")
    listings = Listings.all(of: venue).filter { market.coins.contains($0.coin) || $0.isDelisted }
    trading = listings.filter { !$0.isDelisted }
    dialect =
      switch venue {
      case .bybit: BybitDialect()
      case .okx: OKXDialect()
      case .hyperliquid: HyperliquidDialect()
      case .gate: GateDialect()
      case .binance, .simulatedA, .simulatedB: BinanceDialect()
      }
  }

  /// What the client did although the documentation forbids it.
  public var violations: [Violation] { book.violations }

  /// How often, by kind, the forgotten ones included.
  public var violationCounts: [Violation.Kind: Int] { book.violationCounts }

  /// The streams that are open.
  public var openStreams: Int { streams.count }

  /// The faults that are active at a moment.
  func active(_ now: Int64) -> [Fault] {
    entries.filter { $0.from.milliseconds <= now && now < $0.until.milliseconds }.map(\.fault)
  }

  func isActive(_ fault: Fault, _ now: Int64) -> Bool {
    entries.contains {
      $0.fault == fault && $0.from.milliseconds <= now && now < $0.until.milliseconds
    }
  }

  func desk(_ now: Int64) -> Desk {
    var stamp = now
    var delisted: Set<String> = []
    var factors: [String: Double] = [:]
    if !entries.isEmpty {
      for fault in active(now) {
        switch fault {
        case .clockSkew(let span): stamp += span.milliseconds
        case .delisted(let symbol): delisted.insert(symbol)
        case .contractSize(let symbol, let factor): factors[symbol, default: 1] *= factor
        default: break
        }
      }
    }
    let trading = delisted.isEmpty ? trading : trading.filter { !delisted.contains($0.symbol) }
    return Desk(
      market: market, venue: venue, now: now, stamp: stamp, listings: listings, trading: trading,
      delisted: delisted, contractFactors: factors, pace: options.pace)
  }

  mutating func struck(_ fault: Fault) { counters.faults[fault.name, default: 0] += 1 }
}
