/// A trade of an instrument: what traded within a second.
struct SeriesTrade: Hashable, Sendable {
  /// Counts seconds since 1970.
  let number: Int64
  /// Milliseconds since 1970.
  let time: Int64
  let takerBought: Bool
  let price, size: Int64
}

extension InstrumentSeries {
  /// The trades of `from < t <= to`, oldest first: at most one on each side a second.
  func trades(after from: Int64, through to: Int64, most: Int) -> [SeriesTrade] {
    var trades: [SeriesTrade] = []
    var second = BarClock.floored(max(from, first * 60_000), 1_000) + 1
    while second * 1_000 <= to, trades.count < most {
      let minute = BarClock.floored(second * 1_000 - 1, 60_000)
      let path = SeriesPath(
        row: self.minute(minute), steps: 60_000, tick: listing.price.step, noise: noise,
        place: minute)
      let end = second * 1_000 - minute * 60_000
      let part = path.row(from: end - 1_000, to: end)
      let time = second * 1_000
      for (isBuy, size) in [(true, part.buy), (false, part.volume - part.buy)] where size > 0 {
        trades.append(
          SeriesTrade(
            number: second * 2 + (isBuy ? 0 : 1), time: time, takerBought: isBuy,
            price: part.close, size: size))
      }
      second += 1
    }
    return Array(trades.prefix(most))
  }
}
