import Foundation
import MapEngine
import Market
import Testing

@testable import LiveMap

@Suite(.serialized) struct LiveMapTests {
  static let bitcoin = Instrument(base: "BTC")
  static let ether = Instrument(base: "ETH")

  /// A map at work, and what it puts into its mailbox, one after the other.
  private final class Watched {
    let live: LiveMap
    private let mailbox: Mailbox<MapUpdate>
    private var signals: AsyncStream<Void>.Iterator

    init(_ origin: MapOrigin, timeframe: Timeframe = .days1) {
      let (signals, signal) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
      self.signals = signals.makeAsyncIterator()
      mailbox = Mailbox { signal.yield() }
      live = LiveMap(
        origin: origin, instrument: LiveMapTests.bitcoin, timeframe: timeframe, mailbox: mailbox)
    }

    /// The next update that is as wanted. The test's time limit is the limit.
    func next(where isWanted: (MapUpdate) -> Bool) async -> MapUpdate? {
      while await signals.next() != nil {
        if let update = mailbox.take(), isWanted(update) { return update }
      }
      return nil
    }
  }

  @Test(.timeLimit(.minutes(5)))
  func `a simulated market is shown at once, and longer timeframes fill in behind`() async throws {
    let watched = Watched(.demo(DemoSettings(seed: 3)))
    await watched.live.start()
    let first = try #require(await watched.next { _ in true })
    let map = try #require(first.snapshot)
    #expect(map.isSimulated && map.timeframe == .days1 && map.instrument == Self.bitcoin)
    #expect(map.map.total(.long) > 0 && map.map.total(.short) > 0)
    #expect(first.health == .catchingUp)
    #expect(first.unavailable[.year1]?.contains("filling in") == true)
    #expect(first.unavailable[.days1] == nil && first.unavailable[.all] == nil)
    let studied = try #require(await watched.next { $0.study != nil }?.study)
    #expect(studied.snapshot.isSimulated && studied.snapshot.timeframe == .days1)
    #expect(studied.snapshot.bands != nil && studied.history == nil)
    // The past is studied as soon as somebody looks at it, not when the next study would be due.
    watched.live.ask(.look(.overTime))
    let past = try #require(await watched.next { $0.study?.history != nil }?.study?.history)
    #expect(past.timeframe == .days1 && past.columns.count > 200 && past.peak > 0)
    let later = await watched.next { $0.unavailable[.days30] == nil }
    #expect(later?.snapshot != nil)
    await watched.live.stop()
  }

  @Test(.timeLimit(.minutes(5)))
  func `weights and learning are wishes: the map comes again as it was asked for`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { _ = try? FileManager.default.removeItem(at: folder) }
    let candles = (0..<300).map { "\(1_700_000_000_000 + $0 * 60_000),100,101,99,100,10,1000" }
    let table = ["open_time,open,high,low,close,volume,open_interest"] + candles
    try table.joined(separator: "\n").write(
      to: folder.appending(path: "BTCUSDT-1m.csv"), atomically: true, encoding: .utf8)
    let watched = Watched(.files(path: folder.path, venue: .okx, skipBadRows: false))
    await watched.live.start()
    let plain = try #require(await watched.next { $0.snapshot != nil }?.snapshot)
    #expect(plain.weights == MapWeights())
    let weights = MapWeights(layerFactors: [2, 2, 2, 2, 2])
    watched.live.ask(.weigh(weights))
    let moved = try #require(
      await watched.next { $0.snapshot?.weights == weights }?.snapshot)
    #expect(abs(moved.map.total(.long) / plain.map.total(.long) - 2) < 1e-9)
    watched.live.ask(.learn(.none))
    watched.live.ask(.weigh(MapWeights(meaning: .nominal)))
    let nominal = try #require(
      await watched.next { $0.snapshot?.weights.meaning == .nominal }?.snapshot)
    #expect(nominal.map.total(.long) > plain.map.total(.long))
    #expect(nominal.calibration.state == .uncalibrated)
    await watched.live.stop()
  }

  @Test(.timeLimit(.minutes(5)))
  func `wishes are done in order, and another instrument keeps the facts of the first`()
    async throws
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { _ = try? FileManager.default.removeItem(at: folder) }
    let candles = (0..<300).map { "\(1_700_000_000_000 + $0 * 60_000),100,101,99,100,10,1000" }
    let table = ["open_time,open,high,low,close,volume,open_interest"] + candles
    for name in ["BTC", "ETH", "SOL"] {
      try table.joined(separator: "\n").write(
        to: folder.appending(path: "\(name)USDT-1m.csv"), atomically: true, encoding: .utf8)
    }
    let watched = Watched(.files(path: folder.path, venue: .okx, skipBadRows: false))
    await watched.live.start()
    let first = try #require(await watched.next { $0.instrument == Self.bitcoin })
    #expect(first.health == .complete)
    #expect(first.unavailable[.days7]?.contains("the source holds 0.2 days") == true)
    watched.live.ask(.show(Self.ether, .days3))
    watched.live.ask(.show(Self.ether, .hours12))
    let other = await watched.next { $0.instrument == Self.ether && $0.timeframe == .hours12 }
    #expect(other?.snapshot?.instrument == Self.ether)
    try FileManager.default.removeItem(at: folder)
    watched.live.ask(.show(Self.bitcoin, .days3))
    let back = await watched.next { $0.instrument == Self.bitcoin }
    #expect(back?.snapshot?.timeframe == .days3)
    // What was never read can't be kept.
    watched.live.ask(.show(Instrument(base: "SOL"), .days3))
    let lost = try #require(await watched.next { $0.instrument.base == "SOL" })
    #expect(lost.snapshot == nil)
    await watched.live.stop()
  }

  @Test(.timeLimit(.minutes(5)))
  func `a source that can't answer is refused with its reason`() async throws {
    let files = Watched(.files(path: "/no/such/file", venue: .binance, skipBadRows: false))
    await files.live.start()
    let update = try #require(await files.next { _ in true })
    #expect(update.snapshot == nil)
    guard case .refused(let reason) = update.health else {
      Issue.record("health is \(update.health)")
      return
    }
    #expect(reason.contains("no such file or folder"))
    await files.live.stop()
  }
}

@Suite struct DemoMarketTests {
  @Test func `the same settings give the same facts, and the past reaches as far as asked`()
    throws
  {
    var one = try #require(DemoMarket(LiveMapTests.bitcoin, settings: DemoSettings(seed: 9)))
    var two = try #require(DemoMarket(LiveMapTests.bitcoin, settings: DemoSettings(seed: 9)))
    one.fill(back: .days(30))
    two.fill(back: .days(30))
    #expect(one.span >= .days(30))
    #expect(!one.isFilled)
    let facts = one.history.series().map(\.intervals)
    #expect(facts == two.history.series().map(\.intervals))
    let end = try #require(one.history.last)
    #expect(end == DemoSettings.standardNow)
    one.advance(to: end + .minutes(2))
    #expect(one.history.last == end + .minutes(2))
    #expect(one.history.series()[0].intervals.prefix(facts[0].count) == facts[0][...])
  }

  @Test func `the map of a market with more past than it needs is the one that is printed`() throws
  {
    let settings = DemoSettings(seed: 4)
    for timeframe in [Timeframe.days3, .days30] {
      var printed = try #require(DemoMarket(LiveMapTests.bitcoin, settings: settings))
      printed.fill(back: timeframe.span)
      let span = printed.span
      var shown = printed
      shown.addSegment()
      #expect(shown.span > span)
      var request = MapRequest(instrument: LiveMapTests.bitcoin, timeframe: timeframe)
      let first = try MapBuilder(
        request: request, history: printed.history, source: printed.source)
      let wanted = MapInsight(first.snapshot(), history: printed.history, request: request)
      request.factsFrom = DemoMarket.factsFrom(timeframe, settings: settings)
      #expect(request.factsFrom == printed.history.first)
      let second = try MapBuilder(request: request, history: shown.history, source: shown.source)
      let insight = MapInsight(second.snapshot(), history: shown.history, request: request)
      let isSame = second.snapshot() == first.snapshot()
      #expect(isSame && insight.records == wanted.records && insight.ledger == wanted.ledger)
    }
    #expect(DemoMarket.factsFrom(.all, settings: settings) == nil)
  }

  @Test func `an instrument that isn't traded is no market`() {
    #expect(DemoMarket(Instrument(base: "XYZ"), settings: DemoSettings()) == nil)
  }
}

@Suite struct RecordedMarketTests {
  @Test func `what was found in a file is told`() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).csv")
    defer { _ = try? FileManager.default.removeItem(at: file) }
    let rows = """
      open_time,open,high,low,close,volume,oi_close,mood
      1700000000000,100,101,99,100,10,1000,good
      1700000060000,100,101,99,oops,10,1000,bad
      1700000120000,100,102,99,101,10,1010,good
      1700000120000,100,102,99,101,10,1010,good
      1700000180000,101,103,100,102,10,1020,good

      """
    try rows.write(to: file, atomically: true, encoding: .utf8)
    #expect(throws: (any Error).self) {
      try RecordedMarket(
        path: file.path, instrument: LiveMapTests.bitcoin, venue: .bybit, skipBadRows: false)
    }
    let market = try RecordedMarket(
      path: file.path, instrument: LiveMapTests.bitcoin, venue: .bybit, skipBadRows: true)
    #expect(market.history.venues == [.bybit])
    #expect(market.source.name == file.lastPathComponent && !market.source.isSimulated)
    let findings = market.source.findings
    #expect(findings.skipped == 1 && findings.duplicates == 1 && findings.outOfOrder == 0)
    #expect(findings.columnsFound.contains("open_interest <- oi_close"))
    #expect(findings.columnsIgnored.contains { $0.hasPrefix("mood: ") })
    #expect(findings.notes.contains { $0.contains("line 3") && $0.contains("oops") })
  }
}
