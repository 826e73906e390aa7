import MapEngine
import Market
import Testing

@Suite struct StructureReadingTests {
  private let instrument = Instrument(base: "BTC")

  private func history(
    seed: UInt64, count: Int, span: Span = .minutes(5), venue: Venue = .binance
  ) throws -> MarketHistory {
    var series = SeededSeries(seed: seed)
    var history = MarketHistory()
    history.append(try series.events(count: count, venue: venue, span: span))
    return history
  }

  @Test func `a reading is the structure of bars of the wanted length`() throws {
    let series = try history(seed: 11, count: 4_000).series()
    let intervals = try #require(series.first?.intervals)
    for span in [Span.minutes(15), .hours(1), .hours(4)] {
      let reading = StructureReading(of: series, span: span)
      let bars = PriceBar.bars(of: intervals, span: span)
      #expect(reading.bars == bars)
      let structure = MarketStructure(of: bars)
      #expect(reading.swings == structure.swings)
      #expect(reading.breaks == structure.breaks)
      #expect(reading.gaps == structure.gaps)
      #expect(reading.sweeps.map(\.sweep) == structure.sweeps)
      #expect(reading.trend == structure.trend)
    }
  }

  @Test func `what was read of the past is what was read then`() throws {
    let whole = try history(seed: 12, count: 3_000)
    let full = StructureReading(of: whole.series())
    let end = try #require(whole.last)
    for hours in [24, 60, 120] {
      let then = StructureReading(of: whole.series(asOf: end - .hours(Int64(hours))))
      #expect(full.swings.starts(with: then.swings))
      #expect(full.breaks.starts(with: then.breaks))
      #expect(full.sweeps.starts(with: then.sweeps))
      #expect(full.gaps.prefix(then.gaps.count).map(\.index) == then.gaps.map(\.index))
    }
  }

  @Test func `facts longer than the bars keep their own length`() throws {
    let series = try history(seed: 13, count: 200, span: .hours(4)).series()
    let reading = StructureReading(of: series, span: .hours(1))
    #expect(reading.bars.count == 200)
    #expect(reading.bars.allSatisfy { $0.span == .hours(4) })
  }

  @Test func `no facts make an empty reading`() {
    let reading = StructureReading(of: [])
    #expect(reading.bars.isEmpty && reading.swings.isEmpty && reading.trend == nil)
  }

  @Test func `the venue with the largest open interest gives the prices, all give the witnesses`()
    throws
  {
    var history = try history(seed: 14, count: 2_000)
    var other = SeededSeries(seed: 15)
    history.append(
      try other.intervals(count: 2_000, price: 40_000).flatMap { interval in
        let candle = try Candle(
          openTime: interval.openTime, interval: interval.span, open: interval.open,
          high: interval.high, low: interval.low, close: interval.close, volume: 1)
        let interest = try OpenInterest(time: interval.closeTime, quantity: 5)
        return [MarketEvent.Fact.candle(candle, isClosed: true), .openInterest(interest)].map {
          MarketEvent(venue: .bybit, instrument: instrument, fact: $0)
        }
      })
    let series = history.series()
    #expect(series.count == 2)
    let both = StructureReading(of: series)
    let large = StructureReading(of: series.filter { $0.venue == .binance })
    #expect(both.bars == large.bars)
    #expect(!both.sweeps.isEmpty)
    for (with, without) in zip(both.sweeps, large.sweeps) {
      let sum = try #require(with.evidence)
      let one = try #require(without.evidence)
      #expect(abs(sum.openInterestBefore - one.openInterestBefore - 5) < 1e-6)
      #expect(abs(sum.openInterestDrop - one.openInterestDrop) < 1e-6)
    }
  }

  @Test func `open gaps on the way are those that price hasn't filled`() throws {
    let reading = StructureReading(
      of: try history(seed: 16, count: 3_000).series(), span: .minutes(15))
    let low = reading.bars.map(\.low).min() ?? 0
    let high = reading.bars.map(\.high).max() ?? 0
    let open = reading.openGaps(from: low, to: high)
    #expect(open.count == reading.gaps.filter { $0.filledAt == nil }.count)
    #expect(!open.isEmpty)
    #expect(reading.openGaps(from: high * 2, to: high * 3).isEmpty)
  }
}
