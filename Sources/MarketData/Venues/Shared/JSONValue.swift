/// A JSON value. Numbers are the nearest `Double` to what was written.
enum JSONValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  /// What the value is, in words for a reason.
  var kind: String {
    switch self {
    case .null: "null"
    case .boolean: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }

  /// The object, where it is one.
  var object: JSONObject? {
    if case .object(let object) = self { object } else { nil }
  }

  /// The elements, where it is an array.
  var array: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The text, where it is a string.
  var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The start of the value as a reason may quote it.
  var excerpt: String {
    switch self {
    case .null: "null"
    case .boolean(let flag): "\(flag)"
    case .number(let number): "\(number)"
    case .string(let text): "\"\(text.count > 40 ? text.prefix(40) + "..." : text[...])\""
    case .array(let elements): "an array of \(elements.count)"
    case .object(let object): "an object of \(object.members.count)"
    }
  }
}

/// The members of a JSON object in the order written. Of members with one name the last counts,
/// as in most readers.
struct JSONObject: Hashable, Sendable {
  /// A name and its value.
  struct Member: Hashable, Sendable {
    let name: String
    let value: JSONValue
  }

  var members: [Member] = []

  /// The value of that name; nil where it is missing or null. Objects of venues are small, so a
  /// search beats a dictionary.
  subscript(name: String) -> JSONValue? {
    guard let member = members.last(where: { $0.name == name }) else { return nil }
    return member.value == .null ? nil : member.value
  }

  /// Whether a member of that name is there, null or not.
  func has(_ name: String) -> Bool {
    members.contains { $0.name == name }
  }

  /// Whether members of all those names are there.
  func has(_ names: String...) -> Bool {
    names.allSatisfy { has($0) }
  }
}
