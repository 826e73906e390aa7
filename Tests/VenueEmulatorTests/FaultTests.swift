import Market
import Testing

@testable import VenueEmulator

@Suite("What a script says goes wrong, and heals")
struct FaultTests {
  private static let target = "/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=20"
  private static let start = TestMarket.now

  private func script(
    _ fault: Fault, at second: Int64 = 0, lasting seconds: Int64 = 60, _ venue: Venue = .binance
  ) -> FaultScript {
    FaultScript([
      FaultScript.Entry(
        venue, fault, at: Self.start + .seconds(second), lasting: .seconds(seconds))
    ])
  }

  /// What comes of a minute of Binance's minutes of bitcoin.
  private func minute(_ script: FaultScript) throws -> [EmulatedFrame] {
    var options = EmulatedVenue.Options()
    options.pace = .slowed(.seconds(1))
    options.hugeFrameBytes = 300_000
    var venue = TestMarket.venue(.binance, script: script, options: options)
    _ = try venue.stream("/market/stream?streams=btcusdt@kline_1m")
    return venue.frames(until: Self.start + .minutes(1)).map(\.frame)
  }

  @Test func `Every fault of answers shows, and is over at its end`() throws {
    var healthy = TestMarket.venue(.binance)
    let after = Self.start + .minutes(40)
    let whole = healthy.ask(Self.target, at: after).text
    let statuses: [(Fault, Int)] = [
      (.rateLimited, 429), (.banned, 418), (.firewall, 403), (.restricted, 451),
      (.overloaded, 503), (.serverError, 502), (.errorInBody, 200), (.htmlInsteadOfJSON, 200),
    ]
    for (fault, status) in statuses {
      var venue = TestMarket.venue(.binance, script: script(fault))
      let answer = venue.ask(Self.target)
      #expect(answer.status == status && answer.text != whole, "\(fault)")
      #expect(venue.counters.faults[fault.name] == 1)
      #expect(venue.ask(Self.target, at: after).text == whole, "\(fault)")
    }
    let deliveries: [(Fault, EmulatedAnswer.Delivery)] = [
      (.droppedAnswer, .dropped), (.noAnswer, .silence), (.slowAnswer, .after(.seconds(4))),
      (.unreachable, .unreachable), (.wrongCertificate, .unreachable),
      (.slowDrip, .dripped(.seconds(4))),
    ]
    for (fault, delivery) in deliveries {
      var venue = TestMarket.venue(.binance, script: script(fault))
      #expect(venue.ask(Self.target).delivery == delivery, "\(fault)")
      #expect(venue.ask(Self.target, at: after).delivery == .whole, "\(fault)")
    }
  }

  @Test func `A ban is as long as it is told, and not a request shorter`() {
    var venue = TestMarket.venue(.binance, script: script(.banned, lasting: 90))
    #expect(venue.ask(Self.target).header("Retry-After") == "90")
    #expect(venue.ask(Self.target, at: Self.start + .seconds(90)).status == 200)
    #expect(venue.violations.isEmpty)
    var hasty = TestMarket.venue(.binance, script: script(.banned, lasting: 90))
    _ = hasty.ask(Self.target)
    #expect(hasty.ask(Self.target, at: Self.start + .seconds(89)).status == 418)
    #expect(hasty.violationCounts == [.impatient: 1])
  }

  @Test func `A fault has healed once all that it told to wait for is over`() {
    let bybit = script(.banned, .bybit)
    #expect(bybit.healed == Self.start + .minutes(11))
    var venue = TestMarket.venue(.bybit, script: bybit)
    let target = "/v5/market/tickers?category=linear&symbol=BTCUSDT"
    #expect(venue.ask(target, at: Self.start + .seconds(59)).status == 403)
    #expect(venue.ask(target, at: Self.start + .minutes(11)).text.contains("\"retCode\":0"))
    #expect(venue.violations.isEmpty)
    var limited = TestMarket.venue(.bybit, script: script(.rateLimited, .bybit))
    let answer = limited.ask(target)
    #expect(answer.status == 200 && answer.text.contains("10006"))
    #expect(
      answer.header("X-Bapi-Limit-Reset-Timestamp")
        == String(Self.start.milliseconds + 60_000))
  }

  @Test func `Spoiled contents are spoiled, and harmless ones mean the same`() throws {
    var healthy = TestMarket.venue(.binance)
    let whole = try JSONShape(healthy.ask(Self.target).text)
    for fault in [Fault.truncatedJSON, .wrongTypes, .emptyNumbers] {
      var venue = TestMarket.venue(.binance, script: script(fault))
      let texts = (0..<12).map { _ in venue.ask(Self.target).text }
      let spoiled = texts.filter { (try? JSONShape($0)) != whole }
      #expect(!spoiled.isEmpty && spoiled.count < 12, "\(fault)")
    }
    for fault in [Fault.scientificNotation, .bareNumbers] {
      var venue = TestMarket.venue(.binance, script: script(fault))
      let rows = try JSONShape(venue.ask(Self.target).text).list
      #expect(rows.count == 20)
      for (row, model) in zip(rows, whole.list) {
        #expect(row != model)
        #expect(row.list.compactMap(\.number) == model.list.compactMap(\.number), "\(fault)")
      }
    }
    var venue = TestMarket.venue(.binance, script: script(.unknownFields))
    #expect(try JSONShape(venue.ask(Self.target).text)[path: "0"]?.list.count == 14)
  }

  @Test func `Scientific notation is the same number`() {
    for (plain, scientific) in [
      ("84660.1", "8.46601E+4"), ("0.00001234", "1.234E-5"), ("-0.5", "-5E-1"),
      ("1040.370", "1.040370E+3"), ("0.000", "0.000"),
    ] {
      #expect(Corruption.scientific(plain) == scientific)
      #expect(Double(scientific) == Double(plain))
    }
  }

  @Test func `Faults of streams show`() throws {
    let healthy = try minute(.none)
    #expect(healthy.count > 55)
    #expect(try minute(script(.stall)).isEmpty)
    let gap = try minute(script(.gap))
    #expect(gap.count < 40 && gap.count > 5)
    #expect(try minute(script(.repeated)).count == healthy.count * 2)
    let reordered = try minute(script(.reordered))
    #expect(reordered != healthy && reordered.count >= healthy.count - 1)
    #expect(Set(reordered).isSubset(of: healthy))
    #expect(try minute(script(.halfOpen, at: 10, lasting: 1)).count < 12)
    #expect(try minute(script(.closeStreams, at: 10, lasting: 1)).last?.isLast == true)
    guard case .cut = try minute(script(.cutMidFrame, at: 10, lasting: 1)).last else {
      Issue.record("no frame was cut")
      return
    }
    let huge = try minute(script(.hugeFrame, at: 10, lasting: 1))
    #expect(huge.contains { ($0.text?.utf8.count ?? 0) == 300_000 })
    let fragments = try minute(script(.fragments))
    #expect(fragments.compactMap(\.text) == healthy.compactMap(\.text))
    #expect(fragments.allSatisfy { if case .fragments = $0 { true } else { false } })
  }

  @Test func `What a stream said at its end comes again on the next`() throws {
    var venue = TestMarket.venue(
      .binance, script: script(.replayed), options: EmulatedVenue.Options())
    let first = try venue.stream("/market/ws/btcusdt@kline_1m")
    let said = venue.frames(until: Self.start + .seconds(5)).compactMap(\.frame.text)
    venue.ended(first, at: Self.start + .seconds(5))
    _ = try venue.stream("/market/ws/btcusdt@kline_1m", at: Self.start + .seconds(6))
    let again = venue.frames(until: Self.start + .seconds(7)).compactMap(\.frame.text)
    #expect(!said.isEmpty && said.suffix(10).allSatisfy { again.contains($0) })
  }

  @Test func `An unrouted Binance stream acknowledges and starves`() throws {
    var venue = TestMarket.venue(.binance)
    _ = try venue.stream(
      "/stream",
      saying: [#"{"method":"SUBSCRIBE","params":["btcusdt@kline_1m","btcusdt@markPrice"],"id":7}"#]
    )
    #expect(venue.texts(for: 100) == [#"{"result":null,"id":7}"#])
  }

  @Test func `A delisted instrument leaves everything`() throws {
    let delisted = script(.delisted(symbol: "BTCUSDT"), at: 30, lasting: 86_400)
    var venue = TestMarket.venue(.binance, script: delisted)
    _ = try venue.stream("/market/ws/btcusdt@kline_1m")
    let frames = venue.frames(until: Self.start + .minutes(1))
    #expect(frames.last.map { $0.time < Self.start + .seconds(31) } == true)
    let later = Self.start + .minutes(1)
    #expect(venue.ask(Self.target, at: later).text.contains("-1121"))
    let info = try JSONShape(venue.ask("/fapi/v1/exchangeInfo", at: later).text)
    #expect(info[path: "symbols.0.status"]?.text == "SETTLING")
  }

  @Test func `Contracts of another size hold the same coins`() throws {
    let changed = script(.contractSize(symbol: "BTC-USDT-SWAP", factor: 10), .okx)
    var venue = TestMarket.venue(.okx, script: changed)
    var before = TestMarket.venue(.okx)
    let target = "/api/v5/public/open-interest?instType=SWAP&instId=BTC-USDT-SWAP"
    let own = try JSONShape(venue.ask(target).text)[path: "data.0"]
    let usual = try JSONShape(before.ask(target).text)[path: "data.0"]
    #expect(own?[path: "oiCcy"] == usual?[path: "oiCcy"])
    let contracts = try #require(own?[path: "oi"]?.number)
    #expect(try #require(usual?[path: "oi"]?.number) / contracts - 10 < 1e-6)
    let instruments = try JSONShape(
      venue.ask("/api/v5/public/instruments?instType=SWAP&instId=BTC-USDT-SWAP").text)
    #expect(instruments[path: "data.0.ctVal"]?.text == "0.1")
  }

  private func script(_ fault: Fault, _ venue: Venue) -> FaultScript {
    script(fault, at: 0, lasting: 60, venue)
  }

  @Test func `A skewed clock is in every stamp of the venue's own`() throws {
    var venue = TestMarket.venue(.bybit, script: script(.clockSkew(.seconds(90)), .bybit))
    let answer = venue.ask("/v5/market/kline?category=linear&symbol=BTCUSDT&interval=1&limit=1")
    let body = try JSONShape(answer.text)
    #expect(body[path: "time"]?.number == Double(Self.start.milliseconds + 90_000))
    let open = Self.start.milliseconds / 60_000 * 60_000
    #expect(body[path: "result.list.0.0"]?.number == Double(open))
  }

  @Test func `Drawn scripts are the same for a seed, differ between seeds, and heal in time`() {
    let venues = Venue.real
    var kinds: Set<String> = []
    var scripts: Set<FaultScript> = []
    for seed in 0..<200 {
      let script = FaultScript.random(
        seed: UInt64(seed), start: Self.start, duration: .minutes(10), venues: venues)
      let again = FaultScript.random(
        seed: UInt64(seed), start: Self.start, duration: .minutes(10), venues: venues)
      #expect(script == again)
      #expect(script.healed.map { $0 <= Self.start + .minutes(10) } == true)
      #expect(Set(script.entries.map(\.venue)) == Set(venues))
      kinds.formUnion(script.entries.map(\.fault.name))
      scripts.insert(script)
    }
    #expect(scripts.count == 200)
    #expect(kinds == Set(FaultScript.healable.map(\.name)))
  }

  @Test func `Faults have names on a command line`() throws {
    for (name, fault) in Fault.named {
      let entries = try #require(
        FaultScript.entries(named: "okx:\(name)@+2.5/10", start: Self.start))
      #expect(
        entries == [
          FaultScript.Entry(
            .okx, fault, at: Self.start + Span(milliseconds: 2_500), lasting: .seconds(10))
        ])
      #expect(fault.name == name)
    }
    #expect(FaultScript.entries(named: "stall@+1", start: Self.start)?.count == 5)
    let size = FaultScript.entries(named: "okx:contract-size=A-B*10@+1", start: Self.start)
    #expect(size?.first?.fault == .contractSize(symbol: "A-B", factor: 10))
    for wrong in ["nonsense@+1", "stall", "stall@1", "stall@+x", "stall@+1/2/3", "okx:@+1"] {
      #expect(FaultScript.entries(named: wrong, start: Self.start) == nil, "\(wrong)")
    }
  }
}
