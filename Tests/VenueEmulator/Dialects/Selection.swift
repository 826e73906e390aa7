/// Which rows of a history a request means.
struct Selection: Sendable {
  /// Times in milliseconds, both included; nil where the request doesn't say.
  var from, to: Int64?
  var limit: Int
  /// Whether the oldest rows of a range are given where there are more than the limit, as far as
  /// it has a beginning; else the newest ones.
  var startsAtBeginning: Bool

  /// The bars that it means, oldest first.
  func bars(_ clock: BarClock, _ series: InstrumentSeries, now: Int64) -> [EmulatedBar] {
    var newest = clock.last(to: min(to ?? now, now))
    var oldest = from.map { clock.first(from: max($0, 0)) } ?? .min
    oldest = max(oldest, clock.bar(of: series.first))
    if from != nil, startsAtBeginning {
      newest = min(newest, oldest + Int64(limit) - 1)
    } else {
      oldest = max(oldest, newest - Int64(limit) + 1)
    }
    guard oldest <= newest else { return [] }
    return series.bars(clock, from: oldest, through: newest, now: now)
  }

  /// The moments at multiples of a step that it means, oldest first. What holds at a moment is
  /// published a while after it.
  func marks(
    every step: Int64, publishedAfter delay: Int64, oldest limitOfDepth: Int64,
    _ series: InstrumentSeries, now: Int64
  ) -> [Int64] {
    var newest = BarClock.floored(min(to ?? now, now - delay), step)
    var oldest = from.map { BarClock.floored($0 + step - 1, step) } ?? .min / 2
    let begin = max(series.first * 60_000, limitOfDepth)
    oldest = max(oldest, BarClock.floored(begin + step - 1, step))
    if from != nil, startsAtBeginning {
      newest = min(newest, oldest + Int64(limit) - 1)
    } else {
      oldest = max(oldest, newest - Int64(limit) + 1)
    }
    guard oldest <= newest else { return [] }
    return (oldest...newest).map { $0 * step }
  }
}

extension EmulatedRequest {
  /// A whole number of the query: nil where it is absent, and where it isn't a whole number.
  func integer(_ name: String) -> Int64? { parameter(name).flatMap { Int64($0) } }

  /// Whether a parameter is there and isn't a whole number.
  func isBroken(_ name: String) -> Bool { parameter(name) != nil && integer(name) == nil }

  /// The number of rows: nil where it isn't one.
  func limit(standard: Int, most: Int) -> Int? {
    guard parameter("limit") != nil else { return standard }
    guard let limit = integer("limit"), limit > 0 else { return nil }
    return Int(min(limit, Int64(most)))
  }
}
