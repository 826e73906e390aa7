import Market
import Testing
import VenueEmulator

@testable import MarketData

/// Each adapter before the emulated venue: neither knows the other's code, only the documents.
struct AdapterEmulatorTests {
  /// Three minutes past two of the first day; what venues keep of the days before is there, too.
  private static let now = Timestamp(milliseconds: 1_790_302_980_000)
  private static let market = EmulatedMarket(
    seed: 7, days: 0, now: now, coins: [.bitcoin, .pepe])

  /// A venue and whoever asks it, a second after a second.
  private struct Conversation {
    var venue: EmulatedVenue
    var decoder: VenueDecoder
    let adapter: any VenueAdapter
    var time = AdapterEmulatorTests.now

    init(_ venue: Venue) throws {
      self.venue = EmulatedVenue(venue, market: AdapterEmulatorTests.market)
      decoder = VenueDecoder(venue: venue)
      adapter = try #require(VenueAdapters.adapter(of: venue))
    }

    /// The answer and those of its further pages; each must be readable from end to end.
    mutating func ask(_ first: VenueRequest) throws -> [VenueObservation] {
      var observations: [VenueObservation] = []
      var next: VenueRequest? = first
      while let request = next {
        time = time + .seconds(1)
        let reply = venue.answer(
          EmulatedRequest(
            method: request.json == nil ? "GET" : "POST", path: request.path,
            query: request.pairs, headers: [("Content-Type", "application/json")],
            body: request.json ?? []), at: time)
        let result = HTTPResult(
          status: reply.status, headers: reply.headers.map { HTTPHeader($0.name, $0.value) },
          body: reply.body)
        switch decoder.outcome(of: .success(result), to: request, now: time) {
        case .failed(let failure):
          Issue.record("\(request.line): \(failure)")
        case .decoded(let message):
          #expect(message.problems.isEmpty, "\(request.line)")
          observations += message.observations
        }
        next = adapter.page(after: request, answer: reply.body)
      }
      return observations
    }

    /// The instrument that the venue trades a coin in, from its list.
    mutating func choose(_ coin: String) throws -> VenueInstrument {
      for request in adapter.instruments() { _ = try ask(request) }
      return try #require(decoder.catalog.perpetual(for: Instrument(base: coin)))
    }

    /// The times of a series in a range, page by page from the end.
    mutating func times(
      _ series: HistorySeries, of instrument: VenueInstrument, from: Timestamp, to: Timestamp,
      _ wanted: VenueChannel
    ) throws -> [Timestamp] {
      let depth = try #require(adapter.depth(of: series))
      let length = Span(milliseconds: depth.step.milliseconds * Int64(depth.rows))
      var times: [Timestamp] = []
      var end = to
      while end > from {
        let start = max(from, end - length)
        let request = try #require(
          adapter.history(series, of: instrument, from: start, to: end, now: time))
        times += try ask(request).filter { $0.channel == wanted }.compactMap(\.time)
        end = start
      }
      return times.sorted()
    }
  }

  @Test(arguments: Venue.real, ["BTC", "PEPE"])
  func `history holds each row of a range once and none beside it`(
    venue: Venue, coin: String
  ) throws {
    var talk = try Conversation(venue)
    let instrument = try talk.choose(coin)
    // Over two pages of OKX's bars, once across the end of its newest ones, and of Gate's open
    // interest.
    let ranges: [(Span, count: Int64, ago: Int64)] = [
      (.minutes(1), 110, 0), (.minutes(1), 110, 1_320), (.minutes(5), 110, 0), (.hours(1), 12, 0),
    ]
    for (step, count, ago) in ranges {
      let newest = Self.now.milliseconds / step.milliseconds - ago
      let to = Timestamp(milliseconds: newest * step.milliseconds)
      let from = to - Span(milliseconds: step.milliseconds * count)
      let expected = (0..<count).map { from + Span(milliseconds: step.milliseconds * $0) }
      let times = try talk.times(.candles(step), of: instrument, from: from, to: to, .candle)
      // Some venues have no row for a minute without a trade.
      let isQuiet = coin != "BTC" && [.hyperliquid, .gate].contains(venue) && step < .hours(1)
      #expect(
        isQuiet
          ? Set(times).isSubset(of: expected) && Set(times).count == times.count
            && times.count > expected.count / 2
          : times == expected, "\(step.milliseconds)")
      guard step >= .minutes(5), talk.adapter.depth(of: .openInterest(step)) != nil else {
        continue
      }
      #expect(
        try talk.times(.openInterest(step), of: instrument, from: from, to: to, .openInterest)
          == expected, "\(step.milliseconds)")
    }
    #expect(talk.venue.violations == [])
  }

  @Test(arguments: Venue.real, ["BTC", "PEPE"])
  func `what holds now and the tiers are answered`(venue: Venue, coin: String) throws {
    var talk = try Conversation(venue)
    let instrument = try talk.choose(coin)
    var report = VenueReport(venue: venue)
    report.instrument = instrument
    for request in talk.adapter.current(of: instrument) {
      var message = DecodedMessage()
      message.observations = try talk.ask(request)
      report.take(message)
    }
    report.complete()
    let mark = try #require(report.mark)
    let index = try #require(report.index)
    #expect(abs(mark / index - 1) < 0.02)
    #expect(try #require(report.openInterest) > 0)
    #expect(
      abs(try #require(report.openInterestValue) / mark / (report.openInterest ?? 0) - 1) < 0.02)
    #expect(report.funding?.interval != nil)
    #expect((report.longShortRatio == nil) == (venue == .hyperliquid))
    for request in talk.adapter.maintenanceTiers(of: instrument) {
      let tiers = try talk.ask(request).filter {
        $0.channel == .maintenanceTiers && $0.symbol == instrument.symbol
      }
      #expect(tiers.count == 1)
    }
    for poll in talk.adapter.polls(of: instrument) {
      #expect(try talk.ask(poll.request).contains { $0.channel == poll.request.channel })
    }
    if talk.adapter.depth(of: .liquidations) != nil {
      let from = Self.now - .hours(1)
      let times = try talk.times(
        .liquidations, of: instrument, from: from, to: Self.now, .liquidation)
      #expect(times.allSatisfy { from <= $0 && $0 < Self.now })
    }
    #expect(talk.venue.violations == [])
  }

  @Test(arguments: Venue.real)
  func `every subscription is understood and brings its facts in time`(venue: Venue) throws {
    var talk = try Conversation(venue)
    let instruments = [try talk.choose("BTC"), try talk.choose("PEPE")]
    let opening = talk.time
    for plan in talk.adapter.streams(of: instruments, candles: .minutes(1)) {
      guard case .opened(let id) = talk.venue.open(path: plan.path, at: talk.time) else {
        Issue.record("\(plan.path) isn't opened")
        continue
      }
      for subscription in plan.subscriptions {
        talk.time = talk.time + .seconds(1)
        talk.venue.receive(subscription.subscribe, on: id, at: talk.time)
      }
      // Half of a minute's silence would cut some venues' streams.
      talk.time = talk.time + .seconds(20)
      var heard: Set<String> = []
      for delivery in talk.venue.frames(until: talk.time) where delivery.stream == id {
        guard let text = delivery.frame.text else { continue }
        let message = talk.decoder.decode(
          Array(text.utf8), context: DecodeContext(receivedAt: delivery.time))
        #expect(message.problems.isEmpty && message.error == nil, "\(text)")
        for observation in message.observations {
          heard.insert("\(observation.symbol ?? "") \(observation.channel.rawValue)")
        }
      }
      for subscription in plan.subscriptions {
        guard let symbol = subscription.symbol, let channel = subscription.channels.first,
          channel != .liquidation
        else { continue }
        #expect(heard.contains("\(symbol) \(channel.rawValue)"), "\(subscription.subscribe)")
      }
    }
    #expect(talk.venue.violations == [] && talk.time > opening)
  }
}
