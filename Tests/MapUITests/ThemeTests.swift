import Terminal
import Testing

@testable import MapUI

@Suite struct ThemeTests {
  /// The themes whose colours are known, and so can be measured.
  static let measured = [
    "default", "light", "high-contrast", "colorblind", "deuteranopia", "tritanopia", "solarized",
    "solarized-light",
  ]
  /// The themes for colour-blind eyes, and the eyes that each is for.
  static let forEyes: [(theme: String, visions: [Eye.Vision])] = [
    ("colorblind", Eye.Vision.allCases),
    ("deuteranopia", [.deuteranopia, .protanopia]),
    ("tritanopia", [.tritanopia, .tritanopiaOfBrettel]),
  ]

  private static let words: [Theme.Role] = [
    .text, .dim, .axis, .price, .long, .short, .magnet, .crosshair, .warning,
  ]

  private func theme(_ name: String) throws -> Theme { try Theme.named(name, in: UIState.themes) }

  @Test func `the built-in themes load in the order of the theme key`() throws {
    let names = try Theme.builtIn().map(\.name)
    #expect(
      names == [
        "default", "light", "high-contrast", "colorblind", "deuteranopia", "tritanopia",
        "solarized", "solarized-light", "terminal", "mono",
      ])
    for theme in UIState.themes {
      #expect(!theme.about.isEmpty && theme.about.count <= 60, "\(theme.name)")
    }
  }

  /// WCAG 2, 1.4.3: 4.5:1 for text.
  @Test(arguments: measured)
  func `words can be read on their ground`(_ name: String) throws {
    let theme = try theme(name)
    let ground = theme[.background]
    for role in Self.words {
      #expect(Contrast.ratio(theme[role], ground) >= 4.5, "\(role) of \(name)")
      if role != .price { #expect(Contrast.ratio(theme[role], theme[.overlay]) >= 4, "\(role)") }
    }
    #expect(Contrast.ratio(theme[.simulatedText], theme[.simulated]) >= 4.5)
    #expect(Contrast.ratio(theme[.selectionText], theme[.selection]) >= 4.5)
    #expect(Contrast.ratio(theme[.simulated], ground) >= 4.5)
  }

  /// WCAG 2, 1.4.6: 7:1 for text; 1.4.11: 3:1 for what carries meaning.
  @Test func `high contrast means what WCAG's highest level asks for`() throws {
    let theme = try theme("high-contrast")
    for role in Self.words {
      #expect(Contrast.ratio(theme[role], theme[.background]) >= 7, "\(role)")
      #expect(Contrast.ratio(theme[role], theme[.overlay]) >= 7, "\(role)")
    }
    for (front, ground) in [
      (Theme.Role.simulatedText, Theme.Role.simulated), (.selectionText, .selection),
    ] {
      #expect(Contrast.ratio(theme[front], theme[ground]) >= 7)
    }
    #expect(Contrast.ratio(theme[.border], theme[.background]) >= 3)
    for layer in theme.layers { #expect(Contrast.ratio(layer, theme[.background]) >= 3) }
    for (low, high) in zip(theme.layers, theme.layers.dropFirst()) {
      #expect(Contrast.ratio(low, high) >= 1.3, "\(low) and \(high)")
    }
    #expect(theme.hasTextures)
  }

  @Test(arguments: measured)
  func `neighbouring layers can be told apart, and all of them from the ground`(
    _ name: String
  ) throws {
    let theme = try theme(name)
    #expect(theme.layers.count >= 5)
    for (low, high) in zip(theme.layers, theme.layers.dropFirst()) {
      #expect(Eye.difference(low, high, vision: .common) >= 0.08, "\(low) and \(high)")
    }
    for layer in theme.layers {
      #expect(Contrast.ratio(layer, theme[.background]) >= 1.6, "\(layer) of \(name)")
    }
  }

  @Test(arguments: forEyes)
  func `a colour-blind theme keeps layers, sides and marks apart for its eyes`(
    _ name: String, _ visions: [Eye.Vision]
  ) throws {
    let theme = try theme(name)
    #expect(theme.hasTextures)
    for vision in visions {
      for (index, low) in theme.layers.enumerated() {
        for high in theme.layers[(index + 1)...] {
          #expect(Eye.difference(low, high, vision: vision) >= 0.1, "\(low), \(high), \(vision)")
        }
      }
      #expect(Eye.difference(theme[.long], theme[.short], vision: vision) >= 0.15, "\(vision)")
      for side in [Theme.Role.long, .short] {
        #expect(Eye.difference(theme[side], theme[.magnet], vision: vision) >= 0.08, "\(vision)")
      }
    }
    // Lightness alone, which every eye has, parts all neighbours too.
    for (low, high) in zip(theme.layers, theme.layers.dropFirst()) {
      #expect(Contrast.ratio(low, high) >= 1.1, "\(low) and \(high)")
    }
  }

  @Test
  func `the models of colour-blind eyes leave greys as they are, and confuse what such eyes do`() {
    func color(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Color { .rgb(RGB(red, green, blue)) }
    let grey = color(128, 128, 128)
    for vision in Eye.Vision.allCases {
      #expect(Eye.difference(grey, color(128, 128, 128), vision: vision) == 0)
      #expect(Eye.difference(grey, color(255, 255, 255), vision: vision) > 0.3)
    }
    let (green, orange) = (color(0, 158, 40), color(190, 110, 0))
    #expect(Eye.difference(green, orange, vision: .common) > 0.2)
    #expect(Eye.difference(green, orange, vision: .deuteranopia) < 0.1)
    let (blue, teal) = (color(70, 140, 220), color(40, 145, 150))
    #expect(Eye.difference(blue, teal, vision: .common) > 0.1)
    for vision in [Eye.Vision.tritanopia, .tritanopiaOfBrettel] {
      #expect(Eye.difference(blue, teal, vision: vision) < 0.06, "\(vision)")
    }
  }

  @Test func `in textured themes each layer has a texture of its own, and its marks can be seen`() {
    for theme in UIState.themes where theme.hasTextures {
      for set in GlyphSet.allCases {
        let palette = Palette(theme, depth: .truecolor, layerCount: 5)
        let painter = BarPainter(palette, glyphs: Glyphs(set: set), layers: 5)
        let swatches = (0..<5).map { painter.swatch($0) }
        #expect(Set(swatches.map(\.scalar)).count == 5, "\(theme.name), \(set)")
        for swatch in swatches
        where swatch.scalar != " " && swatch.style.background != .terminalDefault {
          let difference = Eye.difference(
            swatch.style.foreground, swatch.style.background, vision: .common)
          #expect(difference >= 0.04, "\(swatch.scalar) of \(theme.name)")
        }
      }
    }
  }

  @Test func `the cumulative line shows over every layer of every theme`() {
    for theme in UIState.themes where !theme.isMono && !theme.hasTerminalLayers {
      let palette = Palette(theme, depth: .truecolor, layerCount: theme.layers.count)
      for layer in theme.layers {
        let style = palette.cumulative(over: layer)
        #expect(style.background == layer)
        let ratio = Contrast.ratio(style.foreground, layer)
        #expect(ratio >= 1.9, "\(theme.name) over \(layer)")
        // Dimmer than on the ground, so that the bar keeps its colour.
        let full = max(
          Contrast.ratio(palette.cumulative.foreground, layer),
          Contrast.ratio(palette.background, layer))
        #expect(ratio <= max(full * 0.9, 2.6), "\(theme.name) over \(layer)")
      }
    }
  }

  // MARK: - The terminal's own colours

  @Test func `the theme of the terminal's own colours has no others, and no ground`() throws {
    let theme = try theme("terminal")
    for role in Theme.Role.allCases {
      if case .rgb = theme[role] { Issue.record("\(role) is a colour of its own") }
    }
    for role in [Theme.Role.background, .text, .dim, .axis, .border, .price, .overlay] {
      #expect(theme[role] == .terminalDefault)
    }
    // Black and white in both strengths are what grounds are made of: words in them may vanish.
    let risky: [Color] = [.ansi(.black), .ansi(.white), .ansi(.brightBlack), .ansi(.brightWhite)]
    for role in Self.words { #expect(!risky.contains(theme[role]), "\(role)") }
    #expect(Set(theme.layers).count == 5)
    #expect(Set(theme.layers).isDisjoint(with: risky))
    #expect(theme.hasTextures && !theme.isMono)
  }

  @Test(arguments: ColorDepth.allCases)
  func `what that theme leaves to the terminal stands out by attributes`(
    _ depth: ColorDepth
  ) throws {
    let palette = Palette(try theme("terminal"), depth: depth, layerCount: 5)
    #expect(palette.dim.attributes.contains(.dim))
    #expect(palette.border.attributes.contains(.dim))
    #expect(palette.faint.attributes.contains(.dim))
    #expect(palette.cumulative.attributes.contains(.bold))
    #expect(palette.selection.attributes.isSuperset(of: [.bold, .reverse]))
    #expect(palette.text == .plain)
    let painter = BarPainter(palette, glyphs: Glyphs(set: .full), layers: 5)
    #expect(Set((0..<5).map { painter.swatch($0).scalar }).count == 5)
    let inks = (0..<5).map { painter.swatch($0).style.foreground }
    #expect(
      inks == (depth == .mono ? Array(repeating: .terminalDefault, count: 5) : palette.layers))
  }

  @Test func `a frame in the terminal's own colours names only those`() throws {
    for depth in [ColorDepth.ansi16, .ansi256, .truecolor] {
      let frame = UIState.make(theme: "terminal", depth: depth).frame
      var own = 0
      for cell in frame.cells {
        for color in [cell.style.foreground, cell.style.background] {
          if case .rgb = color { Issue.record("\(cell)") }
          if case .ansi = color { own += 1 }
        }
      }
      #expect(own > 500)
    }
  }

  // MARK: - Numbers of layers

  @Test func `more layers than colours are spread over the theme's range`() throws {
    let theme = try theme("default")
    let nine = theme.layerColors(9)
    #expect(nine.count == 9)
    #expect(Set(nine).count == 9)
    #expect(nine.first == theme.layers.first)
    #expect(nine.last == theme.layers.last)
    #expect(nine[4] == theme.layers[2])
    #expect(theme.layerColors(1) == [theme.layers[0]])
    #expect(theme.layerColors(0).isEmpty)
  }

  @Test func `contrast follows the reference values`() {
    let black = Color.rgb(RGB(0, 0, 0))
    let white = Color.rgb(RGB(255, 255, 255))
    #expect(abs(Contrast.ratio(black, white) - 21) < 1e-9)
    #expect(abs(Contrast.ratio(.rgb(RGB(119, 119, 119)), white) - 4.478) < 0.001)
    #expect(Contrast.ratio(white, white) == 1)
  }

  // MARK: - Samples

  @Test(arguments: GlyphSet.allCases)
  func `a sample shows a theme's name, its words and its layers in its colours`(
    _ set: GlyphSet
  ) throws {
    for theme in UIState.themes {
      for depth in ColorDepth.allCases {
        let sample = ThemeSample.grid(theme, depth: depth, glyphs: set)
        #expect(sample.width == ThemeSample.width && sample.height == ThemeSample.height)
        let text = sample.lines.joined(separator: "\n")
        for word in [theme.name, "longs", "shorts", "magnet", "SIMULATED", "selected", "100x"] {
          #expect(text.contains(word), "\(word) of \(theme.name)")
        }
      }
      let sample = ThemeSample.grid(theme, depth: .truecolor, glyphs: set)
      #expect(sample.lines[0].contains(theme.about), "\(theme.name)")
      let colors = Set(sample.cells.flatMap { [$0.style.foreground, $0.style.background] })
      #expect(colors.isSuperset(of: theme.layers), "\(theme.name)")
    }
  }
}
