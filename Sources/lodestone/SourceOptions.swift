import ArgumentParser
import LiveMap
import MapEngine
import Market
import MarketData
import MarketSimulator

extension Timeframe: ExpressibleByArgument {}
extension Venue: ExpressibleByArgument {
  /// The venues that a file can come from; the simulator's are no choice.
  public static var allValueStrings: [String] { real.map(\.rawValue) }
}
extension Behaviour: ExpressibleByArgument {}

/// Where facts come from, as the commands that draw a map share it.
struct SourceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where facts come from: demo (a simulated market), live, or the path of a file or folder.",
      valueName: "demo|live|PATH"))
  var source = "demo"

  @Option(help: "Whose margin rules a file's facts follow.")
  var venue: Venue = .binance

  @Flag(help: "Leave out rows of a file that can't be read, count and report them.")
  var skipBadRows = false

  @Option(help: "The seed of the simulated market; the same seed gives the same market.")
  var seed: UInt64 = 1

  @Option(help: "How the simulated traders behave.")
  var behaviour: Behaviour = .ordinary

  func validate() throws {
    guard !venue.isSimulated else {
      throw ValidationError(
        "--venue \(venue.rawValue) is the simulator's own; use --source demo to see it")
    }
  }

  /// The origin that the options name; a simulated market lives at `speed`.
  func origin(speed: Double = 1) throws -> MapOrigin {
    switch source {
    case "demo":
      return .demo(DemoSettings(seed: seed, behaviour: behaviour, speed: speed))
    case "live":
      throw CommandFailure(
        .usage,
        "live data from the venues is not built yet; use --source demo for a simulated market "
          + "or --source PATH for recorded data")
    default:
      return .files(path: source, venue: venue, skipBadRows: skipBadRows)
    }
  }
}

extension Instrument {
  /// The instrument that an argument names, or a sentence about what it should be.
  init(argument text: String) throws {
    guard let instrument = Instrument(named: text) else {
      throw ValidationError("\"\(text)\" names no instrument; write a coin such as BTC or BTCUSDT")
    }
    self = instrument
  }
}

extension FileError {
  /// The failure of a command that met this error.
  var failure: CommandFailure {
    CommandFailure(isSystemFailure ? .runTime : .usage, description)
  }
}
