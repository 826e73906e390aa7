import TOMLKit

/// What is wrong with a text that is no TOML, in words for whoever wrote it.
struct TOMLSyntax {
  /// The line at fault, from 1.
  let line: Int
  /// What is wrong there, and what to do.
  let problem: String

  /// What the parser says of a text.
  init(_ error: TOMLParseError, in text: String) {
    let place = Int(error.source.begin.line)
    let words = error.description
    if words.contains("string"), let open = Self.openText(in: text, upTo: place, words) {
      line = open.line
      problem =
        "a text begins with \(open.mark) and isn't closed; put \(open.mark) at its end"
        + (open.mark.count == 1 ? ", in the same line" : "")
      return
    }
    line = place
    if words.contains("could not determine value type") {
      problem = "what stands behind the = is no value; a text stands between \" and \""
    } else if words.contains("closing ']'") {
      problem = "a list goes on here without a comma, or isn't closed; put ] at its end"
    } else if words.contains("table header"), words.contains("expected ']'") {
      problem = "the name of a table isn't closed; put ] at its end"
    } else {
      problem = "this is no TOML: " + words.replacing("Error while parsing ", with: "")
    }
  }

  /// Where a text begins that the parser found no end of: in the line where it stopped or, where it
  /// read over several lines, in the last that opens such a one.
  private static func openText(
    in text: String, upTo place: Int, _ words: String
  ) -> (line: Int, mark: String)? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard words.contains("end-of-file") || words.contains("control characters") else { return nil }
    let quote = words.contains("literal") ? "'" : "\""
    let long = String(repeating: quote, count: 3)
    let last = min(place, lines.count)
    guard words.contains("end-of-file") else { return (place, quote) }
    if let index = lines[..<last].lastIndex(where: { $0.contains(long) }) {
      return (index + 1, long)
    }
    // The file ends without an end of its last line.
    return lines[..<last].lastIndex { $0.contains(quote) }.map { ($0 + 1, quote) }
  }
}
