/// How time is cut into the bars of an interval. Bars are numbered; times are minutes since 1970.
enum BarClock: Hashable, Sendable {
  /// Bars of so many minutes, counted from 1970.
  case minutes(Int64)
  /// Weeks that begin on Mondays.
  case weeks
  /// Months of the calendar.
  case months

  /// The bar that a minute lies in.
  func bar(of minute: Int64) -> Int64 {
    switch self {
    case .minutes(let length): BarClock.floored(minute, length)
    // 1970 began on a Thursday.
    case .weeks: BarClock.floored(minute + 3 * 1_440, 7 * 1_440)
    case .months: BarClock.month(ofDay: BarClock.floored(minute, 1_440))
    }
  }

  /// The first minute of a bar.
  func start(_ bar: Int64) -> Int64 {
    switch self {
    case .minutes(let length): bar * length
    case .weeks: bar * 7 * 1_440 - 3 * 1_440
    case .months: BarClock.firstDay(ofMonth: bar) * 1_440
    }
  }

  /// The first bar that begins at or after a moment in milliseconds.
  func first(from milliseconds: Int64) -> Int64 {
    let bar = bar(of: BarClock.floored(milliseconds, 60_000))
    return start(bar) * 60_000 >= milliseconds ? bar : bar + 1
  }

  /// The last bar that begins at or before a moment in milliseconds.
  func last(to milliseconds: Int64) -> Int64 { bar(of: BarClock.floored(milliseconds, 60_000)) }

  static func floored(_ value: Int64, _ divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
  }

  /// Months since January 1970 of a day since 1970-01-01.
  private static func month(ofDay day: Int64) -> Int64 {
    var month = floored(day, 31)
    while firstDay(ofMonth: month + 1) <= day { month += 1 }
    return month
  }

  /// The first day of a month, in days since 1970-01-01 of the Gregorian calendar.
  private static func firstDay(ofMonth month: Int64) -> Int64 {
    let year = 1970 + floored(month, 12)
    let ofYear = month - floored(month, 12) * 12
    // Years that begin in March put the leap day at their end.
    let shiftedYear = ofYear < 2 ? year - 1 : year
    let shiftedMonth = (ofYear + 10) % 12
    let days = (153 * shiftedMonth + 2) / 5
    return 365 * shiftedYear + floored(shiftedYear, 4) - floored(shiftedYear, 100)
      + floored(shiftedYear, 400) + days - 719_468
  }
}
