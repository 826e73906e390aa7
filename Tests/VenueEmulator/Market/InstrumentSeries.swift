/// A forced closing as a venue sees it.
struct SeriesLiquidation: Hashable, Sendable {
  /// Milliseconds since 1970.
  let time: Int64
  /// The side of the position that was closed.
  let isLong: Bool
  /// The fill price and the size in the listing's own units.
  let price, size: Int64
}

/// Everything that one instrument of one venue has done, in the venue's own units. What lies after
/// the moment that is asked about is never told.
final class InstrumentSeries: Sendable {
  let listing: Listing
  /// The first minute of its listing, and of the simulated days.
  let first, start: Int64
  /// The end of what is known.
  let end: Int64
  let minutes: [SeriesRow]
  /// Whole hours from `first` on.
  let hours: [SeriesRow]
  /// One-sided open interest at the beginning of each simulated minute and at the end, and at the
  /// beginning of each hour before.
  let interest, pastInterest: [Int64]
  /// Mark and index price at the beginning of each simulated minute and at the end.
  let marks, index: [Double]
  /// In order of time.
  let liquidations: [SeriesLiquidation]
  /// The rate of each 8-hour settlement from the last one before the simulated days on.
  let funding: [Double]
  let noise: Noise

  init(_ builder: SeriesBuilder) {
    listing = builder.listing
    first = builder.first
    start = builder.start
    end = builder.end
    minutes = builder.minutes
    hours = builder.hours
    interest = builder.interest
    pastInterest = builder.pastInterest
    marks = builder.marks
    index = builder.index
    liquidations = builder.liquidations
    funding = builder.funding
    noise = builder.noise
  }

  // MARK: - Candles

  /// A closed minute.
  func minute(_ minute: Int64) -> SeriesRow {
    if minute >= start { return minutes[Int(min(minute, end - 1) - start)] }
    let hour = BarClock.floored(minute, 60)
    let row = hours[Int(max(hour - first / 60, 0))]
    let path = SeriesPath(
      row: row, steps: 60, tick: listing.price.step, noise: noise, place: hour)
    let step = minute - hour * 60
    return path.row(from: step, to: step + 1)
  }

  /// What has traded within a minute up to a moment of it.
  func forming(_ minute: Int64, to milliseconds: Int64) -> SeriesRow {
    let path = SeriesPath(
      row: self.minute(minute), steps: 60_000, tick: listing.price.step, noise: noise,
      place: minute)
    return path.row(from: 0, to: milliseconds - minute * 60_000)
  }

  /// The last price at a moment.
  func price(at now: Int64) -> Int64 {
    let minute = BarClock.floored(now, 60_000)
    return forming(minute, to: now).close
  }

  /// What traded in the minutes `from ..< to`, as far as it has happened by now. Nil where nothing
  /// has, or nothing traded and the venue then has no row.
  func row(from: Int64, to: Int64, now: Int64) -> SeriesRow? {
    let present = BarClock.floored(now, 60_000)
    let closed = min(to, present)
    var minute = max(from, first)
    var row: SeriesRow?
    func append(_ next: SeriesRow) {
      if listing.isQuiet, next.volume == 0 { return }
      if row == nil { row = next } else { row?.append(next) }
    }
    while minute < closed {
      if minute % 60 == 0, minute + 60 <= closed, Int(minute / 60 - first / 60) < hours.count {
        append(hours[Int(minute / 60 - first / 60)])
        minute += 60
      } else {
        append(self.minute(minute))
        minute += 1
      }
    }
    if from <= present, present < to, present >= first {
      append(forming(present, to: now))
    }
    return row
  }

  /// The bars of an interval that begin at the bars `from ... through`, oldest first, as far as
  /// they have begun.
  func bars(_ clock: BarClock, from: Int64, through: Int64, now: Int64) -> [EmulatedBar] {
    let oldest = max(from, clock.bar(of: first))
    let newest = min(through, clock.bar(of: BarClock.floored(now, 60_000)))
    guard oldest <= newest else { return [] }
    var bars: [EmulatedBar] = []
    bars.reserveCapacity(Int(newest - oldest) + 1)
    for bar in oldest...newest {
      if let bar = self.bar(clock, bar, now: now) { bars.append(bar) }
    }
    return bars
  }

  /// One bar, as far as it has come.
  func bar(_ clock: BarClock, _ bar: Int64, now: Int64) -> EmulatedBar? {
    let from = clock.start(bar)
    let to = clock.start(bar + 1)
    guard let row = row(from: from, to: to, now: now) else { return nil }
    return EmulatedBar(
      open: from * 60_000, end: to * 60_000, row: row, isClosed: to * 60_000 <= now)
  }

  // MARK: - Liquidations

  /// The forced closings of `from < t <= to`.
  func liquidations(after from: Int64, through to: Int64) -> ArraySlice<SeriesLiquidation> {
    let lower = position(after: from)
    let upper = position(after: to)
    return liquidations[lower..<max(lower, upper)]
  }

  private func position(after time: Int64) -> Int {
    var low = 0
    var high = liquidations.count
    while low < high {
      let middle = (low + high) / 2
      if liquidations[middle].time <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// A bar of any interval, as far as it has come.
struct EmulatedBar: Sendable {
  /// Its beginning and its end in milliseconds since 1970.
  let open, end: Int64
  let row: SeriesRow
  let isClosed: Bool
}
