/// Why a number can't be a fact about a market.
public struct MarketValueError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The field that is wrong, e.g. `high`.
  public let field: String
  /// The value as it was given.
  public let value: String
  /// What the field must be, e.g. `must be above zero`.
  public let rule: String

  /// An error that names the field, its value and the rule that it breaks.
  public init(field: String, value: String, rule: String) {
    self.field = field
    self.value = value
    self.rule = rule
  }

  public var description: String { "\(field) is \(value); it \(rule)" }
}

/// The checks that stand at the door of the vocabulary.
enum Require {
  /// A finite number above zero.
  static func positive(_ value: Double, _ field: String) throws(MarketValueError) -> Double {
    guard value.isFinite, value > 0 else {
      throw MarketValueError(
        field: field, value: "\(value)", rule: "must be a finite number above zero")
    }
    return value
  }

  /// A finite number of at least zero.
  static func size(_ value: Double, _ field: String) throws(MarketValueError) -> Double {
    guard value.isFinite, value >= 0 else {
      throw MarketValueError(
        field: field, value: "\(value)", rule: "must be a finite number of at least zero")
    }
    return value
  }

  /// A finite number.
  static func finite(_ value: Double, _ field: String) throws(MarketValueError) -> Double {
    guard value.isFinite else {
      throw MarketValueError(field: field, value: "\(value)", rule: "must be a finite number")
    }
    return value
  }
}
