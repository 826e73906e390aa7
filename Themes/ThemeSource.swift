/// The text of a theme file, and where it came from.
public struct ThemeSource: Hashable, Sendable {
  /// The file's name without its ending: the theme's name unless the text gives it one.
  public let name: String
  /// The file's path; nil for a theme that is compiled in.
  public let path: String?
  /// The text, which should be TOML.
  public let toml: String

  /// A text from there.
  public init(name: String, path: String? = nil, toml: String) {
    self.name = name
    self.path = path
    self.toml = toml
  }
}
