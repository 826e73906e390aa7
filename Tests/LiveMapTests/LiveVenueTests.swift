import MapEngine
import Market
import MarketData
import Testing

@testable import LiveMap

@Suite(.serialized) struct LiveVenueTests {
  private static let bitcoin = Instrument(base: "BTC")
  private static let ether = Instrument(base: "ETH")

  /// A map of scripted feeds at work, and what it puts into its mailbox.
  private final class Watched {
    let feeds = ScriptedFeeds()
    let live: LiveMap
    private let mailbox: Mailbox<MapUpdate>
    private var signals: AsyncStream<Void>.Iterator

    init(_ venues: [Venue] = [.binance, .okx], timeframe: Timeframe = .hours12) {
      let (signals, signal) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
      self.signals = signals.makeAsyncIterator()
      mailbox = Mailbox { signal.yield() }
      let list = Dictionary(venues.map { ($0, true) }, uniquingKeysWith: { $1 })
      live = LiveMap(
        origin: .live(LiveSource(feeds: feeds, venues: list, now: { ScriptedFeeds.now })),
        instrument: LiveVenueTests.bitcoin, timeframe: timeframe, mailbox: mailbox)
    }

    /// The next update that is as wanted. The test's time limit is the limit.
    func next(where isWanted: (MapUpdate) -> Bool) async -> MapUpdate? {
      while await signals.next() != nil {
        if let update = mailbox.take(), isWanted(update) { return update }
      }
      return nil
    }

    /// The map once both scripted venues have given ten hours.
    func begin() async throws -> MapSnapshot {
      await live.start()
      for venue in [Venue.binance, .okx] {
        feeds.say(try ScriptedFeeds.page(venue, LiveVenueTests.bitcoin, minutes: 600))
        feeds.say(venue, LiveVenueTests.bitcoin, .live)
      }
      let update = await next { $0.health == .live && $0.snapshot?.map.venues.count == 2 }
      return try #require(update?.snapshot)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `a map is drawn as soon as the first venue has told something`() async throws {
    let watched = Watched()
    await watched.live.start()
    let first = try #require(await watched.next { _ in true })
    #expect(first.snapshot == nil && !first.isSimulated)
    #expect(first.feeds.map(\.venue) == [.binance, .okx])
    #expect(first.feeds.allSatisfy { $0.status.health == .catchingUp && $0.isEnabled })
    #expect(watched.feeds.calls == [.watch(Self.bitcoin, back: .hours(36))])
    watched.feeds.say(.okx, Self.bitcoin, .catchingUp, progress: 0.4)
    let progress = await watched.next { $0.feeds[1].status.progress == 0.4 }
    #expect(progress?.health == .catchingUp)
    watched.feeds.say(try ScriptedFeeds.page(.okx, Self.bitcoin, minutes: 600))
    let map = try #require(await watched.next { $0.snapshot != nil }?.snapshot)
    #expect(map.map.venues == [.okx] && !map.isSimulated && map.source == "live")
    #expect(map.map.total(.long) > 0 && map.map.total(.short) > 0)
    watched.feeds.say(try ScriptedFeeds.page(.binance, Self.bitcoin, minutes: 600))
    let both = await watched.next { $0.snapshot?.map.venues.count == 2 }
    #expect(both?.snapshot?.map.venues == [.binance, .okx])
    await watched.live.stop()
    #expect(watched.feeds.calls.last == .shutdown)
  }

  @Test(.timeLimit(.minutes(1)))
  func `other connections replace the old ones, and everything is read anew`() async throws {
    let watched = Watched()
    _ = try await watched.begin()
    watched.live.ask(.list([Self.ether]))
    watched.live.ask(.enable(.okx, false))
    let other = ScriptedFeeds()
    watched.live.ask(.connect(other.source(.binance, .okx, off: [.bybit])))
    let empty = try #require(
      await watched.next { $0.snapshot == nil && $0.feeds.map(\.venue).contains(.bybit) })
    // What was switched on the screen stays so; what the new source speaks of first is as it says.
    #expect(empty.feeds.map(\.isEnabled) == [true, false, false])
    #expect(empty.feeds[0].status.health == .catchingUp)
    watched.feeds.say(try ScriptedFeeds.page(.binance, Self.bitcoin, minutes: 600, price: 500))
    other.say(try ScriptedFeeds.page(.binance, Self.bitcoin, minutes: 600, price: 200))
    let map = try #require(await watched.next { $0.snapshot != nil }?.snapshot)
    #expect(abs(map.price - 200) < 2 && map.map.venues == [.binance])
    await watched.live.stop()
    #expect(watched.feeds.calls.last == .shutdown && other.calls.last == .shutdown)
    #expect(other.calls.contains(.enable(.okx, false)))
    let watches = other.calls.filter { if case .watch = $0 { true } else { false } }
    #expect(watches.count == 2)
  }

  @Test(.timeLimit(.minutes(1)))
  func `other layers are drawn from the same facts`() async throws {
    let watched = Watched()
    let before = try await watched.begin()
    let two = [
      LeverageLayer(label: "low", minLeverage: 1, maxLeverage: 20),
      LeverageLayer(label: "high", minLeverage: 20, maxLeverage: .infinity),
    ]
    watched.live.ask(.divide(two))
    let map = try #require(await watched.next { $0.snapshot?.map.layers == two }?.snapshot)
    #expect(abs(map.map.total(.long) / before.map.total(.long) - 1) < 1e-6)
    await watched.live.stop()
  }

  @Test(.timeLimit(.minutes(1)))
  func `a forming interval moves the price and leaves no trace`() async throws {
    let watched = Watched()
    let closed = try await watched.begin()
    watched.feeds.say(try ScriptedFeeds.forming(.binance, Self.bitcoin, at: 101))
    watched.feeds.say(try ScriptedFeeds.forming(.okx, Self.bitcoin, at: 101))
    let moved = await watched.next { $0.snapshot.map { abs($0.price - 101) < 1e-9 } ?? false }
    #expect(moved != nil && closed.price < 101)
    watched.feeds.say(try ScriptedFeeds.forming(.binance, Self.bitcoin, at: closed.price))
    watched.feeds.say(try ScriptedFeeds.forming(.okx, Self.bitcoin, at: closed.price))
    let back = await watched.next {
      $0.snapshot.map { abs($0.price - closed.price) < 1e-9 } ?? false
    }
    let total = try #require(back?.snapshot).map.total(.long)
    #expect(abs(total / closed.map.total(.long) - 1) < 0.01)
    await watched.live.stop()
  }

  @Test(.timeLimit(.minutes(1)))
  func `a venue that refuses is named, and the map goes on without it`() async throws {
    let watched = Watched([.binance, .okx, .bybit])
    _ = try? await {
      await watched.live.start()
      watched.feeds.say(.bybit, Self.bitcoin, .refused(reason: "not in your country"))
      watched.feeds.say(try ScriptedFeeds.page(.okx, Self.bitcoin, minutes: 600))
      watched.feeds.say(.okx, Self.bitcoin, .live, gaps: ["no liquidations from 1 to 2"])
      watched.feeds.say(.binance, Self.bitcoin, .stale(since: ScriptedFeeds.now))
    }()
    let update = try #require(
      await watched.next {
        guard case .partial = $0.health else { return false }
        return $0.snapshot != nil && $0.feeds[2].status.health == .live
      })
    guard case .partial(let reason) = update.health else { return }
    #expect(reason.contains("Bybit refuses: not in your country"))
    #expect(reason.contains("Binance is silent since 2026-02-19T14:32:00Z"))
    #expect(!reason.contains("OKX"))
    #expect(update.feeds.map(\.venue) == [.binance, .bybit, .okx])
    #expect(update.feeds[0].since == ScriptedFeeds.now)
    // What is missing also stands in the map's own notes, for outputs without a screen.
    watched.feeds.say(
      try ScriptedFeeds.page(.okx, Self.bitcoin, minutes: 2, until: ScriptedFeeds.now + .minutes(2))
    )
    let later = await watched.next { $0.snapshot?.asOf == ScriptedFeeds.now + .minutes(2) }
    let notes = try #require(later?.snapshot).data.notes
    #expect(notes.contains("Bybit refuses: not in your country"))
    #expect(notes.contains("OKX: no liquidations from 1 to 2"))
    await watched.live.stop()
  }

  @Test(.timeLimit(.minutes(1)))
  func `when no venue answers there is no map, and each says why`() async throws {
    let watched = Watched()
    await watched.live.start()
    for venue in [Venue.binance, .okx] {
      watched.feeds.say(venue, Self.bitcoin, .refused(reason: "no way there"))
    }
    let update = await watched.next {
      if case .refused = $0.health { true } else { false }
    }
    #expect(update?.snapshot == nil)
    #expect(
      update?.health
        == .refused(reason: "Binance refuses: no way there; OKX refuses: no way there"))
    watched.live.ask(.retry)
    watched.live.ask(.show(Self.bitcoin, .days1))
    _ = await watched.next { $0.timeframe == .days1 }
    #expect(watched.feeds.calls.contains(.retry))
    await watched.live.stop()
  }

  @Test(.timeLimit(.minutes(1)))
  func `coming back to an instrument shows its last map at once, and it stays warm`()
    async throws
  {
    let watched = Watched()
    let before = try await watched.begin()
    watched.live.ask(.show(Self.ether, .hours12))
    let other = await watched.next { $0.instrument == Self.ether }
    #expect(other?.snapshot == nil && other?.health == .catchingUp)
    // What comes for an instrument out of sight is taken all the same.
    let end = ScriptedFeeds.now + .minutes(3)
    watched.feeds.say(
      try ScriptedFeeds.page(.binance, Self.bitcoin, minutes: 3, until: end, price: 102))
    watched.feeds.say(try ScriptedFeeds.page(.okx, Self.ether, minutes: 400))
    #expect(await watched.next { $0.snapshot?.instrument == Self.ether } != nil)
    watched.live.ask(.show(Self.bitcoin, .hours12))
    let first = try #require(await watched.next { $0.instrument == Self.bitcoin }?.snapshot)
    #expect(first.asOf == before.asOf || first.asOf == end)
    if first.asOf != end {
      #expect(await watched.next { $0.snapshot?.asOf == end } != nil)
    }
    let watches = watched.feeds.calls.filter { if case .watch = $0 { true } else { false } }
    #expect(watches.count == 2)
    await watched.live.stop()
  }

  @Test(.timeLimit(.minutes(1)))
  func `only a timeframe that reaches further asks the venues again`() async throws {
    let watched = Watched(timeframe: .days7)
    await watched.live.start()
    for timeframe in [Timeframe.days1, .days30, .days7, .all, .year1] {
      watched.live.ask(.show(Self.bitcoin, timeframe))
    }
    #expect(await watched.next { $0.timeframe == .year1 } != nil)
    #expect(
      watched.feeds.calls == [
        .watch(Self.bitcoin, back: .days(14)), .watch(Self.bitcoin, back: .days(60)),
        .watch(Self.bitcoin, back: nil),
      ])
    await watched.live.stop()
  }

  @Test(.timeLimit(.minutes(1)))
  func `timeframes can be chosen until the venues have said that they keep less`() async throws {
    let watched = Watched()
    await watched.live.start()
    watched.feeds.say(try ScriptedFeeds.page(.okx, Self.bitcoin, minutes: 600))
    watched.feeds.say(.okx, Self.bitcoin, .catchingUp, progress: 0.5)
    let early = try #require(await watched.next { $0.snapshot != nil })
    #expect(early.unavailable.isEmpty)
    watched.feeds.say(.okx, Self.bitcoin, .live)
    watched.feeds.say(.binance, Self.bitcoin, .refused(reason: "no"))
    let known = try #require(await watched.next { !$0.unavailable.isEmpty })
    // 36 hours were asked for and 10 came; a week wasn't asked for yet.
    #expect(Set(known.unavailable.keys) == [.hours12, .days1])
    await watched.live.stop()
  }

  @Test(.timeLimit(.minutes(1)))
  func `a venue that is switched off leaves the map, and comes back`() async throws {
    let watched = Watched()
    let both = try await watched.begin()
    watched.live.ask(.enable(.okx, false))
    let one = try #require(await watched.next { $0.snapshot?.map.venues == [.binance] })
    #expect(one.feeds[1].isEnabled == false && one.health == .live)
    let alone = try #require(one.snapshot)
    #expect(alone.map.total(.long) < both.map.total(.long))
    watched.live.ask(.enable(.binance, false))
    let none = await watched.next { $0.feeds.allSatisfy { !$0.isEnabled } }
    #expect(none?.health == .refused(reason: "every venue is switched off"))
    watched.live.ask(.enable(.okx, true))
    let back = await watched.next { $0.snapshot?.map.venues == [.okx] }
    #expect(back?.feeds[1].status.health == .catchingUp)
    #expect(
      watched.feeds.calls.filter { if case .enable = $0 { true } else { false } } == [
        .enable(.okx, false), .enable(.binance, false), .enable(.okx, true),
      ])
    await watched.live.stop()
  }

  @Test(.timeLimit(.minutes(1)))
  func `what venues list can be chosen, the most listed first`() async throws {
    let watched = Watched()
    await watched.live.start()
    func listed(_ venue: Venue, _ coins: String..., dated: String = "LTC") -> FeedUpdate {
      .instruments(
        venue,
        (coins + [dated]).map { coin in
          VenueInstrument(
            venue: venue, symbol: coin + "USDT", instrument: Instrument(base: coin),
            kind: .linear, isPerpetual: coin != dated, unit: .coins(1))
        })
    }
    watched.feeds.say(listed(.binance, "BTC", "PEPE", "ZEC"))
    watched.feeds.say(listed(.okx, "ZEC", "BTC"))
    let update = try #require(await watched.next { $0.listed.first?.venueCount == 2 })
    #expect(update.listed.map(\.instrument.base) == ["BTC", "ZEC", "PEPE"])
    #expect(update.listed.map(\.venueCount) == [2, 2, 1])
    await watched.live.stop()
  }

  @Test(.timeLimit(.minutes(1)))
  func `the instrument that was shown longest ago is let go of`() async throws {
    let watched = Watched()
    await watched.live.start()
    let coins = (0..<LiveMarkets.warmCount).map { Instrument(base: "C\($0)") }
    for coin in coins { watched.live.ask(.show(coin, .hours12)) }
    _ = await watched.next { $0.instrument == coins.last }
    #expect(watched.feeds.calls.last == .unwatch(Self.bitcoin))
    await watched.live.stop()
  }

  @Test(.timeLimit(.minutes(5)))
  func `the simulator takes the venues' place when it is asked for, and says so`() async throws {
    let watched = Watched()
    _ = try await watched.begin()
    watched.live.ask(.simulate(DemoSettings(seed: 4)))
    watched.live.ask(.show(Self.bitcoin, .hours12))
    let demo = try #require(await watched.next { $0.isSimulated })
    #expect(demo.snapshot?.isSimulated == true && demo.feeds.isEmpty)
    watched.live.ask(.leaveSimulator)
    watched.live.ask(.show(Self.bitcoin, .hours12))
    let live = try #require(await watched.next { !$0.isSimulated })
    #expect(live.snapshot?.isSimulated == false && live.feeds.count == 2)
    await watched.live.stop()
  }
}
