import MapEngine
import Market
import Testing

@Suite struct MarketStoryTests {
  private let instrument = Instrument(base: "BTC")

  private var settings: MarketStory.Settings {
    var settings = MarketStory.Settings()
    settings.bins = 120
    settings.warmUp = .days(2)
    return settings
  }

  private func events(seed: UInt64, hours: Int) throws -> [MarketEvent] {
    var series = SeededSeries(seed: seed)
    return try series.events(count: hours, span: .hours(1))
  }

  private func insight(
    _ story: MarketStory, _ history: MarketHistory, asOf: Timestamp? = nil
  ) throws -> MapInsight {
    let request = MapRequest(instrument: instrument, timeframe: .days3, bins: 100, asOf: asOf)
    let builder = try MapBuilder(
      request: request, history: history, source: MapSource(name: "test", isSimulated: true))
    return MapInsight(builder.snapshot(), story: story)
  }

  @Test func `a story taken on bar by bar is the story told at once`() throws {
    let events = try events(seed: 21, hours: 160)
    var whole = MarketHistory()
    whole.append(events)
    var atOnce = MarketStory(instrument: instrument, settings: settings)
    #expect(atOnce.advance(to: whole) == 160)
    #expect(atOnce.advance(to: whole) == 0)
    var growing = MarketHistory()
    var inSteps = MarketStory(instrument: instrument, settings: settings)
    var taken = 0
    for start in stride(from: 0, to: events.count, by: 14) {
      growing.append(events[start..<min(start + 14, events.count)])
      taken += inSteps.advance(to: growing)
    }
    #expect(taken == 160)
    #expect(try insight(inSteps, growing) == insight(atOnce, whole))
  }

  @Test func `another future leaves every word about the past`() throws {
    let past = try events(seed: 22, hours: 130)
    let end = past.count / 2
    var one = MarketHistory()
    one.append(past)
    // The same beginning, and a future that never was.
    var other = MarketHistory()
    other.append(past[..<(end * 2 - 60)])
    var wild = SeededSeries(seed: 99)
    let moment = try #require(other.last)
    other.append(
      try wild.candles(count: 60, price: 20_000, span: .hours(1), volatility: 0.2, from: moment)
        .flatMap { candle in
          [
            MarketEvent.Fact.candle(candle, isClosed: true),
            .openInterest(try OpenInterest(time: candle.closeTime, quantity: 7)),
          ].map { MarketEvent(venue: .binance, instrument: instrument, fact: $0) }
        })
    var first = MarketStory(instrument: instrument, settings: settings)
    first.advance(to: one, asOf: moment)
    var second = MarketStory(instrument: instrument, settings: settings)
    second.advance(to: other, asOf: moment)
    #expect(first.bars.count == 100)
    #expect(try insight(first, one, asOf: moment) == insight(second, other, asOf: moment))
  }

  @Test func `what was told stays told as the story goes on`() throws {
    let events = try events(seed: 23, hours: 220)
    var history = MarketHistory()
    history.append(events)
    let end = try #require(history.last)
    var story = MarketStory(instrument: instrument, settings: settings)
    story.advance(to: history, asOf: end - .hours(60))
    let then = try insight(story, history, asOf: end - .hours(60))
    story.advance(to: history)
    let now = try insight(story, history)
    #expect(now.ledger.prefix(then.ledger.count).map(\.bornAt) == then.ledger.map(\.bornAt))
    for (before, after) in zip(then.ledger, now.ledger) where !before.isAlive {
      #expect(before == after)
    }
    // A reversal can still fail; nothing else of a decided story changes.
    for hunt in then.hunts where hunt.decidedAt != nil {
      let later = now.hunts.first { $0.swingIndex == hunt.swingIndex && $0.kind == hunt.kind }
      #expect(later?.phase == hunt.phase && later?.eatenUSD == hunt.eatenUSD)
      #expect(later?.opposite == hunt.opposite && later?.decidedAt == hunt.decidedAt)
    }
    #expect(now.waves.count >= then.waves.count)
    for (before, after) in zip(then.records, now.records) {
      #expect(before.label == after.label && after.trials >= before.trials)
      #expect(after.hits >= before.hits)
    }
    #expect(!now.ledger.isEmpty && !now.hunts.isEmpty)
  }

  @Test func `a bar is one hour of shorter facts, and forming ones wait`() throws {
    var series = SeededSeries(seed: 24)
    var history = MarketHistory()
    history.append(try series.events(count: 12 * 80 + 5, span: .minutes(5)))
    var story = MarketStory(instrument: instrument, settings: settings)
    let bars = story.advance(to: history)
    #expect(bars == 79 || bars == 80)
    #expect(story.bars.allSatisfy { $0.price.span == .hours(1) })
    #expect(
      (story.end ?? Timestamp(milliseconds: .max)) <= (history.last ?? Timestamp(milliseconds: 0)))
  }

  @Test func `the story begins when the books have aged, or later where told`() throws {
    let events = try events(seed: 25, hours: 100)
    var history = MarketHistory()
    history.append(events)
    let first = try #require(history.first)
    var story = MarketStory(instrument: instrument, settings: settings)
    story.advance(to: history)
    let told = try #require(try insight(story, history).told)
    #expect(told.lowerBound == first + .days(2))
    var late = MarketStory(
      instrument: instrument, settings: settings, since: first + .hours(80))
    late.advance(to: history)
    #expect(try insight(late, history).told?.lowerBound == first + .hours(80))
    var young = MarketStory(instrument: instrument)
    young.advance(to: history, asOf: first + .hours(20))
    let silent = try insight(young, history, asOf: first + .hours(20))
    #expect(silent.told == nil && silent.ledger.isEmpty && silent.volatility == nil)
    #expect(silent.records.allSatisfy { $0.trials == 0 && !$0.isProven })
  }

  @Test func `the bars are those of the venue that is largest at the start, and all prints count`()
    throws
  {
    var history = MarketHistory()
    history.append(try events(seed: 27, hours: 60))
    let start = try #require(history.first)
    // A venue that is smaller at first and larger in the end, with prints of its own.
    var other = SeededSeries(seed: 28)
    let candles = try other.candles(count: 60, price: 70_000, span: .hours(1), from: start)
    for (hour, candle) in candles.enumerated() {
      let facts: [MarketEvent.Fact] = [
        .candle(candle, isClosed: true),
        .openInterest(
          try OpenInterest(time: candle.closeTime, quantity: hour < 40 ? 10 : 1e7)),
        .liquidatedTotal(time: candle.closeTime, interval: .hours(1), long: 2, short: 0),
      ]
      history.append(
        facts.map { MarketEvent(venue: .bybit, instrument: instrument, fact: $0) })
    }
    var story = MarketStory(instrument: instrument, settings: settings)
    story.advance(to: history)
    let binance = try #require(history.series().first { $0.venue == .binance })
    #expect(story.bars.map(\.price.close) == binance.intervals.map(\.close))
    #expect(story.first == start)
    for (bar, candle) in zip(story.bars, candles) {
      let typical = (candle.high + candle.low + candle.close) / 3
      #expect(abs((bar.printed.long ?? 0) - 2 * typical) < 1e-6)
    }
  }

  @Test func `nothing to tell of no facts`() {
    var story = MarketStory(instrument: instrument)
    #expect(story.advance(to: MarketHistory()) == 0)
    #expect(story.end == nil && story.records.isEmpty)
  }

  @Test func `the plan has every rule for both sides, with prices on the right side`() throws {
    var history = MarketHistory()
    history.append(try events(seed: 26, hours: 150))
    var story = MarketStory(instrument: instrument, settings: settings)
    story.advance(to: history)
    let insight = try insight(story, history)
    for side in Side.allCases {
      #expect(insight.plan.filter { $0.side == side }.map(\.rule) == PlanItem.Rule.allCases)
    }
    for item in insight.plan where item.rule == .takeProfit {
      guard let price = item.price, let zone = item.zone else { continue }
      #expect(item.side == .long ? price > insight.price : price < insight.price)
      #expect(item.side == .long ? price < zone.lowerBound : price > zone.upperBound)
    }
    #expect(insight.plan.allSatisfy { !$0.reason.isEmpty })
    for nearest in [insight.nearestLong, insight.nearestShort].compactMap({ $0 }) {
      #expect(nearest.touch.count == TouchHorizon.allCases.count)
    }
    #expect(insight.records.map(\.label) == RecordLabel.allCases)
  }
}
