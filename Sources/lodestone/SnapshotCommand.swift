import ArgumentParser
import Foundation
import LiveMap
import MapEngine
import MapUI
import Market
import MarketData
import Terminal

/// `lodestone snapshot`: one map, printed.
struct SnapshotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot", abstract: "Print one map and exit.",
    discussion: """
      JSON holds the whole map: its bins with their layers and venues, the cumulative curves from \
      the price outwards, clusters, bias with its reason, and what the data were like. text and \
      ansi are the frame that the screen would show.

      The map counts positions opened within the timeframe and standing at the moment of the map; \
      totals are over the range. `all` takes everything that the source holds, the stock at its \
      start included. The range in percent is by timeframe unless given: 12h 5, 1d 7, 3d 10, 7d \
      15, 14d 20, 30d 25, 90d 35, 180d 40, 1y and all 50.
      """)

  /// What is printed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case json, text, ansi
  }

  @Argument(help: "The instrument: BTC, BTCUSDT, BTC-USDT-SWAP.")
  var symbol: String

  @OptionGroup var sourceOptions: SourceOptions

  @Option(help: "The look-back window.")
  var timeframe: Timeframe = .days7

  @Option(help: "What to print.")
  var format: Format = .json

  @Option(help: "Columns of the frame, for text and ansi.")
  var width = 120

  @Option(help: "Rows of the frame, for text and ansi.")
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

  @Option(help: "The theme of the frame.")
  var theme = "default"

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

  func run() throws {
    let instrument = try Instrument(argument: symbol)
    let request = MapRequest(
      instrument: instrument, timeframe: timeframe, rangePercent: range, bins: bins,
      layers: layers?.layers ?? LeverageLayer.standard, asOf: at?.timestamp)
    let (history, source, health) = try facts(of: instrument)
    let builder: MapBuilder
    do {
      builder = try MapBuilder(request: request, history: history, source: source)
    } catch {
      throw CommandFailure(.usage, "\(error)")
    }
    switch format {
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let document = SnapshotDocument(snapshot: builder.snapshot())
      StandardOutput.print(String(decoding: try encoder.encode(document), as: UTF8.self))
    case .text:
      StandardOutput.print(
        AnsiFrame.text(try frame(builder.detailed(), health: health, depth: .mono)))
    case .ansi:
      StandardOutput.print(
        AnsiFrame.ansi(try frame(builder.detailed(), health: health, depth: color), depth: color))
    }
  }

  private func facts(of instrument: Instrument) throws -> (MarketHistory, MapSource, FeedHealth) {
    switch try sourceOptions.origin() {
    case .demo(let settings):
      guard var demo = DemoMarket(instrument, settings: settings) else {
        throw CommandFailure(.usage, DemoMarket.absence(of: instrument).description)
      }
      let start = timeframe.span.map { (at?.timestamp ?? settings.now) - $0 }
      demo.fill(back: start.map { settings.now - $0 })
      return (demo.history, demo.source, .complete)
    case .files(let path, let venue, let skipBadRows):
      do {
        let recorded = try RecordedMarket(
          path: path, instrument: instrument, venue: venue, skipBadRows: skipBadRows)
        return (recorded.history, recorded.source, .complete)
      } catch {
        throw error.failure
      }
    }
  }

  private func frame(
    _ snapshot: MapSnapshot, health: FeedHealth, depth: ColorDepth
  ) throws -> CellGrid {
    let theme: Theme
    do {
      theme = try Theme.named(self.theme, in: try Theme.builtIn())
    } catch {
      throw CommandFailure(.usage, "\(error)")
    }
    let state = AppState(
      showing: snapshot, health: health, theme: theme, depth: depth, glyphs: glyphs,
      width: width, height: height)
    return draw(state, width: width, height: height)
  }
}

extension ColorDepth: ExpressibleByArgument {}
extension GlyphSet: ExpressibleByArgument {}
