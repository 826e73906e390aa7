import MapEngine
import Market
import MarketSimulator

/// How the built-in simulated market is run.
public struct DemoSettings: Hashable, Sendable {
  /// The seed that everything follows from.
  public var seed: UInt64
  /// How the crowd behaves.
  public var behaviour: Behaviour
  /// Simulated seconds that pass in a second of real time.
  public var speed: Double
  /// Where the history ends and the live market begins. The default is a fixed moment, so that
  /// the same seed gives the same bytes on any day.
  public var now: Timestamp

  /// 2026-01-05T00:00:00Z, a Monday.
  public static let standardNow = Timestamp(milliseconds: 1_767_571_200_000)

  /// A demo of that seed.
  public init(
    seed: UInt64 = 1, behaviour: Behaviour = .ordinary, speed: Double = 1,
    now: Timestamp = DemoSettings.standardNow
  ) {
    self.seed = seed
    self.behaviour = behaviour
    self.speed = speed
    self.now = now
  }
}

/// A simulated market as a source of facts: its newest weeks are there at once, the older ones
/// are made one segment at a time.
public struct DemoMarket: Sendable {
  /// What can be traded.
  public static let instruments = SimulatedInstrument.all.map(\.instrument)

  /// The facts so far.
  public private(set) var history = MarketHistory()
  /// Single liquidations, and what the venues say besides.
  private(set) var ticker = MarketTicker()
  /// The market and its past.
  public private(set) var simulation: SimulatedHistory
  /// The market in words.
  public let source: MapSource
  private var segments = 0

  /// A market with its newest segment. Nil when the simulator doesn't trade the instrument.
  public init?(_ instrument: Instrument, settings: DemoSettings) {
    guard let simulated = SimulatedInstrument(instrument) else { return nil }
    simulation = SimulatedHistory(
      instrument: simulated, behaviour: settings.behaviour, seed: settings.seed,
      now: settings.now, olderCandleInterval: .minutes(5))
    let behaviour = settings.behaviour == .ordinary ? "" : "\(settings.behaviour.rawValue), "
    var findings = SourceFindings()
    findings.notes = ["SIMULATED: these are no facts of any real market"]
    source = MapSource(
      name: "demo (\(behaviour)seed \(settings.seed))", isSimulated: true, findings: findings)
    addSegment()
  }

  /// Why there is no market in an instrument.
  public static func absence(of instrument: Instrument) -> MapError {
    MapError(
      "the simulator doesn't trade \(instrument); it has "
        + instruments.map(\.base).joined(separator: ", "))
  }

  /// Whether all of the past has been made.
  public var isFilled: Bool { segments == SimulatedHistory.segmentCount }

  /// How far back the facts reach.
  public var span: Span {
    guard let first = history.first, let last = history.last else { return .minutes(0) }
    return last - first
  }

  /// Makes the next older segment of the past.
  public mutating func addSegment() {
    guard !isFilled else { return }
    let events = simulation.segment(segments)
    history.append(events)
    // What is older than the tape holds anyway would only be moved through it.
    if segments == 0 { ticker.take(events) }
    segments += 1
  }

  /// Makes the past back to a length, as far as there is one; nil for all of it.
  public mutating func fill(back length: Span?) {
    while !isFilled, length.map({ span < $0 }) ?? true { addSegment() }
  }

  /// Where the facts of a map begin: with the segment of the past that its window begins in, which
  /// is as far as ``fill(back:)`` makes it for that window. A screen has ever more of the past; so
  /// it shows the map that is printed. Nil for all.
  public static func factsFrom(_ timeframe: Timeframe, settings: DemoSettings) -> Timestamp? {
    timeframe.span.flatMap { span in
      SimulatedHistory.start(holding: settings.now - span, now: settings.now)
    }
  }

  /// The moment that the market has reached.
  public var time: Timestamp { simulation.market.requested }

  /// Lets the market go on to a moment; returns what was seen on the way.
  @discardableResult
  public mutating func advance(to moment: Timestamp) -> [MarketEvent] {
    let events = simulation.advance(to: moment, includesForming: true)
    history.append(events)
    ticker.take(events)
    return events
  }
}
