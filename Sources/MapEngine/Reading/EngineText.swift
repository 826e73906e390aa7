import RealModule

/// Numbers in the sentences of a reading.
enum EngineText {
  /// A price to five significant digits, thousands apart: `58,231`, `143.51`, `0.10123`.
  static func price(_ value: Double) -> String {
    guard value.isFinite, value > 0 else { return "\(value)" }
    let magnitude = Int(Double.log10(value).rounded(.down))
    return decimal(value, places: max(4 - magnitude, 0))
  }

  /// Dollars: `$1.2B`, `$34M`, `$780K`.
  static func usd(_ value: Double) -> String {
    let units: [(Double, String)] = [(1e9, "B"), (1e6, "M"), (1e3, "K")]
    for (size, unit) in units where abs(value) >= size {
      let count = value / size
      return "$\(decimal(count, places: abs(count) < 10 ? 1 : 0))\(unit)"
    }
    return "$\(decimal(value, places: 0))"
  }

  /// A signed percentage to two places: `+1.25%`, with a true minus.
  static func percent(_ value: Double) -> String {
    "\(value < 0 ? "\u{2212}" : "+")\(decimal(abs(value), places: 2))%"
  }

  /// A share in whole percent: `44%`.
  static func share(_ value: Double) -> String { "\(Int((value * 100).rounded()))%" }

  /// A probability in whole percent, never said to be certain: `<1%`, `44%`, `>99%`.
  static func probability(_ value: Double) -> String {
    value < 0.005 ? "<1%" : value >= 0.995 ? ">99%" : share(value)
  }

  /// A number with so many decimal places and thousands apart.
  static func decimal(_ value: Double, places: Int) -> String {
    let scale = Double.pow(10, Double(places))
    let scaled = (abs(value) * scale).rounded()
    guard scaled < 1e18 else { return "\(value)" }
    let digits = Int64(scaled)
    let whole = digits / Int64(scale)
    var text = "\(whole)"
    var place = text.count - 3
    while place > 0 {
      text.insert(",", at: text.index(text.startIndex, offsetBy: place))
      place -= 3
    }
    if places > 0 {
      let fraction = "\(digits % Int64(scale))"
      text += "." + String(repeating: "0", count: places - fraction.count) + fraction
    }
    return value < 0 && digits > 0 ? "\u{2212}" + text : text
  }
}
