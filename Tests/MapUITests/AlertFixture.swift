import MapEngine
import Market
import Terminal

@testable import MapUI

/// Rules, alerts and rows of a watchlist that the screen is tried with.
enum AlertFixture {
  static func rules(_ texts: String...) -> [AlertRule] {
    do {
      return try texts.map { try AlertRule($0) }
    } catch {
      fatalError("\(error)")
    }
  }

  /// What a rule of the price or of clusters tells on the fixture's map.
  static func fired(_ rule: AlertRule, isSimulated: Bool = true) -> [FiredAlert] {
    var engine = AlertEngine(rules: [rule])
    return engine.observe(
      AlertObservation(
        time: ViewFixture.now, instrument: ViewFixture.instrument,
        snapshot: MapFixture.snapshot(isSimulated: isSimulated)))
  }

  /// A screen with five rules, of which two have fired.
  static func state(
    width: Int = 120, height: Int = 35, theme: String = "default",
    depth: ColorDepth = .truecolor, glyphs: GlyphSet = .full
  ) -> AppState {
    var state = UIState.make(
      width: width, height: height, theme: theme, depth: depth, glyphs: glyphs)
    _ = state.place(
      alerts: rules(
        "near:distance=5%,usd=1m,on=BTC", "price:above=97000",
        "liquidations:usd=5m,within=10m,side=long,on=ETH,cooldown=1h,to=toast+bell+desktop"),
      own: rules("swept:side=short,usd=2.5m,on=BTC", "bias"))
    state.alerts[3].snoozedUntil = ViewFixture.now + .hours(1)
    state.alerts[4].isEnabled = false
    let fired = fired(state.alerts[1]) + fired(state.alerts[0])
    _ = update(
      &state,
      .alerts(
        fired,
        resting: [
          state.alerts[0].id: [ViewFixture.instrument],
          state.alerts[1].id: [ViewFixture.instrument],
        ]))
    return state
  }

  /// A screen with seven listed instruments, of which one has no map yet.
  static func watching(
    width: Int = 120, height: Int = 35, theme: String = "default",
    depth: ColorDepth = .truecolor, glyphs: GlyphSet = .full
  ) -> AppState {
    var state = UIState.make(
      width: width, height: height, theme: theme, depth: depth, glyphs: glyphs)
    let coins: [(String, Double, UInt64)] = [
      ("BTC", 97_123.4, 7), ("ETH", 3_412.55, 8), ("SOL", 187.2, 9), ("XRP", 2.4123, 10),
      ("1000PEPE", 0.0123456, 11), ("HYPE", 31.4, 12), ("DOGE", 0, 0),
    ]
    state.watchlist = coins.map { Instrument(base: $0.0) }
    let rows = coins.filter { $0.1 > 0 }.enumerated().map { index, coin in
      WatchRow(
        MapFixture.snapshot(
          instrument: Instrument(base: coin.0), price: coin.1, seed: coin.2,
          dollars: 1 / Double(index + 1)),
        // The fourth one's day isn't held.
        dayAgo: index == 3 ? nil : coin.1 * (1 - 0.013 * Double(2 - index)))
    }
    _ = update(&state, .watched(rows))
    _ = state.place(alerts: rules("near:distance=0.5%,on=ETH", "cascade", "price:above=1,on=ETH"))
    return state
  }
}
