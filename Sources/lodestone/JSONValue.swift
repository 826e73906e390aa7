import Market

/// A JSON value made by hand: an unknown is null rather than absent, so that a reader can count on
/// every key.
indirect enum JSONValue: Encodable {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case text(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// A number; null where it is unknown or not finite, which JSON can't say.
  init(_ value: Double?) {
    self = value.flatMap { $0.isFinite ? .number($0) : nil } ?? .null
  }

  /// A count; null where it is unknown.
  init(_ value: Int?) {
    self = value.map { .integer(Int64($0)) } ?? .null
  }

  /// A moment in milliseconds since 1970; null where it is unknown.
  init(_ value: Timestamp?) {
    self = value.map { .integer($0.milliseconds) } ?? .null
  }

  /// A text; null where there is none.
  init(_ value: String?) {
    self = value.map { .text($0) } ?? .null
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }

    init?(intValue: Int) { nil }
  }

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .object(let members):
      var container = encoder.container(keyedBy: Key.self)
      for (name, value) in members {
        try container.encode(value, forKey: Key(stringValue: name))
      }
    case .array(let values):
      var container = encoder.unkeyedContainer()
      for value in values { try container.encode(value) }
    case .null:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    case .bool(let value):
      var container = encoder.singleValueContainer()
      try container.encode(value)
    case .integer(let value):
      var container = encoder.singleValueContainer()
      try container.encode(value)
    case .number(let value):
      var container = encoder.singleValueContainer()
      try container.encode(value)
    case .text(let value):
      var container = encoder.singleValueContainer()
      try container.encode(value)
    }
  }
}
