import ArgumentParser
import Foundation
import Market
import MarketData

/// `lodestone venues`: what each venue answers from here.
struct VenuesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "venues", abstract: "Reach each venue once and print what it answers.",
    discussion: """
      Each chosen venue is asked for its list of instruments and for what holds now of one of \
      them: whether it can be reached and how fast, what it calls the coin, open interest, mark \
      price, funding, what is public there, what limits apply, and what is wrong, in plain words. \
      Ends with 1 when no venue can be reached.
      """)

  /// What is printed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, json
  }

  @Argument(help: "The instrument: BTC, BTCUSDT, BTC-USDT-SWAP. (default: BTC)")
  var symbol: String?

  @OptionGroup var connection: ConnectionOptions

  @Option(help: "What to print.")
  var format: Format = .table

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let configuration = try connection.configuration(
      environment: environment, themes: ThemeChoice.names(environment: environment))
    StandardOutput.complain(configuration.problems.filter { !$0.isGrave })
    let instrument =
      try symbol.map { try Instrument(argument: $0) } ?? configuration.symbol
      ?? Instrument(base: "BTC")
    let settings = try connection.feedSettings(configuration, environment: environment)
    guard settings.venues.values.contains(where: \.isEnabled) else {
      throw CommandFailure.noVenue
    }
    let reports = await VenueProbe.check(settings, instrument: instrument)
    switch format {
    case .table:
      StandardOutput.print(VenueTable(reports).text)
    case .json:
      var document = JSONLine()
      document.add("instrument", instrument.symbol)
      document.add("venues", reports.map(\.json))
      StandardOutput.print(document.text)
    }
    guard reports.contains(where: \.isReachable) else {
      throw CommandFailure(.runTime, "no venue can be reached")
    }
  }
}

extension VenueReport {
  /// The report as one JSON object.
  var json: JSONLine {
    var line = JSONLine()
    line.add("venue", venue.rawValue)
    line.add("reachable", isReachable)
    line.add("latency_ms", latency?.milliseconds)
    line.add("listed", Int64(listed))
    line.add("symbol", instrument?.symbol)
    line.add("open_interest", openInterest)
    line.add("open_interest_usd", openInterestValue)
    line.add("mark", mark)
    line.add("index", index)
    line.add("funding_rate", funding?.rate)
    line.add("funding_interval_ms", funding?.interval?.milliseconds)
    line.add("long_short_ratio", longShortRatio?.ratio)
    line.add("public", offers)
    line.add("limits", limits)
    line.add("error", error)
    line.add("problems", problems)
    return line
  }
}
