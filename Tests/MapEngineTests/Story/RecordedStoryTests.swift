import Market
import TestSupport
import Testing

@testable import MapEngine

/// Two crashes as the story tells them. Prices, times, prints and open interest are recorded facts;
/// dollars are modelled on the shipped prior, rounded as a reader sees them. Times are closes of
/// hourly bars, UTC.
@Suite(.enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
struct RecordedStoryTests {
  private static func told(
    _ recording: RecordedSeries, until: Int64, since: Int64? = nil
  ) -> Result<MarketStory, any Error> {
    Result {
      var story = MarketStory(
        instrument: Instrument(base: "BTC"), since: since.map { Timestamp(milliseconds: $0) })
      story.advance(to: try recording.history(), asOf: Timestamp(milliseconds: until))
      return story
    }
  }

  /// 28 July to 9 August 2024, 06:00.
  private static let august = told(
    .summerBTC, until: 1_723_183_200_000, since: 1_722_124_800_000)
  /// 30 January to 7 February 2026, 00:00.
  private static let february = told(
    .winterBTC, until: 1_770_422_400_000, since: 1_769_731_200_000)

  private func clock(_ time: Timestamp?) -> String {
    guard let time else { return "-" }
    let text = "\(time)"
    return String(text.dropFirst(5).dropLast(4))
  }

  private func line(_ wave: SweepWave, _ story: MarketStory) -> String {
    let ledger = story.ledger.magnets
    let pools = wave.magnets.map { ledger[$0 - 1] }
    let low = pools.map(\.low).min() ?? 0
    let high = pools.map(\.high).max() ?? 0
    return "\(clock(wave.start))...\(clock(wave.end)) \(EngineText.price(wave.from)) > "
      + "\(EngineText.price(wave.extreme)): \(pools.count) pools "
      + "\(EngineText.price(low))-\(EngineText.price(high)), ate \(EngineText.usd(wave.eatenUSD)), "
      + "printed \(wave.printedUSD.map(EngineText.usd) ?? "-"), OI "
      + "\(EngineText.decimal(-(wave.openInterestDrop ?? 0), places: 0)), left "
      + "\(EngineText.usd(wave.leftUSD))"
  }

  private func line(_ hunt: StopHunt) -> String {
    let failed = hunt.failedAt.map { ", failed \(clock($0))" } ?? ""
    return "\(hunt.kind.rawValue) \(EngineText.price(hunt.level)) of \(clock(hunt.swingAt)): "
      + "\(clock(hunt.grabbedAt)) to \(EngineText.price(hunt.extreme ?? 0)), ate "
      + "\(EngineText.usd(hunt.eatenUSD)) of \(EngineText.usd(hunt.pool.usd)), printed "
      + "\(hunt.printedUSD.map(EngineText.usd) ?? "-"), OI "
      + "\(EngineText.decimal(-(hunt.openInterestDrop ?? 0), places: 0)), "
      + "\(hunt.phase.rawValue) \(clock(hunt.decidedAt))\(failed)"
  }

  private func line(_ magnet: Magnet) -> String {
    "\(EngineText.price(magnet.low))-\(EngineText.price(magnet.high)) born "
      + "\(clock(magnet.bornAt)), peak \(EngineText.usd(magnet.peakUSD)), touched "
      + "\(clock(magnet.touchedAt)), \(magnet.state.rawValue) \(clock(magnet.endedAt)), ate "
      + "\(EngineText.usd(magnet.eatenUSD))"
  }

  private func waves(_ story: MarketStory, from: String) -> [String] {
    story.waves.waves.map { line($0, story) }.filter { $0 >= from }
  }

  private func hunts(_ story: MarketStory, grabbed: ClosedRange<String>) -> [String] {
    story.hunts.told.filter { grabbed.contains(clock($0.grabbedAt)) }.map(line)
  }

  private func swept(_ story: MarketStory, ended: ClosedRange<String>) -> [String] {
    story.ledger.magnets.filter { $0.sweptAt != nil && ended.contains(clock($0.endedAt)) }
      .map(line)
  }

  @Test func `5 August 2024: the fall to 48,888 and the squeeze back to 62,737`() throws {
    let story = try Self.august.get()
    #expect(
      waves(story, from: "08-04") == [
        "08-04T17:00...08-04T18:00 58,647 > 57,040: 2 pools 57,174-59,829, ate $161M, "
          + "printed $3.7M, OI \u{2212}692, left $560M",
        "08-05T01:00...08-05T07:00 56,144 > 48,888: 7 pools 50,651-57,046, ate $870M, "
          + "printed $24M, OI \u{2212}9,094, left $341M",
        "08-06T14:00...08-06T15:00 55,180 > 56,599: 1 pools 55,956-56,583, ate $39M, "
          + "printed $898K, OI 781, left $326M",
        "08-07T09:00...08-07T10:00 57,321 > 57,649: 1 pools 56,671-57,481, ate $15M, "
          + "printed $250K, OI 1,194, left $377M",
        "08-08T14:00...08-08T15:00 57,248 > 58,985: 1 pools 57,837-58,664, ate $48M, "
          + "printed $2.0M, OI 1,381, left $451M",
        "08-08T21:00...08-09T02:00 59,468 > 62,737: 3 pools 58,837-62,852, ate $303M, "
          + "printed $17M, OI \u{2212}3,191, left $496M",
      ])
    // The lows of July go one after the other. What closes back inside at 02:00 fails five hours
    // later, at the bar of the low.
    #expect(
      hunts(story, grabbed: "08-05T00:00"..."08-05T23:00") == [
        "low 56,500 of 07-12T01:00: 08-05T01:00 to 52,602, ate $74M of $74M, printed $14M, "
          + "OI \u{2212}8,217, continued 08-05T03:00",
        "low 56,741 of 07-12T10:00: 08-05T01:00 to 52,602, ate $71M of $71M, printed $14M, "
          + "OI \u{2212}8,217, continued 08-05T03:00",
        "low 57,040 of 08-04T17:00: 08-05T01:00 to 52,602, ate $74M of $74M, printed $14M, "
          + "OI \u{2212}8,217, continued 08-05T03:00",
        "low 53,330 of 07-05T04:00: 08-05T02:00 to 52,602, ate $82M of $93M, printed $8.3M, "
          + "OI \u{2212}7,132, reversed 08-05T02:00, failed 08-05T07:00",
        "low 54,243 of 07-08T01:00: 08-05T02:00 to 52,602, ate $91M of $91M, printed $8.3M, "
          + "OI \u{2212}7,132, reversed 08-05T02:00, failed 08-05T07:00",
        "low 54,890 of 07-08T14:00: 08-05T02:00 to 52,602, ate $100M of $100M, printed $13M, "
          + "OI \u{2212}7,614, continued 08-05T04:00",
      ])
    #expect(
      swept(story, ended: "08-05T00:00"..."08-05T23:00") == [
        "54,419-55,141 born 07-28T00:00, peak $89M, touched 08-05T02:00, swept 08-05T02:00, "
          + "ate $89M",
        "55,338-57,046 born 07-28T00:00, peak $211M, touched 08-04T18:00, swept 08-05T02:00, "
          + "ate $213M",
        "53,985-54,535 born 07-28T05:00, peak $66M, touched 08-05T02:00, swept 08-05T02:00, "
          + "ate $66M",
        "52,647-53,130 born 07-30T17:00, peak $59M, touched 08-05T02:00, swept 08-05T02:00, "
          + "ate $59M",
        "53,554-53,935 born 07-31T06:00, peak $43M, touched 08-05T02:00, swept 08-05T02:00, "
          + "ate $43M",
        "52,124-52,655 born 07-31T20:00, peak $111M, touched 08-05T02:00, swept 08-05T07:00, "
          + "ate $101M",
        "50,651-51,012 born 08-02T15:00, peak $41M, touched 08-05T07:00, swept 08-05T07:00, "
          + "ate $41M",
      ])
    // What was left: the pool that the low stopped in, and shorts that the fall had left above.
    let left = story.ledger.magnets.filter {
      $0.isAlive && $0.bornAt <= Timestamp(milliseconds: 1_722_844_800_000)
    }
    #expect(left.contains { $0.side == .long && $0.low < 48_888 && $0.high > 48_888 })
    #expect(left.contains { $0.side == .short && (62_000...70_000).contains($0.price) })
  }

  @Test func `5-6 February 2026: the fall to 59,800`() throws {
    let story = try Self.february.get()
    #expect(
      waves(story, from: "02-04") == [
        "02-04T17:00...02-04T18:00 73,609 > 72,101: 1 pools 72,652-73,765, ate $117M, "
          + "printed $35M, OI 450, left $807M",
        "02-05T02:00...02-05T03:00 72,389 > 71,263: 1 pools 71,701-72,284, ate $87M, "
          + "printed $16M, OI \u{2212}211, left $811M",
        "02-05T14:00...02-06T01:00 69,656 > 59,800: 5 pools 61,063-71,043, ate $1.4B, "
          + "printed $398M, OI \u{2212}3,087, left $442M",
        "02-06T13:00...02-06T14:00 66,523 > 67,662: 1 pools 65,926-67,276, ate $57M, "
          + "printed $13M, OI \u{2212}807, left $320M",
      ])
    #expect(
      hunts(story, grabbed: "02-04T00:00"..."02-06T23:00") == [
        "low 72,889 of 02-03T19:00: 02-04T18:00 to 72,101, ate $102M of $119M, printed $36M, "
          + "OI 384, reversed 02-04T19:00, failed 02-05T03:00",
        "low 70,085 of 02-05T05:00: 02-05T12:00 to 69,862, ate $27M of $136M, printed $14M, "
          + "OI \u{2212}1,065, reversed 02-05T12:00, failed 02-05T13:00",
        "high 66,783 of 02-06T05:00: 02-06T14:00 to 69,158, ate $99M of $81M, printed $27M, "
          + "OI 512, continued 02-06T16:00",
      ])
    #expect(
      swept(story, ended: "02-05T12:00"..."02-06T23:00") == [
        "68,294-68,989 born 01-31T20:00, peak $97M, touched 02-05T16:00, swept 02-05T16:00, "
          + "ate $92M",
        "65,847-67,128 born 02-02T13:00, peak $163M, touched 02-05T16:00, swept 02-05T19:00, "
          + "ate $228M",
        "68,857-71,043 born 02-05T02:00, peak $298M, touched 02-05T05:00, swept 02-05T15:00, "
          + "ate $308M",
        "63,277-64,704 born 02-05T03:00, peak $206M, touched 02-05T21:00, swept 02-05T21:00, "
          + "ate $206M",
        "61,063-62,948 born 02-05T05:00, peak $252M, touched 02-05T21:00, swept 02-06T01:00, "
          + "ate $327M",
        "65,926-67,276 born 02-06T03:00, peak $64M, touched 02-06T06:00, swept 02-06T14:00, "
          + "ate $109M",
      ])
    // The low of 59,800 stands in a pool that it half ate and that wasn't swept.
    let pool = try #require(
      story.ledger.magnets.first { $0.side == .long && $0.isAlive && $0.touchedAt != nil })
    #expect(line(pool).hasPrefix("59,368-60,954 born 02-05T18:00"))
    #expect(pool.low < 59_800 && pool.high > 59_800 && pool.eatenShare > 0.4)
  }

  @Test func `the prints of a crash are where the story says that it ate`() throws {
    // Of the 40 bars of the window that ate the most longs, most are among the 40 with the most
    // printed longs: eaten dollars are modelled, prints are not.
    for story in [try Self.august.get(), try Self.february.get()] {
      let bars = story.bars[story.start...]
      let ate = Set(bars.sorted { $0.eaten.long > $1.eaten.long }.prefix(40).map(\.price.openTime))
      let printed = Set(
        bars.sorted { ($0.printed.long ?? 0) > ($1.printed.long ?? 0) }.prefix(40)
          .map(\.price.openTime))
      #expect(ate.intersection(printed).count >= 24)
    }
  }
}
