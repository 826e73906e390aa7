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
        "08-04T17:00...08-04T18:00 58,647 > 57,040: 1 pools 57,569-59,769, ate $166M, "
          + "printed $3.7M, OI \u{2212}692, left $561M",
        "08-05T01:00...08-05T07:00 56,144 > 48,888: 5 pools 50,415-57,078, ate $911M, "
          + "printed $24M, OI \u{2212}9,094, left $356M",
        "08-06T00:00...08-06T01:00 54,003 > 56,066: 1 pools 53,120-55,939, ate $34M, "
          + "printed $4.6M, OI \u{2212}720, left $204M",
        "08-06T20:00...08-06T21:00 56,737 > 56,834: 1 pools 56,010-57,331, ate $0, "
          + "printed $96K, OI \u{2212}127, left $229M",
        "08-08T16:00...08-08T23:00 59,391 > 62,500: 3 pools 57,083-61,872, ate $237M, "
          + "printed $19M, OI \u{2212}2,861, left $475M",
      ])
    // The lows of July go one after the other. What closes back inside at 02:00 fails five hours
    // later, at the bar of the low.
    #expect(
      hunts(story, grabbed: "08-05T00:00"..."08-05T23:00") == [
        "low 56,500 of 07-12T01:00: 08-05T01:00 to 52,602, ate $79M of $79M, "
          + "printed $14M, OI \u{2212}8,217, continued 08-05T03:00",
        "low 56,741 of 07-12T10:00: 08-05T01:00 to 52,602, ate $77M of $77M, "
          + "printed $14M, OI \u{2212}8,217, continued 08-05T03:00",
        "low 57,040 of 08-04T17:00: 08-05T01:00 to 52,602, ate $81M of $81M, "
          + "printed $14M, OI \u{2212}8,217, continued 08-05T03:00",
        "low 53,330 of 07-05T04:00: 08-05T02:00 to 52,602, ate $85M of $97M, "
          + "printed $8.3M, OI \u{2212}7,132, reversed 08-05T02:00, failed 08-05T07:00",
        "low 54,243 of 07-08T01:00: 08-05T02:00 to 52,602, ate $92M of $92M, "
          + "printed $8.3M, OI \u{2212}7,132, reversed 08-05T02:00, failed 08-05T07:00",
        "low 54,890 of 07-08T14:00: 08-05T02:00 to 52,602, ate $107M of $107M, "
          + "printed $13M, OI \u{2212}7,614, continued 08-05T04:00",
      ])
    #expect(
      swept(story, ended: "08-05T00:00"..."08-05T23:00") == [
        "53,970-55,131 born 07-28T00:00, peak $150M, touched 08-05T02:00, swept 08-05T02:00, "
          + "ate $150M",
        "55,369-57,078 born 07-28T00:00, peak $210M, touched 08-04T18:00, swept 08-05T02:00, "
          + "ate $219M",
        "53,503-53,829 born 07-30T00:00, peak $38M, touched 08-05T02:00, swept 08-05T02:00, "
          + "ate $38M",
        "52,110-53,231 born 07-30T18:00, peak $138M, touched 08-05T02:00, swept 08-05T07:00, "
          + "ate $192M",
        "50,415-51,395 born 08-02T17:00, peak $142M, touched 08-05T07:00, swept 08-05T07:00, "
          + "ate $142M",
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
        "02-04T17:00...02-04T18:00 73,609 > 72,101: 1 pools 72,431-73,986, ate $128M, "
          + "printed $35M, OI 450, left $894M",
        "02-05T07:00...02-05T08:00 70,911 > 70,588: 1 pools 69,630-71,839, ate $0, "
          + "printed $1.2M, OI \u{2212}517, left $850M",
        "02-05T15:00...02-06T01:00 69,366 > 59,800: 4 pools 61,060-70,018, ate $1.5B, "
          + "printed $394M, OI \u{2212}2,604, left $473M",
        "02-06T16:00...02-06T17:00 68,578 > 70,189: 1 pools 66,610-69,860, ate $57M, "
          + "printed $9.9M, OI 561, left $262M",
      ])
    #expect(
      hunts(story, grabbed: "02-04T00:00"..."02-06T23:00") == [
        "low 72,889 of 02-03T19:00: 02-04T18:00 to 72,101, ate $121M of $143M, "
          + "printed $36M, OI 384, reversed 02-04T19:00, failed 02-05T03:00",
        "low 70,085 of 02-05T05:00: 02-05T12:00 to 69,862, ate $31M of $164M, "
          + "printed $14M, OI \u{2212}1,065, reversed 02-05T12:00, failed 02-05T13:00",
        "high 66,783 of 02-06T05:00: 02-06T14:00 to 69,158, ate $63M of $55M, "
          + "printed $27M, OI 512, continued 02-06T16:00",
      ])
    #expect(
      swept(story, ended: "02-05T12:00"..."02-06T23:00") == [
        "67,886-70,018 born 01-31T19:00, peak $344M, touched 02-05T12:00, swept 02-05T16:00, "
          + "ate $344M",
        "65,817-67,302 born 02-03T04:00, peak $210M, touched 02-05T16:00, swept 02-05T19:00, "
          + "ate $263M",
        "63,892-64,805 born 02-05T05:00, peak $153M, touched 02-05T21:00, swept 02-05T21:00, "
          + "ate $153M",
        "61,060-62,946 born 02-05T05:00, peak $273M, touched 02-05T21:00, swept 02-06T01:00, "
          + "ate $346M",
        "66,610-69,860 born 02-06T02:00, peak $99M, touched 02-06T06:00, swept 02-06T17:00, "
          + "ate $189M",
      ])
    // The fall stopped where the pool begins that was left.
    let left = story.ledger.magnets.filter { $0.side == .long && $0.isAlive }
    #expect(
      left.map(line) == [
        "55,091-59,866 born 02-05T21:00, peak $658M, touched -, standing -, ate $0"
      ])
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
