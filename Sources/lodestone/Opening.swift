import LiveMap
import MapEngine
import MapUI
import Market
import MarketData
import Terminal

/// What the screen opens with, by the origin of its maps.
struct Opening: Sendable {
  /// Facts that were read on the way; nil where there are none yet.
  let recording: RecordedMarket?
  private let instrument: Instrument
  private let symbols: [Instrument]
  private let source: SourceState
  private let other: OtherSource?

  /// Coins that Tab walks on live venues besides the one that was asked for.
  static let liveCoins = ["BTC", "ETH", "SOL", "XRP", "DOGE", "BNB", "HYPE"]

  /// The opening on an origin. Throws what is wrong with it, where that can be known already.
  /// `demo` is the simulator that a key offers in place of live venues.
  init(_ origin: MapOrigin, instrument: Instrument, demo: DemoSettings) throws {
    self.instrument = instrument
    let simulated = SourceState(
      name: "demo (seed \(demo.seed))", health: .catchingUp, isSimulated: true)
    switch origin {
    case .demo:
      guard DemoMarket.instruments.contains(instrument) else {
        throw CommandFailure(.usage, DemoMarket.absence(of: instrument).description)
      }
      recording = nil
      symbols = DemoMarket.instruments
      source = simulated
      other = nil
    case .files(let path, let venue, let skipBadRows):
      do throws(FileError) {
        recording = try RecordedMarket(
          path: path, instrument: instrument, venue: venue, skipBadRows: skipBadRows)
        symbols = try MarketFiles.instruments(path: path)
      } catch {
        throw error.failure
      }
      source = SourceState(name: "", health: .catchingUp, isSimulated: false)
      other = nil
    case .live(let live):
      recording = nil
      symbols = Self.liveCoins.map { Instrument(base: $0) }
      let states = LiveMarket.beginning(live)
      source = SourceState(
        name: "live", health: .catchingUp, isSimulated: false, feeds: states.map(FeedState.init))
      other = OtherSource(
        symbols: DemoMarket.instruments, symbol: DemoMarket.instruments[0], source: simulated)
    }
  }

  /// How many instruments a watchlist begins with unless one was given.
  static let firstListed = 7

  /// The first state of the screen, with the alerts that arguments and the configuration set, and
  /// the watchlist of the configuration: the source's first symbols unless there is one.
  @MainActor
  func state(
    timeframe: Timeframe, themes: [Theme], theme: String, screen: Screen,
    alerts: [AlertRule] = [], watchlist: [Instrument]? = nil
  ) -> AppState {
    var state = AppState(
      symbols: symbols, symbol: instrument,
      timeframes: Timeframe.allCases.map { TimeframeChoice($0) }, timeframe: timeframe,
      source: source, themes: themes, theme: theme, depth: screen.colorDepth,
      glyphs: screen.glyphs, width: screen.size.width, height: screen.size.height)
    state.other = other
    let listed = watchlist ?? Array(state.symbols.prefix(Self.firstListed))
    state.watchlist = Array(listed.prefix(AppState.watchlistLimit))
    // The loop has them judged when it begins.
    _ = state.place(alerts: alerts)
    return state
  }
}

extension FeedState {
  /// A venue's state as the screen shows it.
  init(_ state: VenueState) {
    self.init(venue: state.venue, isEnabled: state.isEnabled, status: state.status)
  }
}
