import TOMLKit
import Terminal
import Themes

extension Theme {
  /// The theme that a TOML text describes.
  ///
  ///     name = "default"
  ///     textures = false           # optional
  ///     [colors]
  ///     background = "#12131c"     # "#rrggbb" or "terminal"; one line a role
  ///     layers = ["#54458a", "#6fd06a"]
  ///
  /// Every role must be there and nothing else may be. Throws `ThemeError`, whose description
  /// names the theme (`name` until the file has named itself), the key and what is allowed.
  public init(toml: String, name: String) throws(ThemeError) {
    let file: TOMLTable
    do {
      file = try TOMLTable(string: toml)
    } catch let error as TOMLParseError {
      throw ThemeError(
        theme: name, key: "line \(error.source.begin.line)", problem: error.description)
    } catch {
      throw ThemeError(theme: name, key: "file", problem: String(describing: error))
    }
    try self.init(file, name: name)
  }

  private init(_ file: TOMLTable, name: String) throws(ThemeError) {
    guard let named = file["name"]?.string, !named.isEmpty else {
      throw ThemeError(theme: name, key: "name", problem: "must be a text, the theme's name")
    }
    for key in file.keys.sorted() where !["name", "textures", "colors"].contains(key) {
      throw ThemeError(
        theme: named, key: key,
        problem: "is not a key of a theme; allowed are name, textures and colors")
    }
    let textures: Bool
    if let value = file["textures"] {
      guard let flag = value.bool else {
        throw ThemeError(theme: named, key: "textures", problem: "must be true or false")
      }
      textures = flag
    } else {
      textures = false
    }
    guard let table = file["colors"]?.table else {
      throw ThemeError(theme: named, key: "colors", problem: "must be a table of colours")
    }
    let known = Role.allCases.map(\.rawValue) + ["layers"]
    for key in table.keys.sorted() where !known.contains(key) {
      throw ThemeError(
        theme: named, key: "colors.\(key)",
        problem: "is not a colour of a theme; allowed are \(known.joined(separator: ", "))")
    }
    var colors: [Role: Color] = [:]
    for role in Role.allCases {
      let key = "colors.\(role.rawValue)"
      colors[role] = try Theme.color(table[role.rawValue], theme: named, key: key)
    }
    guard let list = table["layers"]?.array, !list.isEmpty else {
      throw ThemeError(
        theme: named, key: "colors.layers",
        problem: "must be a list of one colour or more, lowest leverage first")
    }
    var layers: [Color] = []
    for index in 0..<list.count {
      layers.append(
        try Theme.color(list[index], theme: named, key: "colors.layers[\(index)]"))
    }
    self.init(name: named, hasTextures: textures, layers: layers, colors: colors)
  }

  private static func color(
    _ value: (any TOMLValueConvertible)?, theme: String, key: String
  ) throws(ThemeError) -> Color {
    let allowed = "allowed are \"#rrggbb\" and \"terminal\""
    guard let value else {
      throw ThemeError(theme: theme, key: key, problem: "is missing; \(allowed)")
    }
    guard let text = value.string else {
      throw ThemeError(theme: theme, key: key, problem: "must be a text; \(allowed)")
    }
    if text == "terminal" { return .terminalDefault }
    guard text.hasPrefix("#"), let rgb = RGB(hex: text) else {
      throw ThemeError(theme: theme, key: key, problem: "\"\(text)\" is no colour; \(allowed)")
    }
    return .rgb(rgb)
  }

  /// The themes that come with the program, in the order in which the theme key walks them.
  public static func builtIn() throws(ThemeError) -> [Theme] {
    var themes: [Theme] = []
    for source in BuiltInThemes.sources {
      themes.append(try Theme(toml: source.toml, name: source.name))
    }
    return themes
  }

  /// The theme of that name among `themes`; throws a sentence that lists the names otherwise.
  public static func named(_ name: String, in themes: [Theme]) throws(ThemeError) -> Theme {
    guard let theme = themes.first(where: { $0.name == name }) else {
      let names = themes.map(\.name).joined(separator: ", ")
      throw ThemeError(
        theme: name, key: "--theme", problem: "no theme has that name; allowed are \(names)")
    }
    return theme
  }
}
