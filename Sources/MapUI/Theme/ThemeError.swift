/// Why a theme cannot be used.
public struct ThemeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The theme's name.
  public let theme: String
  /// The key at fault, as a path: `colors.text`; or the line of a text that is no TOML.
  public let key: String
  /// What is wrong with it, and what is allowed.
  public let problem: String

  /// An error of those parts.
  public init(theme: String, key: String, problem: String) {
    self.theme = theme
    self.key = key
    self.problem = problem
  }

  public var description: String { "theme \"\(theme)\", \(key): \(problem)" }
}
