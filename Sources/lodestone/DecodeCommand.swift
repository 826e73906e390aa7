import ArgumentParser
import Foundation
import Market
import MarketData

/// `lodestone decode`: a venue's raw messages as normalised facts, one JSON object a line.
struct DecodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode",
    abstract: "Decode a venue's raw messages into normalised facts, one JSON object a line.",
    discussion: """
      The input is one message, a JSON list of messages, or one message a line, from REST or from a \
      stream. Facts go to the standard output and nothing else does; what can't be decoded is \
      reported on the standard error with its reason and counted.

      Units: coins, US dollars, prices per coin, one-sided open interest, the side of the position \
      that was liquidated, milliseconds since 1970 UTC. What a message doesn't hold is null. Facts \
      that a venue sends without a time bear the time at which they were read.
      """)

  @Option(help: "binance, bybit, okx, hyperliquid or gate.")
  var venue: String

  @Option(
    help: """
      candle, open_interest, mark_price, funding, liquidation, trade, long_short_ratio, instruments \
      or maintenance_tiers.
      """)
  var channel: String

  @Argument(help: "The file to read; - or nothing for the standard input.")
  var file: String?

  @Option(help: "The instrument of messages that name none: BTCUSDT, BTC-USDT-SWAP, BTC.")
  var instrument: String?

  @Option(help: "The interval of candles and buckets that state none: 1m, 5m, 1h, 1d.")
  var interval: String?

  @Option(help: "The venue's list of instruments, as it answered, for contract sizes.")
  var instruments: String?

  @Flag(help: "Exit with 1 when anything could not be decoded.")
  var strict = false

  func validate() throws {
    _ = try knownVenue()
    _ = try knownChannel()
    _ = try knownInterval()
  }

  func run() throws {
    let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
    let listing = try instruments.map { try Self.read($0) }
    let decoded = try decode(try Self.read(file ?? "-"), instruments: listing, readAt: now)
    if !decoded.lines.isEmpty {
      StandardOutput.print(decoded.lines.joined(separator: "\n"))
    }
    for note in decoded.notes { StandardOutput.complain("note: \(note)") }
    for problem in decoded.problems { StandardOutput.complain("not decoded: \(problem)") }
    guard !decoded.problems.isEmpty else { return }
    let count = decoded.problems.count
    let sentence = "\(count) \(count == 1 ? "part" : "parts") could not be decoded"
    guard !strict else { throw CommandFailure(.runTime, sentence + ".") }
    StandardOutput.complain("\(sentence); \(decoded.lines.count) facts were.")
  }

  /// What a run says.
  struct Outcome {
    /// For the standard output.
    var lines: [String] = []
    /// What was decoded only in part, and why; each said once.
    var notes: [String] = []
    /// What could not be decoded, and why.
    var problems: [String] = []
  }

  /// Decodes the bytes of an input.
  ///
  /// - Parameters:
  ///   - instruments: the bytes of the venue's list of instruments.
  ///   - readAt: when the input was read: the time of facts that a venue sends without one.
  func decode(
    _ input: [UInt8], instruments: [UInt8]? = nil, readAt: Timestamp
  ) throws -> Outcome {
    var decoder = VenueDecoder(venue: try knownVenue())
    if let instruments { try Self.learn(instruments, &decoder) }
    let context = DecodeContext(
      symbol: try symbol(decoder.catalog), interval: try knownInterval(), receivedAt: readAt)
    let channel = try knownChannel()
    let messages = MessageSplitter.messages(input)
    var outcome = Outcome()
    var observations: [VenueObservation] = []
    for (index, message) in messages.enumerated() {
      let decoded = decoder.decode(message, channel: channel, context: context)
      observations += decoded.observations
      let place = messages.count > 1 ? "message \(index + 1): " : ""
      outcome.problems += decoded.problems.map { place + $0.description }
    }
    if messages.isEmpty { outcome.problems.append("the input is empty") }
    CandleOrder.close(&observations)
    outcome.lines = observations.flatMap(ObservationLines.lines)
    outcome.notes = Self.notes(observations)
    return outcome
  }

  /// Contract sizes that are missing: what `--instruments` would mend.
  private static func notes(_ observations: [VenueObservation]) -> [String] {
    var seen: Set<String> = []
    return observations.compactMap(\.reason).filter {
      $0.hasPrefix("the contract size of ") && seen.insert($0).inserted
    }
  }

  private static func learn(_ bytes: [UInt8], _ decoder: inout VenueDecoder) throws {
    var problems: [DecodeProblem] = []
    for message in MessageSplitter.messages(bytes) {
      problems += decoder.learnInstruments(message).problems
    }
    guard decoder.catalog.listed.isEmpty else { return }
    let reason = problems.first.map { ": \($0)" } ?? "."
    throw CommandFailure(.usage, "The file of --instruments lists no instrument\(reason)")
  }

  private static func read(_ path: String) throws -> [UInt8] {
    do {
      guard path != "-" else {
        return Array(try FileHandle.standardInput.readToEnd() ?? Data())
      }
      return Array(try Data(contentsOf: URL(filePath: path)))
    } catch {
      throw CommandFailure(.usage, "\(path) can't be read: \(error.localizedDescription)")
    }
  }

  private func knownVenue() throws -> Venue {
    guard let known = Venue(rawValue: venue.lowercased()), !known.isSimulated else {
      throw ValidationError(
        "\(venue) is no venue that can be decoded; those are "
          + Venue.real.map(\.rawValue).joined(separator: ", ") + ".")
    }
    return known
  }

  private func knownChannel() throws -> VenueChannel {
    guard let known = VenueChannel(rawValue: channel.lowercased()) else {
      throw ValidationError(
        "\(channel) is no channel; those are "
          + VenueChannel.allCases.map(\.rawValue).joined(separator: ", ") + ".")
    }
    return known
  }

  private func knownInterval() throws -> Span? {
    guard let interval else { return nil }
    let units: [Character: Span] = [
      "s": .seconds(1), "m": .minutes(1), "h": .hours(1), "d": .days(1), "w": .days(7),
    ]
    guard let unit = interval.last.flatMap({ units[$0] }),
      let count = Int64(interval.dropLast()), (1...1_000).contains(count)
    else {
      throw ValidationError("--interval is \(interval); it must be like 30s, 5m, 1h, 1d or 1w.")
    }
    return Span(milliseconds: unit.milliseconds * count)
  }

  /// The venue's symbol that `--instrument` means: one as the venue writes it, else a coin or
  /// another venue's symbol.
  private func symbol(_ catalog: InstrumentCatalog) throws -> String? {
    guard let instrument else { return nil }
    if catalog.venue != .hyperliquid, let known = catalog.instrument(instrument) {
      return known.symbol
    }
    if catalog.listed.contains(where: { $0.symbol == instrument }) { return instrument }
    guard let named = Instrument(named: instrument) else {
      throw ValidationError("\(instrument) names no instrument.")
    }
    if catalog.venue == .hyperliquid {
      // Builder markets hold a colon; lower case counts (`kPEPE`).
      let isOwn = instrument.contains(":") || named.base == instrument.uppercased()
      return isOwn ? instrument : named.base
    }
    return catalog.perpetual(of: named.base, quote: named.quote)?.symbol ?? instrument
  }
}
