/// How two frames differ, so that a person sees it.
///
///     5 cells of 2 rows differ
///     row 3
///       was │ q quit  ? help │
///       is  │ q quit  ? more │
///                       ^^^^
///     row 7, columns 2 to 2, "◆"
///       was #d2b48c on #0b0e14 bold
///       is  #ffffff on #0b0e14 bold
enum GoldenDiff {
  /// The differences, those of the first rows in full; nil where there are none.
  static func describe(is found: GoldenFrame, was wanted: GoldenFrame, most: Int = 6) -> String? {
    guard found != wanted else { return nil }
    guard found.width == wanted.width, found.height == wanted.height else {
      return "the frame is \(found.width)x\(found.height), it was \(wanted.width)x\(wanted.height)"
    }
    var parts: [String] = []
    var cells = 0
    var rows = 0
    for y in 0..<found.height {
      let changed = columns(y, found, wanted)
      guard !changed.isEmpty else { continue }
      cells += changed.count
      rows += 1
      guard rows <= most else { continue }
      parts += words(y, found, wanted) + colors(y, found, wanted)
    }
    if rows > most { parts.append("and \(rows - most) more rows") }
    let head =
      cells == 1 ? "1 cell differs" : "\(cells) cells of \(rows) row\(rows == 1 ? "" : "s") differ"
    return ([head] + parts).joined(separator: "\n")
  }

  /// The columns of a row whose cells differ in anything.
  private static func columns(_ y: Int, _ found: GoldenFrame, _ wanted: GoldenFrame) -> [Int] {
    found.rows[y].indices.filter {
      found.rows[y][$0] != wanted.rows[y][$0] || found.styles[y][$0] != wanted.styles[y][$0]
    }
  }

  /// Both texts of a row, with marks below what differs; nothing where they are the same.
  private static func words(_ y: Int, _ found: GoldenFrame, _ wanted: GoldenFrame) -> [String] {
    let pairs = zip(found.rows[y], wanted.rows[y])
    guard found.rows[y] != wanted.rows[y] else { return [] }
    var marks = String(pairs.map { $0 == $1 ? " " : "^" as Character })
    while marks.last == " " { marks.removeLast() }
    let texts = GoldenText.rows([wanted.rows[y], found.rows[y]])
    return ["row \(y + 1)", "  was \(texts[0])", "  is  \(texts[1])", "       \(marks)"]
  }

  /// The runs of a row that changed their style in the same way, the first three of them.
  private static func colors(_ y: Int, _ found: GoldenFrame, _ wanted: GoldenFrame) -> [String] {
    let (new, old) = (found.styles[y], wanted.styles[y])
    var runs: [Range<Int>] = []
    for x in new.indices where new[x] != old[x] {
      if let last = runs.last, last.upperBound == x, new[x] == new[x - 1], old[x] == old[x - 1] {
        runs[runs.count - 1] = last.lowerBound..<x + 1
      } else {
        runs.append(x..<x + 1)
      }
    }
    var lines: [String] = []
    for run in runs.prefix(3) {
      var text = String.UnicodeScalarView()
      text.append(contentsOf: found.rows[y][run])
      lines.append(
        "row \(y + 1), columns \(run.lowerBound + 1) to \(run.upperBound), \"\(String(text))\"")
      lines += ["  was \(old[run.lowerBound])", "  is  \(new[run.lowerBound])"]
    }
    if runs.count > 3 { lines.append("row \(y + 1): \(runs.count - 3) more changes of colour") }
    return lines
  }
}
