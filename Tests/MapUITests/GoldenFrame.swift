import Terminal

/// A frame as golden files hold it: of each cell its character, and its style in words.
struct GoldenFrame: Equatable {
  /// The characters of each row.
  private(set) var rows: [[Unicode.Scalar]] = []
  /// The styles of each row's cells.
  private(set) var styles: [[String]] = []

  /// How many cells the widest row has.
  var width: Int { rows.map(\.count).max() ?? 0 }
  /// How many rows there are.
  var height: Int { rows.count }

  /// A frame that was drawn.
  init(_ grid: CellGrid) {
    var words: [Style: String] = [:]
    for y in 0..<grid.height {
      let cells = (0..<grid.width).map { grid[$0, y] }
      rows.append(cells.map(\.scalar))
      styles.append(
        cells.map { cell in
          if let known = words[cell.style] { return known }
          let new = StyleWords.describe(cell.style)
          words[cell.style] = new
          return new
        })
    }
  }

  /// A frame of those characters; each cell's style is the number of a name among `names`.
  init(rows: [[Unicode.Scalar]], numbers: [[Int]], names: [Int: String]) throws {
    guard rows.map(\.count) == numbers.map(\.count) else {
      throw Unreadable(reason: "the runs of styles don't fill the rows")
    }
    self.rows = rows
    styles = try numbers.map { row in
      try row.map { number in
        guard let name = names[number] else {
          throw Unreadable(reason: "style \(number) has no line")
        }
        return name
      }
    }
  }

  /// Why a file is none that holds a frame.
  struct Unreadable: Error {
    let reason: String
  }
}

/// Styles in the words of golden files.
enum StyleWords {
  static func describe(_ style: Style) -> String {
    var words = [describe(style.foreground), "on", describe(style.background)]
    let attributes: [(Attributes, String)] = [
      (.bold, "bold"), (.dim, "dim"), (.underline, "underline"), (.reverse, "reverse"),
      (.italic, "italic"),
    ]
    for (attribute, name) in attributes where style.attributes.contains(attribute) {
      words.append(name)
    }
    return words.joined(separator: " ")
  }

  private static func describe(_ color: Color) -> String {
    switch color {
    case .terminalDefault: "terminal"
    case .ansi(let own): own.name
    case .rgb(let rgb):
      "#"
        + [rgb.red, rgb.green, rgb.blue].map { part in
          let digits = String(part, radix: 16)
          return part < 16 ? "0" + digits : digits
        }.joined()
    }
  }
}

/// The parts that golden files are written in.
enum GoldenText {
  /// Rows between bars.
  static func rows(_ rows: [[Unicode.Scalar]]) -> [String] {
    rows.map { row in
      var line = String.UnicodeScalarView()
      line.append("│")
      line.append(contentsOf: row)
      line.append("│")
      return String(line)
    }
  }

  /// The characters between the bars of a line; nil where it is no row.
  static func row(_ line: Substring) -> [Unicode.Scalar]? {
    let scalars = Array(line.unicodeScalars)
    guard scalars.count >= 2, scalars.first == "│", scalars.last == "│" else { return nil }
    return Array(scalars.dropFirst().dropLast())
  }

  /// The numbers of a row's cells, run by run: `3×0 1×4 `.
  static func runs(_ numbers: [Int]) -> String {
    var text = ""
    var start = 0
    while start < numbers.count {
      var end = start + 1
      while end < numbers.count, numbers[end] == numbers[start] { end += 1 }
      text += "\(end - start)×\(numbers[start]) "
      start = end
    }
    return text
  }

  /// The numbers of a row's cells; nil where the line holds no runs.
  static func numbers(_ line: Substring) -> [Int]? {
    var numbers: [Int] = []
    for run in line.split(separator: " ") {
      let parts = run.split(separator: "×").compactMap { Int($0) }
      guard parts.count == 2, parts[0] > 0 else { return nil }
      numbers += Array(repeating: parts[1], count: parts[0])
    }
    return numbers.isEmpty ? nil : numbers
  }

  /// A line `4: #ffffff on #000000 bold`; nil where it is none.
  static func name(_ line: Substring) -> (number: Int, words: String)? {
    let parts = line.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, let number = Int(parts[0]), parts[1].hasPrefix(" ") else { return nil }
    return (number, String(parts[1].dropFirst()))
  }
}
