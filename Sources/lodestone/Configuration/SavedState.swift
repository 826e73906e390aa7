import Foundation
import MapEngine
import MapUI
import Market

/// What was on the screen when the program ended last: `lodestone/state.json` below
/// `XDG_STATE_HOME` or `~/.local/state`. What isn't there, or isn't known any more, is not restored.
struct SavedState: Hashable, Sendable, Codable {
  /// The stretch of the map in sight, in log distance from the price.
  struct Zoom: Hashable, Sendable, Codable {
    var centre: Double
    var span: Double?
  }

  /// An alert that was set on the screen.
  struct Alert: Hashable, Sendable, Codable {
    /// The rule, as text.
    var rule: String
    var isEnabled: Bool
    /// Milliseconds since 1970; nil where it isn't snoozed.
    var snoozedUntil: Int64?
  }

  /// What stood around the map and on it. Nil for as the window's size says.
  struct Panels: Hashable, Sendable, Codable {
    var side: Bool?
    var strip: Bool?
    var structure: Bool?
    var bands: Bool?
    var heatmapStructure: Bool?
  }

  /// The watchlist as it was left on the screen.
  struct Watchlist: Hashable, Sendable, Codable {
    var symbols: [String]
    /// The list of the configuration that was changed so; nil where it had none.
    var origin: [String]?
  }

  var symbol: String?
  var timeframe: Timeframe?
  /// The stretch that was in sight; nil for the whole map.
  var zoom: Zoom?
  /// The name of the view.
  var view: String?
  /// The theme, where it was chosen by its key.
  var theme: String?
  /// The alerts that were set on the screen.
  var alerts: [Alert]?
  /// The panels, as far as keys opened or closed them.
  var panels: Panels?
  /// The watchlist, where it was changed on the screen.
  var watchlist: Watchlist?
  /// The name of the watchlist's order.
  var watchOrder: String?

  /// Nothing known.
  init() {}

  /// What of the screen is worth keeping. `theme` is the one that the settings chose: another one
  /// was chosen by its key.
  init(_ state: AppState, theme: Setting<String>) {
    symbol = state.symbol.shortName
    timeframe = state.timeframe
    if state.viewport != .whole {
      zoom = Zoom(centre: state.viewport.centre, span: state.viewport.span)
    }
    view = "\(state.view)"
    let isChosen = state.theme.name != theme.value || theme.origin == .state
    self.theme = isChosen ? state.theme.name : nil
    alerts = state.ownAlerts.map {
      Alert(
        rule: $0.description, isEnabled: $0.isEnabled,
        snoozedUntil: $0.snoozedUntil?.milliseconds)
    }
    panels = Panels(
      side: state.panels.side, strip: state.panels.strip, structure: state.panels.structure,
      bands: state.panels.bands, heatmapStructure: state.showsHeatmapStructure)
    watchOrder = "\(state.watchOrder)"
    watchlist = state.editedWatchlist.map { edited in
      Watchlist(
        symbols: edited.map(\.shortName), origin: state.watchlistOrigin?.map(\.shortName))
    }
  }

  /// The rules of the alerts; what is no rule any more is left out.
  var rules: [AlertRule] {
    (alerts ?? []).compactMap { alert in
      guard var rule = try? AlertRule(alert.rule) else { return nil }
      rule.isEnabled = alert.isEnabled
      rule.snoozedUntil = alert.snoozedUntil.map(Timestamp.init(milliseconds:))
      return rule
    }
  }

  /// Takes instrument, timeframe and stretch from another state.
  mutating func takeSymbol(of other: SavedState) {
    symbol = other.symbol
    timeframe = other.timeframe
    zoom = other.zoom
  }

  /// The instrument; nil where the name is none.
  var instrument: Instrument? { symbol.flatMap(Instrument.init(named:)) }

  /// Where the state is kept; nil where the environment names no folder.
  static func standardPath(environment: [String: String]) -> String? {
    XDGFolder.path("XDG_STATE_HOME", else: ".local/state", environment: environment)
      .map { $0 + "/lodestone/state.json" }
  }

  /// The state that a file holds; nothing known where there's no file. Throws a sentence where there
  /// is one that can't be used.
  static func read(_ path: String) throws(Refusal) -> SavedState {
    guard FileManager.default.fileExists(atPath: path) else { return SavedState() }
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw Refusal("\(path) can't be read; the last session is not restored")
    }
    do {
      return try JSONDecoder().decode(SavedState.self, from: bytes)
    } catch {
      throw Refusal("\(path) is damaged; the last session is not restored")
    }
  }

  /// Writes the state in one piece, so that a crash leaves the old one or the new one.
  func write(_ path: String) throws {
    let file = URL(filePath: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try encoder.encode(self).write(to: file, options: .atomic)
  }

  /// Puts back what was in sight. The stretch belongs to the instrument and the timeframe that it was
  /// chosen in.
  func restore(_ state: inout AppState) {
    // Levels of the real market mean nothing to a simulated one, or to a file.
    if state.source.isLive { state.add(ownAlerts: rules) }
    restorePanels(&state)
    restoreWatchlist(&state)
    if let order = WatchOrder.allCases.first(where: { "\($0)" == watchOrder }) {
      state.watchOrder = order
    }
    if let name = view, let kind = ViewKind.allCases.first(where: { "\($0)" == name }) {
      state.view = kind
    }
    guard let zoom, state.symbol == instrument, state.timeframe == timeframe,
      zoom.centre.isFinite, zoom.span.map({ $0.isFinite && $0 > 0 }) ?? true
    else { return }
    state.viewport = Viewport(centre: zoom.centre, span: zoom.span)
  }

  private func restorePanels(_ state: inout AppState) {
    guard let panels else { return }
    state.panels.side = panels.side
    state.panels.strip = panels.strip
    if let isShown = panels.structure { state.panels.structure = isShown }
    if let isShown = panels.bands { state.panels.bands = isShown }
    if let isShown = panels.heatmapStructure { state.showsHeatmapStructure = isShown }
  }

  /// Puts back what was changed of the list. Another list in the configuration is the newer wish;
  /// a simulator or a file has a list of its own.
  private func restoreWatchlist(_ state: inout AppState) {
    guard state.source.isLive, let watchlist,
      watchlist.origin == state.watchlistOrigin?.map(\.shortName)
    else { return }
    state.restore(watchlist: watchlist.symbols.compactMap(Instrument.init(named:)))
  }
}
