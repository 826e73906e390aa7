/// Decimal numbers in a table's bytes.
enum NumberText {
  /// Powers of ten that a `Double` holds exactly.
  private static let exactPowers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// The largest whole number up to which a `Double` holds every one.
  private static let exactLimit: UInt64 = 1 << 53

  /// The number that the bytes spell, the nearest `Double` to it; nil when they spell none.
  ///
  /// Digits with an optional sign, point and exponent; words such as `nan` and `inf` are no
  /// numbers. Where mantissa and power of ten are both exact, one multiplication or division
  /// rounds once and so is the nearest value (Clinger 1990); all others go the standard
  /// library's way.
  static func double(_ bytes: [UInt8], _ range: Range<Int>) -> Double? {
    var at = range.lowerBound
    let end = range.upperBound
    guard at < end else { return nil }
    var negative = false
    if bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+") {
      negative = bytes[at] == UInt8(ascii: "-")
      at += 1
    }
    var mantissa: UInt64 = 0
    var significant = 0
    var digits = 0
    var fraction = 0
    var afterPoint = false
    while at < end {
      let byte = bytes[at]
      let digit = byte &- UInt8(ascii: "0")
      if digit <= 9 {
        digits += 1
        if significant > 0 || digit != 0 { significant += 1 }
        // Nineteen digits always fit in 64 bits; longer ones are left to the standard library.
        if significant <= 19 { mantissa = mantissa &* 10 &+ UInt64(digit) }
        if afterPoint { fraction += 1 }
      } else if byte == UInt8(ascii: "."), !afterPoint {
        afterPoint = true
      } else {
        break
      }
      at += 1
    }
    guard digits > 0 else { return nil }
    var exponent = 0
    if at < end {
      guard let written = Self.exponent(bytes, at..<end) else { return nil }
      exponent = written
    }
    exponent -= fraction
    if significant <= 19, mantissa <= exactLimit, exponent >= -22, exponent <= 22 {
      let power = exactPowers[abs(exponent)]
      let value = exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
      return negative ? -value : value
    }
    return Double(String(decoding: bytes[range], as: UTF8.self))
  }

  /// The exponent `e-7` at the end of a number; nil when it isn't one. Huge ones are held at a
  /// million, far beyond what a `Double` can say.
  private static func exponent(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    var at = range.lowerBound
    guard bytes[at] | 0x20 == UInt8(ascii: "e") else { return nil }
    at += 1
    guard at < range.upperBound else { return nil }
    var negative = false
    if bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+") {
      negative = bytes[at] == UInt8(ascii: "-")
      at += 1
    }
    guard at < range.upperBound else { return nil }
    var value = 0
    while at < range.upperBound {
      let digit = bytes[at] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      value = min(value * 10 + Int(digit), 1_000_000)
      at += 1
    }
    return negative ? -value : value
  }
}
