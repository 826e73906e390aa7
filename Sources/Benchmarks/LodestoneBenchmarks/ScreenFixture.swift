import MapEngine
import MapUI
import Market
import Terminal

/// A map of the reference candles, and the screen that shows it.
enum ScreenFixture {
  /// The map of the last 30 days. The candles are known to be good: nil can't come back.
  static func snapshot(_ year: YearOfMinutes) -> MapSnapshot? {
    var history = MarketHistory()
    history.append(year.events.suffix(2 * 45 * 1_440))
    let builder = try? MapBuilder(
      request: MapRequest(instrument: Instrument(base: "BTC"), timeframe: .days30),
      history: history, source: MapSource(name: "benchmark", isSimulated: true))
    return builder?.detailed()
  }

  /// The screen with the crosshair on, the default theme, in truecolor.
  static func state(_ snapshot: MapSnapshot?, width: Int, height: Int) -> AppState? {
    guard let snapshot, let theme = try? Theme.builtIn().first else { return nil }
    var state = AppState(
      showing: snapshot, health: .live, theme: theme, depth: .truecolor, glyphs: .full,
      width: width, height: height)
    _ = update(&state, .input(.key(.right)))
    return state
  }
}
