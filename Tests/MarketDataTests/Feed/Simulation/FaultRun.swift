import Market
import VenueEmulator

@testable import MarketData

/// The market that all fault schedules are tried on, and the undisturbed run over it.
struct FaultMarket {
  static let venues: [Venue] = [.binance, .bybit, .okx, .hyperliquid, .gate]
  static let instrument = Instrument(base: "BTC")
  /// How much of the past is asked for.
  static let back = Span.hours(1)
  /// In which faults may happen.
  static let disturbed = Span.minutes(12)
  /// A market in which little happens, so that a schedule takes a moment.
  static let pace = StreamPace.slowed(.seconds(15))

  static let market = EmulatedMarket(
    seed: 3, start: Timestamp(milliseconds: 1_789_430_400_000), coins: [.bitcoin])
  /// Two hours and some into the simulated day, between marks and minutes.
  static let start = market.start + .hours(2) + .minutes(12) + .seconds(21)
  /// A mark after the last fault; by the end of the run all of before it is healed.
  static let asOf = (start + disturbed).ceiling(to: .minutes(5))
  /// By then the longest wait that a venue asks for is over, and a mark has passed.
  static let end = asOf + .minutes(20)

  /// The faults of a seed: some begin before anybody watches.
  static func script(seed: Int) -> FaultScript {
    FaultScript.random(
      seed: UInt64(seed), start: start - .minutes(4), duration: .minutes(16),
      venues: venues)
  }

  /// The facts of a venue that nothing happened to.
  static let undisturbed: [Venue: [MarketEvent]] = {
    var facts: [Venue: [MarketEvent]] = [:]
    for venue in venues {
      guard var run = simulation(venue, script: .none, seed: 1) else { continue }
      run.runUntilHealed(asOf: asOf, end: end)
      facts[venue] = run.facts
    }
    return facts
  }()

  static func simulation(
    _ venue: Venue, script: FaultScript, seed: UInt64, pace: StreamPace = pace
  ) -> VenueSimulation? {
    VenueSimulation(
      venue, instrument, market: market, script: script, from: start, pace: pace, back: back,
      seed: seed)
  }

  /// What a map of the given facts comes to.
  static func bytes(_ facts: [Venue: [MarketEvent]]) throws -> [UInt8] {
    let events = venues.flatMap { facts[$0] ?? [] }.filter {
      // What no venue gives twice.
      if case .liquidation = $0.fact { false } else { true }
    }
    return try canonicalBytes(
      of: events, instrument: instrument, asOf: asOf, timeframe: .hours12)
  }

  /// The liquidations among facts of before `asOf`.
  static func liquidations(_ facts: [MarketEvent]) -> [Liquidation] {
    facts.compactMap { event in
      guard case .liquidation(let print) = event.fact, print.time < asOf else { return nil }
      return print
    }
  }

  /// The facts that a map as of `asOf` is built on, in order, for telling runs apart.
  static func basis(_ facts: [MarketEvent]) -> [String] {
    var candles: [Timestamp: Candle] = [:]
    var interest: [Timestamp: OpenInterest] = [:]
    for event in facts where event.time <= asOf {
      switch event.fact {
      case .candle(let candle, isClosed: true): candles[candle.openTime] = candle
      case .openInterest(let reading): interest[reading.time] = reading
      default: break
      }
    }
    return candles.values.sorted { $0.openTime < $1.openTime }.map { "\($0)" }
      + interest.values.sorted { $0.time < $1.time }.map { "\($0)" }
  }
}

/// One venue under a script of faults, and what must hold of it by itself.
struct FaultRun {
  /// The seed and the venue's faults in words.
  let name: String
  let facts: [MarketEvent]
  /// What isn't as it must be; empty where all is well.
  private(set) var complaints: [String] = []

  init?(_ venue: Venue, script whole: FaultScript, seed: Int) {
    let script = Self.adapted(whole, venue)
    guard var run = FaultMarket.simulation(venue, script: script, seed: UInt64(seed)) else {
      return nil
    }
    let mine = script.entries.filter { $0.venue == venue }
    name = "seed \(seed), \(venue.rawValue): \(mine.map(Self.words))"
    let isHealed = run.runUntilHealed(asOf: FaultMarket.asOf, end: FaultMarket.end)
    facts = run.facts
    if !isHealed { complaints.append("not live again: \(String(describing: run.status))") }
    if !run.venue.violations.isEmpty {
      complaints.append("too much asked: \(run.venue.violations.prefix(3))")
    }
    if run.wakes > 2_000 { complaints.append("\(run.wakes) wake-ups") }
    let basis = FaultMarket.basis(run.facts)
    let truth = FaultMarket.basis(FaultMarket.undisturbed[venue] ?? [])
    if basis != truth {
      let lost = Set(truth).subtracting(basis).sorted().prefix(2)
      let wrong = Set(basis).subtracting(truth).sorted().prefix(2)
      complaints.append("lost \(lost), wrong \(wrong)")
    }
    let unlisted = Self.unlisted(run, venue, mine)
    if !unlisted.isEmpty { complaints.append("missing without a word: \(unlisted.prefix(2))") }
  }

  /// The liquidations that were missed and that no gap tells of.
  ///
  /// A message that a venue leaves out, in a stream that goes on, can't be noticed by anybody, so
  /// it isn't counted; nor a silence that is shorter than a stream's patience.
  private static func unlisted(
    _ run: VenueSimulation, _ venue: Venue, _ script: [FaultScript.Entry]
  ) -> [Liquidation] {
    let truth = FaultMarket.liquidations(FaultMarket.undisturbed[venue] ?? [])
    let heard = Set(FaultMarket.liquidations(run.facts))
    let gaps = run.feed.gaps(of: FaultMarket.instrument)
    let secret = script.filter { $0.fault == .gap || $0.fault == .stall }
    // The market tells of liquidations once in 15 s.
    let margin = Span.seconds(20)
    let isConnected = run.openings.first.map { $0 + margin } ?? FaultMarket.asOf
    return truth.filter { print in
      !heard.contains(print) && print.time > isConnected
        && !gaps.contains { $0.from <= print.time + margin && print.time <= $0.to + margin }
        && !secret.contains { $0.from <= print.time + margin && print.time <= $0.until + margin }
    }
  }

  /// What can be asked of a client.
  ///
  /// Hyperliquid gives its one reading of open interest once: its faults begin after that. And
  /// whoever is told to wait must hear it: no fault swallows the answers of a venue that bans.
  private static func adapted(_ script: FaultScript, _ venue: Venue) -> FaultScript {
    let swallows: [Fault] = [
      .noAnswer, .droppedAnswer, .truncatedBody, .truncatedJSON, .wrongTypes, .emptyNumbers,
    ]
    let bans = script.entries.filter {
      $0.venue == venue && [.banned, .rateLimited].contains($0.fault)
    }
    let first = FaultMarket.start + .seconds(venue == .hyperliquid ? 10 : -3_600)
    return FaultScript(
      script.entries.compactMap { entry in
        guard entry.venue == venue, entry.until > first else { return nil }
        if swallows.contains(entry.fault),
          bans.contains(where: { $0.from < entry.until && entry.from < $0.until })
        {
          return nil
        }
        let from = max(entry.from, first)
        return FaultScript.Entry(entry.venue, entry.fault, at: from, lasting: entry.until - from)
      })
  }

  private static func words(_ entry: FaultScript.Entry) -> String {
    let from = (entry.from - FaultMarket.start).milliseconds / 1_000
    return "\(entry.fault.name)@+\(from)/\((entry.until - entry.from).milliseconds / 1_000)"
  }
}
