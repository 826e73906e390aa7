import Market
import RealModule
import Testing

@testable import MapEngine

@Suite struct MapHistoryTests {
  private static let bitcoin = Instrument(base: "BTC")

  /// Half-hour intervals of two venues, in each of which one side is liquidated on either. From
  /// index `future` on the market is another one where a seed is given.
  private func history(
    count: Int = 96, future: Int = .max, seed: UInt64 = 0, prints: Bool = true
  ) throws -> MarketHistory {
    var history = MarketHistory()
    for (venue, price) in [(Venue.bybit, 50_000.0), (.gate, 50_090)] {
      var series = SeededSeries(seed: 41)
      var other = SeededSeries(seed: seed)
      let candles = try series.candles(
        count: count, price: price, span: .minutes(30), volatility: 0.02,
        from: Timestamp(milliseconds: 1_700_006_400_000))
      var late = 0.0
      for (index, candle) in candles.enumerated() {
        let isOther = index >= future
        late = isOther ? other.next() : 0
        let chosen =
          isOther
          ? try other.candles(
            count: 1, price: 47_000, span: .minutes(30), from: candle.openTime)[0] : candle
        var facts: [MarketEvent.Fact] = [
          .candle(chosen, isClosed: true),
          .openInterest(
            try OpenInterest(
              time: candle.closeTime, quantity: (80_000 + 20 * Double(index)) * (1 - late / 2))),
        ]
        if prints {
          facts.append(
            .liquidation(
              try Liquidation(
                time: candle.openTime + .seconds(7), side: index % 2 == 0 ? .long : .short,
                price: candle.close, quantity: 3 + late)))
        }
        history.append(
          facts.map { MarketEvent(venue: venue, instrument: Self.bitcoin, fact: $0) })
      }
    }
    return history
  }

  private func request(
    _ timeframe: Timeframe, asOf: Timestamp? = nil, learning: ShareLearning = .live
  ) -> MapRequest {
    MapRequest(
      instrument: Self.bitcoin, timeframe: timeframe, asOf: asOf, learning: learning)
  }

  /// A history of everything, in columns of two hours.
  private func columns(
    _ history: MarketHistory, asOf: Timestamp? = nil, learning: ShareLearning = .live
  ) throws -> (history: MapHistory, firstRow: Int) {
    let request = request(.all, asOf: asOf, learning: learning)
    let series = history.series(asOf: asOf)
    let plan = try #require(
      MapHistoryPlan(series, window: nil, reach: 20, columns: 1, length: .hours(2)))
    var builder = MapHistoryBuilder(request: request, plan: plan, series: series, tables: [:])
    return (builder.history(), plan.firstRow)
  }

  private func expectSame(
    _ early: (history: MapHistory, firstRow: Int), _ late: (history: MapHistory, firstRow: Int),
    columns: Int
  ) {
    #expect(early.history.step == late.history.step)
    #expect(
      early.history.columns.prefix(columns) == late.history.columns.prefix(columns))
    let first = max(early.firstRow, late.firstRow)
    let last = min(
      early.firstRow + early.history.rows, late.firstRow + late.history.rows)
    #expect(last - first > 200)
    var differing = 0
    var dollars = 0.0
    for column in 0..<columns {
      for row in first..<last {
        let usd = early.history.usd(row: row - early.firstRow, column: column)
        dollars += usd
        if usd != late.history.usd(row: row - late.firstRow, column: column) { differing += 1 }
      }
    }
    #expect(differing == 0 && dollars > 0)
  }

  @Test(arguments: [ShareLearning.none, .live])
  func `facts cut at a column's close give the columns that all facts give`(
    learning: ShareLearning
  ) throws {
    let history = try history()
    let whole = try columns(history, learning: learning)
    #expect(whole.history.columns.count == 24)
    let moment = whole.history.columns[17].closeTime
    let cut = try columns(history, asOf: moment, learning: learning)
    #expect(cut.history.columns.count == 18)
    // While a market teaches, the newest column has the shares of its very moment.
    expectSame(cut, whole, columns: learning == .none ? 18 : 17)
  }

  @Test func `another future leaves the columns before it as they are`() throws {
    let one = try columns(history())
    let other = try columns(history(future: 72, seed: 5))
    expectSame(one, other, columns: 18)
    #expect(one.history.columns[19] != other.history.columns[19])
  }

  @Test(arguments: [Timeframe.days1, .all], [false, true])
  func `the last column is the map of its moment, to within a row`(
    timeframe: Timeframe, prints: Bool
  ) throws {
    let history = try history(prints: prints)
    let request = request(timeframe)
    let drawn = try #require(MapHistory(request: request, history: history))
    let map = try MapBuilder(
      request: request, history: history, source: MapSource(name: "test", isSimulated: true)
    ).detailed().map
    let last = drawn.columns.count - 1
    let frame = MapFrame(map)
    let close = drawn.columns[last].close
    let row = Double.exp(2.5 * drawn.step)
    for distance in [0.02, 0.035, 0.05, 0.065] {
      let low = close * (1 - distance)
      let high = close * (1 + distance)
      var below = 0.0
      var above = 0.0
      for index in 0..<drawn.rows {
        let price = drawn.price(ofRow: index)
        if price > low, price < close { below += drawn.usd(row: index, column: last) }
        if price < high, price > close { above += drawn.usd(row: index, column: last) }
      }
      // The venues' marks lie 18 basis points apart, and the map lies between them.
      let longs =
        frame.usd(
          .long, from: low * row, to: map.price / row)...frame.usd(
          .long, from: low / row, to: map.price)
      let shorts =
        frame.usd(
          .short, from: map.price * row, to: high / row)...frame.usd(
          .short, from: map.price, to: high * row)
      #expect(longs.contains(below * (1 - 1e-6)) || longs.contains(below * (1 + 1e-6)))
      #expect(shorts.contains(above * (1 - 1e-6)) || shorts.contains(above * (1 + 1e-6)))
      #expect(below > 0 && above > 0)
    }
    #expect(
      drawn.peak == (0..<drawn.rows * drawn.columns.count).map { Double(drawn.cells[$0]) }.max())
  }

  @Test func `no dollar of one venue is lost or made by the rows`() throws {
    var request = request(.all, learning: .none)
    request.venues = [.gate]
    request.rangePercent = 60
    let history = try history(prints: false)
    let drawn = try #require(MapHistory(request: request, history: history))
    let series = try #require(history.series(only: [.gate]).first)
    var book = PositionBook(
      venue: .gate, table: MaintenanceTable.table(venue: .gate, instrument: Self.bitcoin))
    book.append(series.intervals)
    let shares = Shares.prior(book.components, .realisable)
    let width = PositionBook.standardBinWidth
    let perRow = Int((drawn.step / width).rounded())
    let first = Int((Double.log(drawn.lowest) / width).rounded())
    var dollars = 0.0
    for side in Side.allCases {
      let coins = book.stock(
        side, components: Array(book.components.indices), shares: shares[side],
        range: first..<first + drawn.rows * perRow)
      for (index, amount) in coins.enumerated() {
        dollars += amount * Double.exp((Double(first + index) + 0.5) * width)
      }
    }
    let last = drawn.columns.count - 1
    let sum = (0..<drawn.rows).reduce(0) { $0 + drawn.usd(row: $1, column: last) }
    #expect(abs(sum / dollars - 1) < 1e-6)
  }

  @Test func `longs stand below a column's close and shorts above`() throws {
    let drawn = try columns(history()).history
    for (index, column) in drawn.columns.enumerated() {
      let row = try #require(drawn.row(of: column.close))
      #expect(drawn.usd(row: row - 30, column: index) > 0)
      #expect(drawn.usd(row: row + 30, column: index) > 0)
      // What a fall has crossed is gone: nothing stands between the low and the close.
      let low = try #require(drawn.row(of: column.low))
      let gone = stride(from: low + 2, to: row - 1, by: 1).map { drawn.usd(row: $0, column: index) }
      let near = drawn.usd(row: low - 30, column: index)
      #expect(gone.allSatisfy { $0 <= max(near, drawn.peak / 20) })
    }
  }

  @Test func `published liquidations lie in their columns, and none where none are published`()
    throws
  {
    let history = try history()
    let drawn = try columns(history).history
    let series = history.series()
    for column in drawn.columns {
      var long = 0.0
      var short = 0.0
      for interval in series.flatMap(\.intervals)
      where interval.openTime >= column.openTime && interval.closeTime <= column.closeTime {
        long += (interval.liquidatedLong ?? 0) * interval.typicalPrice
        short += (interval.liquidatedShort ?? 0) * interval.typicalPrice
      }
      #expect(abs((column.liquidatedLong ?? 0) / long - 1) < 1e-12)
      #expect(abs((column.liquidatedShort ?? 0) / short - 1) < 1e-12)
      #expect(long > 0 && short > 0)
    }
    let silent = try columns(self.history(prints: false)).history
    #expect(
      silent.columns.allSatisfy { $0.liquidatedLong == nil && $0.liquidatedShort == nil })
  }

  @Test func `columns follow each other, end at whole multiples, and carry the leader's prices`()
    throws
  {
    let history = try history(count: 160)
    let drawn = try #require(
      MapHistory(request: request(.days3), history: history, columns: 30))
    // Three days in thirty columns of whole half hours: two and a half hours each.
    let length: Int64 = 150 * 60_000
    #expect((29...31).contains(drawn.columns.count))
    for (column, next) in zip(drawn.columns, drawn.columns.dropFirst()) {
      #expect(column.closeTime == next.openTime)
      #expect(column.closeTime.milliseconds % length == 0)
    }
    #expect(drawn.columns.last?.closeTime == history.last)
    #expect(drawn.columns.first?.openTime == history.last.map { $0 - .days(3) })
    for column in drawn.columns {
      #expect(column.low <= min(column.open, column.close))
      #expect(column.high >= max(column.open, column.close))
      #expect(column.openInterest > 160_000)
    }
    let middle = drawn.price(ofRow: 7)
    #expect(drawn.row(of: middle) == 7)
    #expect(drawn.row(of: drawn.lowest * 0.999) == nil)
    #expect(drawn.row(of: drawn.price(ofRow: drawn.rows)) == nil)
    #expect(drawn.rows <= 1_500)
  }

  @Test func `a window that the facts hardly fill is split into what they hold`() throws {
    let drawn = try #require(
      MapHistory(request: request(.days30), history: try history(count: 9), columns: 240))
    #expect(drawn.columns.count == 9)
    #expect(MapHistory(request: request(.days30), history: MarketHistory()) == nil)
  }
}
