/// Walks the records of a comma-separated table in UTF-8 bytes.
///
/// Fields may be quoted, with a doubled quote for a quote, and may then hold separators and line
/// ends. Lines end in LF, CRLF or CR. Blanks around a field are dropped, blank lines and records
/// of empty fields alone are passed over.
struct RecordScanner {
  /// Where a field's text lies.
  struct Field {
    /// The bytes of the text, without its quotes and the blanks around it.
    var range: Range<Int>
    /// Whether doubled quotes stand for single ones.
    var hasDoubledQuotes = false
  }

  /// What `next` came to.
  enum Outcome {
    /// A record that starts on this line and covers these bytes.
    case record(line: Int, bytes: Range<Int>)
    /// A record that starts on this line and opens a quote that never closes.
    case unclosedQuote(line: Int, bytes: Range<Int>)
    /// There are no more.
    case end
  }

  /// The text.
  let bytes: [UInt8]
  /// The byte between two fields.
  let delimiter: UInt8
  private var position: Int
  private var line: Int

  /// A scanner at the start of `bytes`, past a byte order mark; the delimiter is the comma,
  /// semicolon or tab that the first line has most of.
  init(bytes: [UInt8]) {
    self.bytes = bytes
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    line = 1
    var counts: [UInt8: Int] = [:]
    for byte in bytes[position...].drop(while: Self.isBlankOrLineEnd) {
      if byte == 0x0A || byte == 0x0D { break }
      counts[byte, default: 0] += 1
    }
    let others = [UInt8(ascii: ";"), UInt8(ascii: "\t")]
    var chosen = UInt8(ascii: ",")
    for other in others where counts[other, default: 0] > counts[chosen, default: 0] {
      chosen = other
    }
    delimiter = chosen
  }

  /// Puts the fields of the next record into `fields`, which keeps its storage.
  mutating func next(_ fields: inout [Field]) -> Outcome {
    while position < bytes.count {
      let start = position
      let startLine = line
      fields.removeAll(keepingCapacity: true)
      guard readRecord(&fields) else {
        // The quote swallowed the rest of the file; go on after the line that opened it.
        position = start
        line = startLine
        let end = endOfLine(from: start)
        position = end
        takeLineEnd()
        return .unclosedQuote(line: startLine, bytes: start..<end)
      }
      let end = position
      takeLineEnd()
      if fields.contains(where: { !$0.range.isEmpty }) {
        return .record(line: startLine, bytes: start..<end)
      }
    }
    return .end
  }

  /// The text of a field.
  func text(_ field: Field) -> String {
    let text = String(decoding: bytes[field.range], as: UTF8.self)
    guard field.hasDoubledQuotes else { return text }
    var single = ""
    var pending = false
    for character in text {
      if character == "\"", pending {
        pending = false
        continue
      }
      single.append(character)
      pending = character == "\""
    }
    return single
  }

  /// Reads fields up to, not past, the end of the record. False when a quote never closes.
  private mutating func readRecord(_ fields: inout [Field]) -> Bool {
    while true {
      while position < bytes.count, isBlank(bytes[position]) { position += 1 }
      if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
        guard readQuoted(&fields) else { return false }
      } else {
        readPlain(&fields, from: position)
      }
      guard position < bytes.count, bytes[position] == delimiter else { return true }
      position += 1
    }
  }

  private mutating func readPlain(_ fields: inout [Field], from start: Int) {
    while position < bytes.count {
      let byte = bytes[position]
      if byte == delimiter || byte == 0x0A || byte == 0x0D { break }
      position += 1
    }
    var end = position
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    fields.append(Field(range: start..<end))
  }

  private mutating func readQuoted(_ fields: inout [Field]) -> Bool {
    let opening = position
    var at = opening + 1
    var doubled = false
    var lines = 0
    while true {
      guard at < bytes.count else { return false }
      let byte = bytes[at]
      if byte == UInt8(ascii: "\"") {
        guard at + 1 < bytes.count, bytes[at + 1] == byte else { break }
        doubled = true
        at += 1
      } else if byte == 0x0A || (byte == 0x0D && !(at + 1 < bytes.count && bytes[at + 1] == 0x0A)) {
        lines += 1
      }
      at += 1
    }
    var start = opening + 1
    var end = at
    while start < end, isBlank(bytes[start]) { start += 1 }
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    at += 1
    while at < bytes.count, isBlank(bytes[at]) { at += 1 }
    if at < bytes.count, bytes[at] != delimiter, !Self.isBlankOrLineEnd(bytes[at]) {
      // Text follows the closing quote: no quoted field, but plain text that holds quotes.
      readPlain(&fields, from: opening)
      return true
    }
    line += lines
    position = at
    fields.append(Field(range: start..<end, hasDoubledQuotes: doubled))
    return true
  }

  private func endOfLine(from start: Int) -> Int {
    bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
  }

  private mutating func takeLineEnd() {
    guard position < bytes.count else { return }
    if bytes[position] == 0x0D, position + 1 < bytes.count, bytes[position + 1] == 0x0A {
      position += 1
    }
    position += 1
    line += 1
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    (byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")) && byte != delimiter
  }

  private static func isBlankOrLineEnd(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
