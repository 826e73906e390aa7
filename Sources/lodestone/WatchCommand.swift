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

  @Argument(help: "The instrument: BTC, BTCUSDT, BTC-USDT-SWAP.")
  var symbol = "BTC"

  @Option(help: "The look-back window.")
  var timeframe: Timeframe = .days7

  @OptionGroup var sourceOptions: SourceOptions

  @Option(help: "Simulated seconds that pass in a second (1 to 3600).")
  var speed: Double = 1

  @Option(help: LayersArgument.help)
  var layers: LayersArgument?

  @Option(help: "The theme: default, light, colorblind, mono.")
  var theme = "default"

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
    let instrument = try Instrument(argument: symbol)
    let origin = try sourceOptions.origin(speed: speed)
    let themes = try themes()
    // What is wrong with a file is said before the screen opens, where it can be read.
    let recording = try recording(of: instrument, origin: origin)
    let symbols = try symbols(origin, instrument)
    let screen: Screen
    let wakeup: Wakeup
    do {
      wakeup = try Wakeup()
      screen = try Screen(options: screenOptions(), wakeup: wakeup)
    } catch {
      throw CommandFailure(.usage, error.description)
    }
    defer { screen.close() }
    let mailbox = Mailbox<MapUpdate> { wakeup.signal() }
    let live = LiveMap(
      origin: origin, instrument: instrument, timeframe: timeframe,
      layers: layers?.layers ?? LeverageLayer.standard, mailbox: mailbox)
    Task.detached {
      if let recording { await live.keep(recording, of: instrument) }
      await live.start()
    }
    let state = AppState(
      symbols: symbols, symbol: instrument,
      timeframes: Timeframe.allCases.map { TimeframeChoice($0) }, timeframe: timeframe,
      source: SourceState(name: "", health: .catchingUp, isSimulated: isSimulated(origin)),
      themes: themes, theme: theme, depth: screen.colorDepth, glyphs: screen.glyphs,
      width: screen.size.width, height: screen.size.height)
    let signal = MapLoop(screen: screen, live: live, mailbox: mailbox, state: state).run()
    if let signal {
      screen.close()
      // What a shell expects of a program that a signal ended.
      Foundation.exit(128 + signal)
    }
  }

  private func themes() throws -> [Theme] {
    do {
      let themes = try Theme.builtIn()
      _ = try Theme.named(theme, in: themes)
      return themes
    } catch {
      throw CommandFailure(.usage, "\(error)")
    }
  }

  private func screenOptions() -> ScreenOptions {
    ScreenOptions(
      environment: ProcessInfo.processInfo.environment, colorDepth: color, glyphs: glyphs,
      synchronizedOutput: synchronizedOutput,
      errorLogPath: FileManager.default.temporaryDirectory
        .appending(path: "lodestone-\(ProcessInfo.processInfo.processIdentifier).log").path)
  }

  private func recording(of instrument: Instrument, origin: MapOrigin) throws -> RecordedMarket? {
    switch origin {
    case .demo:
      guard DemoMarket.instruments.contains(instrument) else {
        throw CommandFailure(.usage, DemoMarket.absence(of: instrument).description)
      }
      return nil
    case .files(let path, let venue, let skipBadRows):
      do {
        return try RecordedMarket(
          path: path, instrument: instrument, venue: venue, skipBadRows: skipBadRows)
      } catch {
        throw error.failure
      }
    }
  }

  /// What Tab walks: the simulator's instruments, or those of the folder.
  private func symbols(_ origin: MapOrigin, _ instrument: Instrument) throws -> [Instrument] {
    switch origin {
    case .demo:
      return DemoMarket.instruments
    case .files(let path, _, _):
      do {
        let listed = try MarketFiles.instruments(path: path)
        return listed.contains(instrument) ? listed : [instrument] + listed
      } catch {
        throw error.failure
      }
    }
  }

  private func isSimulated(_ origin: MapOrigin) -> Bool {
    if case .demo = origin { return true }
    return false
  }
}
