import Market

/// Moments as text, in the time zone of the state's formatting: UTC unless told otherwise.
enum ClockText {
  /// `2026-02-19 14:32 UTC`.
  static func dateAndTime(_ moment: Timestamp) -> String {
    let (date, time, zone) = parts(moment)
    return "\(date) \(time.prefix(5)) \(zone)"
  }

  /// `14:32:07 UTC`.
  static func time(_ moment: Timestamp) -> String {
    let (_, time, zone) = parts(moment)
    return "\(time) \(zone)"
  }

  /// `02-19 14:32`: where the year and the zone are plain and room is short.
  static func dayAndTime(_ moment: Timestamp) -> String {
    let (date, time, _) = parts(moment)
    return "\(date.dropFirst(5)) \(time.prefix(5))"
  }

  /// The date and the time of day, either side of ISO 8601's T, and the zone.
  private static func parts(_ moment: Timestamp) -> (date: Substring, time: Substring, zone: String)
  {
    let zone = Formatting.current.clock
    let words = (moment + zone.offset(at: moment)).description.dropLast().split(separator: "T")
    return (words.first ?? "", words.last ?? "", zone.label(at: moment))
  }
}
