/// Why bytes are no JSON value.
struct JSONFault: Error, Hashable, Sendable {
  /// How many bytes were read before the fault.
  let offset: Int
  /// What was wrong there.
  let reason: String
}

/// Reads JSON (RFC 8259) from bytes: strictly, without recursion deeper than venues nest, and
/// never beyond the end, whatever the bytes are.
struct JSONReader {
  /// Deeper nesting than any venue's, and far below what the stack holds.
  private static let deepest = 64

  private let bytes: [UInt8]
  private var at: Int

  /// The value that the bytes spell, with nothing but white space around it.
  static func value(_ bytes: [UInt8]) throws(JSONFault) -> JSONValue {
    var reader = JSONReader(bytes: bytes, at: 0)
    reader.skipByteOrderMark()
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    guard reader.at == bytes.count else { throw reader.fault("something follows the value") }
    return value
  }

  private func fault(_ reason: String) -> JSONFault { JSONFault(offset: at, reason: reason) }

  private mutating func skipByteOrderMark() {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
  }

  private mutating func skipSpace() {
    while at < bytes.count {
      let byte = bytes[at]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      at += 1
    }
  }

  private mutating func value(depth: Int) throws(JSONFault) -> JSONValue {
    skipSpace()
    guard at < bytes.count else { throw fault("the text ends where a value should be") }
    switch bytes[at] {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: throw fault("no value begins so")
    }
  }

  private mutating func word(
    _ text: StaticString, _ value: JSONValue
  ) throws(JSONFault) -> JSONValue {
    let end = at + text.utf8CodeUnitCount
    let matches = text.withUTF8Buffer { wanted in
      end <= bytes.count && bytes[at..<end].elementsEqual(wanted)
    }
    guard matches else { throw fault("no value begins so") }
    at = end
    return value
  }

  private mutating func array(depth: Int) throws(JSONFault) -> JSONValue {
    guard depth < Self.deepest else { throw fault("nested deeper than \(Self.deepest)") }
    at += 1
    var elements: [JSONValue] = []
    if ends(with: UInt8(ascii: "]")) { return .array(elements) }
    while true {
      elements.append(try value(depth: depth + 1))
      if ends(with: UInt8(ascii: "]")) { return .array(elements) }
      try comma()
    }
  }

  private mutating func object(depth: Int) throws(JSONFault) -> JSONValue {
    guard depth < Self.deepest else { throw fault("nested deeper than \(Self.deepest)") }
    at += 1
    var object = JSONObject()
    if ends(with: UInt8(ascii: "}")) { return .object(object) }
    object.members.reserveCapacity(16)
    while true {
      skipSpace()
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
        throw fault("a member's name should be here")
      }
      let name = try string()
      skipSpace()
      guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else {
        throw fault("a colon should be here")
      }
      at += 1
      object.members.append(JSONObject.Member(name: name, value: try value(depth: depth + 1)))
      if ends(with: UInt8(ascii: "}")) { return .object(object) }
      try comma()
    }
  }

  private mutating func ends(with bracket: UInt8) -> Bool {
    skipSpace()
    guard at < bytes.count, bytes[at] == bracket else { return false }
    at += 1
    return true
  }

  private mutating func comma() throws(JSONFault) {
    guard at < bytes.count else { throw fault("the text ends within a list or an object") }
    guard bytes[at] == UInt8(ascii: ",") else { throw fault("a comma should be here") }
    at += 1
  }

  private mutating func number() throws(JSONFault) -> Double {
    let start = at
    if bytes[at] == UInt8(ascii: "-") { at += 1 }
    let first = at
    let whole = digits()
    guard whole > 0, whole == 1 || bytes[first] != UInt8(ascii: "0") else {
      throw fault("no number is written so")
    }
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      at += 1
      guard digits() > 0 else { throw fault("digits should follow the point") }
    }
    if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < bytes.count, bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+") {
        at += 1
      }
      guard digits() > 0 else { throw fault("digits should follow the exponent's sign") }
    }
    guard let number = NumberText.double(bytes, start..<at) else {
      throw fault("no number is written so")
    }
    return number
  }

  private mutating func digits() -> Int {
    let start = at
    while at < bytes.count, bytes[at] &- UInt8(ascii: "0") <= 9 { at += 1 }
    return at - start
  }

  private mutating func string() throws(JSONFault) -> String {
    at += 1
    let start = at
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\"") {
        defer { at += 1 }
        return try text(start..<at)
      }
      if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
      guard byte >= 0x20 else { throw fault("a control character within a string") }
      at += 1
    }
    throw fault("the text ends within a string")
  }

  private func text(_ range: Range<Int>) throws(JSONFault) -> String {
    guard let text = String(validating: bytes[range], as: UTF8.self) else {
      throw fault("a string that isn't UTF-8")
    }
    return text
  }

  /// A string with escapes; `at` is at the first of them.
  private mutating func escapedString(from start: Int) throws(JSONFault) -> String {
    var units = Array(bytes[start..<at])
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: units, as: UTF8.self) else {
          throw fault("a string that isn't UTF-8")
        }
        return text
      case UInt8(ascii: "\\"):
        units.append(contentsOf: try escape())
      case ..<0x20:
        throw fault("a control character within a string")
      default:
        units.append(byte)
      }
    }
    throw fault("the text ends within a string")
  }

  /// What the escape after a backslash stands for, as UTF-8.
  private mutating func escape() throws(JSONFault) -> [UInt8] {
    guard at < bytes.count else { throw fault("the text ends within a string") }
    let byte = bytes[at]
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      let unit = try hexadecimal()
      var scalar = unit
      if unit & 0xFC00 == 0xD800 {
        guard at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"),
          bytes[at + 1] == UInt8(ascii: "u")
        else { throw fault("half a surrogate pair") }
        at += 2
        let low = try hexadecimal()
        guard low & 0xFC00 == 0xDC00 else { throw fault("half a surrogate pair") }
        scalar = 0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF
      }
      guard let character = Unicode.Scalar(scalar) else { throw fault("half a surrogate pair") }
      return Array(String(character).utf8)
    default: throw fault("no such escape")
    }
  }

  private mutating func hexadecimal() throws(JSONFault) -> UInt32 {
    guard at + 4 <= bytes.count else { throw fault("the text ends within a string") }
    var value: UInt32 = 0
    for byte in bytes[at..<at + 4] {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: throw fault("four hexadecimal digits should follow \\u")
      }
      value = value << 4 | UInt32(digit)
    }
    at += 4
    return value
  }
}
