import Market

/// Reads numbers, times and words out of JSON the way venues write them: numbers as strings or as
/// numbers, `""` and null for nothing. A wrong type is a problem, never a value.
enum Field {
  /// The last moment taken for a time: the end of the year 9999.
  private static let lastMillisecond = 253_402_300_799_999.0

  /// A finite number; nil for `""`, null and a missing value.
  static func double(_ value: JSONValue?, _ name: String) throws(DecodeProblem) -> Double? {
    switch value {
    case nil, .null?: return nil
    case .number(let number)?:
      guard number.isFinite else { throw problem(value, name, "a finite number") }
      return number
    case .string(let text)?:
      guard !text.isEmpty else { return nil }
      let bytes = Array(text.utf8)
      guard let number = NumberText.double(bytes, bytes.indices), number.isFinite else {
        throw problem(value, name, "a number")
      }
      return number
    default: throw problem(value, name, "a number")
    }
  }

  /// A finite number that must be there.
  static func need(_ value: JSONValue?, _ name: String) throws(DecodeProblem) -> Double {
    guard let number = try double(value, name) else {
      throw DecodeProblem(reason: "\(name) is missing or empty")
    }
    return number
  }

  /// A finite number of at least zero.
  static func size(_ value: JSONValue?, _ name: String) throws(DecodeProblem) -> Double? {
    guard let number = try double(value, name) else { return nil }
    guard number >= 0 else { throw problem(value, name, "at least zero") }
    return number
  }

  /// A moment; nil for nothing and for zero. `unit` is how many milliseconds one of it is.
  static func time(
    _ value: JSONValue?, _ name: String, unit: Double = 1
  ) throws(DecodeProblem) -> Timestamp? {
    guard let number = try double(value, name), number != 0 else { return nil }
    let milliseconds = (number * unit).rounded()
    guard milliseconds > 0, milliseconds <= lastMillisecond else {
      throw problem(value, name, "a time in \(unit == 1 ? "milli" : "")seconds since 1970")
    }
    return Timestamp(milliseconds: Int64(milliseconds))
  }

  /// A moment that must be there.
  static func needTime(
    _ value: JSONValue?, _ name: String, unit: Double = 1
  ) throws(DecodeProblem) -> Timestamp {
    guard let time = try time(value, name, unit: unit) else {
      throw DecodeProblem(reason: "\(name) is missing or empty")
    }
    return time
  }

  /// A word that isn't empty; nil for `""`, null and a missing value.
  static func text(_ value: JSONValue?, _ name: String) throws(DecodeProblem) -> String? {
    switch value {
    case nil, .null?: return nil
    case .string(let text)?: return text.isEmpty ? nil : text
    default: throw problem(value, name, "a string")
    }
  }

  /// A word that must be there.
  static func needText(_ value: JSONValue?, _ name: String) throws(DecodeProblem) -> String {
    guard let text = try text(value, name) else {
      throw DecodeProblem(reason: "\(name) is missing or empty")
    }
    return text
  }

  /// A flag: a boolean, or 0 or 1 as a number or string.
  static func flag(_ value: JSONValue?, _ name: String) throws(DecodeProblem) -> Bool? {
    switch value {
    case nil, .null?: return nil
    case .boolean(let flag)?: return flag
    case .string("1")?, .number(1)?: return true
    case .string("0")?, .number(0)?: return false
    default: throw problem(value, name, "true or false")
    }
  }

  /// A problem with what stands under a name.
  static func problem(_ value: JSONValue?, _ name: String, _ wanted: String) -> DecodeProblem {
    DecodeProblem(reason: "\(name) is \(value?.excerpt ?? "missing"); it must be \(wanted)")
  }
}

extension JSONObject {
  func double(_ name: String) throws(DecodeProblem) -> Double? {
    try Field.double(self[name], name)
  }

  func need(_ name: String) throws(DecodeProblem) -> Double { try Field.need(self[name], name) }

  func size(_ name: String) throws(DecodeProblem) -> Double? { try Field.size(self[name], name) }

  func needSize(_ name: String) throws(DecodeProblem) -> Double {
    guard let size = try size(name) else {
      throw DecodeProblem(reason: "\(name) is missing or empty")
    }
    return size
  }

  func time(_ name: String, unit: Double = 1) throws(DecodeProblem) -> Timestamp? {
    try Field.time(self[name], name, unit: unit)
  }

  func needTime(_ name: String, unit: Double = 1) throws(DecodeProblem) -> Timestamp {
    try Field.needTime(self[name], name, unit: unit)
  }

  func text(_ name: String) throws(DecodeProblem) -> String? { try Field.text(self[name], name) }

  func needText(_ name: String) throws(DecodeProblem) -> String {
    try Field.needText(self[name], name)
  }

  func flag(_ name: String) throws(DecodeProblem) -> Bool? { try Field.flag(self[name], name) }

  /// The first of those names that has a value; the last where none has.
  func present(_ names: String...) -> String {
    names.first { self[$0] != nil } ?? names[names.count - 1]
  }

  /// The elements under a name, which must be a list.
  func list(_ name: String) throws(DecodeProblem) -> [JSONValue] {
    guard let list = self[name]?.array else { throw Field.problem(self[name], name, "a list") }
    return list
  }
}
