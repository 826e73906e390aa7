/// A small JSON value: what clients send in requests and subscriptions.
indirect enum ClientJSON: Hashable, Sendable {
  case object([String: ClientJSON])
  case array([ClientJSON])
  case string(String)
  case number(Double)
  case bool(Bool)
  case null

  /// The value that the bytes hold, and nothing else; nil where they aren't JSON.
  init?(_ bytes: some Sequence<UInt8>) {
    var reader = Reader(bytes: Array(bytes))
    guard let value = reader.value(depth: 0), reader.isAtEnd else { return nil }
    self = value
  }

  subscript(name: String) -> ClientJSON? {
    if case .object(let members) = self { return members[name] }
    return nil
  }

  var string: String? {
    if case .string(let text) = self { return text }
    return nil
  }

  var number: Double? {
    if case .number(let value) = self { return value }
    return nil
  }

  var integer: Int64? { number.flatMap { Int64(exactly: $0) } }

  var array: [ClientJSON]? {
    if case .array(let values) = self { return values }
    return nil
  }

  /// The same value as a venue echoes it.
  var text: String {
    switch self {
    case .object(let members):
      "{"
        + members.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value.text)" }
        .joined(separator: ",") + "}"
    case .array(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
    case .string(let text): "\"\(text)\""
    case .number(let value): Int64(exactly: value).map { String($0) } ?? String(value)
    case .bool(let value): value ? "true" : "false"
    case .null: "null"
    }
  }

  private struct Reader {
    let bytes: [UInt8]
    var place = 0

    var isAtEnd: Bool {
      mutating get {
        skipBlanks()
        return place == bytes.count
      }
    }

    mutating func skipBlanks() {
      while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
    }

    mutating func take(_ byte: UInt8) -> Bool {
      skipBlanks()
      guard place < bytes.count, bytes[place] == byte else { return false }
      place += 1
      return true
    }

    mutating func take(word: String) -> Bool {
      let wanted = Array(word.utf8)
      guard bytes[place...].starts(with: wanted) else { return false }
      place += wanted.count
      return true
    }

    mutating func value(depth: Int) -> ClientJSON? {
      skipBlanks()
      guard depth < 32, place < bytes.count else { return nil }
      switch bytes[place] {
      case 0x7B: return object(depth: depth)
      case 0x5B: return array(depth: depth)
      case 0x22: return string().map(ClientJSON.string)
      case 0x74: return take(word: "true") ? .bool(true) : nil
      case 0x66: return take(word: "false") ? .bool(false) : nil
      case 0x6E: return take(word: "null") ? .null : nil
      default: return number()
      }
    }

    mutating func object(depth: Int) -> ClientJSON? {
      place += 1
      var members: [String: ClientJSON] = [:]
      if take(0x7D) { return .object(members) }
      repeat {
        skipBlanks()
        guard place < bytes.count, bytes[place] == 0x22, let name = string(), take(0x3A),
          let value = value(depth: depth + 1)
        else { return nil }
        members[name] = value
      } while take(0x2C)
      return take(0x7D) ? .object(members) : nil
    }

    mutating func array(depth: Int) -> ClientJSON? {
      place += 1
      var values: [ClientJSON] = []
      if take(0x5D) { return .array(values) }
      repeat {
        guard let value = value(depth: depth + 1) else { return nil }
        values.append(value)
      } while take(0x2C)
      return take(0x5D) ? .array(values) : nil
    }

    /// Venues' names hold no escapes but the plainest.
    mutating func string() -> String? {
      place += 1
      var text: [UInt8] = []
      while place < bytes.count, bytes[place] != 0x22 {
        if bytes[place] == 0x5C {
          place += 1
          guard place < bytes.count, [0x22, 0x5C, 0x2F].contains(bytes[place]) else { return nil }
        }
        text.append(bytes[place])
        place += 1
      }
      guard place < bytes.count else { return nil }
      place += 1
      return String(decoding: text, as: UTF8.self)
    }

    mutating func number() -> ClientJSON? {
      let begin = place
      while place < bytes.count, Array("+-.0123456789eE".utf8).contains(bytes[place]) { place += 1 }
      return Double(String(decoding: bytes[begin..<place], as: UTF8.self)).map(ClientJSON.number)
    }
  }
}
