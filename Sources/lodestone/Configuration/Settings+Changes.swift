import Foundation
import MapUI
import Terminal

/// A saved configuration, as a running screen takes it in.
struct SettingsReload: Sendable {
  /// The settings that would be in force, or why there are none.
  let found: Result<Configuration, ConfigurationError>
  /// The themes that there are now.
  let themes: [Theme]
}

extension Settings {
  /// What a running screen has to follow of these settings, `old` ones before them. What hasn't
  /// changed in the file stays as keys have left it. `own` is what the terminal has where nobody says
  /// otherwise.
  func preferences(after old: Settings, themes: [Theme], own: TerminalLook) -> Preferences {
    var preferences = Preferences()
    preferences.themes = themes
    if theme.value != old.theme.value { preferences.theme = theme.value }
    if keymap != old.keymap { preferences.keymap = keymap }
    if formatting != old.formatting { preferences.formatting = formatting }
    if glyphs.value != old.glyphs.value { preferences.glyphs = glyphs.value ?? own.glyphs }
    if color.value != old.color.value { preferences.depth = color.value ?? own.depth }
    if layers.value != old.layers.value { preferences.layers = layers.value }
    if reducedMotion.value != old.reducedMotion.value {
      preferences.hasReducedMotion = reducedMotion.value
    }
    if watchlist.value != old.watchlist.value { preferences.symbols = watchlist.value }
    if symbol.value != old.symbol.value { preferences.symbol = symbol.value }
    if timeframe.value != old.timeframe.value { preferences.timeframe = timeframe.value }
    return preferences
  }

  /// What a screen begins with, besides what it is opened with.
  var preferences: Preferences {
    var preferences = Preferences()
    preferences.keymap = keymap
    preferences.formatting = formatting
    preferences.hasReducedMotion = reducedMotion.value
    preferences.symbols = watchlist.value
    return preferences
  }

  /// How often frames may be drawn.
  var budget: FrameBudget {
    FrameBudget(
      frameRate: frameRate.value, bytesPerSecond: bytesPerSecond.value,
      hasReducedMotion: reducedMotion.value)
  }
}

extension Message {
  /// What can't be used of a configuration; nil where all can.
  init?(_ problems: [ConfigurationError]) {
    guard let first = problems.first else { return nil }
    let more = problems.count > 1 ? " (and \(problems.count - 1) more)" : ""
    self.init(first.short + more, isWarning: true, ticks: 15)
  }
}

extension ConfigurationError {
  /// The sentence with the file's name alone, for a line of the screen.
  var short: String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return ConfigurationError(path: name, line: line, key: key, problem: problem).description
  }
}
