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
    return effects
  }
}
