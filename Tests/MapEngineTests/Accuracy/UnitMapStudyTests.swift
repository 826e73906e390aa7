import Market
import Testing

@testable import MapEngine

@Suite struct UnitMapStudyTests {
  private static let bitcoin = Instrument(base: "BTC")

  /// Fifteen days of half-hour intervals, a liquidation in each, moments after day 5 and day 10;
  /// after interval `change` prices, sizes and liquidations are others.
  private func market(change: Int? = nil) throws -> AccuracyMarket {
    var series = SeededSeries(seed: 51)
    let start = Timestamp(milliseconds: 1_700_006_400_000)
    let candles = try series.candles(
      count: 15 * 48, span: .minutes(30), volatility: 0.03, from: start)
    var intervals: [MarketInterval] = []
    var published: [Liquidation] = []
    for (index, candle) in candles.enumerated() {
      let isChanged = change.map { index >= $0 } ?? false
      let other = isChanged ? candles[index - 7] : candle
      let placed = try Candle(
        openTime: candle.openTime, interval: candle.interval, open: other.open, high: other.high,
        low: other.low, close: other.close, volume: other.volume)
      intervals.append(
        MarketInterval(candle: placed, openInterest: isChanged ? 50_000 : 80_000))
      published.append(
        try Liquidation(
          time: candle.openTime + .seconds(90), side: index % 3 == 0 ? .short : .long,
          price: placed.close, quantity: isChanged ? 90 : 4))
    }
    return AccuracyMarket(
      behaviour: "toy", seed: 1, intervals: intervals,
      moments: [5 * 48, 10 * 48].map { count in
        AccuracyMarket.Moment(
          intervalCount: count,
          truth: DistanceBins(
            mark: intervals[count - 1].close, long: [4: 3e6, 40: 9e6], short: [7: 2e6]))
      }, published: published, liquidations: published)
  }

  private func study(_ market: AccuracyMarket) -> UnitMapStudy {
    UnitMapStudy(market, venue: .bybit, instrument: Self.bitcoin)
  }

  @Test func `a map of a moment and the flow up to it do not know what comes later`() throws {
    let known = study(try market())
    let other = study(try market(change: 10 * 48))
    #expect(known.fits[1].state == .calibrated)
    let first = known.calibrated()
    let second = other.calibrated()
    #expect(first.maps == second.maps)
    let hours = 5 * 24
    let flow = try #require(first.flow)
    let changed = try #require(second.flow)
    #expect(flow.long.prefix(hours) == changed.long.prefix(hours))
    #expect(flow.short.prefix(hours) == changed.short.prefix(hours))
    #expect(flow.long != changed.long)
  }

  @Test func `the ceiling fits the truth better than any shares known to outsiders`() throws {
    let market = try market()
    let samples = market.ownSamples(venue: .bybit, instrument: Self.bitcoin)
    let table = AccuracyTable(samples: samples)
    let own = try #require(table.mean(.factor20, of: AccuracyTable.own)?.mean)
    let ceiling = try #require(table.mean(.factor20, of: AccuracyTable.ceiling)?.mean)
    #expect(ceiling < own)
    #expect(table.mean(.fd2, of: AccuracyTable.own) != nil)
    #expect(table.mean(.coverBins, of: AccuracyTable.own) != nil)
    #expect(samples.first { $0.kind == .ceiling }?.values[.coverBins] == nil)
  }
}
