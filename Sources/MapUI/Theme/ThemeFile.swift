import TOMLKit
import Terminal
import Themes

/// Reads a theme out of a TOML text, and gathers all that is wrong with it.
///
///     name = "mine"              # optional; else the file's name
///     about = "for the evening"  # optional
///     inherits = "default"       # optional; another theme, from which all that is missing is taken
///     textures = false           # optional
///     [colors]
///     background = "#12131c"     # "#rrggbb", "terminal", "red", "bright-red"...; one line a role
///     layers = ["#54458a", "#6fd06a"]
///
/// Without `inherits` every role must be there. A key that is wrong is told and left out: the rest of
/// the file still applies.
struct ThemeFile {
  /// What is wrong, in the order of reading.
  private(set) var problems: [ThemeError] = []
  /// The theme's name.
  let name: String
  /// The name of the theme that it inherits from; nil when from none.
  private(set) var parent: String?

  private let source: ThemeSource
  private let table: TOMLTable?
  private let lines: TOMLLines

  /// Keys outside of `[colors]`.
  private static let keys = ["name", "about", "inherits", "textures", "colors"]

  /// Parses a text.
  init(_ source: ThemeSource) {
    self.source = source
    lines = TOMLLines(source.toml)
    var syntaxError: ThemeError?
    var table: TOMLTable?
    do {
      table = try TOMLTable(string: source.toml)
    } catch let error as TOMLParseError {
      syntaxError = ThemeError(
        theme: source.name, file: source.path, line: Int(error.source.begin.line), key: "",
        problem: error.description)
    } catch {
      syntaxError = ThemeError(
        theme: source.name, file: source.path, key: "", problem: String(describing: error))
    }
    self.table = table
    let named = table?["name"]?.string
    name = named.flatMap { $0.isEmpty ? nil : $0 } ?? source.name
    if let syntaxError { problems.append(syntaxError) }
    guard let table else { return }
    if table["name"] != nil, named?.isEmpty ?? true {
      report("name", "must be a text, the theme's name")
    }
    for key in table.keys.sorted() where !Self.keys.contains(key) {
      report(
        key, "is not a key of a theme; allowed are \(Self.keys.joined(separator: ", "))")
    }
    if table["inherits"] != nil {
      parent = table["inherits"]?.string
      if parent == nil { report("inherits", "must be a text, the name of another theme") }
    }
  }

  /// The theme, with what it lacks taken from `base`. Nil when the text is no TOML.
  mutating func theme(base: Theme?) -> Theme? {
    guard let table else { return nil }
    var about = ""
    if let value = table["about"] {
      if let text = value.string { about = text } else { report("about", "must be a text") }
    }
    var textures = parent != nil && base?.hasTextures == true
    if let value = table["textures"] {
      if let flag = value.bool {
        textures = flag
      } else {
        report("textures", "must be true or false")
      }
    }
    var colors: [Theme.Role: Color] = [:]
    for role in Theme.Role.allCases { colors[role] = base?[role] }
    var layers = base?.layers ?? []
    if let value = table["colors"] {
      if let table = value.table {
        read(table, into: &colors, &layers)
      } else {
        report("colors", "must be a table of colours")
      }
    } else if parent == nil {
      report("colors", "is missing; it must be a table of colours")
    }
    return Theme(
      name: name, about: about, hasTextures: textures, layers: layers, colors: colors)
  }

  private mutating func read(
    _ table: TOMLTable, into colors: inout [Theme.Role: Color], _ layers: inout [Color]
  ) {
    let known = Theme.Role.allCases.map(\.rawValue) + ["layers"]
    for key in table.keys.sorted() where !known.contains(key) {
      report(
        "colors.\(key)",
        "is not a colour of a theme; allowed are \(known.joined(separator: ", "))")
    }
    for role in Theme.Role.allCases {
      if let color = color(table[role.rawValue], key: "colors.\(role.rawValue)") {
        colors[role] = color
      }
    }
    guard let value = table["layers"] else {
      if parent == nil { report("colors.layers", "is missing; \(Self.layersRule)") }
      return
    }
    guard let list = value.array, !list.isEmpty else {
      report("colors.layers", Self.layersRule)
      return
    }
    var read: [Color] = []
    for index in 0..<list.count {
      if let color = color(list[index], key: "colors.layers[\(index)]") { read.append(color) }
    }
    if read.count == list.count { layers = read }
  }

  private static let layersRule = "must be a list of one colour or more, lowest leverage first"

  /// What a colour may be.
  private static let colorRule =
    "allowed are \"#rrggbb\", \"terminal\", and the terminal's own "
    + AnsiColor.allCases.prefix(8).map { "\"\($0.name)\"" }.joined(separator: ", ")
    + ", each with \"bright-\" before it too"

  private mutating func color(_ value: (any TOMLValueConvertible)?, key: String) -> Color? {
    guard let value else {
      if parent == nil { report(key, "is missing; \(Self.colorRule)") }
      return nil
    }
    guard let text = value.string else {
      report(key, "must be a text; \(Self.colorRule)")
      return nil
    }
    if text == "terminal" { return .terminalDefault }
    if let own = AnsiColor(name: text) { return .ansi(own) }
    if text.hasPrefix("#"), let rgb = RGB(hex: text) { return .rgb(rgb) }
    report(key, "\"\(text)\" is no colour; \(Self.colorRule)")
    return nil
  }

  /// Notes that a key is wrong.
  mutating func report(_ key: String, _ problem: String) {
    problems.append(
      ThemeError(
        theme: name, file: source.path, line: lines.line(of: key), key: key, problem: problem))
  }
}
