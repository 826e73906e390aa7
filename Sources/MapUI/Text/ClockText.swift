import Market

/// Moments as text, in UTC.
enum ClockText {
  /// `2026-02-19 14:32 UTC`.
  static func dateAndTime(_ moment: Timestamp) -> String {
    let (date, time) = parts(moment)
    return "\(date) \(time.prefix(5)) UTC"
  }

  /// `14:32:07 UTC`.
  static func time(_ moment: Timestamp) -> String {
    "\(parts(moment).time) UTC"
  }

  /// `02-19 14:32`, in UTC: where the year is plain and room is short.
  static func dayAndTime(_ moment: Timestamp) -> String {
    let (date, time) = parts(moment)
    return "\(date.dropFirst(5)) \(time.prefix(5))"
  }

  /// The date and the time of day, either side of ISO 8601's T.
  private static func parts(_ moment: Timestamp) -> (date: Substring, time: Substring) {
    let words = moment.description.dropLast().split(separator: "T")
    return (words.first ?? "", words.last ?? "")
  }
}
