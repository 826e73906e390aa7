/// In which line of a TOML text each key stands. The TOML library tells lines of syntax errors alone;
/// what is wrong with a value is told with the line that this finds.
///
/// It is meant for texts that the library has taken; in others it finds what it can.
public struct TOMLLines: Sendable {
  private var lines: [String: Int] = [:]

  /// Reads a text.
  public init(_ text: String) {
    var scanner = Scanner(text)
    scanner.scan()
    lines = scanner.lines
  }

  /// The line, from one, of a key given as a path: `colors.layers[2]`, `alerts[0].rule`. Where the
  /// text has no such key, the line of what it would stand in; nil where there is none of that.
  public func line(of key: String) -> Int? {
    var path = key[...]
    while !path.isEmpty {
      if let line = lines[String(path)] { return line }
      guard let cut = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { return nil }
      path = path[..<cut]
    }
    return nil
  }
}

/// Walks over a text, key by key.
private struct Scanner {
  private(set) var lines: [String: Int] = [:]
  private let bytes: [UInt8]
  private var place = 0
  private var line = 1
  private var tables: [String: Int] = [:]

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  private var byte: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func advance(by count: Int = 1) {
    for _ in 0..<count where place < bytes.count {
      if bytes[place] == UInt8(ascii: "\n") { line += 1 }
      place += 1
    }
  }

  private mutating func skipSpaces() {
    while byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { advance() }
  }

  private mutating func skipLine() {
    while let byte, byte != UInt8(ascii: "\n") { advance() }
  }

  /// Skips spaces, ends of lines and comments.
  private mutating func skipBlank() {
    while let byte {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): advance()
      case UInt8(ascii: "#"): skipLine()
      default: return
      }
    }
  }

  private mutating func note(_ path: String) {
    if lines[path] == nil { lines[path] = line }
  }

  mutating func scan() {
    var table = ""
    skipBlank()
    while byte != nil {
      if byte == UInt8(ascii: "[") {
        table = header()
        skipLine()
      } else if !keyAndValue(in: table) {
        skipLine()
      }
      skipBlank()
    }
  }

  /// A table's header; gives its path.
  private mutating func header() -> String {
    advance()
    let isOneOfMany = byte == UInt8(ascii: "[")
    if isOneOfMany { advance() }
    let parts = key()
    var path = ""
    for (index, part) in parts.enumerated() {
      path = path.isEmpty ? part : "\(path).\(part)"
      note(path)
      if isOneOfMany, index == parts.count - 1 {
        let count = tables[path, default: 0]
        tables[path] = count + 1
        path += "[\(count)]"
        note(path)
      } else if let count = tables[path] {
        // A header below one of many tables speaks of the last of them.
        path += "[\(count - 1)]"
      }
    }
    return path
  }

  /// The parts of a dotted key.
  private mutating func key() -> [String] {
    var parts: [String] = []
    while true {
      skipSpaces()
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        parts.append(string())
      } else {
        let start = place
        while let byte, isBare(byte) { advance() }
        parts.append(String(decoding: bytes[start..<place], as: UTF8.self))
      }
      skipSpaces()
      guard byte == UInt8(ascii: ".") else { return parts }
      advance()
    }
  }

  private func isBare(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "="), UInt8(ascii: "]"), UInt8(ascii: " "),
      UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"), UInt8(ascii: ","),
      UInt8(ascii: "}"), UInt8(ascii: "#"):
      false
    default: true
    }
  }

  /// A key, its sign and its value; whether it was one.
  private mutating func keyAndValue(in table: String) -> Bool {
    var path = table
    for part in key() {
      path = path.isEmpty ? part : "\(path).\(part)"
      note(path)
    }
    guard byte == UInt8(ascii: "=") else { return false }
    advance()
    skipSpaces()
    value(of: path)
    return true
  }

  private mutating func value(of path: String) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = string()
    case UInt8(ascii: "["):
      var index = 0
      advance()
      items(until: UInt8(ascii: "]")) { scanner in
        scanner.note("\(path)[\(index)]")
        scanner.value(of: "\(path)[\(index)]")
        index += 1
      }
    case UInt8(ascii: "{"):
      advance()
      items(until: UInt8(ascii: "}")) { _ = $0.keyAndValue(in: path) }
    default:
      while let byte, isBare(byte) || byte == UInt8(ascii: ".") { advance() }
    }
  }

  /// The items of a list or of a table in braces, up to its end.
  private mutating func items(until end: UInt8, item: (inout Scanner) -> Void) {
    while true {
      skipBlank()
      guard let byte else { return }
      if byte == end {
        advance()
        return
      }
      let start = place
      if byte != UInt8(ascii: ",") { item(&self) }
      if place == start { advance() }
    }
  }

  /// A string of any of the four kinds; gives what it holds, escapes as they are.
  private mutating func string() -> String {
    guard let quote = byte else { return "" }
    let isLong = place + 2 < bytes.count && bytes[place + 1] == quote && bytes[place + 2] == quote
    let width = isLong ? 3 : 1
    advance(by: width)
    let start = place
    while let byte {
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        advance(by: 2)
      } else if closes(quote, width: width) {
        break
      } else if byte == UInt8(ascii: "\n"), !isLong {
        break
      } else {
        advance()
      }
    }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    if byte == quote { advance(by: width) }
    return text
  }

  private func closes(_ quote: UInt8, width: Int) -> Bool {
    guard bytes[place] == quote else { return false }
    guard width == 3 else { return true }
    // Up to two quotes may stand before the three that end it.
    return place + 2 < bytes.count && bytes[place + 1] == quote && bytes[place + 2] == quote
      && (place + 3 >= bytes.count || bytes[place + 3] != quote)
  }
}
