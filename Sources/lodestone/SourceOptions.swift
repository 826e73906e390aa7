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
      "Where facts come from: live (the venues), demo (a simulated market), or the path of a file "
        + "or folder.", valueName: "live|demo|PATH"))
  var source = "live"

  @Option(help: "Whose margin rules a file's facts follow, and a position.")
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

  /// Whether facts come from a file or folder.
  var isRecorded: Bool { !["live", "demo"].contains(source) }

  /// The simulated market that the options describe; it lives at `speed`.
  func demo(speed: Double = 1) -> DemoSettings {
    DemoSettings(seed: seed, behaviour: behaviour, speed: speed)
  }

  /// The origin that the options name; a simulated market lives at `speed`. `live` is asked for
  /// the venues where they are the origin.
  func origin(speed: Double = 1, live: () throws -> LiveSource) throws -> MapOrigin {
    switch source {
    case "demo": .demo(demo(speed: speed))
    case "live": .live(try live())
    default: .files(path: source, venue: venue, skipBadRows: skipBadRows)
    }
  }
}

/// How fast a simulated market lives, as the commands that watch one share it.
struct SpeedOption: ParsableArguments {
  @Option(help: "Simulated seconds that pass in a second (1 to 3600).")
  var speed: Double = 1

  func validate() throws {
    guard speed.isFinite, (1...3_600).contains(speed) else {
      throw ValidationError("--speed is \(speed); give a number from 1 to 3600")
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
