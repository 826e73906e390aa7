import Foundation
import MapEngine
import MapUI
import Market
import TestSupport
import Testing

@testable import lodestone

/// A folder of a test's own, removed behind it.
final class ConfigFolder {
  let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    // The system empties its folder of temporary files.
    _ = try? FileManager.default.removeItem(atPath: path)
  }

  /// Writes a file in one piece, as editors do.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    let file = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
    return file.path
  }
}

@Suite("What the last session showed")
struct ConfigStateTests {
  private func screen() -> AppState {
    AppState(
      symbols: [Instrument(base: "BTC")], symbol: Instrument(base: "BTC"),
      timeframes: [], timeframe: .days7,
      source: SourceState(name: "live", health: .live, isSimulated: false),
      themes: ThemeLibrary().themes, theme: "default", depth: .truecolor, glyphs: .full,
      width: 120, height: 35)
  }

  @Test func `it is written and read back, and brings the screen back`() throws {
    let folder = try ConfigFolder()
    let path = folder.path + "/deep/state.json"
    #expect(try SavedState.read(path) == SavedState())
    var shown = screen()
    shown.view = .tape
    shown.viewport = Viewport(centre: -0.05, span: 0.1)
    shown.themeIndex = 1
    let kept = SavedState(shown, theme: Setting(value: "default", origin: .standard))
    try kept.write(path)
    let read = try SavedState.read(path)
    #expect(read == kept && read.symbol == "BTC" && read.theme == "light")
    var next = screen()
    read.restore(&next)
    #expect(next.view == .tape && next.viewport == shown.viewport)
    // A stretch belongs to the instrument that it was chosen for.
    var other = screen()
    other.symbol = Instrument(base: "ETH")
    read.restore(&other)
    #expect(other.view == .tape && other.viewport == .whole)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/deep").count == 1)
  }

  @Test func `alerts that were set on the screen are there again, those of the file aren't kept`()
    throws
  {
    var shown = screen()
    shown.source.feeds = [
      FeedState(venue: .okx, isEnabled: true, status: FeedStatus(health: .live))
    ]
    var snoozed = try AlertRule("near:distance=0.5%,usd=10m,on=BTC,to=toast+bell")
    snoozed.snoozedUntil = Timestamp(milliseconds: 1_771_511_520_000)
    var off = try AlertRule("bias")
    off.isEnabled = false
    _ = shown.place(alerts: [try AlertRule("cascade")], own: [snoozed, off])
    let path = try ConfigFolder().path + "/state.json"
    try SavedState(shown, theme: Setting(value: "default", origin: .standard)).write(path)
    var kept = try SavedState.read(path)
    #expect(kept.rules == [snoozed, off])
    kept.alerts?.append(SavedState.Alert(rule: "nonsense", isEnabled: true))
    var next = screen()
    next.source.feeds = shown.source.feeds
    _ = next.place(alerts: [off])
    kept.restore(&next)
    // The one that the file has by now stands there once.
    #expect(next.alerts.map(\.description) == [off.description, snoozed.description])
    #expect(next.ownAlerts == [snoozed])
    var simulated = screen()
    simulated.source.isSimulated = true
    kept.restore(&simulated)
    #expect(simulated.alerts.isEmpty)
  }

  private func kept(_ state: AppState) throws -> SavedState {
    let path = try ConfigFolder().path + "/state.json"
    try SavedState(state, theme: Setting(value: "default", origin: .standard)).write(path)
    return try SavedState.read(path)
  }

  private func press(_ keys: String, _ state: inout AppState) {
    for key in keys { _ = update(&state, .input(.key(.character(key)))) }
  }

  @Test func `panels that keys opened or closed come back, the others go by the window`() throws {
    var shown = screen()
    press("ifu", &shown)
    #expect(shown.panels.side == true && shown.panels.structure && shown.panels.bands)
    press("2f1", &shown)
    let read = try kept(shown)
    var next = screen()
    read.restore(&next)
    #expect(next.panels == shown.panels && next.panels.strip == nil)
    #expect(!next.showsHeatmapStructure)
    press("ifB", &next)
    var last = screen()
    try kept(next).restore(&last)
    #expect(last.panels.side == false && !last.panels.structure && last.panels.strip == true)
    // A file of an older version has none of it.
    var old = screen()
    SavedState().restore(&old)
    #expect(old.panels == MapPanels() && old.showsHeatmapStructure)
  }

  @Test func `a watchlist changed on the screen is kept until its configuration changes`() throws {
    let coins = ["BTC", "ETH", "SOL"].map { Instrument(base: $0) }
    func screen(_ configured: [Instrument]?) -> AppState {
      var state = self.screen()
      state.source.feeds = [
        FeedState(venue: .okx, isEnabled: true, status: FeedStatus(health: .live))
      ]
      state.watchlist = coins
      var preferences = Preferences()
      preferences.symbols = configured
      _ = state.apply(preferences)
      return state
    }
    var shown = screen(nil)
    #expect(try kept(shown).watchlist == nil)
    // Enters the list, takes its first line away, and adds another instrument.
    press("ox+PEPE", &shown)
    _ = update(&shown, .input(.key(.enter)))
    let edited = coins.dropFirst() + [Instrument(base: "PEPE")]
    #expect(shown.watchlist == Array(edited))
    let read = try kept(shown)
    var next = screen(nil)
    read.restore(&next)
    #expect(next.watchlist == Array(edited))
    // What was restored is kept on, unless the configuration has another list by now.
    #expect(try kept(next).watchlist == read.watchlist)
    var configured = screen([coins[0]])
    read.restore(&configured)
    #expect(configured.watchlist == [coins[0]])
    press("ox", &configured)
    var again = screen([coins[0]])
    try kept(configured).restore(&again)
    #expect(again.watchlist.isEmpty)
    // A list that is saved into the file while the program runs is the newer wish.
    var preferences = Preferences()
    preferences.symbols = coins
    _ = again.apply(preferences)
    #expect(again.watchlist == coins)
    #expect(try kept(again).watchlist == nil)
  }

  @Test(arguments: WatchOrder.allCases)
  func `the order of the watchlist comes back`(order: WatchOrder) throws {
    var shown = screen()
    press("o", &shown)
    for _ in 0..<order.rawValue { press("s", &shown) }
    #expect(shown.watchOrder == order)
    var next = screen()
    try kept(shown).restore(&next)
    #expect(next.watchOrder == order)
  }

  @Test func `the list of a simulation is not kept for the venues, theirs outlasts it`() throws {
    var simulated = screen()
    simulated.watchlist = [Instrument(base: "BTC"), Instrument(base: "ETH")]
    press("ox", &simulated)
    #expect(simulated.watchlist.count == 1)
    #expect(try kept(simulated).watchlist == nil)
    var live = screen()
    live.source.feeds = [
      FeedState(venue: .okx, isEnabled: true, status: FeedStatus(health: .live))
    ]
    live.watchlist = simulated.watchlist
    live.other = OtherSource(
      symbols: [Instrument(base: "SOL")], symbol: Instrument(base: "SOL"),
      source: SourceState(name: "demo", health: .live, isSimulated: true))
    press("ox", &live)
    _ = update(&live, .input(.key(.escape)))
    press("d", &live)
    #expect(live.source.isSimulated && live.watchlist == [Instrument(base: "SOL")])
    #expect(try kept(live).watchlist?.symbols == [])
  }

  @Test func `a theme is kept where its key chose it, not where the file did`() {
    let shown = screen()
    let fromFile = Setting(value: "default", origin: .file("c", line: 1))
    #expect(SavedState(shown, theme: fromFile).theme == nil)
    #expect(SavedState(shown, theme: Setting(value: "default", origin: .state)).theme == "default")
    #expect(SavedState(shown, theme: Setting(value: "light", origin: .standard)).theme == "default")
  }

  @Test(arguments: [
    "", "{", "[]", #"{"timeframe": "5d"}"#, #"{"zoom": 5}"#, "\u{0}\u{1}", #"{"symbol": 7}"#,
  ])
  func `a damaged file is told and ignored`(text: String) throws {
    let folder = try ConfigFolder()
    let path = try folder.write("state.json", text)
    let refusal = #expect(throws: Refusal.self) { try SavedState.read(path) }
    #expect(refusal?.description == "\(path) is damaged; the last session is not restored")
  }

  @Test func `what is no view and no stretch is left out`() throws {
    let folder = try ConfigFolder()
    let path = try folder.write(
      "state.json",
      #"{"view": "globe", "symbol": "BTC", "timeframe": "7d", "zoom": "#
        + #"{"centre": 0, "span": -1}, "later": 1}"#)
    var next = screen()
    try SavedState.read(path).restore(&next)
    #expect(next.view == .map && next.viewport == .whole)
  }

  @Test func `its usual place is below XDG_STATE_HOME, else below the home folder`() {
    #expect(
      SavedState.standardPath(environment: ["XDG_STATE_HOME": "/s", "HOME": "/h"])
        == "/s/lodestone/state.json")
    #expect(
      SavedState.standardPath(environment: ["XDG_STATE_HOME": "s", "HOME": "/h"])
        == "/h/.local/state/lodestone/state.json")
    #expect(SavedState.standardPath(environment: [:]) == nil)
  }
}

@Suite("A configuration that is saved while the program runs")
struct ConfigurationWatchTests {
  @Test(.timeLimit(.minutes(1)))
  func `each save is found, a file that is gone for the moment changes nothing`() async throws {
    let folder = try ConfigFolder()
    let path = try folder.write("config.toml", "theme = \"light\"")
    let (found, into) = AsyncStream<ConfigurationWatch.Found>.makeStream()
    let watch = ConfigurationWatch(path: path, every: .milliseconds(10)) {
      path throws(ConfigurationError) in
      try Configuration(path: path, themes: ["light", "mono"])
    } found: {
      into.yield($0)
    }
    var results = found.makeAsyncIterator()
    try folder.write("config.toml", "theme = \"mono\"")
    #expect(try await results.next()?.get().theme == "mono")
    try FileManager.default.removeItem(atPath: path)
    try await Task.sleep(for: .milliseconds(50))
    try folder.write("config.toml", "theme = light")
    let next = await results.next()
    let error = #expect(throws: ConfigurationError.self) { try next?.get() }
    #expect(error?.line == 1)
    watch.stop()
  }
}
