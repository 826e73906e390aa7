import Market
import Testing

@testable import MapEngine

@Suite struct WalkForwardTests {
  private static let bitcoin = Instrument(base: "BTC")
  private static let start = Timestamp(milliseconds: 1_700_006_400_000)

  /// Hourly candles of some days with liquidated totals that follow each hour's way; from day
  /// `change` on everything is otherwise.
  private func series(days: Int, change: Int? = nil, isPublished: Bool = true) throws
    -> VenueSeries
  {
    var random = SeededSeries(seed: 41)
    let candles = try random.candles(
      count: days * 24, span: .hours(1), volatility: 0.02, from: Self.start)
    var history = MarketHistory()
    history.append(
      try candles.enumerated().flatMap { index, candle -> [MarketEvent] in
        let factor = change.map { index >= $0 * 24 ? 3.0 : 1 } ?? 1
        let way = (candle.high - candle.low) / candle.open
        var facts: [MarketEvent.Fact] = [
          .candle(candle, isClosed: true),
          .openInterest(
            try OpenInterest(time: candle.closeTime, quantity: 80_000 * factor + Double(index))),
        ]
        if isPublished {
          facts.append(
            .liquidatedTotal(
              time: candle.closeTime, interval: .hours(1), long: 500 * way * factor,
              short: index % 3 == 0 ? 0 : 300 * way / factor))
        }
        return facts.map { MarketEvent(venue: .binance, instrument: Self.bitcoin, fact: $0) }
      })
    return try #require(history.series().first)
  }

  @Test func `what is forecast of a day does not know the days after it`() throws {
    let known = WalkForward(try series(days: 22), instrument: Self.bitcoin)
    let other = WalkForward(try series(days: 22, change: 19), instrument: Self.bitcoin)
    #expect(known.days.first == 0 && known.days.last == 6)
    let windows = known.days.prefix { $0 < 4 }.count
    #expect(windows == 4 * 24)
    for (first, second) in zip(known.methods, other.methods) {
      let isSame = first.said.prefix(windows) == second.said.prefix(windows)
      #expect(isSame, "\(first.name)")
      #expect(first.said != second.said || first.name == "constant rate", "\(first.name)")
    }
  }

  @Test func `the table compares with the best method that knows nothing of positions`() throws {
    let table = try #require(
      WalkForwardTable(
        WalkForward(try series(days: 22), instrument: Self.bitcoin), source: "test"))
    #expect(table.days == 7 && table.windows == 7 * 24)
    let null = try #require(table.rows.first { $0.method == table.bestNull })
    #expect(null.kind == .null)
    #expect(null.overBestNull.value == 0 && null.overBestNull.low == 0)
    for row in table.rows where row.kind == .null {
      #expect(row.overConstant.value <= null.overConstant.value)
    }
    for row in table.rows {
      #expect(row.overBestNull.low <= row.overBestNull.value)
      #expect(row.overBestNull.value <= row.overBestNull.high)
    }
    #expect(table.text().split(separator: "\n").count == table.rows.count + 2)
  }

  @Test func `without published liquidations or days there is nothing to score`() throws {
    let silent = WalkForward(
      try series(days: 22, isPublished: false), instrument: Self.bitcoin)
    #expect(WalkForwardTable(silent, source: "test") == nil)
    let short = WalkForward(try series(days: 14), instrument: Self.bitcoin)
    #expect(WalkForwardTable(short, source: "test") == nil)
  }
}
