import Themes

/// The themes that can be chosen: those that come with the program, and a user's own.
public struct ThemeLibrary: Sendable {
  /// The themes in the order in which the theme key walks them: the built-in ones, then the user's
  /// by their files' names. A user's theme with the name of a built-in one takes its place.
  public private(set) var themes: [Theme] = []
  /// What is wrong with the user's files. A theme with a wrong key is there all the same, with what
  /// it inherits in the key's place, or with the default theme's; one that is no TOML isn't.
  public private(set) var problems: [ThemeError] = []

  /// Which theme is meant: names may occur among the built-in ones and among the user's.
  private struct Key: Hashable {
    let name: String
    let isOwn: Bool
  }

  private var sources: [Key: ThemeSource] = [:]
  /// The themes read so far; nil for texts that are no TOML.
  private var done: [Key: Theme?] = [:]

  /// The built-in themes and those of a folder, if one is given; a folder that isn't there is no
  /// fault.
  public init(folder: String? = nil) {
    let found = folder.map { ThemeFolder(path: $0) }
    self.init(own: found?.sources ?? [])
    for file in found?.unreadable ?? [] {
      problems.append(
        ThemeError(theme: file.path, file: file.path, key: "", problem: file.reason))
    }
  }

  /// The built-in themes and those of some texts.
  init(own texts: [ThemeSource]) {
    let builtIn = BuiltInThemes.sources.map { Key(name: $0.name, isOwn: false) }
    for (key, source) in zip(builtIn, BuiltInThemes.sources) { sources[key] = source }
    var own: [Key] = []
    for source in texts {
      var file = ThemeFile(source)
      let key = Key(name: file.name, isOwn: true)
      if let other = sources[key] {
        let place = other.path ?? "another text"
        file.report("name", "\"\(file.name)\" is the name of the theme in \(place), too")
        problems += file.problems
      } else {
        sources[key] = source
        own.append(key)
      }
    }
    for key in builtIn {
      let stand = Key(name: key.name, isOwn: true)
      if let theme = theme(stand) ?? theme(key) { themes.append(theme) }
    }
    for key in own where !builtIn.contains(where: { $0.name == key.name }) {
      if let theme = theme(key) { themes.append(theme) }
    }
  }

  /// Reads a theme and those that it inherits from, which `heirs` wait for.
  private mutating func theme(_ key: Key, heirs: [Key] = []) -> Theme? {
    if let known = done[key] { return known }
    guard let source = sources[key] else { return nil }
    var file = ThemeFile(source)
    var base: Theme?
    if let parent = file.parent {
      base = self.base(parent, of: key, in: &file, heirs: heirs + [key])
    }
    if base == nil, key.isOwn { base = theme(Key(name: "default", isOwn: false)) }
    let theme = file.theme(base: base)
    problems += file.problems
    done[key] = .some(theme)
    return theme
  }

  /// The theme that a file inherits from; what hinders it is reported.
  private mutating func base(
    _ parent: String, of key: Key, in file: inout ThemeFile, heirs: [Key]
  ) -> Theme? {
    // A user's theme may inherit from the built-in one whose name it takes, and what is built in
    // never depends on the user's.
    let own = Key(name: parent, isOwn: true)
    let found =
      key.isOwn && own != key && sources[own] != nil ? own : Key(name: parent, isOwn: false)
    guard found.isOwn || sources[found] != nil else {
      let names = Set(sources.keys.map(\.name)).subtracting([key.name]).sorted()
      file.report(
        "inherits",
        "no other theme is named \"\(parent)\"; there are \(names.joined(separator: ", "))")
      return nil
    }
    guard !heirs.contains(found) else {
      let circle = (heirs.map(\.name) + [parent]).joined(separator: ", ")
      file.report("inherits", "themes inherit from each other in a circle: \(circle)")
      return nil
    }
    return theme(found, heirs: heirs)
  }
}

extension Theme {
  /// The theme that a TOML text describes, `name` unless it names itself; it may inherit from the
  /// built-in ones. Throws the first thing that is wrong, with the line, the key and what is allowed.
  public init(toml: String, name: String) throws(ThemeError) {
    let source = ThemeSource(name: name, toml: toml)
    let library = ThemeLibrary(own: [source])
    if let problem = library.problems.first { throw problem }
    self = try Theme.named(ThemeFile(source).name, in: library.themes)
  }

  /// The themes that come with the program, in the order in which the theme key walks them.
  public static func builtIn() throws(ThemeError) -> [Theme] {
    let library = ThemeLibrary()
    if let problem = library.problems.first { throw problem }
    return library.themes
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
