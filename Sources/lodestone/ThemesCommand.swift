import ArgumentParser
import Foundation
import MapUI
import Terminal

/// `lodestone themes`: every theme, drawn in its own colours.
struct ThemesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "themes", abstract: "Print the themes, drawn in their colours.",
    discussion: """
      The built-in themes and those of the folder lodestone/themes below XDG_CONFIG_HOME or \
      ~/.config: TOML files with name, about, inherits, textures and [colors].
      """)

  @Option(help: "How many colours to use.")
  var color: ColorDepth = .truecolor

  @Option(help: "Which characters to use.")
  var glyphs: GlyphSet = .full

  func run() throws {
    for theme in ThemeChoice.all(environment: ProcessInfo.processInfo.environment) {
      let sample = ThemeSample.grid(theme, depth: color, glyphs: glyphs)
      StandardOutput.print(AnsiFrame.ansi(sample, depth: color))
    }
  }
}
