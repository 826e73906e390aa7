/// What traded in a stretch of time, in the venue's own units: prices in units of the last decimal
/// place, sizes likewise, turnover in units of the last place that the venue writes.
struct SeriesRow: Hashable, Sendable {
  var open, high, low, close: Int64
  var volume, buy: Int64
  var turnover: Int64

  /// Takers' purchases in the turnover's own units.
  var buyTurnover: Int64 {
    volume > 0 ? Int64((Double(turnover) * Double(buy) / Double(volume)).rounded()) : 0
  }

  /// So many trades; no venue's number means anything but activity.
  var trades: Int64 { volume == 0 ? 0 : 1 + volume % 97 + min(volume / 11, 40_000) }

  /// Adds what followed.
  mutating func append(_ next: SeriesRow) {
    high = max(high, next.high)
    low = min(low, next.low)
    close = next.close
    volume += next.volume
    buy += next.buy
    turnover += next.turnover
  }
}

/// A way from a row's open through its low and high to its close, in as many steps as wanted: the
/// steps add up to the row exactly.
struct SeriesPath: Sendable {
  private let row: SeriesRow
  private let steps: Int64
  private let tick: Int64
  private let first, second: (at: Int64, price: Int64)

  /// A way of so many steps whose turns lie where the noise says.
  init(row: SeriesRow, steps: Int64, tick: Int64, noise: Noise, place: Int64) {
    self.row = row
    self.steps = steps
    self.tick = tick
    let early = steps / 12 + noise.below(steps / 3, place, 71) + 1
    let late = steps / 2 + 2 + noise.below(steps / 3, place, 72)
    let isRising = row.close >= row.open
    first = (early, isRising ? row.low : row.high)
    second = (late, isRising ? row.high : row.low)
  }

  /// The price after so many steps.
  func price(_ step: Int64) -> Int64 {
    if step <= first.at { return between((0, row.open), first, step) }
    if step <= second.at { return between(first, second, step) }
    return between(second, (steps, row.close), step)
  }

  /// What traded from one step to another.
  func row(from: Int64, to: Int64) -> SeriesRow {
    let start = price(from)
    let end = price(to)
    var part = SeriesRow(
      open: start, high: max(start, end), low: min(start, end), close: end,
      volume: share(row.volume, to) - share(row.volume, from),
      buy: share(row.buy, to) - share(row.buy, from),
      turnover: share(row.turnover, to) - share(row.turnover, from))
    for turn in [first, second] where turn.at > from && turn.at < to {
      part.high = max(part.high, turn.price)
      part.low = min(part.low, turn.price)
    }
    return part
  }

  private func share(_ whole: Int64, _ step: Int64) -> Int64 {
    guard step < steps else { return whole }
    // Whole parts first, so that nothing overflows.
    return whole / steps * step + whole % steps * step / steps
  }

  private func between(
    _ start: (at: Int64, price: Int64), _ end: (at: Int64, price: Int64), _ step: Int64
  ) -> Int64 {
    guard end.at > start.at, step < end.at else { return end.price }
    let way = Double(end.price - start.price) * Double(step - start.at)
    let moved = way / Double(end.at - start.at) / Double(tick)
    return start.price + Int64(moved.rounded()) * tick
  }
}
