/// Finds the lines that keys of a TOML text stand on. The parser tells the lines of syntax errors
/// only, and whoever wrote the file looks for a line.
struct KeyLocator {
  private var lines: [[String]: Int] = [:]

  /// Reads a text that is known to be TOML.
  init(_ text: String) {
    var table: [String] = []
    var openString: String?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if let quotes = openString {
        if line.contains(quotes) { openString = nil }
        continue
      }
      var rest = Substring(line).drop { $0 == " " || $0 == "\t" }
      let isHeader = rest.first == "["
      rest = rest.drop { $0 == "[" }
      guard let path = Self.path(&rest) else { continue }
      if isHeader {
        guard rest.first == "]" else { continue }
        table = path
        note(path, line: index + 1)
      } else {
        guard rest.first == "=" else { continue }
        note(table + path, line: index + 1)
        openString = Self.opened(by: rest)
      }
    }
  }

  /// The line of a key, from 1; where it isn't found, that of the nearest table around it.
  func line(of path: [String]) -> Int? {
    var path = path
    while !path.isEmpty {
      if let line = lines[path] { return line }
      path.removeLast()
    }
    return nil
  }

  private mutating func note(_ path: [String], line: Int) {
    for length in 1...path.count {
      let part = Array(path.prefix(length))
      if lines[part] == nil { lines[part] = line }
    }
  }

  /// The quotes of a string that begins in a line and doesn't end there.
  private static func opened(by value: Substring) -> String? {
    for quotes in ["\"\"\"", "'''"] {
      guard let start = value.firstRange(of: quotes) else { continue }
      if !value[start.upperBound...].contains(quotes) { return quotes }
    }
    return nil
  }

  /// A dotted key, and the blanks behind it, taken off the front of a text.
  private static func path(_ text: inout Substring) -> [String]? {
    var path: [String] = []
    while true {
      text = text.drop { $0 == " " || $0 == "\t" }
      guard let word = word(&text) else { return nil }
      path.append(word)
      text = text.drop { $0 == " " || $0 == "\t" }
      guard text.first == "." else { return path }
      text.removeFirst()
    }
  }

  /// One part of a key: bare or in quotes.
  private static func word(_ text: inout Substring) -> String? {
    if let quote = text.first, quote == "\"" || quote == "'" {
      text.removeFirst()
      var word = ""
      while let next = text.popFirst() {
        if next == quote { return word }
        if next == "\\", quote == "\"", let escaped = text.popFirst() {
          word.append(escaped)
        } else {
          word.append(next)
        }
      }
      return nil
    }
    let word = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
    text = text[word.endIndex...]
    return word.isEmpty ? nil : String(word)
  }
}
