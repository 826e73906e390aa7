import Market
import Testing
import VenueEmulator

@testable import MarketData

/// What a feed does about what lasts: absences, refusals, changes of an instrument.
struct FeedRecoveryTests {
  private static let start = FaultMarket.start

  private func run(
    _ venue: Venue, _ faults: [(Fault, at: Span, lasting: Span)] = [],
    adapter: (any VenueAdapter)? = nil
  ) throws -> VenueSimulation {
    let script = FaultScript(
      faults.map { FaultScript.Entry(venue, $0.0, at: Self.start + $0.at, lasting: $0.lasting) })
    return try #require(
      VenueSimulation(
        venue, FaultMarket.instrument, market: FaultMarket.market, script: script,
        from: Self.start, pace: .slowed(.seconds(15)), back: .hours(1), seed: 1,
        adapter: adapter))
  }

  /// The closed candles of facts, the last told of each open time, in order.
  private func candles(_ facts: [MarketEvent]) -> [Candle] {
    var byTime: [Timestamp: Candle] = [:]
    for event in facts {
      if case .candle(let candle, isClosed: true) = event.fact { byTime[candle.openTime] = candle }
    }
    return byTime.values.sorted { $0.openTime < $1.openTime }
  }

  private func isUnbroken(_ candles: [Candle]) -> Bool {
    zip(candles, candles.dropFirst()).allSatisfy { $0.closeTime == $1.openTime }
  }

  @Test("Hours of absence are read back by the minute, and what nobody keeps is listed")
  func absence() throws {
    var feed = try run(.binance)
    feed.run(until: Self.start + .minutes(3))
    feed.tell(.enable(false))
    feed.run(until: Self.start + .hours(3))
    #expect(feed.status?.health == .partial(reason: "switched off here"))
    let wakes = feed.wakes
    feed.run(until: Self.start + .hours(4))
    // Nothing to do, nothing done.
    #expect(feed.wakes == wakes)
    feed.tell(.enable(true))
    feed.run(until: Self.start + .hours(4) + .seconds(640))
    let found = candles(feed.facts)
    #expect(isUnbroken(found))
    #expect(found.allSatisfy { $0.interval == .minutes(1) })
    #expect(feed.status?.health == .live)
    let gap = try #require(feed.feed.gaps(of: FaultMarket.instrument).first)
    #expect(gap.kind == .liquidations)
    #expect(gap.to - gap.from > .hours(3))
  }

  @Test("What a venue no longer keeps by the minute is filled with coarser candles, and said")
  func coarse() throws {
    var feed = try run(.binance, adapter: Forgetful())
    feed.run(until: Self.start + .minutes(3))
    feed.tell(.enable(false))
    feed.run(until: Self.start + .hours(5))
    feed.tell(.enable(true))
    feed.run(until: Self.start + .hours(5) + .seconds(640))
    let found = candles(feed.facts)
    #expect(found.contains { $0.interval == .minutes(5) })
    // The minutes up to the first boundary of the coarser step are gone.
    let holes = zip(found, found.dropFirst()).filter { $0.closeTime != $1.openTime }
    #expect(holes.count <= 1)
    #expect(holes.allSatisfy { $1.openTime - $0.closeTime < .minutes(5) })
    let isListed = feed.feed.gaps(of: FaultMarket.instrument).contains {
      $0.kind == .candles(.minutes(1))
    }
    #expect(isListed == !holes.isEmpty)
  }

  @Test("A delisted instrument is refused in plain words, and followed again once it is listed")
  func delisted() throws {
    var feed = try run(
      .binance, [(.delisted(symbol: "BTCUSDT"), at: .minutes(4), lasting: .minutes(20))])
    feed.run(until: Self.start + .minutes(15))
    guard case .refused(let reason)? = feed.status?.health else {
      Issue.record("\(String(describing: feed.status))")
      return
    }
    #expect(!reason.isEmpty)
    feed.run(until: Self.start + .minutes(50))
    #expect(feed.status?.health == .live)
    #expect(isUnbroken(candles(feed.facts)))
    #expect(feed.venue.violations.isEmpty)
  }

  @Test("A refused place is asked nothing more until somebody wants to try again")
  func refused() throws {
    var feed = try run(.binance, [(.restricted, at: .minutes(4), lasting: .minutes(5))])
    feed.run(until: Self.start + .minutes(8))
    guard case .refused(let reason)? = feed.status?.health else {
      Issue.record("\(String(describing: feed.status))")
      return
    }
    #expect(reason.contains("restricted location"))
    let asked = feed.venue.counters.requests.values.reduce(0, +)
    let wakes = feed.wakes
    feed.run(until: Self.start + .minutes(30))
    #expect(feed.venue.counters.requests.values.reduce(0, +) == asked)
    #expect(feed.wakes <= wakes + 1)
    #expect(feed.venue.openStreams == 0)
    feed.tell(.retry)
    feed.run(until: Self.start + .minutes(36))
    #expect(feed.status?.health == .live)
    #expect(isUnbroken(candles(feed.facts)))
  }

  @Test("Contracts of another size change no coin that was counted", arguments: [Venue.gate, .okx])
  func contractSize(venue: Venue) throws {
    let symbol = venue == .gate ? "BTC_USDT" : "BTC-USDT-SWAP"
    var plain = try run(venue)
    plain.run(until: Self.start + .minutes(80))
    var changed = try run(
      venue,
      [(.contractSize(symbol: symbol, factor: 10), at: .minutes(7), lasting: .hours(9))])
    changed.run(until: Self.start + .minutes(80))
    let end = Self.start + .minutes(70)
    let truth = candles(plain.facts).filter { $0.closeTime <= end }
    let found = candles(changed.facts).filter { $0.closeTime <= end }
    #expect(truth.count == found.count)
    for (known, told) in zip(truth, found) {
      // Volumes are whole contracts, which are larger now: 0.001 coins of Gate's.
      #expect(abs(told.volume - known.volume) <= 0.001, "\(known.openTime)")
    }
  }

  @Test("Asking deeper reads the older part alone")
  func deeper() throws {
    var feed = try run(.bybit)
    feed.run(until: Self.start + .minutes(1))
    let first = candles(feed.facts).first?.openTime
    let count = feed.facts.count
    feed.tell(.watch(FaultMarket.instrument, back: .days(2)))
    feed.run(until: Self.start + .minutes(2))
    let found = candles(feed.facts)
    #expect(isUnbroken(found))
    #expect(found.first.map { $0.openTime <= Self.start - .days(2) } == true)
    let again = feed.facts[count...].filter { event in
      if case .candle(let candle, isClosed: true) = event.fact {
        first.map { candle.openTime >= $0 && candle.openTime < Self.start - .minutes(20) } == true
      } else {
        false
      }
    }
    #expect(again.isEmpty)
  }
}

/// Binance with a memory of two hours for minutes.
private struct Forgetful: VenueAdapter {
  private let own = BinanceAdapter()

  var venue: Venue { own.venue }
  var restURL: String { own.restURL }
  var streamURL: String { own.streamURL }
  var limits: [RateRule] { own.limits }

  func instruments() -> [VenueRequest] { own.instruments() }
  func page(after request: VenueRequest, answer: [UInt8]) -> VenueRequest? { nil }
  func maintenanceTiers(of instrument: VenueInstrument) -> [VenueRequest] { [] }
  func current(of instrument: VenueInstrument) -> [VenueRequest] { own.current(of: instrument) }
  func polls(of instrument: VenueInstrument) -> [VenuePoll] { [] }

  func depth(of series: HistorySeries) -> HistoryDepth? {
    guard series == .candles(.minutes(1)) else { return own.depth(of: series) }
    return HistoryDepth(span: .hours(2), rows: 1_000, step: .minutes(1))
  }

  func history(
    _ series: HistorySeries, of instrument: VenueInstrument, from: Timestamp, to: Timestamp,
    now: Timestamp
  ) -> VenueRequest? {
    own.history(series, of: instrument, from: from, to: to, now: now)
  }

  func streams(of instruments: [VenueInstrument], candles: Span) -> [StreamPlan] {
    own.streams(of: instruments, candles: candles)
  }
}
