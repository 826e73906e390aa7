import MapUI
import Terminal

extension Settings {
  /// One line of what is in force.
  struct Row: Hashable, Sendable {
    /// The key, as a path: `keys.quit`.
    let key: String
    /// The value as the file would write it; a comment where it is found out at run time.
    let value: String
    /// Where it comes from.
    let origin: SettingOrigin
  }

  /// What is in force, a row a setting.
  var rows: [Row] {
    [
      row(SettingKeys.symbol, symbol), row(SettingKeys.timeframe, timeframe),
      row(SettingKeys.watchlist, watchlist, else: "the source's own"),
      row(SettingKeys.layers, layers), row(SettingKeys.theme, theme),
      row(SettingKeys.glyphs, glyphs, else: "by the terminal"),
      row(SettingKeys.color, color, else: "by the terminal"),
      row(SettingKeys.frameRate, frameRate), row(SettingKeys.bytesPerSecond, bytesPerSecond),
      row(SettingKeys.reducedMotion, reducedMotion), row(SettingKeys.units, units),
      row(SettingKeys.prefixes, prefixes), row(SettingKeys.timeZone, timeZone),
      row(SettingKeys.decimal, decimal), row(SettingKeys.grouping, grouping),
    ]
  }

  private func row<Value>(_ key: SettingKey<Value>, _ setting: Setting<Value>) -> Row {
    Row(key: key.name, value: key.written(setting.value), origin: setting.origin)
  }

  private func row<Value>(
    _ key: SettingKey<Value>, _ setting: Setting<Value?>, else words: String
  ) -> Row {
    Row(
      key: key.name, value: setting.value.map(key.written) ?? "# \(words)", origin: setting.origin)
  }

  /// What the keys in force are, a row an action.
  static func keyRows(_ configuration: Configuration) -> [Row] {
    Action.allCases.map { action in
      let wish = configuration.keyWishes.first { $0.action == action.name }
      let isFromFile =
        wish != nil
        && configuration.keymap.keys(of: action) != Keymap.standard.keys(of: action)
      let keys = configuration.keymap.keys(of: action).map { TOMLText.quoted($0.name) }
      let origin = configuration.path.map { SettingOrigin.file($0, line: wish?.line) }
      return Row(
        key: action.name, value: "[" + keys.joined(separator: ", ") + "]",
        origin: isFromFile ? origin ?? .standard : .standard)
    }
  }
}

/// Texts as TOML writes them.
enum TOMLText {
  /// A basic string.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": quoted += "\\\\"
      case "\"": quoted += "\\\""
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
