import Market
import RealModule

/// Where the columns and the rows of a ``MapHistory`` lie.
struct MapHistoryPlan: Hashable, Sendable {
  /// The start of the window; nil where everything that stands is drawn.
  let windowStart: Timestamp?
  /// The start of the first column.
  let begin: Timestamp
  /// The length of a column.
  let length: Span
  /// The end of the last column: the end of the facts.
  let end: Timestamp
  /// The index in the series of the venue whose prices the columns give.
  let leader: Int
  /// The engine's bins in a row.
  let binsPerRow: Int
  /// Row 0 as a whole multiple of the rows' width in log price.
  let firstRow: Int
  /// The number of rows.
  let rows: Int

  /// The number of bins in a row unless that makes too many rows.
  private static let leastBinsPerRow = 3
  /// The most rows.
  private static let mostRows = 1_500
  /// How much of the reach is drawn beyond the prices that traded.
  private static let margin = 0.25

  /// The width of a row in log price.
  var step: Double { Double(binsPerRow) * PositionBook.standardBinWidth }

  /// The lower edge of row 0, in the quote currency.
  var lowest: Double { Double.exp(Double(firstRow) * step) }

  /// A plan for what the series hold of a window that ends with them; nil where they hold nothing.
  ///
  /// - Parameters:
  ///   - window: its length; nil for everything.
  ///   - reach: how far from the last price the rows reach in any case, in percent.
  ///   - columns: about how many columns there shall be.
  ///   - length: the length of a column, where it isn't to follow from their number.
  init?(
    _ series: [VenueSeries], window: Span?, reach: Double, columns: Int, length: Span? = nil
  ) {
    guard let end = series.compactMap({ $0.intervals.last?.closeTime }).max() else { return nil }
    let start = window.map { end - $0 }
    let inWindow = series.map { series in
      let first = start.map { start in
        series.intervals.partitioningIndex { $0.openTime >= start }
      }
      return series.intervals[(first ?? 0)...]
    }
    guard let begin = inWindow.compactMap({ $0.first?.openTime }).min() else { return nil }
    let longest = inWindow.flatMap { $0.map(\.span.milliseconds) }.max() ?? 60_000
    let parts = Int64(max(columns, 1)) * longest
    let times = ((end - begin).milliseconds + parts - 1) / parts
    self.end = end
    self.begin = begin
    self.length = length ?? Span(milliseconds: max(times, 1) * longest)
    windowStart = start
    let column = self.length
    guard let leader = Self.leader(inWindow, begin: begin, within: column),
      let price = series[leader].intervals.last?.close
    else { return nil }
    self.leader = leader
    var low = price * (1 - min(reach, 99) / 100)
    var high = price * (1 + min(reach, 99) / 100)
    let margin = min(reach, 99) / 100 * Self.margin
    for interval in inWindow[leader] {
      low = min(low, interval.low * (1 - margin))
      high = max(high, interval.high * (1 + margin))
    }
    let span = Double.log(high / low)
    let width = PositionBook.standardBinWidth
    // One row more than fits, since edges are rounded outwards.
    let bins = Int((span / width / Double(Self.mostRows - 2)).rounded(.up))
    binsPerRow = max(Self.leastBinsPerRow, bins)
    let step = Double(binsPerRow) * width
    firstRow = Int((Double.log(low) / step).rounded(.down))
    rows = Int((Double.log(high) / step).rounded(.up)) - firstRow
  }

  /// The venue with the largest open interest at the start of the window, of those that begin
  /// within the first column: known then, so that later facts choose no other.
  private static func leader(
    _ intervals: [ArraySlice<MarketInterval>], begin: Timestamp, within column: Span
  ) -> Int? {
    intervals.indices.filter { index in
      intervals[index].first.map { $0.openTime < begin + column } ?? false
    }.max {
      (intervals[$0].first?.openInterest ?? 0) < (intervals[$1].first?.openInterest ?? 0)
    }
  }

  /// The ends of the columns, in order of time.
  var closes: [Timestamp] {
    var closes: [Timestamp] = []
    var number = begin.milliseconds.quotientRoundedDown(by: length.milliseconds) + 1
    while number * length.milliseconds < end.milliseconds {
      closes.append(Timestamp(milliseconds: number * length.milliseconds))
      number += 1
    }
    return closes + [end]
  }
}
