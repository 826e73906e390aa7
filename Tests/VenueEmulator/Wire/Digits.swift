/// Numbers as venues write them.
enum Digits {
  private static let powers: [Double] = (0...18).map { exponent in
    (0..<exponent).reduce(1.0) { value, _ in value * 10 }
  }

  private static let wholePowers: [UInt64] = (0...18).map { exponent in
    (0..<exponent).reduce(1) { value, _ in value * 10 }
  }

  /// Ten to a whole power of 0 to 18.
  static func power(_ exponent: Int) -> Double { powers[min(max(exponent, 0), 18)] }

  /// Whole units of the last decimal place, with all places: `104.50`.
  static func fixed(_ units: Int64, _ decimals: Int) -> String {
    guard decimals > 0 else { return String(units) }
    let places = wholePowers[min(decimals, 18)]
    let magnitude = units.magnitude
    // With a one in front, so that zeros behind the point stay.
    let fraction = String(magnitude % places + places).dropFirst()
    return (units < 0 ? "-" : "") + String(magnitude / places) + "." + fraction
  }

  /// The same without zeros at the end: `104.5`.
  static func trimmed(_ units: Int64, _ decimals: Int) -> String {
    var units = units
    var decimals = decimals
    while decimals > 0, units % 10 == 0 {
      units /= 10
      decimals -= 1
    }
    return fixed(units, decimals)
  }

  /// Without zeros at the end, but with one decimal place at least: `104.0`.
  static func pointed(_ units: Int64, _ decimals: Int) -> String {
    let text = trimmed(units, decimals)
    return text.utf8.contains(0x2E) ? text : text + ".0"
  }

  /// A number rounded to a decimal place, with all places.
  static func fixed(_ value: Double, _ decimals: Int) -> String {
    fixed(units(value, decimals), decimals)
  }

  /// A number rounded to a decimal place, without zeros at the end.
  static func trimmed(_ value: Double, _ decimals: Int) -> String {
    trimmed(units(value, decimals), decimals)
  }

  /// A number rounded to a decimal place, without zeros at the end but with a decimal place.
  static func pointed(_ value: Double, _ decimals: Int) -> String {
    pointed(units(value, decimals), decimals)
  }

  /// A number rounded to a few places and written with so many.
  static func padded(_ value: Double, _ decimals: Int, to places: Int) -> String {
    let text = fixed(value, decimals)
    guard places > decimals else { return text }
    return text + (decimals > 0 ? "" : ".") + String(repeating: "0", count: places - decimals)
  }

  private static func units(_ value: Double, _ decimals: Int) -> Int64 {
    let scaled = (value * power(decimals)).rounded()
    guard abs(scaled) < 9e18 else { return scaled < 0 ? -Int64.max : Int64.max }
    return Int64(scaled)
  }
}
