/// One screen in several themes, in one golden file: the characters once for all themes that share
/// them, the runs of styles once for all, then what the numbers of the runs mean in each theme. Cells
/// have the same number where they have the same style in every theme.
///
///     characters of default, light
///     │ BTCUSDT 7d  ... │
///     characters of mono
///     │ BTCUSDT 7d  ... │
///     runs
///     1×0 10×1 ...
///     styles of default
///     0: #c8ccd4 on #0b0e14
struct ThemedFrames: Equatable {
  /// The themes' names, in order, and the screen in each.
  private(set) var frames: [(theme: String, frame: GoldenFrame)]

  /// Those frames, all of one size.
  init(_ frames: [(theme: String, frame: GoldenFrame)]) {
    self.frames = frames
  }

  static func == (one: ThemedFrames, other: ThemedFrames) -> Bool {
    one.frames.map(\.theme) == other.frames.map(\.theme)
      && one.frames.map(\.frame) == other.frames.map(\.frame)
  }

  /// The frame in a theme.
  subscript(theme: String) -> GoldenFrame? { frames.first { $0.theme == theme }?.frame }

  private enum Heading {
    static let characters = "characters of "
    static let runs = "runs"
    static let styles = "styles of "
  }

  // MARK: Writing

  /// What stands in the file.
  var text: String {
    guard let first = frames.first?.frame else { return "" }
    var lines: [String] = []
    var groups: [(themes: [String], rows: [[Unicode.Scalar]])] = []
    for (theme, frame) in frames {
      if let index = groups.firstIndex(where: { $0.rows == frame.rows }) {
        groups[index].themes.append(theme)
      } else {
        groups.append(([theme], frame.rows))
      }
    }
    for group in groups {
      lines.append(Heading.characters + group.themes.joined(separator: ", "))
      lines += GoldenText.rows(group.rows)
    }
    var numbers: [[String]: Int] = [:]
    var styles: [[String]] = []
    lines.append(Heading.runs)
    for y in 0..<first.height {
      let row = first.rows[y].indices.map { x in
        let style = frames.map { $0.frame.styles[y][x] }
        if let known = numbers[style] { return known }
        numbers[style] = styles.count
        styles.append(style)
        return styles.count - 1
      }
      lines.append(GoldenText.runs(row))
    }
    for (index, (theme, _)) in frames.enumerated() {
      lines.append(Heading.styles + theme)
      lines += styles.enumerated().map { "\($0): \($1[index])" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Reading

  /// The frames that a file holds.
  init(parsing text: String) throws {
    var rows: [String: [[Unicode.Scalar]]] = [:]
    var numbers: [[Int]] = []
    var names: [(theme: String, names: [Int: String])] = []
    var themes: [String] = []
    for line in text.split(separator: "\n") {
      if line.hasPrefix(Heading.characters) {
        themes = line.dropFirst(Heading.characters.count).split(separator: ", ").map(String.init)
      } else if line.hasPrefix(Heading.styles) {
        names.append((String(line.dropFirst(Heading.styles.count)), [:]))
      } else if let row = GoldenText.row(line) {
        for theme in themes { rows[theme, default: []].append(row) }
      } else if let name = GoldenText.name(line), !names.isEmpty {
        names[names.count - 1].names[name.number] = name.words
      } else if let run = GoldenText.numbers(line) {
        numbers.append(run)
      } else if line != Heading.runs {
        throw GoldenFrame.Unreadable(reason: "nobody knows the line \(line)")
      }
    }
    frames = try names.map { theme, names in
      (theme, try GoldenFrame(rows: rows[theme] ?? [], numbers: numbers, names: names))
    }
  }

  // MARK: Differences

  /// How these frames differ from those of a file; nil where they don't. Of themes that changed in
  /// the same way only the first is told in full.
  func differences(from wanted: ThemedFrames) -> String? {
    guard frames.map(\.theme) == wanted.frames.map(\.theme) else {
      return "the themes are \(frames.map(\.theme)), they were \(wanted.frames.map(\.theme))"
    }
    var reports: [(themes: [String], text: String)] = []
    for (now, before) in zip(frames, wanted.frames) {
      guard let text = GoldenDiff.describe(is: now.frame, was: before.frame) else { continue }
      if let index = reports.firstIndex(where: { $0.text == text }) {
        reports[index].themes.append(now.theme)
      } else {
        reports.append(([now.theme], text))
      }
    }
    guard !reports.isEmpty else { return nil }
    return reports.map { "in \($0.themes.joined(separator: ", ")): \($0.text)" }
      .joined(separator: "\n")
  }
}
