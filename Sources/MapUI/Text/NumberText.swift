/// Numbers as a trader reads them. Each kind has a fixed width over its usual range, so that no
/// column moves when a digit changes.
public enum NumberText {
  /// Dollars to three significant digits: `$1.23B`, `$12.3M`, `$123K`, `$45`. Six characters at
  /// most below $1000T; `paddedUSD` is always six. Where the formatting counts in coins, so many
  /// coins: `12.7K`, `0.0312`.
  public static func usd(_ value: Double) -> String {
    let formatting = Formatting.current
    let sign = value < 0 ? "−" : ""
    let mark = formatting.coin == nil ? "$" : ""
    guard value.isFinite else { return mark + "–" }
    var scaled = abs(value) / formatting.rate
    var unit = ""
    for next in formatting.prefixes.letters where scaled >= 999.5 {
      scaled /= 1_000
      unit = next
    }
    let whole = unit.isEmpty && (mark == "$" || scaled == 0)
    let places =
      whole || scaled >= 99.95
      ? 0 : scaled >= 9.995 ? 1 : scaled >= 0.9995 || !unit.isEmpty ? 2 : 4
    return sign + mark + decimal(scaled, places: places) + unit
  }

  /// Dollars in six characters, to the right.
  static func paddedUSD(_ value: Double) -> String { padded(usd(value), 6) }

  /// Dollars of an axis, without zeros that say nothing: `$2.5M`, `$10M`, `$0`.
  static func axisUSD(_ value: Double) -> String {
    let text = usd(value)
    let mark = Character(Formatting.current.decimal.rawValue)
    guard text.contains(mark) else { return text }
    let unit = text.last.flatMap { $0.isLetter ? String($0) : nil } ?? ""
    var digits = text.dropLast(unit.count)
    while digits.last == "0" { digits = digits.dropLast() }
    if digits.last == mark { digits = digits.dropLast() }
    return String(digits) + unit
  }

  /// A price with the digits that its size calls for: `97,123.4`, `3,412.55`, `0.0821345`.
  public static func price(_ value: Double) -> String {
    decimal(value, places: pricePlaces(value), grouped: true)
  }

  /// Decimal places that give a price six significant digits, eight places at most.
  static func pricePlaces(_ value: Double) -> Int {
    guard value.isFinite, value > 0 else { return 2 }
    var places = 5
    var size = value
    while size >= 10 && places > 0 {
      size /= 10
      places -= 1
    }
    while size < 1 && places < 8 {
      size *= 10
      places += 1
    }
    return places
  }

  /// A distance in percent with its sign: `+1.32%`, `−12.40%`.
  public static func percent(_ value: Double) -> String {
    let text = decimal(abs(value), places: 2)
    let isZero = text.allSatisfy { $0 == "0" || $0 == "." || $0 == "," }
    return (isZero ? " " : value < 0 ? "−" : "+") + text + "%"
  }

  /// A distance in ATR without its sign, since a percentage stands beside it: `2.1 ATR`.
  static func atr(_ value: Double?) -> String {
    guard let value else { return "ATR –" }
    return decimal(abs(value), places: abs(value) >= 99.95 ? 0 : 1) + " ATR"
  }

  /// A ratio: `1.90×`, `12.3×`, `123×`; a dash where there is none.
  static func ratio(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "–" }
    if value >= 9_999.5 { return ">9999×" }
    return decimal(value, places: value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2) + "×"
  }

  /// A number with that many decimal places, thousands apart on request, by the marks of the
  /// formatting. Halves are rounded away
  /// from zero.
  public static func decimal(_ value: Double, places: Int, grouped: Bool = false) -> String {
    guard value.isFinite else { return "–" }
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let scaled = (abs(value) * scale).rounded()
    guard scaled < 9e18 else { return "–" }
    let formatting = Formatting.current
    let mark = formatting.decimal.rawValue.utf8
    let group = formatting.grouping.rawValue.utf8
    var rest = UInt64(scaled)
    var reversed: [UInt8] = []
    var count = 0
    repeat {
      if count == places && places > 0 { reversed += mark }
      let whole = count - places
      if grouped && whole > 0 && whole % 3 == 0 { reversed += group }
      reversed.append(48 + UInt8(rest % 10))
      rest /= 10
      count += 1
    } while rest > 0 || count <= places
    if value < 0 && scaled > 0 { reversed.append(45) }
    return String(decoding: reversed.reversed(), as: UTF8.self)
  }

  /// A sentence that was written elsewhere, with the marks of the formatting in its numbers: a point
  /// or a comma between two digits is one.
  static func localized(_ sentence: String) -> String {
    let formatting = Formatting.current
    guard formatting.decimal != .point || formatting.grouping != .comma else { return sentence }
    let scalars = Array(sentence.unicodeScalars)
    func isDigit(_ index: Int) -> Bool {
      scalars.indices.contains(index) && ("0"..."9").contains(scalars[index])
    }
    var text = ""
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "." where isDigit(index - 1) && isDigit(index + 1): text += formatting.decimal.rawValue
      case "," where isDigit(index - 1) && isDigit(index + 1): text += formatting.grouping.rawValue
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// Text with spaces before it up to `width` characters.
  static func padded(_ text: String, _ width: Int) -> String {
    let missing = width - text.unicodeScalars.count
    return missing > 0 ? String(repeating: " ", count: missing) + text : text
  }

  /// Text with spaces after it up to `width` characters.
  static func filled(_ text: String, _ width: Int) -> String {
    let missing = width - text.unicodeScalars.count
    return missing > 0 ? text + String(repeating: " ", count: missing) : text
  }
}
