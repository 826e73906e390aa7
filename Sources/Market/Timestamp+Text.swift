extension Timestamp: CustomStringConvertible {
  /// ISO 8601 in UTC, to the second: `2026-02-19T14:32:07Z`.
  public var description: String {
    let seconds = Self.floorDivide(milliseconds, 1_000)
    let day = Self.floorDivide(seconds, 86_400)
    let inDay = seconds - day * 86_400
    let (year, month, dayOfMonth) = Self.civil(day)
    return "\(year)-\(Self.two(month))-\(Self.two(dayOfMonth))T\(Self.two(inDay / 3_600))"
      + ":\(Self.two(inDay / 60 % 60)):\(Self.two(inDay % 60))Z"
  }

  private static func two(_ value: Int64) -> String {
    value < 10 ? "0\(value)" : "\(value)"
  }

  private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
  }

  /// The Gregorian date of a day counted from 1970-01-01, by Howard Hinnant's `civil_from_days`:
  /// years begin in March, so that the leap day is the last of its year.
  private static func civil(_ day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = day + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }
}
