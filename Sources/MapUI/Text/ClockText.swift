import Market

/// Moments as text, in UTC.
enum ClockText {
  /// `2026-02-19 14:32 UTC`.
  static func dateAndTime(_ moment: Timestamp) -> String {
    let day = floorDivide(moment.milliseconds, 86_400_000)
    let (year, month, dayOfMonth) = civil(day)
    return "\(year)-\(two(month))-\(two(dayOfMonth)) \(hoursAndMinutes(moment)) UTC"
  }

  /// `14:32:07 UTC`.
  static func time(_ moment: Timestamp) -> String {
    let seconds = Int64(floorDivide(moment.milliseconds, 1_000))
    return "\(hoursAndMinutes(moment)):\(two(Int(seconds - floorDivide(seconds, 60) * 60))) UTC"
  }

  private static func hoursAndMinutes(_ moment: Timestamp) -> String {
    let inDay = moment.milliseconds - floorDivide(moment.milliseconds, 86_400_000) * 86_400_000
    return "\(two(Int(inDay / 3_600_000))):\(two(Int(inDay / 60_000 % 60)))"
  }

  private static func two(_ value: Int) -> String {
    value < 10 ? "0\(value)" : "\(value)"
  }

  private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
  }

  /// The Gregorian date of a day counted from 1970-01-01, by Howard Hinnant's `civil_from_days`:
  /// years begin in March, so that the leap day is the last of its year.
  private static func civil(_ day: Int64) -> (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      Int(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)), Int(month),
      Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    )
  }
}
