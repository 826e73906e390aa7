/// One JSON object on one line, its members in the order that they are added. Numbers are written
/// in full precision; what isn't known is null.
struct JSONLine {
  private var members: [String] = []

  var text: String { "{" + members.joined(separator: ",") + "}" }

  mutating func add(_ name: String, _ value: String?) {
    members.append(Self.quoted(name) + ":" + (value.map(Self.quoted) ?? "null"))
  }

  mutating func add(_ name: String, _ value: Double?) {
    let number = value.flatMap { $0.isFinite ? "\($0)" : nil }
    members.append(Self.quoted(name) + ":" + (number ?? "null"))
  }

  mutating func add(_ name: String, _ value: Int64?) {
    members.append(Self.quoted(name) + ":" + (value.map { "\($0)" } ?? "null"))
  }

  mutating func add(_ name: String, _ value: Bool) {
    members.append(Self.quoted(name) + ":\(value)")
  }

  mutating func add(_ name: String, _ values: [JSONLine]) {
    members.append(
      Self.quoted(name) + ":[" + values.map(\.text).joined(separator: ",") + "]")
  }

  mutating func add(_ name: String, _ values: [String]) {
    members.append(
      Self.quoted(name) + ":[" + values.map(Self.quoted).joined(separator: ",") + "]")
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0..<0x20:
        let code = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - code.count) + code
      case 0x22, 0x5C: result += "\\\(scalar)"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
