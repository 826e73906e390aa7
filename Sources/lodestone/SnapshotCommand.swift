import ArgumentParser
import Foundation
import LiveMap
import MapEngine
import MapUI
import Market
import MarketData
import Pictures
import Terminal

/// `lodestone snapshot`: one map, printed.
struct SnapshotCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot", abstract: "Print one map and exit.",
    discussion: """
      JSON holds the whole map: its bins with their layers and venues, the cumulative curves from \
      the price outwards, clusters, bias with its reason, and what the data were like. plain \
      says the same in short sentences for a screen reader; text, ansi, svg and png are the frame \
      that the screen would show.

      The map counts positions opened within the timeframe and standing at the moment of the map; \
      totals are over the range. `all` takes everything that the source holds, the stock at its \
      start included. The range in percent is by timeframe unless given: 12h 5, 1d 7, 3d 10, 7d \
      15, 14d 20, 30d 25, 90d 35, 180d 40, 1y and all 50.

      Live, the command waits until each chosen venue is live or has refused, --wait at most, and \
      ends with 1 when none has answered. `feeds` holds for each chosen venue its state (live, \
      catching_up, partial, stale or refused), since when, the reason, how many messages were \
      dropped, and what is missing for good; it is empty for demo and files.

      JSON also says what the map means: `reading` (nearest clusters, touch, the plan and the \
      record of each of its labels), `structure`, `ledger`, `waves` and `hunts`.
      """)

  /// What is printed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case json, plain, text, ansi, svg, png
  }

  @Argument(help: "The instrument: BTC, BTCUSDT, BTC-USDT-SWAP.")
  var symbol: String

  @OptionGroup var sourceOptions: SourceOptions

  @OptionGroup var connection: ConnectionOptions

  @Option(help: "How long to wait for live venues: 20s, 1m.")
  var wait: WaitArgument = .usual

  @Option(help: "The look-back window. (default: 7d)")
  var timeframe: Timeframe?

  @Option(help: "What to print.")
  var format: Format = .json

  @Option(help: "Columns of the frame, where one is printed.")
  var width = 120

  @Option(help: "Rows of the frame, where one is printed.")
  var height = 35

  @Option(
    help: ArgumentHelp(
      "The map as of that moment: ISO 8601 or milliseconds since 1970; only intervals closed by "
        + "then exist. The default is the end of the source.", valueName: "time"))
  var at: MomentArgument?

  @Option(
    help: ArgumentHelp("How far from the price the map reaches, in percent.", valueName: "percent"))
  var range: Double?

  @Option(help: "Equal log-price bins over the range.")
  var bins = MapRequest.standardBins

  @Option(help: LayersArgument.help)
  var layers: LayersArgument?

  @Option(
    help: ArgumentHelp(
      "What the dollars mean: realisable, what would really be force-closed, or nominal, every "
        + "open position."))
  var meaning: MapMeaning = .realisable

  @Option(
    help: ArgumentHelp(
      "What would become of a position, in the JSON: side, entry, leverage and coins. --venue says "
        + "whose margin rules it follows.", valueName: "long:60000:10x:0.5"),
    transform: StatedPosition.init)
  var position: StatedPosition?

  @Option(help: "The theme of the frame. (default: default)")
  var theme: String?

  @Option(help: "Colours of an ansi frame.")
  var color: ColorDepth = .truecolor

  @Option(help: "Characters of the frame.")
  var glyphs: GlyphSet = .full

  func validate() throws {
    if let range, !(range.isFinite && range > 0 && range <= 95) {
      throw ValidationError("--range is \(range); give a percentage above 0 and up to 95")
    }
    guard (2...100_000).contains(bins) else {
      throw ValidationError("--bins is \(bins); give a number from 2 to 100000")
    }
    guard (60...1_000).contains(width), (20...1_000).contains(height) else {
      throw ValidationError(
        "--width \(width) --height \(height): a frame needs 60x20 to 1000x1000 cells")
    }
  }

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let names = ThemeChoice.names(environment: environment)
    let configuration = try connection.configuration(environment: environment, themes: names)
    let instrument = try Instrument(argument: symbol)
    let settings = settings(configuration, environment: environment, themes: names)
    StandardOutput.complain(settings.problems.filter { !$0.isGrave })
    let request = MapRequest(
      instrument: instrument, timeframe: settings.timeframe.value,
      rangePercent: range, bins: bins, layers: settings.layers.value,
      asOf: at?.timestamp, weights: MapWeights(meaning: meaning))
    // A theme that doesn't exist is said before anybody waits.
    let theme = try ThemeChoice.named(settings.theme.value, environment: environment).theme
    let origin = try sourceOptions.origin {
      try connection.liveSource(configuration, environment: environment)
    }
    let facts = try await SnapshotFacts(request, from: origin, within: wait.span)
    switch format {
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let snapshot = facts.builder.snapshot()
      let insight = facts.insight(of: snapshot)
      let check = position.map {
        facts.check(
          $0, venue: sourceOptions.venue, on: snapshot, volatility: insight.volatility)
      }
      let document = SnapshotDocument(
        snapshot: snapshot, feeds: facts.feeds, insight: insight, position: check)
      StandardOutput.print(String(decoding: try encoder.encode(document), as: UTF8.self))
    case .plain:
      let snapshot = facts.builder.snapshot()
      StandardOutput.print(
        PlainSummary(
          snapshot: snapshot, insight: facts.insight(of: snapshot), health: facts.health,
          feeds: facts.feeds
        ).text)
    case .text:
      StandardOutput.print(AnsiFrame.text(frame(facts, settings, theme: theme, depth: .mono)))
    case .ansi:
      StandardOutput.print(
        AnsiFrame.ansi(frame(facts, settings, theme: theme, depth: color), depth: color))
    case .svg:
      StandardOutput.print(
        Picture.svg(
          frame(facts, settings, theme: theme, depth: .truecolor),
          title: "Liquidation map of \(instrument), \(request.timeframe.rawValue)"))
    case .png:
      let picture: [UInt8]
      do {
        picture = try Picture.png(frame(facts, settings, theme: theme, depth: .truecolor))
      } catch {
        throw CommandFailure(.runTime, "\(error)")
      }
      StandardOutput.write(picture)
    }
  }

  private func settings(
    _ configuration: Configuration, environment: [String: String], themes: [String]
  ) -> Settings {
    var flags = SettingFlags()
    flags.timeframe = timeframe
    flags.layers = layers?.layers
    flags.theme = theme
    return Settings(
      flags: flags, environment: environment, configuration: configuration, themes: themes)
  }

  private func frame(
    _ facts: SnapshotFacts, _ settings: Settings, theme: Theme, depth: ColorDepth
  ) -> CellGrid {
    var state = AppState(
      showing: facts.builder.detailed(), health: facts.health,
      feeds: facts.feeds.map(FeedState.init), theme: theme, depth: depth, glyphs: glyphs,
      width: width, height: height)
    state.keymap = settings.keymap
    state.formatting = settings.formatting
    return draw(state, width: width, height: height)
  }
}

extension ColorDepth: ExpressibleByArgument {}
extension GlyphSet: ExpressibleByArgument {}
extension MapMeaning: ExpressibleByArgument {}
