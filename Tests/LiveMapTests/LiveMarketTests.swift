import MapEngine
import Market
import Testing

@testable import LiveMap
@testable import MarketData

@Suite struct LiveMarketTests {
  private static let bitcoin = Instrument(base: "BTC")
  private let now = ScriptedFeeds.now

  private func market(_ venues: [Venue] = [.binance, .bybit]) -> LiveMarket {
    LiveMarket(
      Self.bitcoin, venues: Dictionary(venues.map { ($0, true) }, uniquingKeysWith: { $1 }),
      back: .days(14), at: now)
  }

  private func status(_ venue: Venue, _ health: FeedHealth) -> FeedUpdate {
    .status(venue, Self.bitcoin, FeedStatus(health: health))
  }

  @Test func `what an update changed is told`() throws {
    var market = market()
    let page = try ScriptedFeeds.page(.binance, Self.bitcoin, minutes: 360)
    #expect(market.take(page, at: now) == .arrival)
    #expect(market.take(page, at: now) == .closed)
    let forming = try ScriptedFeeds.forming(.binance, Self.bitcoin, at: 100)
    #expect(market.take(forming, at: now) == .forming)
    #expect(market.take(status(.binance, .live), at: now) == .status)
    #expect(market.take(status(.binance, .live), at: now) == .nothing)
    let other = try ScriptedFeeds.page(.binance, Instrument(base: "ETH"), minutes: 10)
    #expect(market.take(other, at: now) == .nothing)
    #expect(market.take(.facts(.binance, Self.bitcoin, []), at: now) == .nothing)
  }

  @Test func `what comes within the forming interval moves no closed one`() throws {
    var market = market()
    _ = market.take(try ScriptedFeeds.page(.binance, Self.bitcoin, minutes: 360), at: now)
    let last = try #require(market.history.last)
    func liquidation(_ time: Timestamp) throws -> FeedUpdate {
      .facts(
        .binance, Self.bitcoin,
        [
          MarketEvent(
            venue: .binance, instrument: Self.bitcoin,
            fact: .liquidation(try Liquidation(time: time, side: .long, price: 90, quantity: 2)))
        ])
    }
    let revision = market.revision
    #expect(market.take(try liquidation(last + .minutes(1)), at: now) == .forming)
    #expect(market.revision == revision)
    #expect(market.take(try liquidation(last - .minutes(1)), at: now) == .closed)
    #expect(market.revision == revision + 1)
    #expect(market.ticker.tape.prints.count == 2)
    // A venue's first closed candle can't be forming.
    let first = try ScriptedFeeds.forming(.bybit, Self.bitcoin, at: 100)
    #expect(market.take(first, at: now) == .closed)
  }

  @Test func `a venue is drawn once it has told six hours, or as much as it will`() throws {
    var market = market()
    #expect(
      market.take(try ScriptedFeeds.page(.binance, Self.bitcoin, minutes: 359), at: now) == .closed)
    #expect(
      market.take(try ScriptedFeeds.page(.bybit, Self.bitcoin, minutes: 10), at: now) == .closed)
    #expect(market.hasAnswer && market.drawable.isEmpty)
    #expect(market.take(status(.bybit, .live), at: now) == .arrival)
    #expect(market.drawable == [.bybit])
    #expect(market.take(status(.bybit, .stale(since: now)), at: now) == .status)
    #expect(
      market.take(try ScriptedFeeds.page(.binance, Self.bitcoin, minutes: 360), at: now) == .arrival
    )
    #expect(market.drawable == [.binance, .bybit])
    market.setEnabled(false, .bybit, at: now)
    #expect(market.drawable == [.binance])
  }

  @Test func `what lies days beyond what was asked for is let go of, by whole days`() throws {
    var market = LiveMarket(Self.bitcoin, venues: [.okx: true], back: .days(1), at: now)
    for day in Int64(0)..<3 {
      let page = try ScriptedFeeds.page(
        .okx, Self.bitcoin, minutes: 1_440, until: now + .days(day))
      _ = market.take(page, at: now)
    }
    #expect(!market.hasForgotten && market.history.first == now - .days(1))
    _ = market.take(
      try ScriptedFeeds.page(.okx, Self.bitcoin, minutes: 1, until: now + .days(2) + .minutes(1)),
      at: now)
    #expect(market.hasForgotten)
    // The last candle closes on the 21st at 14:33; a day before that lies in the 20th.
    #expect(market.history.first?.description == "2026-02-20T00:00:00Z")
    #expect(market.history.last == now + .days(2) + .minutes(1))
  }

  @Test func `a state counts from its beginning, whatever its reason`() {
    var market = market([.bybit])
    let later = now + .minutes(1)
    _ = market.take(status(.bybit, .partial(reason: "one")), at: later)
    _ = market.take(status(.bybit, .partial(reason: "two")), at: later + .minutes(1))
    #expect(market.states[0].since == later)
    _ = market.take(status(.bybit, .stale(since: now - .minutes(5))), at: later + .minutes(2))
    #expect(market.states[0].since == now - .minutes(5))
  }

  @Test func `venues together are live only when each is`() {
    func health(_ healths: FeedHealth...) -> FeedHealth {
      FeedHealth(
        of: zip(Venue.real, healths).map { venue, health in
          VenueState(
            venue: venue, isEnabled: true, status: FeedStatus(health: health), since: now)
        })
    }
    #expect(health(.live, .live) == .live)
    #expect(health(.live, .catchingUp) == .catchingUp)
    #expect(
      health(.stale(since: now), .stale(since: now + .minutes(1)))
        == .stale(since: now + .minutes(1)))
    #expect(
      health(.live, .partial(reason: "x"))
        == .partial(reason: "Binance: x".replacing("Binance", with: "Bybit")))
    #expect(health(.refused(reason: "a")) == .refused(reason: "Binance refuses: a"))
    #expect(
      health(.refused(reason: "a"), .live) == .partial(reason: "Binance refuses: a"))
  }

  private func tiers(_ leverage: Double?) throws -> MaintenanceTiers {
    try MaintenanceTiers(
      unit: .dollars,
      tiers: [
        .init(number: 1, floor: 0, cap: 50_000, rate: 0.004, maxLeverage: leverage, deduction: 0),
        .init(
          number: 2, floor: 50_000, cap: 1e9, rate: 0.02, maxLeverage: leverage.map { $0 / 2 },
          deduction: 800),
      ])
  }

  private let listed = VenueInstrument(
    venue: .binance, symbol: "BTCUSDT", instrument: bitcoin, kind: .linear, isPerpetual: true,
    unit: .coins(1))

  @Test func `a venue's own tiers place the levels, and the map says since when`() throws {
    var market = market([.binance])
    _ = market.take(try ScriptedFeeds.page(.binance, Self.bitcoin, minutes: 900), at: now)
    let request = MapRequest(instrument: Self.bitcoin, timeframe: .hours12)
    let shipped = try market.builder(request).snapshot()
    let first = FeedUpdate.maintenanceTiers(.binance, Self.bitcoin, listed, try tiers(20))
    #expect(market.take(first, at: now) == .closed)
    let own = try market.builder(request).snapshot()
    #expect(own.map.cells != shipped.map.cells)
    #expect(own.data.notes.contains { $0.contains("its maintenance tiers as read on 2026-02-19") })
    // The same tiers again are no news.
    #expect(market.take(first, at: now + .hours(1)) == .nothing)
    let changed = FeedUpdate.maintenanceTiers(.binance, Self.bitcoin, listed, try tiers(30))
    #expect(market.take(changed, at: now + .hours(2)) == .closed)
    #expect(
      try market.builder(request).snapshot().data.notes.contains {
        $0.contains("Binance changed its maintenance tiers; since 2026-02-19T16:32:00Z")
      })
  }

  @Test func `tiers that don't say their leverage leave the shipped ones in force`() throws {
    var market = market([.binance])
    _ = market.take(try ScriptedFeeds.page(.binance, Self.bitcoin, minutes: 900), at: now)
    let request = MapRequest(instrument: Self.bitcoin, timeframe: .hours12)
    let shipped = try market.builder(request).snapshot()
    let update = FeedUpdate.maintenanceTiers(.binance, Self.bitcoin, listed, try tiers(nil))
    #expect(market.take(update, at: now) == .status)
    let after = try market.builder(request).snapshot()
    #expect(after.map == shipped.map)
    #expect(after.data.notes.contains { $0.contains("the shipped ones serve") })
  }

  @Test func `sizes in contracts need the size of a contract`() throws {
    let tiers = try MaintenanceTiers(
      unit: .contracts,
      tiers: [.init(number: 1, floor: 0, cap: 10, rate: 0.01, maxLeverage: 50, deduction: nil)])
    let known = VenueInstrument(
      venue: .okx, symbol: "BTC-USDT-SWAP", instrument: Self.bitcoin, kind: .linear,
      isPerpetual: true, unit: .coins(0.01))
    let table = try #require(MaintenanceTable(tiers, of: known, readAt: now))
    #expect(table.unit == .contracts(coins: 0.01))
    #expect(table.brackets.last?.cap == .infinity && table.largestSize == 10)
    #expect(table.countedTakerFee > 0, "OKX counts its fee")
    let unknown = VenueInstrument(
      venue: .okx, symbol: "BTC-USDT-SWAP", instrument: Self.bitcoin, kind: .linear,
      isPerpetual: true, unit: nil)
    #expect(MaintenanceTable(tiers, of: unknown, readAt: now) == nil)
  }

  @Test(.timeLimit(.minutes(1)))
  func `gathering ends when every venue is live or has refused`() async throws {
    let feeds = ScriptedFeeds()
    feeds.say(try ScriptedFeeds.page(.binance, Self.bitcoin, minutes: 10))
    feeds.say(.binance, Self.bitcoin, .live)
    feeds.say(.okx, Self.bitcoin, .refused(reason: "no"))
    let market = await LiveMarket.gather(
      Self.bitcoin, from: feeds.source(.binance, .okx, off: [.gate]), back: .days(2),
      within: .minutes(30))
    #expect(market.hasAnswer && market.history.venues == [.binance])
    #expect(market.states.map(\.isEnabled) == [true, true, false])
    #expect(feeds.calls == [.watch(Self.bitcoin, back: .days(2))])
  }

  @Test(.timeLimit(.minutes(1)))
  func `gathering ends when the wait is over`() async throws {
    let feeds = ScriptedFeeds()
    let market = await LiveMarket.gather(
      Self.bitcoin, from: feeds.source(.binance), back: nil, within: Span(milliseconds: 20))
    #expect(!market.hasAnswer && market.health == .catchingUp)
  }
}
