import Market

/// Why a text is no rule, in a sentence: what is wrong, where, and what is allowed.
public struct AlertRuleError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  /// An error of that sentence.
  public init(_ description: String) {
    self.description = description
  }
}

/// The `name=value` parts of a rule's text, taken one after the other.
struct AlertFields {
  private let text: String
  private var values: [(name: String, value: String)] = []
  /// The word before the colon.
  let kind: String

  init(_ text: String) throws(AlertRuleError) {
    self.text = text
    let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    kind = Self.trimmed(halves[0]).lowercased()
    guard AlertCondition.kinds.contains(kind) else {
      throw AlertRuleError(
        "\"\(text)\": \"\(Self.trimmed(halves[0]))\" is no kind of alert; allowed are "
          + AlertCondition.kinds.joined(separator: ", "))
    }
    guard halves.count == 2 else { return }
    for part in halves[1].split(separator: ",", omittingEmptySubsequences: false) {
      let words = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map(Self.trimmed)
      guard words.count == 2, !words[0].isEmpty, !words[1].isEmpty else {
        throw error(
          "\"\(Self.trimmed(part))\" must be a name, = and a value; parts are set apart by commas")
      }
      let name = words[0].lowercased()
      guard !values.contains(where: { $0.name == name }) else {
        throw error("\(name) stands twice")
      }
      values.append((name, words[1]))
    }
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    var part = Substring(text)
    while part.first?.isWhitespace == true { part.removeFirst() }
    while part.last?.isWhitespace == true { part.removeLast() }
    return String(part)
  }

  /// An error that says in which rule it is.
  func error(_ problem: String) -> AlertRuleError { AlertRuleError("\"\(text)\": \(problem)") }

  /// Takes a part out; nil where it isn't there.
  mutating func take(_ name: String) -> String? {
    guard let index = values.firstIndex(where: { $0.name == name }) else { return nil }
    return values.remove(at: index).value
  }

  /// Takes a part out and reads it.
  mutating func take<Value>(
    _ name: String, allowed: String, _ read: (String) -> Value?
  ) throws(AlertRuleError) -> Value? {
    guard let value = take(name) else { return nil }
    guard let result = read(value) else {
      throw error("\(name) is \"\(value)\"; write \(allowed)")
    }
    return result
  }

  /// Throws where a part is left over: nobody knows it.
  func finish(allowed: [String]) throws(AlertRuleError) {
    guard let left = values.first else { return }
    let names = (allowed + ["on", "cooldown", "to"]).joined(separator: ", ")
    throw error("\"\(left.name)\" is no part of a \(kind) alert; allowed are \(names)")
  }
}

/// Numbers as rules write them.
enum AlertNumber {
  /// A finite number above zero; digits, a point and an exponent, and nothing else that Swift
  /// would read as one.
  static func number(_ text: some StringProtocol) -> Double? {
    let marks: Set<Character> = [".", "e", "E", "+", "-"]
    guard text.first?.isASCII == true, text.first?.isNumber == true || text.first == ".",
      text.allSatisfy({ ($0.isASCII && $0.isNumber) || marks.contains($0) }),
      let value = Double(String(text)), value.isFinite, value > 0
    else { return nil }
    return value
  }

  /// A percentage above 0 and up to `most`; the sign may be left out.
  static func percent(_ text: String, most: Double) -> Double? {
    let digits = text.last == "%" ? text.dropLast() : text[...]
    guard let value = number(digits), value <= most else { return nil }
    return value
  }

  private static let units: [(size: Double, letter: Character)] = [
    (1e9, "B"), (1e6, "M"), (1e3, "k"),
  ]

  /// A size or a price: `10m`, `2.5M`, `70k`, `$1B`, `70000`.
  static func size(_ text: String) -> Double? {
    let digits = text.first == "$" ? text.dropFirst() : text[...]
    guard let last = digits.last else { return nil }
    let unit = units.first { "\($0.letter)".lowercased() == last.lowercased() }
    guard let unit else { return number(digits) }
    guard let count = number(digits.dropLast()) else { return nil }
    let value = count * unit.size
    return value.isFinite ? value : nil
  }

  /// A number in the fewest digits that are read as the same.
  static func text(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A size in the largest unit that is read as the same and is short.
  static func sizeText(_ value: Double) -> String {
    for unit in units where value >= unit.size {
      let count = text(value / unit.size)
      if count.count <= 6, size("\(count)\(unit.letter)") == value {
        return "\(count)\(unit.letter)"
      }
    }
    return text(value)
  }
}

extension Span {
  private static let units: [(milliseconds: Int64, name: String)] = [
    (86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1_000, "s"), (1, "ms"),
  ]

  /// The length that a text such as `30s`, `5m`, `2h`, `1d` or `500ms` says; nil where it says none
  /// or more than ten years.
  public init?(lengthText text: String) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let rest = text[digits.endIndex...].lowercased()
    guard let count = Int64(digits),
      let unit = Self.units.first(where: { $0.name == rest })
    else { return nil }
    let (total, isTooLong) = count.multipliedReportingOverflow(by: unit.milliseconds)
    guard !isTooLong, total <= Span.days(3_650).milliseconds else { return nil }
    self.init(milliseconds: total)
  }

  /// The length in the largest unit that leaves nothing over: `5m`.
  public var lengthText: String {
    guard milliseconds != 0,
      let unit = Self.units.first(where: { milliseconds % $0.milliseconds == 0 })
    else { return "0s" }
    return "\(milliseconds / unit.milliseconds)\(unit.name)"
  }
}
