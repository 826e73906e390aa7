import MapEngine
import MapUI
import Market

/// Numbers, moments and names as they are spoken, so that a screen reader can say them.
enum PlainText {
  /// Dollars to three digits: `1.08 billion dollars`.
  static func dollars(_ usd: Double) -> String {
    let units: [(size: Double, word: String)] = [
      (1e12, "trillion "), (1e9, "billion "), (1e6, "million "), (1e3, "thousand "),
    ]
    let unit = units.first { abs(usd) >= 0.9995 * $0.size } ?? (1, "")
    let value = usd / unit.size
    let places = unit.size == 1 || abs(value) >= 99.95 ? 0 : abs(value) >= 9.995 ? 1 : 2
    return "\(NumberText.decimal(value, places: places)) \(unit.word)dollars"
  }

  /// A distance from the price: `2.32 percent below`.
  static func distance(_ percent: Double) -> String {
    "\(NumberText.decimal(abs(percent), places: 2)) percent \(percent < 0 ? "below" : "above")"
  }

  /// A moment to the minute: `2026-02-19 14:32 UTC`.
  static func moment(_ time: Timestamp) -> String {
    let text = time.description
    return text.prefix(16).replacing("T", with: " ") + " UTC"
  }

  /// A timeframe in words: `7 days`.
  static func timeframe(_ timeframe: Timeframe) -> String {
    let name = timeframe.rawValue
    guard let unit = name.last, let count = Int(name.dropLast()) else {
      return "everything that the source holds"
    }
    let word = unit == "h" ? "hour" : unit == "y" ? "year" : "day"
    return "\(count) \(word)\(count == 1 ? "" : "s")"
  }

  /// A lean in words.
  static func bias(_ label: Bias.Label) -> String {
    switch label {
    case .squeezeUp: "a squeeze up"
    case .flushDown: "a flush down"
    case .pinned: "staying pinned"
    case .balanced: "neither side"
    }
  }

  /// A sentence of the engine without the signs that are spoken badly.
  static func spoken(_ sentence: String) -> String {
    sentence.replacing("\u{2212}", with: "minus ").replacing("+", with: "plus ")
      .replacing(" %", with: " percent").replacing("%", with: " percent")
      .replacing("$", with: "")
  }
}
