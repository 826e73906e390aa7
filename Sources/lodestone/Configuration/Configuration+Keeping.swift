import MapUI

extension Configuration {
  /// The configuration with what an older one says in place of what can't be used: nothing is wrong
  /// with it any more.
  func keeping(_ old: Configuration) -> Configuration {
    var kept = self
    for key in Set(problems.compactMap(\.key)) {
      switch key.split(whereSeparator: { $0 == "." || $0 == "[" }).first ?? "" {
      case "symbol": kept.symbol = old.symbol
      case "timeframe": kept.timeframe = old.timeframe
      case "watchlist": kept.watchlist = old.watchlist
      case "layers": kept.layers = old.layers
      case "theme": kept.theme = old.theme
      case "glyphs": kept.glyphs = old.glyphs
      case "color": kept.color = old.color
      case "frame_rate": kept.frameRate = old.frameRate
      case "bytes_per_second": kept.bytesPerSecond = old.bytesPerSecond
      case "reduced_motion": kept.reducedMotion = old.reducedMotion
      case "units": kept.units = old.units
      case "prefixes": kept.prefixes = old.prefixes
      case "time_zone": kept.timeZone = old.timeZone
      case "decimal": kept.decimal = old.decimal
      case "grouping": kept.grouping = old.grouping
      case "proxy": kept.proxy = old.proxy
      case "venues": kept.venues = old.venues
      // An alert that can't be read must not take one away that was in force.
      case "alerts": kept.alerts = old.alerts
      case "keys": kept.keepKeys(old, of: key)
      default: break
      }
    }
    kept.keymap = Keymap.standard.remapped(kept.keyWishes).keymap
    kept.settle()
    return kept
  }

  /// Takes what an older configuration said of one action, `keys.zoom_in`; all of them where the
  /// table itself is at fault.
  private mutating func keepKeys(_ old: Configuration, of key: String) {
    let action = key.split(separator: ".").last.map(String.init)
    keyWishes = keyWishes.filter { key != "keys" && $0.action != action }
    keyWishes += old.keyWishes.filter { key == "keys" || $0.action == action }
  }
}
