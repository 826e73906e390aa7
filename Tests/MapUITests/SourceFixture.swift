import MapEngine
import Market
import Terminal
import TestSupport

@testable import LiveMap
@testable import MapUI

/// Screens of what the program itself shows: of the simulator by its seed, and of recorded facts.
struct SourceFixture: Sendable {
  private let state: SourceState
  private let timeframe: Timeframe
  private let choices: [TimeframeChoice]
  private let snapshot: MapSnapshot
  private let study: MapStudy
  private let ticker: MarketTicker

  /// The simulated market of the seed 1, five minutes after it began to live.
  static let simulated = Result {
    let settings = DemoSettings(seed: 1)
    guard var demo = DemoMarket(Instrument(base: "BTC"), settings: settings) else {
      throw DemoMarket.absence(of: Instrument(base: "BTC"))
    }
    demo.advance(to: settings.now + .minutes(5))
    return try SourceFixture(
      demo.history, demo.source, ticker: demo.ticker, timeframe: .days3, health: .catchingUp)
  }

  /// A hundred days of Bitcoin on Binance by the hour, with the crash of February 2026.
  static let recorded = Result {
    let file = try SharedData.file(
      "data/binance-2025-winter/W1_BTCUSDT_1h_20251204_20260315.csv")
    let market = try RecordedMarket(
      path: file.path, instrument: Instrument(base: "BTC"), venue: .binance, skipBadRows: false)
    return try SourceFixture(
      market.history, market.source, ticker: market.ticker, timeframe: .days30, health: .complete)
  }

  /// What the background makes of facts.
  private init(
    _ history: MarketHistory, _ source: MapSource, ticker: MarketTicker, timeframe: Timeframe,
    health: FeedHealth
  ) throws {
    let request = MapRequest(instrument: Instrument(base: "BTC"), timeframe: timeframe)
    let builder = try MapBuilder(request: request, history: history, source: source)
    let subject = StudySubject(request: request, history: history, tables: [:], builder: builder)
    var forming: [Venue: MarketInterval] = [:]
    for venue in history.venues { forming[venue] = history.forming(venue) }
    let reasons = LiveMap.unavailable(history: history, health: health)
    self.timeframe = timeframe
    self.ticker = ticker
    choices = Timeframe.allCases.map { TimeframeChoice($0, reason: reasons[$0]) }
    state = SourceState(name: source.name, health: health, isSimulated: source.isSimulated)
    snapshot = builder.detailed(forming: forming)
    study = subject.study(continuing: nil, depth: .overTime).0
  }

  /// The screen that shows it.
  func screen(
    _ view: ViewKind, width: Int, height: Int, glyphs: GlyphSet, theme: String
  ) -> AppState {
    var shown = AppState(
      symbols: state.isSimulated
        ? DemoMarket.instruments : [Instrument(base: "BTC")],
      symbol: Instrument(base: "BTC"), timeframes: choices, timeframe: timeframe, source: state,
      themes: UIState.themes, theme: theme, depth: .truecolor, glyphs: glyphs, width: width,
      height: height)
    _ = update(&shown, .market(tape: ticker.tape, figures: ticker.figures))
    _ = update(&shown, .study(study))
    _ = update(&shown, .snapshot(snapshot))
    shown.view = view
    return shown
  }
}
