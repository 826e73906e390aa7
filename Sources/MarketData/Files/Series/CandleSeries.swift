import Market

/// The candles of one series in order, once each.
struct CandleSeries {
  /// Rows by time; none repeats, none starts within the one before.
  private(set) var rows: [CandleRow]
  /// The length of every candle in milliseconds.
  let interval: Int64
  private(set) var identicalDuplicates = 0
  private(set) var conflictingDuplicates = 0
  private(set) var overlapping = 0
  private(set) var gaps: [FileReport.Gap] = []

  /// Joins rows from all files of a series, in any order.
  ///
  /// Rows of one time that say the same are one. Where they differ the later row wins, and what
  /// it leaves open is taken from the earlier one if both tell of the same trading. A row that
  /// starts within the candle before it is dropped. `stated` is the length of a candle where the
  /// rows alone don't show it. Nil when that is unknown too.
  init?(_ unordered: [CandleRow], stated: Int64?) {
    var rows = Self.sorted(unordered)
    guard let interval = IntervalLength.mostFrequent(in: rows.map(\.time)) ?? stated else {
      return nil
    }
    self.interval = interval
    var kept = 0
    for index in rows.indices {
      let row = rows[index]
      guard kept > 0 else {
        kept = 1
        continue
      }
      let last = rows[kept - 1]
      if row.time == last.time {
        var combined = row
        if row.tradesLike(last) { combined = row.filled(from: last) }
        // Equal to the earlier row once each is filled from the other: nothing contradicts.
        if combined == last.filled(from: row), row.tradesLike(last) {
          identicalDuplicates += 1
        } else {
          conflictingDuplicates += 1
        }
        rows[kept - 1] = combined
      } else if row.time < last.time + interval {
        overlapping += 1
      } else {
        let missing = (row.time - last.time + interval - 1) / interval - 1
        if missing > 0 {
          gaps.append(
            FileReport.Gap(
              from: Timestamp(milliseconds: last.time + interval),
              to: Timestamp(milliseconds: row.time), missing: Int(missing)))
        }
        // Most tables are in order as they are; writing them nothing saves a copy of all rows.
        if kept != index { rows[kept] = row }
        kept += 1
      }
    }
    if kept < rows.count { rows.removeSubrange(kept...) }
    guard !rows.isEmpty else { return nil }
    self.rows = rows
  }

  /// The start of the first candle, in milliseconds.
  var first: Int64 { rows.first?.time ?? 0 }

  /// The close of the last candle, in milliseconds.
  var last: Int64 { (rows.last?.time ?? 0) + interval }

  /// The price at a moment: the close of the candle at whose end it lies, the open of the one
  /// at whose start, the typical price of the one within which; nil in a hole and outside.
  func price(at time: Int64) -> Double? {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].time + interval < time { low = middle + 1 } else { high = middle }
    }
    guard low < rows.count, rows[low].time <= time else { return nil }
    let row = rows[low]
    if time == row.time + interval { return row.close }
    return time == row.time ? row.open : (row.high + row.low + row.close) / 3
  }

  /// Rows by time, those of one time in their given order.
  private static func sorted(_ rows: [CandleRow]) -> [CandleRow] {
    let isSorted = zip(rows, rows.dropFirst()).allSatisfy { $0.time <= $1.time }
    if isSorted { return rows }
    let order = rows.indices.sorted { (rows[$0].time, $0) < (rows[$1].time, $1) }
    return order.map { rows[$0] }
  }
}
