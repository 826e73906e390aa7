import Market

/// Moments as files and arguments write them.
public enum TimeText {
  /// The moment that `text` names; nil when it names none.
  ///
  /// A number counts seconds, milliseconds or microseconds since 1970, told apart by magnitude
  /// (10^8, 10^11 and 10^14 upwards, the year 1973 in each). Else ISO 8601: a date, and
  /// optionally a time after `T` or a space, with fraction and offset; without an offset it is
  /// UTC. Dates may be parted by `-`, `/` or `.`. Fractions of a millisecond are cut off.
  public static func timestamp(_ text: String) -> Timestamp? {
    let bytes = [UInt8](text.utf8)
    return milliseconds(bytes, 0..<bytes.count).map(Timestamp.init(milliseconds:))
  }

  /// Milliseconds since 1970 that the bytes name; nil when they name no moment.
  static func milliseconds(_ bytes: [UInt8], _ range: Range<Int>) -> Int64? {
    var whole: Int64 = 0
    var at = range.lowerBound
    while at < range.upperBound, let digit = digit(bytes[at]) {
      guard at - range.lowerBound < 17 else { return nil }
      whole = whole * 10 + digit
      at += 1
    }
    if at == range.upperBound { return scaled(whole, thousandths: 0) }
    if bytes[at] == UInt8(ascii: "."), let thousandths = fraction(bytes, at + 1..<range.upperBound)
    {
      return scaled(whole, thousandths: thousandths)
    }
    var calendar = CalendarText(bytes: bytes, range: range)
    return calendar.milliseconds()
  }

  /// A count since 1970 in the unit that its magnitude shows, as milliseconds.
  private static func scaled(_ count: Int64, thousandths: Int64) -> Int64? {
    switch count {
    case 100_000_000..<100_000_000_000: count * 1_000 + thousandths
    case 100_000_000_000..<100_000_000_000_000: count
    case 100_000_000_000_000..<100_000_000_000_000_000: count / 1_000
    default: nil
    }
  }

  /// The first three digits of a fraction; nil when something else than digits stands there.
  private static func fraction(_ bytes: [UInt8], _ range: Range<Int>) -> Int64? {
    var value: Int64 = 0
    for place in 0..<max(3, range.count) {
      guard place < range.count else {
        value *= 10
        continue
      }
      guard let digit = digit(bytes[range.lowerBound + place]) else { return nil }
      if place < 3 { value = value * 10 + digit }
    }
    return value
  }

  fileprivate static func digit(_ byte: UInt8) -> Int64? {
    let digit = byte &- UInt8(ascii: "0")
    return digit <= 9 ? Int64(digit) : nil
  }
}

/// Reads a date and time of the Gregorian calendar, front to back.
private struct CalendarText {
  let bytes: [UInt8]
  let end: Int
  var at: Int

  init(bytes: [UInt8], range: Range<Int>) {
    self.bytes = bytes
    at = range.lowerBound
    end = range.upperBound
  }

  mutating func milliseconds() -> Int64? {
    guard let year = digits(4), let separator = peek, [0x2D, 0x2F, 0x2E].contains(separator),
      take(separator), let month = digits(2), (1...12).contains(month), take(separator),
      let day = digits(2), day >= 1, day <= Self.days(inMonth: month, of: year)
    else { return nil }
    var result = Self.daysSince1970(year: year, month: month, day: day) * 86_400_000
    if at == end { return result }
    guard take(UInt8(ascii: "T")) || take(UInt8(ascii: "t")) || take(UInt8(ascii: " ")),
      let hour = digits(2), hour < 24, take(UInt8(ascii: ":")), let minute = digits(2), minute < 60
    else { return nil }
    result += hour * 3_600_000 + minute * 60_000
    if take(UInt8(ascii: ":")) {
      guard let second = digits(2), second < 60 else { return nil }
      result += second * 1_000
      if take(UInt8(ascii: ".")) || take(UInt8(ascii: ",")) {
        guard let thousandths = fraction() else { return nil }
        result += thousandths
      }
    }
    if take(UInt8(ascii: " ")) {
      // `2024-08-05 00:05:00 +00:00` and `... UTC` part the offset with a space.
      if take(UInt8(ascii: "U")) {
        guard take(UInt8(ascii: "T")), take(UInt8(ascii: "C")) else { return nil }
        return at == end ? result : nil
      }
      if at == end { return nil }
    }
    guard let offset = offset() else { return nil }
    return at == end ? result - offset : nil
  }

  /// `Z`, `+02:00`, `+0200`, `+02` or nothing, in milliseconds.
  private mutating func offset() -> Int64? {
    if at == end || take(UInt8(ascii: "Z")) || take(UInt8(ascii: "z")) { return 0 }
    let sign: Int64
    if take(UInt8(ascii: "+")) {
      sign = 1
    } else if take(UInt8(ascii: "-")) {
      sign = -1
    } else {
      return nil
    }
    guard let hours = digits(2), hours < 24 else { return nil }
    if at == end { return sign * hours * 3_600_000 }
    _ = take(UInt8(ascii: ":"))
    guard let minutes = digits(2), minutes < 60 else { return nil }
    return sign * (hours * 3_600_000 + minutes * 60_000)
  }

  /// One or more digits after the point, as thousandths.
  private mutating func fraction() -> Int64? {
    var value: Int64 = 0
    var places = 0
    while let byte = peek, let digit = TimeText.digit(byte) {
      if places < 3 { value = value * 10 + digit }
      places += 1
      at += 1
    }
    guard places > 0 else { return nil }
    for _ in 0..<max(0, 3 - places) { value *= 10 }
    return value
  }

  private var peek: UInt8? { at < end ? bytes[at] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    at += 1
    return true
  }

  private mutating func digits(_ count: Int) -> Int64? {
    guard end - at >= count else { return nil }
    var value: Int64 = 0
    for _ in 0..<count {
      guard let digit = TimeText.digit(bytes[at]) else { return nil }
      value = value * 10 + digit
      at += 1
    }
    return value
  }

  private static func days(inMonth month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days from 1970-01-01, by counting years from March so that the leap day comes last.
  private static func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let leapDays = shifted.floored(by: 4) - shifted.floored(by: 100) + shifted.floored(by: 400)
    return shifted * 365 + leapDays + dayOfYear - 719_468
  }
}

extension Int64 {
  /// The quotient rounded down, so that the year -1 (January of the year 0) counts right too.
  fileprivate func floored(by divisor: Int64) -> Int64 {
    self >= 0 ? self / divisor : -((-self + divisor - 1) / divisor)
  }
}
