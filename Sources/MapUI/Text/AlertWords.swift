import MapEngine
import Market

/// Rules in words, as a list shows them.
enum AlertWords {
  /// What a rule waits for, from the longest wording to the shortest.
  static func wordings(_ rule: AlertRule) -> [String] {
    func whose(_ side: Side?) -> String { side.map { "\($0.rawValue) " } ?? "" }
    func least(_ usd: Double) -> String { usd > 0 ? " ≥ \(NumberText.axisUSD(usd))" : "" }
    switch rule.condition {
    case .near(let side, let distance, let usd):
      let percent = trimmed(distance)
      return [
        "\(whose(side))cluster\(least(usd)) within \(percent)%",
        "\(whose(side))cluster within \(percent)%", "near \(percent)%",
      ]
    case .price(.cross, let level): return ["price crosses \(NumberText.price(level))"]
    case .price(let test, let level): return ["price \(test.rawValue) \(NumberText.price(level))"]
    case .swept(let side, let usd):
      return ["\(whose(side))cluster\(least(usd)) swept", "\(whose(side))cluster swept"]
    case .magnet(.moved, let percent): return ["magnet moved by \(trimmed(percent))%"]
    case .magnet(.grown, let percent): return ["magnet grown by \(trimmed(percent))%"]
    case .bias: return ["bias changed"]
    case .liquidations(let usd, let within, let side):
      let span = within.lengthText
      return [
        "\(whose(side))liquidations\(least(usd)) within \(span)",
        "\(whose(side))liquidations\(least(usd))", "liquidations",
      ]
    case .cascade(let usd): return ["cascade\(least(usd))"]
    case .feed(let venue):
      return [venue.map { "trouble with \($0.displayName)'s feed" } ?? "trouble with a feed"]
    }
  }

  /// What a rule waits for and on which instrument, in one wording.
  static func long(_ rule: AlertRule) -> String {
    (wordings(rule).first ?? "") + (rule.instrument.map { " on \($0)" } ?? "")
  }

  /// What a rule waits for and on which instrument, from the longest wording to the shortest.
  static func all(_ rule: AlertRule) -> [String] {
    wordings(rule).map { $0 + (rule.instrument.map { " on \($0)" } ?? "") }
  }

  /// A percentage without zeros that say nothing.
  private static func trimmed(_ percent: Double) -> String {
    var text = NumberText.decimal(percent, places: 3)
    while text.last == "0" { text.removeLast() }
    if let last = text.last, !last.isNumber { text.removeLast() }
    return text
  }
}
