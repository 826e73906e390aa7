import ArgumentParser
import Foundation
import LiveMap
import MapEngine
import MapUI
import Market
import MarketData
import Terminal

/// `lodestone [SYMBOL]`: the map on the screen.
struct WatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Watch the map on the screen (the default).")

  @Argument(help: "The instrument: BTC, BTCUSDT, BTC-USDT-SWAP. (default: BTC)")
  var symbol: String?

  @OptionGroup var sourceOptions: SourceOptions

  @OptionGroup var connection: ConnectionOptions

  @OptionGroup var pace: SpeedOption

  @OptionGroup var display: DisplayOptions

  @Option(
    help: ArgumentHelp(
      "What would become of a position: side, entry, leverage and coins. A venue behind an @ says "
        + "whose margin rules it follows; P asks on the screen.",
      valueName: "long:60000:10x:0.5[@okx]"),
    transform: PositionWish.init(argument:))
  var position: PositionWish?

  @Option(
    name: .customLong("alert"),
    help: ArgumentHelp(
      "A rule to be told of, as `lodestone alerts --help` lists them; may be repeated.",
      valueName: "kind:name=value,..."))
  var alertTexts: [String] = []

  @OptionGroup var sending: AlertDeliveryOptions

  @Flag(help: "Tell the map in short sentences instead of drawing it, for a screen reader.")
  var plain = false

  @Flag(inversion: .prefixedNo, help: "Wrap frames into synchronized updates.")
  var synchronizedOutput = true

  @Flag(help: "Neither restore what the last session showed nor keep what this one shows.")
  var noState = false

  func validate() throws {
    _ = try sending.targets()
    _ = try sending.rules(alertTexts, option: "--alert")
  }

  @MainActor
  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let themes = ThemeChoice.all(environment: environment)
    let names = themes.map(\.name)
    let configuration = try connection.configuration(environment: environment, themes: names)
    let statePath = noState ? nil : SavedState.standardPath(environment: environment)
    let (kept, note) = keptState(statePath)
    let saved = restorable(kept)
    let flags = try display.flags(symbol: symbol)
    let settings = Settings(
      flags: flags, environment: environment, configuration: configuration, state: saved,
      themes: names)
    StandardOutput.complain(settings.problems.filter { !$0.isGrave })
    let instrument = settings.symbol.value
    let timeframe = settings.timeframe.value
    let theme = try ThemeChoice.checked(settings.theme.value, among: themes)
    let origin = try sourceOptions.origin(speed: pace.speed) {
      try connection.liveSource(configuration, environment: environment)
    }
    guard !plain else {
      // What is wrong with the source is said before anybody waits for it.
      _ = try Opening(origin, instrument: instrument, demo: sourceOptions.demo())
      try await PlainWatch(
        origin: origin, instrument: instrument, timeframe: timeframe,
        layers: settings.layers.value
      ).run()
      return
    }
    let configured = try ConfiguredAlerts(configuration, environment: environment)
    let stated = try sending.stated(alertTexts, option: "--alert", environment: environment)
    let reached = try ConnectionFollower(
      connection, environment: environment, configuration: configuration, isLive: origin.isLive)
    let ways = try stated.ways(beside: configured) { try reached.reach(configuration) }
    let alerts: AlertDesk
    let mailbox: Mailbox<MapUpdate>
    let screen: Screen
    let live: LiveMap
    let reloads: Mailbox<SettingsReload>
    var state: AppState
    do {
      // What is wrong with a file is said before the screen opens, where it can be read.
      let opening = try Opening(origin, instrument: instrument, demo: sourceOptions.demo())
      let wakeup = try Wakeup()
      screen = try Screen(options: screenOptions(environment, settings), wakeup: wakeup)
      reloads = Mailbox<SettingsReload> { wakeup.signal() }
      mailbox = Mailbox<MapUpdate> { wakeup.signal() }
      alerts = AlertDesk(ways, environment: environment) { wakeup.signal() }
      let desk = alerts
      live = LiveMap(
        origin: origin, instrument: instrument, timeframe: timeframe,
        layers: settings.layers.value, mailbox: mailbox,
        heard: { desk.hear($0) }, observed: { desk.observe($0) })
      state = opening.state(
        timeframe: timeframe, themes: themes, theme: theme, screen: screen,
        alerts: configured.rules + stated.rules,
        watchlist: origin.isLive ? settings.watchlist.value : nil)
      var preferences = settings.preferences
      if !state.source.isLive { preferences.symbols = nil }
      _ = state.apply(preferences)
      saved.restore(&state)
      state.message = Message(settings.problems) ?? note
      state.position = position
      Task.detached {
        if let recording = opening.recording { await live.keep(recording, of: instrument) }
        await live.start()
      }
    } catch {
      if case .live(let source) = origin { await source.feeds.shutdown() }
      throw (error as? TerminalError).map { CommandFailure(.usage, $0.description) } ?? error
    }
    defer { screen.close() }
    let watch = watch(configuration, environment: environment, reloads: reloads)
    let loop = MapLoop(
      screen: screen, live: live, mailbox: mailbox, state: state,
      demo: sourceOptions.demo(speed: pace.speed), alerts: alerts,
      following: SettingsFollower(
        flags: flags, environment: environment, configuration: configuration, state: saved,
        settings: settings, own: screen.own, alerts: stated, configured: configured,
        connection: reached, reloads: reloads))
    let signal = loop.run()
    watch?.stop()
    screen.close()
    if let statePath { keep(loop.state, settings, before: kept, path: statePath) }
    await alerts.finish()
    if let signal {
      // What a shell expects of a program that a signal ended.
      Foundation.exit(128 + signal)
    }
    await live.stop()
  }

  /// What the last session left, and what is wrong with it.
  private func keptState(_ path: String?) -> (SavedState, Message?) {
    guard let path else { return (SavedState(), nil) }
    do throws(Refusal) {
      return (try SavedState.read(path), nil)
    } catch {
      return (SavedState(), Message("\(error)", isWarning: true, ticks: 10))
    }
  }

  /// What of it this source can show.
  private func restorable(_ kept: SavedState) -> SavedState {
    var saved = kept
    let isKnown =
      switch sourceOptions.source {
      case "live": true
      case "demo": kept.instrument.map { DemoMarket.instruments.contains($0) } ?? false
      default: false
      }
    if !isKnown { saved.takeSymbol(of: SavedState()) }
    return saved
  }

  private func keep(
    _ state: AppState, _ settings: Settings, before kept: SavedState, path: String
  ) {
    var saved = SavedState(state, theme: settings.theme)
    // The instruments of a file are no wish for the venues.
    if sourceOptions.isRecorded { saved.takeSymbol(of: kept) }
    // A session without venues has nothing to say of their list.
    if sourceOptions.source != "live" { saved.watchlist = kept.watchlist }
    // Those of a simulation are none for the venues.
    if !state.source.isLive { saved.alerts = kept.alerts }
    do {
      try saved.write(path)
    } catch {
      StandardOutput.complain(
        "lodestone: what the screen showed can't be kept: \(error.localizedDescription)")
    }
  }

  /// Watches the file in force, or the one that may be written yet.
  private func watch(
    _ configuration: Configuration, environment: [String: String],
    reloads: Mailbox<SettingsReload>
  ) -> ConfigurationWatch? {
    guard let place = Configuration.place(path: connection.config, environment: environment)
    else { return nil }
    return ConfigurationWatch(path: place.path) { path throws(ConfigurationError) in
      try Configuration(path: path, themes: ThemeChoice.names(environment: environment))
    } found: { found in
      reloads.put(
        SettingsReload(found: found, themes: ThemeChoice.quietly(environment: environment)))
    }
  }

  private func screenOptions(
    _ environment: [String: String], _ settings: Settings
  ) -> ScreenOptions {
    ScreenOptions(
      environment: environment, colorDepth: settings.color.value, glyphs: settings.glyphs.value,
      synchronizedOutput: synchronizedOutput,
      errorLogPath: FileManager.default.temporaryDirectory
        .appending(path: "lodestone-\(ProcessInfo.processInfo.processIdentifier).log").path)
  }
}
