import Market
import TestSupport
import Testing

@testable import MapEngine

/// Two crashes as the story tells them. Prices, times, prints and open interest are recorded facts;
/// dollars are modelled, with the shares that were learned by then, rounded as a reader sees them.
/// Times are closes of hourly bars, UTC.
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
        "08-04T16:00...08-04T18:00 59,070 > 57,040: 2 pools 57,127-60,019, ate $9.1M, "
          + "printed $6.7M, OI 78, left $26M",
        "08-05T01:00...08-05T07:00 56,144 > 48,888: 5 pools 50,315-57,103, ate $41M, "
          + "printed $24M, OI \u{2212}9,094, left $17M",
        "08-05T16:00...08-05T17:00 54,290 > 55,523: 1 pools 52,852-55,487, ate $1.5M, "
          + "printed $767K, OI 153, left $6.4M",
        "08-06T14:00...08-06T15:00 55,180 > 56,599: 1 pools 56,058-56,571, ate $1.2M, "
          + "printed $898K, OI 781, left $8.6M",
        "08-08T14:00...08-08T16:00 57,248 > 59,493: 2 pools 56,917-59,087, ate $3.2M, "
          + "printed $3.2M, OI 2,198, left $14M",
        "08-08T22:00...08-09T00:00 61,155 > 62,737: 2 pools 58,944-62,600, ate $5.6M, "
          + "printed $15M, OI \u{2212}945, left $18M",
      ])
    // The lows of July go one after the other. What closes back inside at 02:00 fails five hours
    // later, at the bar of the low.
    #expect(
      hunts(story, grabbed: "08-05T00:00"..."08-05T23:00") == [
        "low 56,500 of 07-12T01:00: 08-05T01:00 to 52,602, ate $3.4M of $3.4M, "
          + "printed $14M, OI \u{2212}8,217, continued 08-05T03:00",
        "low 56,741 of 07-12T10:00: 08-05T01:00 to 52,602, ate $3.4M of $3.4M, "
          + "printed $14M, OI \u{2212}8,217, continued 08-05T03:00",
        "low 57,040 of 08-04T17:00: 08-05T01:00 to 52,602, ate $3.5M of $3.5M, "
          + "printed $14M, OI \u{2212}8,217, continued 08-05T03:00",
        "low 53,330 of 07-05T04:00: 08-05T02:00 to 52,602, ate $3.9M of $4.5M, "
          + "printed $8.3M, OI \u{2212}7,132, reversed 08-05T02:00, failed 08-05T07:00",
        "low 54,243 of 07-08T01:00: 08-05T02:00 to 52,602, ate $4.1M of $4.1M, "
          + "printed $8.3M, OI \u{2212}7,132, reversed 08-05T02:00, failed 08-05T07:00",
        "low 54,890 of 07-08T14:00: 08-05T02:00 to 52,602, ate $4.8M of $4.8M, "
          + "printed $13M, OI \u{2212}7,614, continued 08-05T04:00",
      ])
    #expect(
      swept(story, ended: "08-05T00:00"..."08-05T23:00") == [
        "54,032-55,138 born 07-28T00:00, peak $6.3M, touched 08-05T02:00, swept 08-05T02:00, "
          + "ate $6.3M",
        "55,337-57,103 born 07-28T00:00, peak $9.6M, touched 08-04T18:00, swept 08-05T02:00, "
          + "ate $9.8M",
        "53,449-53,884 born 07-30T00:00, peak $2.2M, touched 08-05T02:00, swept 08-05T02:00, "
          + "ate $2.2M",
        "51,921-53,199 born 07-30T18:00, peak $7.0M, touched 08-05T02:00, swept 08-05T07:00, "
          + "ate $9.5M",
        "50,315-51,397 born 08-02T15:00, peak $7.1M, touched 08-05T07:00, swept 08-05T07:00, "
          + "ate $7.1M",
        "52,852-55,487 born 08-05T08:00, peak $2.3M, touched 08-05T15:00, swept 08-05T17:00, "
          + "ate $4.4M",
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
        "02-04T19:00...02-04T20:00 73,398 > 73,004: 1 pools 71,830-73,677, ate $0, "
          + "printed $2.6M, OI \u{2212}64, left $261M",
        "02-05T07:00...02-05T08:00 70,911 > 70,588: 1 pools 69,630-71,839, ate $0, "
          + "printed $1.2M, OI \u{2212}517, left $285M",
        "02-05T15:00...02-06T01:00 69,366 > 59,800: 5 pools 61,001-70,018, ate $493M, "
          + "printed $394M, OI \u{2212}2,604, left $141M",
        "02-06T16:00...02-06T17:00 68,578 > 70,189: 1 pools 66,649-69,831, ate $17M, "
          + "printed $9.9M, OI 561, left $77M",
      ])
    #expect(
      hunts(story, grabbed: "02-04T00:00"..."02-06T23:00") == [
        "low 72,889 of 02-03T19:00: 02-04T18:00 to 72,101, ate $41M of $48M, "
          + "printed $36M, OI 384, reversed 02-04T19:00, failed 02-05T03:00",
        "low 70,085 of 02-05T05:00: 02-05T12:00 to 69,862, ate $10M of $54M, "
          + "printed $14M, OI \u{2212}1,065, reversed 02-05T12:00, failed 02-05T13:00",
        "high 66,783 of 02-06T05:00: 02-06T14:00 to 69,158, ate $19M of $16M, "
          + "printed $27M, OI 512, continued 02-06T16:00",
      ])
    #expect(
      swept(story, ended: "02-05T12:00"..."02-06T23:00") == [
        "67,886-70,018 born 01-31T19:00, peak $114M, touched 02-05T12:00, swept 02-05T16:00, "
          + "ate $114M",
        "65,864-66,535 born 02-02T13:00, peak $37M, touched 02-05T18:00, swept 02-05T19:00, "
          + "ate $42M",
        "66,636-67,043 born 02-03T11:00, peak $20M, touched 02-05T16:00, swept 02-05T18:00, "
          + "ate $27M",
        "61,001-62,948 born 02-05T05:00, peak $95M, touched 02-05T21:00, swept 02-06T01:00, "
          + "ate $110M",
        "63,881-64,728 born 02-05T05:00, peak $48M, touched 02-05T21:00, swept 02-05T21:00, "
          + "ate $48M",
        "66,649-69,831 born 02-06T02:00, peak $29M, touched 02-06T06:00, swept 02-06T17:00, "
          + "ate $57M",
      ])
    // The fall stopped where the pool begins that was left.
    let left = story.ledger.magnets.filter { $0.side == .long && $0.isAlive }
    #expect(
      left.map(line) == [
        "55,119-59,896 born 02-05T21:00, peak $198M, touched -, standing -, ate $0"
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
