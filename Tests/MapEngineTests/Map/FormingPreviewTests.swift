import Market
import Testing

@testable import MapEngine

@Suite struct FormingPreviewTests {
  private static let bitcoin = Instrument(base: "BTC")

  /// How a forming interval moves the price, and what it does to open interest.
  private struct Case: CustomStringConvertible {
    let description: String
    let span: Span
    let low: Double
    let high: Double
    let close: Double
    let volume: Double
    let interest: Double
  }

  private static let cases = [
    Case(
      description: "quiet", span: .minutes(1), low: 0.9998, high: 1.0002, close: 1.0001,
      volume: 40, interest: 1.0001),
    Case(
      description: "flat and without a trade", span: .minutes(1), low: 1, high: 1, close: 1,
      volume: 0, interest: 1),
    Case(
      description: "a fall through many levels", span: .minutes(5), low: 0.93, high: 1.001,
      close: 0.94, volume: 30_000, interest: 0.9),
    Case(
      description: "a squeeze in half an hour", span: .minutes(30), low: 0.995, high: 1.06,
      close: 1.05, volume: 900, interest: 1.2),
    Case(
      description: "both sides far out", span: .minutes(5), low: 0.91, high: 1.12,
      close: 1.01, volume: 600, interest: 0.5),
    Case(
      description: "a turnover that closes all", span: .minutes(5), low: 0.999, high: 1.001,
      close: 1, volume: 9e7, interest: 1.01),
  ]

  private func book(_ seed: UInt64, isWindowed: Bool) throws -> PositionBook {
    var series = SeededSeries(seed: seed)
    let intervals = try series.intervals(count: 150, volatility: 0.01)
    var book = PositionBook(
      venue: .binance,
      table: MaintenanceTable.table(venue: .binance, instrument: Self.bitcoin))
    book.append(intervals[..<100])
    if isWindowed { book.beginWindow(at: intervals.first) }
    book.append(intervals[100...])
    return book
  }

  @Test(arguments: [UInt64(51), 52], [true, false])
  func `a preview is the map of a book that took the interval`(
    seed: UInt64, isWindowed: Bool
  ) throws {
    let book = try book(seed, isWindowed: isWindowed)
    let last = try #require(book.last)
    let fit = ShareFit(prior: book.components)
    for scenario in Self.cases {
      let open = last.close
      let candle = try Candle(
        openTime: last.closeTime, interval: scenario.span, open: open,
        high: open * scenario.high, low: open * scenario.low, close: open * scenario.close,
        volume: scenario.volume)
      let forming = MarketInterval(
        candle: candle, openInterest: last.openInterest * scenario.interest)
      var taken = book
      taken.append([forming])
      let wanted = MapRenderer(
        parts: [MapRenderer.Part(book: taken, fit: fit)], layers: LeverageLayer.standard
      ).map(rangePercent: 15, bins: 300)
      let preview = MapRenderer(
        parts: [
          MapRenderer.Part(
            book: book, fit: fit, preview: BookPreview(book, interval: forming))
        ], layers: LeverageLayer.standard
      ).map(rangePercent: 15, bins: 300)
      #expect(preview.grid == wanted.grid)
      let largest = wanted.cells.max() ?? 0
      #expect(largest > 0)
      var worst = 0.0
      for (cell, other) in zip(preview.cells, wanted.cells) where cell != other {
        worst = max(worst, abs(cell - other) / max(other, largest * 1e-9))
      }
      #expect(worst < 1e-9, "\(scenario)")
    }
  }

  @Test func `maps on several grids at once are the maps of each grid alone`() throws {
    let book = try book(53, isWindowed: false)
    let renderer = MapRenderer(
      parts: [MapRenderer.Part(book: book, fit: ShareFit(prior: book.components))],
      layers: LeverageLayer.standard)
    let grids = [100, 400, 1_131].map {
      PriceGrid(price: renderer.price, rangePercent: 12, count: $0)
    }
    let together = renderer.maps(on: grids)
    for (grid, map) in zip(grids, together) {
      #expect(map == renderer.map(rangePercent: 12, bins: grid.count))
    }
  }
}
