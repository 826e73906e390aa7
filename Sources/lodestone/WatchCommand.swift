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

  @Option(help: "The look-back window. (default: 7d)")
  var timeframe: Timeframe?

  @OptionGroup var sourceOptions: SourceOptions

  @OptionGroup var connection: ConnectionOptions

  @Option(help: "Simulated seconds that pass in a second (1 to 3600).")
  var speed: Double = 1

  @Option(
    help: ArgumentHelp(
      "What would become of a position: side, entry, leverage and coins. A venue behind an @ says "
        + "whose margin rules it follows; P asks on the screen.",
      valueName: "long:60000:10x:0.5[@okx]"),
    transform: PositionWish.init(argument:))
  var position: PositionWish?

  @Option(help: LayersArgument.help)
  var layers: LayersArgument?

  @Option(help: "The theme, one of those that `lodestone themes` shows. (default: default)")
  var theme: String?

  @Option(help: "How many colours to use, whatever the terminal says of itself.")
  var color: ColorDepth?

  @Option(help: "Which characters to use.")
  var glyphs: GlyphSet?

  @Flag(inversion: .prefixedNo, help: "Wrap frames into synchronized updates.")
  var synchronizedOutput = true

  func validate() throws {
    guard speed.isFinite, (1...3_600).contains(speed) else {
      throw ValidationError("--speed is \(speed); give a number from 1 to 3600")
    }
  }

  @MainActor
  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let configuration = try connection.configuration(environment: environment)
    let instrument =
      try symbol.map { try Instrument(argument: $0) } ?? configuration.symbol
      ?? Instrument(base: "BTC")
    let timeframe = timeframe ?? configuration.timeframe ?? .days7
    let (themes, theme) = try themes(configuration)
    let origin = try sourceOptions.origin(speed: speed) {
      try connection.liveSource(configuration, environment: environment)
    }
    let mailbox: Mailbox<MapUpdate>
    let screen: Screen
    let live: LiveMap
    var state: AppState
    do {
      // What is wrong with a file is said before the screen opens, where it can be read.
      let opening = try Opening(origin, instrument: instrument, demo: sourceOptions.demo())
      let wakeup = try Wakeup()
      screen = try Screen(options: screenOptions(environment), wakeup: wakeup)
      mailbox = Mailbox<MapUpdate> { wakeup.signal() }
      live = LiveMap(
        origin: origin, instrument: instrument, timeframe: timeframe,
        layers: layers?.layers ?? LeverageLayer.standard, mailbox: mailbox)
      state = opening.state(
        timeframe: timeframe, themes: themes, theme: theme, screen: screen)
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
    let signal = MapLoop(
      screen: screen, live: live, mailbox: mailbox, state: state,
      demo: sourceOptions.demo(speed: speed)
    ).run()
    screen.close()
    if let signal {
      // What a shell expects of a program that a signal ended.
      Foundation.exit(128 + signal)
    }
    await live.stop()
  }

  private func themes(_ configuration: Configuration) throws -> ([Theme], String) {
    let name = theme ?? configuration.theme ?? "default"
    let themes = try ThemeChoice.named(
      name, environment: ProcessInfo.processInfo.environment
    ).all
    return (themes, name)
  }

  private func screenOptions(_ environment: [String: String]) -> ScreenOptions {
    ScreenOptions(
      environment: environment, colorDepth: color, glyphs: glyphs,
      synchronizedOutput: synchronizedOutput,
      errorLogPath: FileManager.default.temporaryDirectory
        .appending(path: "lodestone-\(ProcessInfo.processInfo.processIdentifier).log").path)
  }
}
