import Foundation
import Terminal
import Testing
import Themes

@testable import MapUI

@Suite struct ThemeFileTests {
  private static let colorRule =
    "allowed are \"#rrggbb\", \"terminal\", and the terminal's own \"black\", \"red\", \"green\", "
    + "\"yellow\", \"blue\", \"magenta\", \"cyan\", \"white\", each with \"bright-\" before it too"

  /// A theme file that inherits from the default theme.
  private func source(
    _ toml: String, name: String = "mine", inherits: String? = "default"
  ) -> ThemeSource {
    let head = inherits.map { "inherits = \"\($0)\"\n" } ?? ""
    return ThemeSource(name: name, path: "/themes/\(name).toml", toml: head + toml)
  }

  @Test(arguments: [
    (
      "text = \"#d7dae8\"", "text = \"blue-ish\"",
      "theme \"default\", line 8, colors.text: \"blue-ish\" is no colour; \(colorRule)"
    ),
    (
      "text = \"#d7dae8\"", "text = 7",
      "theme \"default\", line 8, colors.text: must be a text; \(colorRule)"
    ),
    (
      "text = \"#d7dae8\"\n", "",
      "theme \"default\", line 6, colors.text: is missing; \(colorRule)"
    ),
    (
      "textures = false", "textures = \"no\"",
      "theme \"default\", line 4, textures: must be true or false"
    ),
    (
      "textures = false", "texture = false",
      "theme \"default\", line 4, texture: is not a key of a theme; "
        + "allowed are name, about, inherits, textures, colors"
    ),
    (
      "name = \"default\"\n", "name = 7\n",
      "theme \"default\", line 2, name: must be a text, the theme's name"
    ),
    (
      "about = ", "about = 3 #",
      "theme \"default\", line 3, about: must be a text"
    ),
    (
      "layers = [\"#54458a\", ", "layers = [\"#54458\", ",
      "theme \"default\", line 15, colors.layers[0]: \"#54458\" is no colour; \(colorRule)"
    ),
    (
      "[colors]", "[colours]",
      "theme \"default\", line 6, colours: is not a key of a theme; "
        + "allowed are name, about, inherits, textures, colors"
    ),
  ])
  func `a bad theme is told with its line, the key and what is allowed`(
    _ good: String, _ bad: String, _ sentence: String
  ) throws {
    let source = try #require(BuiltInThemes.sources.first).toml
    try #require(source.contains(good))
    let broken = source.replacing(good, with: bad)
    let error = #expect(throws: ThemeError.self) { try Theme(toml: broken, name: "default") }
    #expect(error?.description == sentence)
  }

  @Test func `a file's errors are told as compilers tell them, and all of them`() {
    let library = ThemeLibrary(own: [
      source("shine = 1\n[colors]\ntext = \"nope\"\nmagnets = \"#ffffff\"\nlayers = []\n")
    ])
    let told = library.problems.map(\.description)
    #expect(told.count == 4)
    #expect(told[0].hasPrefix("/themes/mine.toml:2: shine: is not a key"))
    #expect(told[1].hasPrefix("/themes/mine.toml:5: colors.magnets: is not a colour"))
    #expect(told[1].contains("allowed are background, text"))
    #expect(told[2].hasPrefix("/themes/mine.toml:4: colors.text: \"nope\" is no colour"))
    #expect(told[3].hasPrefix("/themes/mine.toml:6: colors.layers: must be a list"))
  }

  @Test func `what is right in a file with errors still applies`() throws {
    let library = ThemeLibrary(own: [
      source("[colors]\ntext = \"nope\"\nmagnet = \"#123456\"\nprice = \"bright-red\"\n")
    ])
    #expect(library.problems.count == 1)
    let mine = try Theme.named("mine", in: library.themes)
    let parent = try Theme.named("default", in: library.themes)
    #expect(mine[.magnet] == .rgb(RGB(0x12, 0x34, 0x56)))
    #expect(mine[.price] == .ansi(.brightRed))
    #expect(mine[.text] == parent[.text])
    #expect(mine.layers == parent.layers)
  }

  @Test func `a theme inherits colours and textures, over any number of steps`() throws {
    let library = ThemeLibrary(own: [
      source("[colors]\nmagnet = \"#010203\"\n", name: "child", inherits: "middle"),
      source("textures = true\n[colors]\ntext = \"#040506\"\n", name: "middle", inherits: "light"),
    ])
    #expect(library.problems.isEmpty)
    let child = try Theme.named("child", in: library.themes)
    let light = try Theme.named("light", in: library.themes)
    #expect(child[.magnet] == .rgb(RGB(1, 2, 3)))
    #expect(child[.text] == .rgb(RGB(4, 5, 6)))
    #expect(child[.background] == light[.background])
    #expect(child.layers == light.layers)
    #expect(child.hasTextures)
    #expect(child.about.isEmpty)
    #expect(library.themes.map(\.name).suffix(2) == ["child", "middle"])
  }

  @Test func `a user's theme may take a built-in one's name, and inherit from it`() throws {
    let library = ThemeLibrary(own: [
      source("[colors]\ntext = \"#ffffff\"\n", name: "solarized", inherits: "solarized")
    ])
    #expect(library.problems.isEmpty)
    #expect(library.themes.map(\.name) == UIState.themes.map(\.name))
    let mine = try Theme.named("solarized", in: library.themes)
    let built = try Theme.named("solarized", in: UIState.themes)
    #expect(mine[.text] == .rgb(RGB(255, 255, 255)))
    #expect(mine[.background] == built[.background])
    // What is built in never depends on the user's.
    #expect(
      try Theme.named("solarized-light", in: library.themes)
        == Theme.named("solarized-light", in: UIState.themes))
  }

  @Test func `themes that inherit from each other are told, and stand on the default one`() throws {
    let library = ThemeLibrary(own: [
      source("", name: "one", inherits: "two"), source("", name: "two", inherits: "three"),
      source("", name: "three", inherits: "one"), source("", name: "self", inherits: "self"),
    ])
    #expect(
      library.problems.map(\.description) == [
        "/themes/three.toml:1: inherits: themes inherit from each other in a circle: "
          + "one, two, three, one",
        "/themes/self.toml:1: inherits: no other theme is named \"self\"; there are "
          + (UIState.themes.map(\.name) + ["one", "two", "three"]).sorted().joined(separator: ", "),
      ])
    let ground = try Theme.named("default", in: library.themes)[.background]
    for name in ["one", "two", "three", "self"] {
      #expect(try Theme.named(name, in: library.themes)[.background] == ground)
    }
  }

  @Test func `a file that is no TOML is told with its line, and the others are there`() {
    let library = ThemeLibrary(own: [
      ThemeSource(name: "bad", path: "/themes/bad.toml", toml: "name = \"x\"\ncolors = ["),
      source("", name: "heir", inherits: "bad"), source("", name: "good"),
      ThemeSource(name: "light", path: "/themes/light.toml", toml: "= 3"),
    ])
    #expect(library.problems.count == 2)
    #expect(library.problems.contains { $0.description.hasPrefix("/themes/light.toml:1: ") })
    #expect(library.problems.contains { $0.description.hasPrefix("/themes/bad.toml:2: ") })
    let names = library.themes.map(\.name)
    #expect(names.suffix(2) == ["heir", "good"])
    #expect(names.contains("light") && !names.contains("bad"))
  }

  @Test func `two files of one name are told`() {
    let library = ThemeLibrary(own: [
      source("name = \"twin\"\n", name: "a"), source("name = \"twin\"\n", name: "b"),
    ])
    #expect(
      library.problems.map(\.description) == [
        "/themes/b.toml:2: name: \"twin\" is the name of the theme in /themes/a.toml, too"
      ])
    #expect(library.themes.filter { $0.name == "twin" }.count == 1)
  }

  @Test func `a theme without a parent must name every colour`() {
    let library = ThemeLibrary(own: [source("[colors]\n", inherits: nil)])
    let keys = library.problems.map(\.key)
    #expect(keys == Theme.Role.allCases.map { "colors.\($0.rawValue)" } + ["colors.layers"])
    #expect(library.problems.allSatisfy { $0.line == 1 })
  }

  @Test func `an unknown theme's name is answered with the names there are`() {
    let error = #expect(throws: ThemeError.self) { try Theme.named("neon", in: UIState.themes) }
    #expect(
      error?.description
        == "theme \"neon\", --theme: no theme has that name; allowed are "
        + UIState.themes.map(\.name).joined(separator: ", "))
  }

  // MARK: - The folder

  @Test func `a folder's themes are read by name, and what isn't readable is told`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { _ = try? FileManager.default.removeItem(at: folder) }
    func write(_ bytes: [UInt8], _ name: String) throws {
      try Data(bytes).write(to: folder.appending(path: name))
    }
    try write(Array("inherits = \"light\"\n".utf8), "zebra.toml")
    try write(Array("inherits = \"mono\"\nname = \"ant\"\n".utf8), "ant-file.toml")
    try write(Array("no theme".utf8), "notes.txt")
    try write(Array("no theme".utf8), ".hidden.toml")
    try write([0x6e, 0xff, 0xfe], "bytes.toml")
    try write([UInt8](repeating: 0x20, count: ThemeFolder.sizeLimit + 1), "huge.toml")
    try FileManager.default.createDirectory(
      at: folder.appending(path: "dir.toml"), withIntermediateDirectories: true)
    let library = ThemeLibrary(folder: folder.path)
    #expect(library.themes.map(\.name).dropFirst(UIState.themes.count) == ["ant", "zebra"])
    let told = library.problems.map { $0.description.replacing(folder.path, with: "") }
    #expect(
      told == [
        "/bytes.toml: is no text in UTF-8", "/dir.toml: is no file",
        "/huge.toml: is larger than the 262144 bytes of any theme",
      ])
  }

  @Test func `a folder that isn't there is no fault`() {
    let library = ThemeLibrary(folder: "/nonexistent/lodestone/themes")
    #expect(library.problems.isEmpty)
    #expect(library.themes == UIState.themes)
  }
}

@Suite struct TOMLLinesTests {
  @Test func `keys are found wherever TOML lets them stand`() {
    let lines = TOMLLines(
      """
      # a comment with [brackets] and key = 1
      plain = 1
      "quoted key" = 2
      dotted.deep.key = 'a # no comment'

      [colors]
      text = "#ffffff" # [not.a.table]
      layers = [
        "#000000", # first = 1
        "]", '["',
        { name = "x", edge = 3 },
      ]
      [ spaced . "out" ]
      long = \"\"\"
      fake = 1
      [fake]
      \"\"\"
      after = 2
      [[rule]]
      price = 1
      [[rule]]
      price = 2
      [rule.deeper]
      far = 3
      inline = { a = [1, 2], b = { c = 4 } }
      """)
    let expected: [(String, Int?)] = [
      ("plain", 2), ("quoted key", 3), ("dotted.deep.key", 4), ("dotted", 4), ("colors", 6),
      ("colors.text", 7), ("colors.layers", 8), ("colors.layers[0]", 9), ("colors.layers[1]", 10),
      ("colors.layers[2]", 10), ("colors.layers[3].edge", 11), ("spaced.out", 13),
      ("spaced.out.long", 14), ("spaced.out.after", 18), ("rule", 19), ("rule[0].price", 20),
      ("rule[1]", 21), ("rule[1].price", 22), ("rule[1].deeper.far", 24),
      ("rule[1].deeper.inline.a[1]", 25), ("rule[1].deeper.inline.b.c", 25),
      // What isn't there is told with what it would stand in.
      ("colors.magnet", 6), ("colors.layers[9]", 8), ("rule[0].deeper", 19), ("fake", nil),
      ("nothing.here", nil), ("", nil),
    ]
    for (key, line) in expected { #expect(lines.line(of: key) == line, "\(key)") }
  }

  @Test(arguments: [
    "", "[", "[[", "a", "a =", "a = [", "a = {", "a = \"", "a = '''\n", "=", "]\n[",
  ])
  func `a text that breaks off ends the search, too`(_ text: String) {
    _ = TOMLLines(text)
    _ = TOMLLines(text + "\u{0}\n[[[[[{{{{,,,===\"\\")
  }
}
