import Foundation
import LiveMap
import MapEngine
import MapUI
import Market
import TestSupport
import Testing

@testable import LiveMap
@testable import lodestone

@Suite("The map in plain words") struct PlainTests {
  /// A simulated map and what it means, made once.
  private struct Facts: Sendable {
    let snapshot: MapSnapshot
    let insight: MapInsight
  }

  private static let made = Task {
    let request = MapRequest(instrument: Instrument(base: "BTC"), timeframe: .days1)
    let facts = try await SnapshotFacts(
      request, from: .demo(DemoSettings()), within: .minutes(0))
    let snapshot = facts.builder.snapshot()
    return Facts(snapshot: snapshot, insight: facts.insight(of: snapshot))
  }

  private func summary(
    _ facts: Facts, bias: Bias? = nil, magnets: [Cluster]? = nil, hasInsight: Bool = true,
    health: FeedHealth = .live, feeds: [VenueState] = []
  ) -> PlainSummary {
    PlainSummary(
      snapshot: changed(facts.snapshot, bias: bias, magnets: magnets),
      insight: hasInsight ? facts.insight : nil, health: health, feeds: feeds)
  }

  private func changed(
    _ snapshot: MapSnapshot, bias: Bias? = nil, magnets: [Cluster]? = nil
  ) -> MapSnapshot {
    let old = snapshot.reading
    return MapSnapshot(
      instrument: snapshot.instrument, timeframe: snapshot.timeframe,
      rangePercent: snapshot.rangePercent, source: snapshot.source,
      isSimulated: snapshot.isSimulated, asOf: snapshot.asOf, map: snapshot.map,
      reading: MapReading(
        atr: old.atr, magnets: magnets ?? old.magnets, nearestLong: old.nearestLong,
        nearestShort: old.nearestShort, bias: bias ?? old.bias, fuel: old.fuel),
      calibration: snapshot.calibration, data: snapshot.data)
  }

  @Test func `a summary says everything in sentences that can be spoken`() async throws {
    let facts = try await Self.made.value
    let text = summary(facts).text
    let lines = text.split(separator: "\n")
    for words in [
      "Liquidation map of BTCUSDT over 1 day", "The price is", "simulated: none of it is real",
      "modelled", "Longs within", "Shorts within", "The nearest large cluster below",
      "The nearest large cluster above", "The magnet", "The map leans to", "The source is live",
    ] {
      #expect(text.contains(words), "\(words)\n\(text)")
    }
    #expect(text.contains("unproven") || text.contains("is proven") || text.contains("neither"))
    for line in lines {
      #expect(line.hasSuffix("."), "\(line)")
      #expect(line.first?.isUppercase == true, "\(line)")
      // Nothing that is drawn rather than said.
      #expect(line.allSatisfy { $0.isASCII && !"$%+|".contains($0) }, "\(line)")
    }
  }

  @Test func `numbers and timeframes are spoken`() {
    #expect(PlainText.dollars(1_083_000_000) == "1.08 billion dollars")
    #expect(PlainText.dollars(641_400_000) == "641 million dollars")
    #expect(PlainText.dollars(999_900) == "1.00 million dollars")
    #expect(PlainText.dollars(12) == "12 dollars")
    #expect(PlainText.distance(-2.318) == "2.32 percent below")
    #expect(PlainText.timeframe(.hours12) == "12 hours")
    #expect(PlainText.timeframe(.days1) == "1 day")
    #expect(PlainText.timeframe(.all) == "everything that the source holds")
    #expect(PlainText.spoken("\u{2212}2% +1%") == "minus 2 percent plus 1 percent")
  }

  @Test func `only what matters is news`() async throws {
    let facts = try await Self.made.value
    let start = summary(facts)
    let told = PlainChange(start)
    #expect(told.news(start).isEmpty)
    let other = Bias(label: .pinned, fuelLabel: .balanced, reason: "both are near")
    let lines = told.news(summary(facts, bias: other))
    #expect(lines.contains { $0.contains("staying pinned") } && lines[0].contains("The price is"))
    #expect(told.news(summary(facts, magnets: [])).contains { $0.contains("no magnet") })
    let reversed = Array(facts.snapshot.reading.magnets.reversed())
    #expect(told.news(summary(facts, magnets: reversed)).contains { $0.contains("The magnet") })
    let stale = told.news(summary(facts, health: .stale(since: facts.snapshot.asOf)))
    #expect(stale.contains { $0.contains("Nothing has come since") })
    // A story that comes later than its map is none, a reason in other words is none either.
    #expect(PlainChange(summary(facts, hasInsight: false)).news(start).isEmpty)
  }

  @Test func `paragraphs keep a distance, and what came in between is told after it`() async throws
  {
    let facts = try await Self.made.value
    let start = ContinuousClock.now
    func update(_ bias: Bias.Label?, health: FeedHealth = .live) -> MapUpdate {
      let bias = bias.map { Bias(label: $0, fuelLabel: .balanced, reason: "a test") }
      return MapUpdate(
        instrument: facts.snapshot.instrument, timeframe: .days1, isSimulated: true, time: nil,
        snapshot: changed(facts.snapshot, bias: bias), study: nil, tape: LiquidationTape(),
        figures: [], health: health, feeds: [], listed: [], watched: [], unavailable: [:])
    }
    var told = PlainTold()
    func next(_ update: MapUpdate, after seconds: Int) -> String? {
      told.next(update, at: start + .seconds(seconds), pause: .seconds(5))
    }
    #expect(next(update(.squeezeUp), after: 0)?.contains("Liquidation map") == true)
    #expect(next(update(.flushDown), after: 2) == nil)
    #expect(next(update(.flushDown), after: 6)?.contains("a flush down") == true)
    #expect(next(update(.flushDown), after: 20) == nil)
    #expect(next(update(.pinned, health: .catchingUp), after: 30) == nil)
    #expect(next(update(.pinned), after: 31)?.contains("staying pinned") == true)
  }

  @Test func `a script gets the same words`() throws {
    let run = try ProgramRun(
      "lodestone",
      ["snapshot", "BTC", "--source", "demo", "--timeframe", "12h", "--format", "plain"])
    #expect(run.status == 0, "\(run.complaint)")
    #expect(run.output.hasPrefix("Liquidation map of BTCUSDT over 12 hours.\n"))
    #expect(run.output.contains("simulated"))
  }
}
