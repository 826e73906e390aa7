import Market
import RealModule

/// Lets the books of a ``MapHistory`` take the facts column by column and draws each at its close.
///
/// Cost: a column is one weighted sum of the lanes over the rows' bins, a fit a day of published
/// liquidations; the books take each interval once, as for one map.
struct MapHistoryBuilder {
  /// One venue on its way through the facts.
  private struct Walk {
    let series: VenueSeries
    /// Which intervals the book remembers the crossings of.
    let learning: Range<Timestamp>
    var book: CalibratedBook
    var shares: RunningShares
    /// The first interval that the book hasn't taken.
    var next = 0

    /// Takes the intervals up to an index.
    mutating func take(upTo index: Int) {
      book.append(series.intervals[next..<index], learning: learning)
      next = index
    }
  }

  private let request: MapRequest
  private let plan: MapHistoryPlan
  private var walks: [Walk]
  /// The prices of the engine's bins from `firstPrice` on: a level's dollars are its coins times
  /// that.
  private let prices: [Double]
  private let firstPrice: Int
  /// The rows of the column that is being drawn, in US dollars.
  private var sums: [Double]

  private var width: Double { PositionBook.standardBinWidth }

  init(
    request: MapRequest, plan: MapHistoryPlan, series: [VenueSeries],
    tables: [Venue: MaintenanceTable]
  ) {
    self.request = request
    self.plan = plan
    let pace = Self.pace(of: plan)
    let learning = request.learning.period(from: plan.begin - pace)
    walks = series.map { series in
      let book = PositionBook(
        venue: series.venue,
        table: tables[series.venue]
          ?? MaintenanceTable.table(venue: series.venue, instrument: request.instrument))
      return Walk(
        series: series, learning: learning,
        book: CalibratedBook(book: book, intervalLength: series.longest),
        shares: RunningShares(request.learning, components: book.components, pace: pace))
    }
    // Levels of a venue whose prices stand apart lie a little beyond the rows' own bins.
    let spare = 64
    let first = plan.firstRow * plan.binsPerRow - spare
    let width = PositionBook.standardBinWidth
    prices = (0..<plan.rows * plan.binsPerRow + 2 * spare).map {
      Double.exp((Double(first + $0) + 0.5) * width)
    }
    firstPrice = first
    sums = [Double](repeating: 0, count: plan.rows)
  }

  /// A day, and as many days more as make about thirty fits of a long window.
  private static func pace(of plan: MapHistoryPlan) -> Span {
    let days = max((plan.end - plan.begin).days / 30, 1)
    return .days(Int64(days.rounded(.up)))
  }

  /// The history, once.
  mutating func history() -> MapHistory {
    for index in walks.indices {
      guard let start = plan.windowStart else { continue }
      walks[index].take(
        upTo: walks[index].series.intervals.partitioningIndex { $0.openTime >= start })
      walks[index].book.beginWindow(at: walks[index].series.intervals.first)
    }
    var columns: [MapHistory.Column] = []
    var cells: [Float] = []
    let closes = plan.closes
    cells.reserveCapacity(closes.count * plan.rows)
    var open = plan.begin
    for close in closes {
      defer { open = close }
      let taken = walks.map(\.next)
      for index in walks.indices {
        let intervals = walks[index].series.intervals
        walks[index].take(
          upTo: max(taken[index], intervals.partitioningIndex { $0.closeTime > close }))
      }
      let fresh = zip(walks, taken).map { $0.series.intervals[$1..<$0.next] }
      // Where nobody tells anything there is nothing to show.
      guard fresh.contains(where: { !$0.isEmpty }),
        let column = column(fresh, open: open, close: close),
        let price = walks[plan.leader].book.book.mark
      else { continue }
      for index in sums.indices { sums[index] = 0 }
      for index in walks.indices {
        let walk = walks[index]
        let isNewest = close == plan.end
        if !isNewest {
          walks[index].shares.advance(
            to: close, book: walk.book, published: walk.series.published)
        }
        let fit =
          isNewest
          ? request.learning.fit(walk.book, published: walk.series.published, asOf: close)
          : walks[index].shares.fit
        draw(walk.book.book, fit: fit, around: price, at: column.close)
      }
      columns.append(column)
      cells += sums.map { Float($0) }
    }
    return MapHistory(
      instrument: request.instrument, timeframe: request.timeframe, columns: columns,
      lowest: plan.lowest, step: plan.step, rows: plan.rows, cells: cells)
  }

  /// The facts of a column, given the intervals that closed in it; nil before the leading venue's
  /// first.
  private func column(
    _ intervals: [ArraySlice<MarketInterval>], open: Timestamp, close: Timestamp
  ) -> MapHistory.Column? {
    let leading = intervals[plan.leader]
    guard let last = walks[plan.leader].book.book.last else { return nil }
    let printed = BySide(publishedWithin: intervals.joined())
    return MapHistory.Column(
      openTime: open, closeTime: close, open: leading.first?.open ?? last.close,
      high: leading.map(\.high).max() ?? last.close, low: leading.map(\.low).min() ?? last.close,
      close: last.close, liquidatedLong: printed.long, liquidatedShort: printed.short,
      openInterest: walks.reduce(0) { $0 + ($1.book.book.last?.openInterest ?? 0) })
  }

  // MARK: - Drawing

  /// Adds what stands on one venue to the column's rows.
  ///
  /// - Parameters:
  ///   - price: the leading venue's mark.
  ///   - close: its close, which longs stand below and shorts above.
  private mutating func draw(
    _ book: PositionBook, fit: ShareFit, around price: Double, at close: Double
  ) {
    guard let mark = book.mark else { return }
    let renderer = MapRenderer(parts: [], layers: request.layers, weights: request.weights)
    let part = MapRenderer.Part(book: book, fit: fit)
    // How far the venue's levels are moved so that its mark lies at the leading one, in bins.
    let shift = mark == price ? 0 : Double.log(price / mark) / width
    let middle = Int((Double.log(mark) / width).rounded(.down))
    let low = plan.firstRow * plan.binsPerRow - Int(shift.rounded(.up)) - 1
    let high = low + plan.rows * plan.binsPerRow + 2
    let border = min(
      max(Int((Double.log(close) / plan.step).rounded(.down)) - plan.firstRow, 0), plan.rows - 1)
    for side in Side.allCases {
      let shares = renderer.shares(part, side)
      let range = (side == .long ? low..<max(low, middle + 1) : min(middle, high)..<high)
        .clamped(to: low..<high)
      let coins = book.stock(
        side, components: shares.indices.filter { shares[$0] > 0 }, shares: shares, range: range)
      let bounds = side == .long ? 0...border : border...plan.rows - 1
      for (index, amount) in coins.enumerated() where amount > 0 {
        let bin = range.lowerBound + index
        add(amount * self.price(ofBin: bin), bin: bin, shift: shift, bounds: bounds)
      }
    }
  }

  /// Adds a bin's dollars to the rows that it lies in, within the rows of its side.
  private mutating func add(_ usd: Double, bin: Int, shift: Double, bounds: ClosedRange<Int>) {
    let perRow = Double(plan.binsPerRow)
    let place = (Double(bin) + shift) / perRow - Double(plan.firstRow)
    guard place > -1, place < Double(plan.rows) else { return }
    let row = Int(place.rounded(.down))
    // An engine's bin is narrower than a row: it lies in two at most.
    let first = (Double(row + 1) - place) * perRow
    guard first < 1 - 1e-9 else { return put(usd, row: row, bounds: bounds) }
    put(usd * first, row: row, bounds: bounds)
    put(usd * (1 - first), row: row + 1, bounds: bounds)
  }

  private mutating func put(_ usd: Double, row: Int, bounds: ClosedRange<Int>) {
    guard row >= 0, row < plan.rows else { return }
    sums[min(max(row, bounds.lowerBound), bounds.upperBound)] += usd
  }

  private func price(ofBin bin: Int) -> Double {
    let index = bin - firstPrice
    return prices.indices.contains(index)
      ? prices[index] : Double.exp((Double(bin) + 0.5) * width)
  }
}
