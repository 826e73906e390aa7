/// What is wrong with a theme.
public struct ThemeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The theme's name.
  public let theme: String
  /// The path of its file; nil for a theme that comes with the program.
  public let file: String?
  /// The line at fault, from one; nil where it lies in no line.
  public let line: Int?
  /// The key at fault, as a path: `colors.text`; empty for the text as a whole.
  public let key: String
  /// What is wrong with it, and what is allowed.
  public let problem: String

  /// An error of those parts.
  public init(
    theme: String, file: String? = nil, line: Int? = nil, key: String, problem: String
  ) {
    self.theme = theme
    self.file = file
    self.line = line
    self.key = key
    self.problem = problem
  }

  /// As compilers put it, so that editors can jump there: `mine.toml:7: colors.text: "blue-ish" ...`
  public var description: String {
    let keyed = key.isEmpty ? problem : "\(key): \(problem)"
    if let file {
      return line.map { "\(file):\($0): \(keyed)" } ?? "\(file): \(keyed)"
    }
    return "theme \"\(theme)\", \(line.map { "line \($0), " } ?? "")\(keyed)"
  }
}
