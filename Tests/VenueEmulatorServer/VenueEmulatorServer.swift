import ArgumentParser
import Foundation
import Market
import VenueEmulator

/// The emulator's own program: five venues on this machine, until it is told to end.
@main
struct VenueEmulatorServer: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Emulates the venues on this machine, over one simulated market.",
    discussion: """
      Prints one JSON object with each venue's rest_url and stream_url, the file of the \
      certificate authority to trust (SSL_CERT_FILE), and the configuration file; then serves \
      until TERM or INT, and prints one JSON object with what has happened, above all with what \
      the clients did that the venues' documentation forbids.
      """)

  @Option(help: "The seed of the market.")
  var seed: UInt64 = 1
  @Option(help: "For how many whole days the market has been simulated.")
  var days = 8
  @Option(help: "The coins that trade, by commas.")
  var coins = EmulatedCoin.all.map(\.name).joined(separator: ",")
  @Option(help: "The venues, by commas.")
  var venues = Venue.real.map(\.rawValue).joined(separator: ",")
  @Flag(help: "Plain HTTP and WebSockets, without certificates.")
  var plain = false
  @Option(help: "The first venue's port; the others follow. Any free ones without it.")
  var portBase: Int?
  @Option(help: "How many of the market's seconds pass in a real one.")
  var speed = 1.0
  @Option(help: "Messages a second over all venues; as the venues' documentation says without it.")
  var rate: Double?
  @Option(
    help: """
      What goes wrong: [VENUE:]NAME@+SECONDS[/LENGTH], again and again; names: \
      \(Fault.named.keys.sorted().joined(separator: " ")) clock-skew=SECONDS delisted=SYMBOL \
      contract-size=SYMBOL*FACTOR
      """)
  var fault: [String] = []
  @Option(help: "Draws faults: SEED/SECONDS.")
  var randomFaults: String?
  @Option(help: "Writes a configuration for lodestone into this file.")
  var config: String?
  @Option(help: "Writes the certificate authority into this file; a temporary one without it.")
  var authority: String?
  @Option(help: "Ends by itself after so many seconds.")
  var seconds: Double?

  func run() async throws {
    // An error of writing is told where it happens, not by a signal.
    signal(SIGPIPE, SIG_IGN)
    let fleet = try await EmulatorFleet(try options())
    try announce(fleet)
    await end(after: seconds)
    await fleet.stop()
    say(fleet.report)
  }

  private func options() throws -> EmulatorFleet.Options {
    var options = EmulatorFleet.Options()
    options.seed = seed
    options.days = days
    options.isSecure = !plain
    options.portBase = portBase
    options.speed = speed
    options.rate = rate
    options.faults = fault
    options.venues = try venues.split(separator: ",").map { name in
      guard let venue = Venue(rawValue: String(name)), !venue.isSimulated else {
        throw ValidationError("no such venue: \(name)")
      }
      return venue
    }
    options.coins = try coins.split(separator: ",").map { name in
      guard let coin = EmulatedCoin.all.first(where: { $0.name == name.uppercased() }) else {
        throw ValidationError("no such coin: \(name)")
      }
      return coin
    }
    if let randomFaults {
      let parts = randomFaults.split(separator: "/")
      guard parts.count == 2, let seed = UInt64(parts[0]), let length = Int64(parts[1]) else {
        throw ValidationError("random faults are SEED/SECONDS")
      }
      options.random = (seed, .seconds(length))
    }
    return options
  }

  private func announce(_ fleet: EmulatorFleet) throws {
    var members = ""
    if !plain {
      let file =
        authority
        ?? FileManager.default.temporaryDirectory
        .appending(path: "venue-emulator-\(ProcessInfo.processInfo.processIdentifier).pem").path
      try EmulatorCertificates.authority.write(
        toFile: file, atomically: true, encoding: .utf8)
      members += ",\"authority\":\"\(file)\""
    }
    if let config {
      try fleet.configuration.write(toFile: config, atomically: true, encoding: .utf8)
      members += ",\"config\":\"\(config)\""
    }
    say(fleet.endpoints.dropLast() + members + "}")
  }

  /// One line, at once: whoever started this waits for it.
  private func say(_ line: String) {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
    } catch {
      // Whoever started this no longer listens, and there is nobody else to tell.
    }
  }

  /// Waits for TERM, INT, or the end of the time.
  private func end(after seconds: Double?) async {
    let signals = [SIGTERM, SIGINT]
    for number in signals { signal(number, SIG_IGN) }
    let (events, continuation) = AsyncStream.makeStream(of: Void.self)
    let sources = signals.map { number in
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { continuation.yield() }
      source.resume()
      return source
    }
    var timer: Task<Void, Never>?
    if let seconds {
      timer = Task {
        try? await Task.sleep(for: .seconds(seconds))
        continuation.yield()
      }
    }
    var iterator = events.makeAsyncIterator()
    _ = await iterator.next()
    timer?.cancel()
    for source in sources { source.cancel() }
  }
}
