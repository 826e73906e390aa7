import Market
import Synchronization
import Testing
import VenueEmulator

@testable import MarketData

/// Feeds over TLS and real sockets: what a simulation of time can't show.
struct LiveFeedsTests {
  @Test("Five venues are live within seconds, and the stream of updates ends with the feeds")
  func live() async throws {
    let bench = try await LiveBench(Venue.real)
    for venue in Venue.real {
      #expect(try await bench.waitUntilLive(venue), "\(venue)")
      #expect(try await bench.flows(venue), "\(venue)")
      #expect(bench.standing(venue)?.mark != nil, "\(venue)")
      #expect(bench.servers[venue]?.report.violations.isEmpty == true, "\(venue)")
    }
    await bench.stop()
    #expect(try await bench.wait { bench.isOver })
  }

  @Test(
    "A stream that breaks, is huge, in pieces or slow is live again or stays so",
    arguments: [
      (Fault.cutMidFrame, Venue.binance), (.closeStreams, .okx), (.hugeFrame, .bybit),
      (.fragments, .binance), (.slowDrip, .hyperliquid), (.refusedStreams, .gate),
      (.truncatedJSON, .okx), (.unknownFields, .bybit),
    ])
  func streams(fault: Fault, venue: Venue) async throws {
    let bench = try await LiveBench([venue])
    // Only a stream that begins is refused.
    let faults = fault == .refusedStreams ? [fault, .closeStreams] : [fault]
    #expect(try await bench.survives(faults, venue))
    #expect(bench.servers[venue]?.report.violations.isEmpty == true)
    await bench.stop()
  }

  @Test("A connection that stands and is dead is noticed and replaced")
  func halfOpen() async throws {
    // The venue's own rhythm, faster.
    let quick = Heartbeat(
      rhythm: .afterSilence(.seconds(1)), patience: .seconds(1), probe: .ping)
    let bench = try await LiveBench([.binance], heartbeat: { _ in quick })
    #expect(try await bench.survives([.halfOpen], .binance))
    let isStale = bench.states(.binance).contains {
      if case .stale = $0 { true } else { false }
    }
    #expect(isStale)
    #expect(
      try await bench.wait {
        bench.status(.binance)?.gaps.contains { $0.hasPrefix("liquidations") } == true
      })
    await bench.stop()
  }

  @Test("A certificate of somebody else is refused in plain words, and not put up with")
  func wrongCertificate() async throws {
    let bench = try await LiveBench([.gate], isWatching: false)
    bench.servers[.gate]?.suffer(.wrongCertificate)
    bench.feeds.watch(LiveBench.instrument, back: .hours(1))
    let isTold = try await bench.wait {
      bench.status(.gate)?.obstacle?.contains("certificate") == true
    }
    #expect(isTold)
    bench.servers[.gate]?.heal()
    #expect(try await bench.waitUntilLive(.gate))
    await bench.stop()
  }

  @Test("Requests and streams go through one proxy", arguments: [false, true])
  func proxy(isSocks: Bool) async throws {
    let asked = Mutex(0)
    let proxyHolder = Mutex<TestServer?>(nil)
    let bench = try await LiveBench(
      [.bybit],
      proxies: { _, server in
        let proxy = try await proxyServer(to: server.port, socks: isSocks) { _ in
          asked.withLock { $0 += 1 }
        }
        proxyHolder.withLock { $0 = proxy }
        let scheme = isSocks ? "socks5" : "http"
        return ProxySettings(explicit: try Proxy("\(scheme)://127.0.0.1:\(proxy.port)"))
      })
    #expect(try await bench.waitUntilLive(.bybit))
    // One for requests at least, and one for the stream.
    #expect(asked.withLock { $0 } >= 2)
    await bench.stop()
  }

  @Test("A storm of broken connections exceeds no allowance")
  func storm() async throws {
    let bench = try await LiveBench([.okx])
    #expect(try await bench.waitUntilLive(.okx))
    let server = try #require(bench.servers[.okx])
    for _ in 0..<12 {
      server.suffer(.closeStreams)
      try await Task.sleep(for: .milliseconds(300))
    }
    #expect(try await bench.waitUntilLive(.okx))
    #expect(server.report.counters.streams > 2)
    #expect(server.report.violations.isEmpty)
    await bench.stop()
  }

  @Test("A connection is replaced before its time is over, and nothing is missed")
  func replaced() async throws {
    let bench = try await LiveBench([.binance], adapter: { _ in ShortLived() })
    #expect(try await bench.waitUntilLive(.binance))
    let server = try #require(bench.servers[.binance])
    #expect(try await bench.wait { server.report.counters.streams >= 3 })
    #expect(bench.status(.binance)?.health == .live)
    let isStale = bench.states(.binance).contains {
      if case .stale = $0 { true } else { false }
    }
    #expect(!isStale)
    #expect(bench.status(.binance)?.gaps == [])
    // The old ones are gone.
    #expect(try await bench.wait { server.report.openStreams <= 2 })
    await bench.stop()
  }

  @Test("A refused place is left alone until somebody asks to try again")
  func refused() async throws {
    let bench = try await LiveBench([.binance], isWatching: false)
    let server = try #require(bench.servers[.binance])
    server.suffer(.restricted)
    bench.feeds.watch(LiveBench.instrument, back: .hours(1))
    let isRefused = try await bench.wait {
      if case .refused(let reason)? = bench.status(.binance)?.health {
        reason.contains("restricted location")
      } else {
        false
      }
    }
    #expect(isRefused)
    // The first two were under way together; the other's answer may be still.
    try await Task.sleep(for: .milliseconds(500))
    let asked = server.report.counters.requests.values.reduce(0, +)
    #expect(asked <= 2)
    try await Task.sleep(for: .seconds(2))
    #expect(server.report.counters.requests.values.reduce(0, +) == asked)
    server.heal()
    for _ in 0..<40 where bench.status(.binance)?.health != .live {
      bench.feeds.retry()
      try await Task.sleep(for: .seconds(1))
    }
    #expect(bench.status(.binance)?.health == .live)
    await bench.stop()
  }

  @Test("A venue can be switched off and on, and an instrument left")
  func switched() async throws {
    let bench = try await LiveBench([.bybit])
    let server = try #require(bench.servers[.bybit])
    #expect(try await bench.waitUntilLive(.bybit))
    bench.feeds.setEnabled(false, .bybit)
    #expect(try await bench.wait { server.report.openStreams == 0 })
    bench.feeds.setEnabled(true, .bybit)
    #expect(try await bench.wait { server.report.openStreams == 1 })
    #expect(try await bench.waitUntilLive(.bybit))
    #expect(
      try await bench.wait {
        bench.status(.bybit)?.gaps.contains { $0.hasPrefix("liquidations") } == true
      })
    bench.feeds.unwatch(LiveBench.instrument)
    #expect(try await bench.wait { server.report.openStreams == 0 })
    await bench.stop()
  }

  @Test("With nobody at the address the reason is told, and nothing spins")
  func nobody() async throws {
    let bench = try await LiveBench([.hyperliquid], isWatching: false)
    await bench.servers[.hyperliquid]?.stop()
    bench.feeds.watch(LiveBench.instrument, back: nil)
    let isTold = try await bench.wait {
      bench.status(.hyperliquid)?.obstacle?.contains("nothing listens") == true
    }
    #expect(isTold)
    try await Task.sleep(for: .seconds(1))
    #expect(bench.states(.hyperliquid).count < 10)
    await bench.stop()
  }
}

/// Binance with connections of four seconds.
private struct ShortLived: VenueAdapter {
  private let own = BinanceAdapter()

  var venue: Venue { own.venue }
  var restURL: String { own.restURL }
  var streamURL: String { own.streamURL }
  var limits: [RateRule] { own.limits }

  func instruments() -> [VenueRequest] { own.instruments() }
  func page(after request: VenueRequest, answer: [UInt8]) -> VenueRequest? { nil }
  func maintenanceTiers(of instrument: VenueInstrument) -> [VenueRequest] { [] }
  func depth(of series: HistorySeries) -> HistoryDepth? { own.depth(of: series) }
  func current(of instrument: VenueInstrument) -> [VenueRequest] { own.current(of: instrument) }
  func polls(of instrument: VenueInstrument) -> [VenuePoll] { own.polls(of: instrument) }

  func history(
    _ series: HistorySeries, of instrument: VenueInstrument, from: Timestamp, to: Timestamp,
    now: Timestamp
  ) -> VenueRequest? {
    own.history(series, of: instrument, from: from, to: to, now: now)
  }

  func streams(of instruments: [VenueInstrument], candles: Span) -> [StreamPlan] {
    own.streams(of: instruments, candles: candles).map {
      StreamPlan(
        name: $0.name, path: $0.path, subscriptions: $0.subscriptions, lifetime: .seconds(4))
    }
  }
}
