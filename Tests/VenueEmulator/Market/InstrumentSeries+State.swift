extension InstrumentSeries {
  /// One-sided open interest at a moment, in the listing's sizes. At a whole minute it is what the
  /// history says of that minute.
  func openInterest(at now: Int64) -> Int64 {
    let minute = BarClock.floored(now, 60_000)
    if minute < start {
      let hour = Int(max(BarClock.floored(now, 3_600_000) - first / 60, 0))
      let part = Double(now - BarClock.floored(now, 3_600_000) * 3_600_000) / 3_600_000
      return between(pastInterest[hour], pastInterest[min(hour + 1, pastInterest.count - 1)], part)
    }
    let place = Int(min(minute, end) - start)
    let part = Double(now - minute * 60_000) / 60_000
    return between(interest[place], interest[min(place + 1, interest.count - 1)], part)
  }

  private func between(_ left: Int64, _ right: Int64, _ part: Double) -> Int64 {
    left + Int64((Double(right - left) * part).rounded())
  }

  /// The mark price at a moment, as quoted.
  func mark(at now: Int64) -> Double { quoted(marks, now, premium: 1.000_05) }

  /// The index price at a moment, as quoted.
  func index(at now: Int64) -> Double { quoted(index, now, premium: 1) }

  private func quoted(_ boundaries: [Double], _ now: Int64, premium: Double) -> Double {
    let minute = BarClock.floored(now, 60_000)
    guard minute >= start else {
      return listing.price.value(self.minute(max(minute, first)).open) * premium
    }
    let place = Int(min(minute, end) - start)
    let next = boundaries[min(place + 1, boundaries.count - 1)]
    let part = Double(now - minute * 60_000) / 60_000
    return boundaries[place] + (next - boundaries[place]) * part
  }

  /// The mark or index price over the minutes `from ..< to`: open, high, low, close.
  func range(
    of price: (Int64) -> Double, from: Int64, to: Int64, now: Int64
  ) -> (open: Double, high: Double, low: Double, close: Double) {
    let end = min(to * 60_000, now)
    let open = price(max(from, first) * 60_000)
    let close = price(end)
    var high = max(open, close)
    var low = min(open, close)
    let step = max((to - from) / 60, 1)
    var minute = from + step
    while minute * 60_000 < end {
      let value = price(minute * 60_000)
      high = max(high, value)
      low = min(low, value)
      minute += step
    }
    return (open, high, low, close)
  }

  /// The rate of the 8-hour settlement with a number since 1970.
  func fundingRate(settlement: Int64) -> Double {
    let place = settlement - start / 480
    if place >= 0, place < funding.count { return funding[Int(place)] }
    return 0.000_1 + 0.000_08 * noise.normal(settlement, 91)
  }

  /// The running estimate of the rate that is settled next.
  func runningFunding(at now: Int64) -> Double {
    let last = BarClock.floored(now, 28_800_000)
    let wobble = 0.000_01 * noise.normal(BarClock.floored(now, 60_000), 92)
    return fundingRate(settlement: last) + wobble
  }

  /// Accounts that are net long to those that are net short, around one, at a whole 5 minutes.
  func ratio(at now: Int64, which: UInt64) -> Double {
    let mark = BarClock.floored(now, 300_000)
    let slow = noise.normal(mark / 288, 100 + which)
    return max(1.2 + 0.25 * slow + 0.02 * noise.normal(mark, 110 + which), 0.2)
  }

  /// What takers bought and sold within so many minutes up to a moment.
  func takers(minutes: Int64, to now: Int64) -> (buy: Int64, sell: Int64) {
    let end = BarClock.floored(now, 60_000)
    guard let row = row(from: end - minutes, to: end, now: now) else { return (0, 0) }
    return (row.buy, row.volume - row.buy)
  }

  /// The day up to a moment.
  func day(to now: Int64) -> SeriesRow {
    let minute = BarClock.floored(now, 60_000)
    let begin = max(BarClock.floored(minute, 60) * 60 - 1_380, first)
    return row(from: begin, to: minute + 1, now: now) ?? forming(minute, to: now)
  }

  /// The value of open interest in the quote currency at a price.
  func value(ofSize size: Int64, price: Double) -> Double {
    switch listing.kind {
    case .linear: listing.size.value(size) * listing.unit * price
    case .inverse: listing.size.value(size) * listing.unit
    }
  }
}
