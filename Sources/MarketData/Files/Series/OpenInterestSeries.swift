import Market

/// Observations of open interest in coins, in order, one for each moment.
struct OpenInterestSeries {
  /// Time in milliseconds since 1970, coins, and whether a candle tells them of its own open,
  /// which nobody knows before the candle is there.
  private(set) var observations: [(time: Int64, quantity: Double, isAtOpen: Bool)] = []
  private(set) var identicalDuplicates = 0
  private(set) var conflictingDuplicates = 0
  private(set) var outside = 0
  private(set) var unpriced = 0

  /// Where an observation comes from; of two for one moment the higher rank is kept.
  private enum Rank: Int {
    /// A candle's own, as of its open: the first value within an interval. The one as of the
    /// close before it was the last word on that interval, and so goes first.
    case candleOpen
    /// A candle's own, as of its close.
    case candleClose
    /// A file of open interest alone.
    case ownFile
  }

  /// Joins what the candles carry with what files of open interest say, within the candles' time.
  init(candles: CandleSeries, rows: [OpenInterestRow]) {
    var all: [(time: Int64, quantity: Double, rank: Rank)] = []
    for row in candles.rows {
      if let size = row.openInterestAtOpen { all.append((row.time, size, .candleOpen)) }
      if let size = row.openInterest {
        all.append((row.time + candles.interval, size, .candleClose))
      }
    }
    for row in rows {
      guard row.time >= candles.first, row.time <= candles.last else {
        outside += 1
        continue
      }
      if !row.inUSD {
        all.append((row.time, row.size, .ownFile))
      } else if let price = candles.price(at: row.time) {
        all.append((row.time, row.size / price, .ownFile))
      } else {
        unpriced += 1
      }
    }
    let order = all.indices.sorted {
      (all[$0].time, all[$0].rank.rawValue, $0) < (all[$1].time, all[$1].rank.rawValue, $1)
    }
    observations.reserveCapacity(order.count)
    var lastRank = Rank.candleOpen
    for index in order {
      let next = all[index]
      if let last = observations.last, last.time == next.time {
        if lastRank == .ownFile || next.rank == .ownFile {
          if last.quantity == next.quantity {
            identicalDuplicates += 1
          } else {
            conflictingDuplicates += 1
          }
        }
        observations[observations.count - 1].quantity = next.quantity
        observations[observations.count - 1].isAtOpen = next.rank == .candleOpen
      } else {
        observations.append((next.time, next.quantity, next.rank == .candleOpen))
      }
      lastRank = next.rank
    }
  }
}
