import MapEngine
import Market
import Terminal

@testable import MapUI

/// States and frames that tests begin with.
enum UIState {
  static let themes: [Theme] = {
    do {
      return try Theme.builtIn()
    } catch {
      fatalError("\(error)")
    }
  }()

  static func make(
    _ snapshot: MapSnapshot? = MapFixture.snapshot(), width: Int = 120, height: Int = 35,
    theme: String = "default", depth: ColorDepth = .truecolor, glyphs: GlyphSet = .full
  ) -> AppState {
    let choices = Timeframe.allCases.map {
      TimeframeChoice(
        $0, reason: [.days180, .year1].contains($0) ? "the source holds 120 days" : nil)
    }
    var state = AppState(
      symbols: ["BTC", "ETH", "SOL"].map { Instrument(base: $0) },
      symbol: Instrument(base: "BTC"), timeframes: choices, timeframe: .days7,
      source: SourceState(name: "demo (seed 7)", health: .live, isSimulated: true),
      themes: themes, theme: theme, depth: depth, glyphs: glyphs, width: width, height: height)
    if let snapshot { _ = update(&state, .snapshot(snapshot)) }
    return state
  }

  /// The state after some keys; the effects are dropped.
  static func after(_ keys: Key..., in start: AppState) -> AppState {
    var state = start
    for key in keys { _ = update(&state, .input(.key(key))) }
    return state
  }
}

extension AppState {
  /// The frame in the state's own window.
  var frame: CellGrid { draw(self, width: width, height: height) }
}
