/// Moments as HTTP headers and some venues write them.
enum HTTPDateText {
  private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// E.g. `Sun, 06 Nov 1994 08:49:37 GMT`.
  static func text(_ milliseconds: Int64) -> String {
    let seconds = BarClock.floored(milliseconds, 1_000)
    let day = BarClock.floored(seconds, 86_400)
    let rest = seconds - day * 86_400
    let month = BarClock.months.bar(of: day * 1_440)
    let year = 1970 + BarClock.floored(month, 12)
    let ofMonth = day - BarClock.months.start(month) / 1_440 + 1
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let weekday = days[Int(day - BarClock.floored(day, 7) * 7)]
    let name = months[Int(month - BarClock.floored(month, 12) * 12)]
    return "\(weekday), \(two(ofMonth)) \(name) \(year) "
      + "\(two(rest / 3_600)):\(two(rest / 60 % 60)):\(two(rest % 60)) GMT"
  }
}
