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

  /// How five venues stand, one in each state that a feed can be in.
  static let feeds: [FeedState] = [
    FeedState(venue: .binance, isEnabled: true, status: FeedStatus(health: .live)),
    FeedState(
      venue: .bybit, isEnabled: true, status: FeedStatus(health: .catchingUp, progress: 0.437)),
    FeedState(
      venue: .okx, isEnabled: true,
      status: FeedStatus(
        health: .partial(reason: "asked to wait until 14:35:00 UTC by the venue (HTTP 429)"),
        dropped: 1_234,
        gaps: ["liquidations from 13:02:11 to 13:04:50 UTC are lost: nobody was connected"])),
    FeedState(
      venue: .hyperliquid, isEnabled: true,
      status: FeedStatus(health: .stale(since: Timestamp(milliseconds: 1_771_511_402_000)))),
    FeedState(
      venue: .gate, isEnabled: true,
      status: FeedStatus(
        health: .refused(
          reason: "Service unavailable from a restricted location according to the terms"))),
  ]

  /// Feeds of the four venues that all stand alike.
  static func feeds(_ health: FeedHealth) -> [FeedState] {
    [Venue.binance, .bybit, .okx, .hyperliquid].map {
      FeedState(venue: $0, isEnabled: true, status: FeedStatus(health: health))
    }
  }

  /// A screen of live venues; `snapshot` nil while there is no map yet.
  static func live(
    _ feeds: [FeedState] = feeds, health: FeedHealth = .partial(reason: "OKX: asked to wait"),
    hasMap: Bool = true, width: Int = 120, height: Int = 35, theme: String = "default",
    glyphs: GlyphSet = .full
  ) -> AppState {
    let snapshot = MapFixture.snapshot(
      isSimulated: false, venues: [.binance, .bybit, .okx, .hyperliquid])
    var state = make(nil, width: width, height: height, theme: theme, glyphs: glyphs)
    state.source = SourceState(name: "live", health: health, isSimulated: false, feeds: feeds)
    state.other = OtherSource(
      symbols: ["BTC", "ETH", "SOL"].map { Instrument(base: $0) },
      symbol: Instrument(base: "BTC"),
      source: SourceState(name: "demo (seed 1)", health: .catchingUp, isSimulated: true))
    if hasMap { _ = update(&state, .snapshot(snapshot)) }
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
