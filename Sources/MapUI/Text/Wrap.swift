/// Sentences in lines.
enum Wrap {
  /// The lines of a sentence, broken at spaces, at most `limit` of them; the last one ends in an
  /// ellipsis where the sentence is longer.
  static func lines(_ text: String, width: Int, limit: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var words = text.split(separator: " ")[...]
    while let word = words.first, lines.count < limit {
      let joined = line.isEmpty ? String(word) : line + " " + word
      if joined.unicodeScalars.count <= width {
        line = joined
        words = words.dropFirst()
      } else if line.isEmpty {
        line = prefix(word, width - 1) + "…"
        words = words.dropFirst()
      } else {
        lines.append(line)
        line = ""
      }
    }
    if !line.isEmpty && lines.count < limit { lines.append(line) }
    if !words.isEmpty, let last = lines.popLast() {
      var kept = last.hasSuffix("…") ? String(last.dropLast()) : last
      while kept.unicodeScalars.count >= width, let space = kept.lastIndex(of: " ") {
        kept = String(kept[..<space])
      }
      lines.append(prefix(kept, width - 1) + "…")
    }
    return lines
  }

  /// A text of at most `width` columns, with an ellipsis where something is left out.
  static func cut(_ text: String, width: Int) -> String {
    text.unicodeScalars.count > width ? prefix(text, width - 1) + "…" : text
  }

  private static func prefix(_ text: some StringProtocol, _ count: Int) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.prefix(max(count, 0))))
  }
}
