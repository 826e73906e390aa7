import ArgumentParser
import Foundation
import LiveMap
import MapEngine
import Market
import MarketData

/// `lodestone alerts`: rules over a market without a screen.
struct AlertsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alerts", abstract: "Watch a market without a screen and tell when rules fire.",
    discussion: """
      Rules:

      near:distance=0.5%,usd=10m[,side=long]   a cluster of at least so many dollars is so near
      price:above=70000 | below= | cross=      the price stands there, or goes through
      swept[:side=short,usd=5m]                price went through a cluster
      magnet:moved=0.5% | magnet:grown=50%     the densest cluster changed
      bias                                     the bias has another label
      liquidations:usd=5m,within=5m[,side=]    so much was published as liquidated
      cascade[:usd=2m]                         liquidations of a side within a minute, on two \
      venues or in three steps outwards
      feed[:venue=okx]                         a feed is silent, refuses or lacks facts

      Each may add on=ETH, cooldown=10m (5m unless given) and to=bell+command+NAME. Sizes take k, M \
      and B. Clusters, the magnet and the bias are the map's, which is an estimate (`basis` says \
      modelled); prices, liquidations and feeds are measured.

      Without a --rule the [[alerts]] of the configuration are watched for, those of the instrument \
      and those of none, with the ways that they name there and those of the arguments.

      A file or folder is replayed: rules are judged at every close, on the map of all standing \
      positions, as far as it was known then. It ends with the file.

      Exit codes: 0 when a rule fired, 3 when the time or the file is over without, 2 for bad usage.
      """)

  /// How alerts are printed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  @Argument(help: "The instrument: BTC, BTCUSDT, BTC-USDT-SWAP.")
  var symbol: String

  @Option(
    name: .customLong("rule"),
    help: ArgumentHelp(
      "A rule, as above, in place of those of the configuration; may be repeated.",
      valueName: "kind:name=value,..."))
  var ruleTexts: [String] = []

  @OptionGroup var sourceOptions: SourceOptions

  @OptionGroup var connection: ConnectionOptions

  @Option(help: "The look-back window of the map, live and demo. (default: 7d)")
  var timeframe: Timeframe?

  @OptionGroup var pace: SpeedOption

  @Flag(help: "End when the first rule has fired.")
  var once = false

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("End after so much real time: 30s, 10m, 2h.", valueName: "time"))
  var limit: String?

  @Option(help: "How alerts are printed, a line each.")
  var format: Format = .text

  @Flag(help: "Ring the terminal's bell at every alert.")
  var bell = false

  @OptionGroup var sending: AlertDeliveryOptions

  func validate() throws {
    _ = try duration()
    _ = try sending.targets()
    _ = try sending.rules(ruleTexts, option: "--rule", bell: bell)
    if sourceOptions.isRecorded, timeframe != nil {
      throw ValidationError(
        "--timeframe is for live and demo; a file is replayed on the map of all standing positions")
    }
  }

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let configuration = try connection.configuration(
      environment: environment, themes: ThemeChoice.names(environment: environment))
    StandardOutput.complain(configuration.problems.filter { !$0.isGrave })
    let instrument = try Instrument(argument: symbol)
    let limit = try duration()
    let stated = try sending.stated(
      ruleTexts, option: "--rule", bell: bell, environment: environment)
    let configured = try configured(configuration, instrument, environment: environment)
    let engine = AlertEngine(
      rules: stated.rules
        + (try configured.rules.map { try sending.adding(to: $0, bell: bell) }))
    let ways = try stated.ways(beside: configured) {
      try connection.feedSettings(configuration, environment: environment)
    }
    let origin = try sourceOptions.origin(speed: pace.speed) {
      try connection.liveSource(configuration, environment: environment)
    }
    let delivery = ways.delivery { StandardOutput.complain("lodestone: \($0)") }
    var hasFired = false
    do {
      if case .files(let path, let venue, let skipBadRows) = origin {
        hasFired = try replay(
          engine, path: path, instrument: instrument, venue: venue, skipBadRows: skipBadRows,
          limit: limit, delivery: delivery)
      } else {
        if case .live(let source) = origin { try await source.requireVenue() }
        let watch = AlertWatch(
          origin: origin, instrument: instrument,
          timeframe: timeframe ?? configuration.timeframe ?? .days7)
        try await watch.run(engine, limit: limit) { fired in
          hasFired = true
          tell(fired, delivery)
          return !once
        }
      }
    } catch {
      await delivery.finish()
      throw error
    }
    await delivery.finish()
    if !hasFired { throw ExitCode(Self.nothingFired) }
  }

  /// What the exit code says when no rule has fired.
  private static let nothingFired: Int32 = 3

  /// The alerts of the configuration, where no argument names a rule. Throws where there is nothing to
  /// watch for.
  private func configured(
    _ configuration: Configuration, _ instrument: Instrument, environment: [String: String]
  ) throws -> ConfiguredAlerts {
    guard ruleTexts.isEmpty else { return ConfiguredAlerts() }
    let configured = try ConfiguredAlerts(configuration, environment: environment)
    let advice = "give a --rule such as price:above=70000"
    guard !configured.rules.isEmpty else {
      let place =
        Configuration.place(path: connection.config, environment: environment)?.path
        ?? "a configuration"
      throw CommandFailure(.usage, "nothing to watch for; \(advice), or [[alerts]] in \(place)")
    }
    guard configured.rules.contains(where: { ($0.instrument ?? instrument) == instrument }) else {
      throw CommandFailure(
        .usage,
        "nothing to watch for: none of the [[alerts]] in \(configuration.path ?? "the file") is "
          + "of \(instrument); \(advice)")
    }
    return configured
  }

  private func duration() throws -> Duration? {
    guard let limit else { return nil }
    guard let span = Span(lengthText: limit), span.milliseconds > 0 else {
      throw ValidationError("--for is \"\(limit)\"; write a time such as 30s, 10m or 2h")
    }
    return .milliseconds(span.milliseconds)
  }

  /// Prints alerts, and sends them on their ways.
  private func tell(_ fired: [FiredAlert], _ delivery: AlertDelivery) {
    for alert in once ? Array(fired.prefix(1)) : fired {
      StandardOutput.print(format == .json ? alert.json : alert.text)
      let notices = delivery.deliver(alert)
      let isTerminal = isatty(STDERR_FILENO) == 1
      if notices.bell { StandardOutput.signal("\u{07}") }
      if let desktop = notices.desktop, isTerminal { StandardOutput.signal(desktop.osc9) }
    }
  }

  /// Judges the closes of a file; true where a rule fired.
  private func replay(
    _ engine: AlertEngine, path: String, instrument: Instrument, venue: Venue, skipBadRows: Bool,
    limit: Duration?, delivery: AlertDelivery
  ) throws -> Bool {
    let recorded: RecordedMarket
    do {
      recorded = try RecordedMarket(
        path: path, instrument: instrument, venue: venue, skipBadRows: skipBadRows)
    } catch {
      throw error.failure
    }
    var engine = engine
    guard
      var replay = MapReplay(
        instrument: instrument, history: recorded.history, source: recorded.source,
        isDrawn: engine.needsMap)
    else { throw CommandFailure(.usage, "\(path) holds no closed interval of \(instrument)") }
    let end = limit.map { ContinuousClock.now + $0 }
    var hasFired = false
    while let step = replay.next() {
      if let end, ContinuousClock.now >= end { break }
      let fired = engine.observe(step.observation)
      guard !fired.isEmpty else { continue }
      hasFired = true
      tell(fired, delivery)
      if once { break }
    }
    return hasFired
  }
}
