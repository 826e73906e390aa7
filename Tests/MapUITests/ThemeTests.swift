import Terminal
import Testing
import Themes

@testable import MapUI

@Suite struct ThemeTests {
  @Test func `the built-in themes load in the order of the theme key`() throws {
    #expect(try Theme.builtIn().map(\.name) == ["default", "light", "colorblind", "mono"])
  }

  @Test(arguments: ["default", "light", "colorblind"])
  func `words can be read on their ground`(_ name: String) throws {
    let theme = try Theme.named(name, in: UIState.themes)
    let ground = theme[.background]
    let words: [Theme.Role] = [
      .text, .dim, .axis, .price, .long, .short, .magnet, .crosshair, .warning,
    ]
    for role in words {
      #expect(Contrast.ratio(theme[role], ground) >= 4.5, "\(role) of \(name)")
      if role != .price { #expect(Contrast.ratio(theme[role], theme[.overlay]) >= 4, "\(role)") }
    }
    #expect(Contrast.ratio(theme[.simulatedText], theme[.simulated]) >= 4.5)
    #expect(Contrast.ratio(theme[.selectionText], theme[.selection]) >= 4.5)
    #expect(Contrast.ratio(theme[.simulated], ground) >= 4.5)
  }

  @Test(arguments: ["default", "light", "colorblind"])
  func `neighbouring layers can be told apart, and all of them from the ground`(
    _ name: String
  ) throws {
    let theme = try Theme.named(name, in: UIState.themes)
    #expect(theme.layers.count >= 5)
    for (low, high) in zip(theme.layers, theme.layers.dropFirst()) {
      #expect(Eye.difference(low, high, vision: .common) >= 0.08, "\(low) and \(high)")
    }
    for layer in theme.layers {
      #expect(Contrast.ratio(layer, theme[.background]) >= 1.6, "\(layer) of \(name)")
    }
  }

  @Test(arguments: [Eye.Vision.protanopia, .deuteranopia, .tritanopia])
  func `the colour-blind theme keeps layers and sides apart`(_ vision: Eye.Vision) throws {
    let theme = try Theme.named("colorblind", in: UIState.themes)
    #expect(theme.hasTextures)
    for (low, high) in zip(theme.layers, theme.layers.dropFirst()) {
      #expect(Eye.difference(low, high, vision: vision) >= 0.08, "\(low) and \(high)")
    }
    #expect(Eye.difference(theme[.long], theme[.short], vision: vision) >= 0.08)
  }

  @Test func `the cumulative line shows over every layer of every theme`() {
    for theme in UIState.themes where !theme.isMono {
      let palette = Palette(theme, depth: .truecolor, layerCount: theme.layers.count)
      for layer in theme.layers {
        let style = palette.cumulative(over: layer)
        #expect(style.background == layer)
        #expect(Contrast.ratio(style.foreground, layer) >= 1.9, "\(theme.name) over \(layer)")
      }
    }
  }

  @Test func `more layers than colours are spread over the theme's range`() throws {
    let theme = try Theme.named("default", in: UIState.themes)
    let nine = theme.layerColors(9)
    #expect(nine.count == 9)
    #expect(Set(nine).count == 9)
    #expect(nine.first == theme.layers.first)
    #expect(nine.last == theme.layers.last)
    #expect(nine[4] == theme.layers[2])
    #expect(theme.layerColors(1) == [theme.layers[0]])
    #expect(theme.layerColors(0).isEmpty)
  }

  @Test(arguments: [
    (
      "text = \"#d7dae8\"", "text = \"blue-ish\"",
      "theme \"default\", colors.text: \"blue-ish\" is no colour; "
        + "allowed are \"#rrggbb\" and \"terminal\""
    ),
    (
      "text = \"#d7dae8\"", "text = 7",
      "theme \"default\", colors.text: must be a text; allowed are \"#rrggbb\" and \"terminal\""
    ),
    (
      "text = \"#d7dae8\"\n", "",
      "theme \"default\", colors.text: is missing; allowed are \"#rrggbb\" and \"terminal\""
    ),
    (
      "textures = false", "textures = \"no\"",
      "theme \"default\", textures: must be true or false"
    ),
    (
      "textures = false", "texture = false",
      "theme \"default\", texture: is not a key of a theme; "
        + "allowed are name, textures and colors"
    ),
    (
      "name = \"default\"\n", "",
      "theme \"given\", name: must be a text, the theme's name"
    ),
    (
      "layers = [\"#54458a\", ", "layers = [\"#54458\", ",
      "theme \"default\", colors.layers[0]: \"#54458\" is no colour; "
        + "allowed are \"#rrggbb\" and \"terminal\""
    ),
  ])
  func `a bad theme is told with its name, the key and what is allowed`(
    _ good: String, _ bad: String, _ sentence: String
  ) throws {
    let source = try #require(BuiltInThemes.sources.first).toml
    try #require(source.contains(good))
    let broken = source.replacing(good, with: bad)
    let error = #expect(throws: ThemeError.self) { try Theme(toml: broken, name: "given") }
    #expect(error?.description == sentence)
  }

  @Test func `an unknown colour is told with the ones there are`() throws {
    let source = try #require(BuiltInThemes.sources.first).toml
    let broken = source.replacing("magnet =", with: "magnets =")
    let error = #expect(throws: ThemeError.self) { try Theme(toml: broken, name: "given") }
    #expect(error?.key == "colors.magnets")
    #expect(error?.problem.contains("allowed are background, text") == true)
  }

  @Test func `text that is no TOML is told with its line`() {
    let error = #expect(throws: ThemeError.self) {
      try Theme(toml: "name = \"x\"\ncolors = [", name: "mine")
    }
    #expect(error?.theme == "mine")
    #expect(error?.key.hasPrefix("line ") == true)
  }

  @Test func `an unknown theme's name is answered with the names there are`() {
    let error = #expect(throws: ThemeError.self) {
      try Theme.named("neon", in: UIState.themes)
    }
    #expect(
      error?.description
        == "theme \"neon\", --theme: no theme has that name; "
        + "allowed are default, light, colorblind, mono")
  }

  @Test func `contrast follows the reference values`() {
    let black = Color.rgb(RGB(0, 0, 0))
    let white = Color.rgb(RGB(255, 255, 255))
    #expect(abs(Contrast.ratio(black, white) - 21) < 1e-9)
    #expect(abs(Contrast.ratio(.rgb(RGB(119, 119, 119)), white) - 4.478) < 0.001)
    #expect(Contrast.ratio(white, white) == 1)
  }
}
