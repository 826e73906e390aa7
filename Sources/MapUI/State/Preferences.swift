import MapEngine
import Market
import Terminal

/// What a user prefers, as far as a running screen can follow. What is nil stays as it is.
public struct Preferences: Hashable, Sendable {
  /// What keys do.
  public var keymap: Keymap?
  /// How numbers and moments are written.
  public var formatting: Formatting?
  /// Which characters are drawn.
  public var glyphs: GlyphSet?
  /// How many colours are shown.
  public var depth: ColorDepth?
  /// The layers of the map.
  public var layers: [LeverageLayer]?
  /// The alert rules; those that were set on the screen stay besides.
  public var alerts: [AlertRule]?
  /// Whether the picture should move as little as it can.
  public var hasReducedMotion: Bool?
  /// The themes that there are; never empty.
  public var themes: [Theme]?
  /// The name of the theme to show.
  public var theme: String?
  /// The instruments that Tab walks.
  public var symbols: [Instrument]?
  /// The instrument to show.
  public var symbol: Instrument?
  /// The timeframe to show.
  public var timeframe: Timeframe?

  /// Nothing preferred.
  public init() {}
}

extension AppState {
  /// Follows what the user prefers.
  public mutating func apply(_ preferences: Preferences) -> [Effect] {
    if let keymap = preferences.keymap { self.keymap = keymap }
    if let formatting = preferences.formatting { self.formatting = formatting }
    if let glyphs = preferences.glyphs { self.glyphs = glyphs }
    if let motion = preferences.hasReducedMotion { hasReducedMotion = motion }
    // The theme in use stays when the others change, unless another one is preferred.
    let name = preferences.theme ?? theme.name
    if let themes = preferences.themes, !themes.isEmpty { self.themes = themes }
    themeIndex = themes.firstIndex { $0.name == name } ?? min(themeIndex, themes.count - 1)
    var effects: [Effect] = []
    if let depth = preferences.depth, depth != self.depth {
      self.depth = depth
      effects.append(.color(depth))
    }
    if let layers = preferences.layers { effects += show(layers: layers) }
    if let symbols = preferences.symbols, !symbols.isEmpty {
      self.symbols = symbols.contains(symbol) ? symbols : [symbol] + symbols
      watchlist = Array(symbols.prefix(Self.watchlistLimit))
      watchlistOrigin = symbols
      isWatchlistEdited = false
      effects.append(.list(watchlist))
    }
    if let symbol = preferences.symbol {
      if !symbols.contains(symbol) { symbols.insert(symbol, at: 0) }
      effects += choose(symbol: symbol)
    }
    if let timeframe = preferences.timeframe,
      let choice = timeframes.first(where: { $0.timeframe == timeframe })
    {
      effects += choose(timeframe: choice)
    }
    // A price that names no instrument is one of the instrument that is asked for by now.
    if let alerts = preferences.alerts { effects += place(alerts: alerts) }
    return effects
  }

  /// Asks for the map in other layers. What was said of single layers was said of the old ones.
  private mutating func show(layers: [LeverageLayer]) -> [Effect] {
    wishedLayers = layers
    isolatedLayer = nil
    sliders = nil
    return [.divide(layers)] + weigh(MapWeights(meaning: weights.meaning))
  }
}
