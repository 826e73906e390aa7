import ArgumentParser
import Foundation
import LiveMap
import MapEngine
import Market
import MarketData
import MarketSimulator

/// `lodestone accuracy`: how good the map is, beside the methods that peers publish.
struct AccuracyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accuracy", abstract: "Score the map against what is known.",
    discussion: """
      --source demo: simulated markets of four behaviours, whose traders share none of the \
      estimator's assumptions, are run for \(SimulatedTrial.hiddenDays) days unseen and \
      \(SimulatedTrial.warmUpDays) days seen; then the map is scored at \
      \(SimulatedTrial.moments) moments, half a day apart, against where the positions truly \
      stand. Conclusions are about mechanism, not proof for a real venue.

      EMD10, EMD20: earth mover's distance of the normalised map within 10 and 20 % of the mark, \
      in percent of the price. rho: Spearman by bin of 0.25 %; det: the same without each map's \
      mean distance profile. top8, hit8: the densest eight bins. factor5, factor20: typical \
      multiplicative error of total dollars within 5 and 20 %. fd2: Poisson deviance of hourly \
      liquidations explained given the path of the price, each method scaled to the true sum; \
      as drawn: held to its own dollars. cgain4: nats per dollar over uniform on the bins crossed \
      in the next 4 h. In band: the part of bins and totals within their 80 % band.

      --source PATH: the real liquidations that a file holds are forecast day by day, with shares \
      fitted to the days before and frozen; the first \(WalkForward.trainingDays) days only \
      teach. Deviance is negative binomial, intervals are of 90 % over samples of days. Sources \
      can be given together.
      """)

  /// What is printed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  @Option(
    help: ArgumentHelp("Where markets come from; may be repeated.", valueName: "demo|PATH"))
  var source: [String] = ["demo"]

  @Option(help: "Simulated markets of each behaviour, from seed --first-seed on.")
  var seeds = 20

  @Option(help: "The first seed.")
  var firstSeed: UInt64 = 101

  @Option(help: "Simulate one behaviour alone.")
  var behaviour: Behaviour?

  @Option(help: "The simulated truth: what would really be force-closed, or all open positions.")
  var target: TruthTarget = .realisable

  @Option(help: "The instrument of recorded sources whose names spell none.")
  var symbol: String?

  @Option(help: "Whose margin rules recorded sources follow.")
  var venue: Venue = .binance

  @Flag(help: "Leave out rows of a file that can't be read.")
  var skipBadRows = false

  @Option(help: "What to print.")
  var format: Format = .text

  func validate() throws {
    guard (1...1_000).contains(seeds) else {
      throw ValidationError("--seeds is \(seeds); give a number from 1 to 1000")
    }
    guard !source.contains("live") else {
      throw ValidationError("--source live: a record needs a past; use demo or recorded files")
    }
  }

  func run() async throws {
    let recordings = try source.filter { $0 != "demo" }.map(recording)
    let trials = source.contains("demo") ? self.trials : []
    var progress = ProgressBar(
      total: trials.count + recordings.count, unit: "markets", isShown: isatty(STDERR_FILENO) == 1)
    var walks: [WalkForwardTable] = []
    for trial in recordings {
      do {
        guard let table = try trial.table() else {
          throw CommandFailure(
            .usage,
            "\(trial.path) holds no published liquidations, or no more than "
              + "\(WalkForward.trainingDays) days of them")
        }
        walks.append(table)
      } catch let error as FileError {
        throw error.failure
      }
      progress.advance()
    }
    let samples = await samples(trials, &progress)
    progress.finish()
    let table = trials.isEmpty ? nil : AccuracyTable(samples: samples)
    switch format {
    case .text:
      let parts = walks.map { "REAL liquidations, walk-forward\n" + $0.text() }
      StandardOutput.print(
        ((table.map { [text($0, markets: trials.count)] } ?? []) + parts)
          .joined(separator: "\n\n"))
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      let document = AccuracyDocument(
        simulated: table.map {
          AccuracyDocument.Simulated(
            target: target, firstSeed: firstSeed, seeds: seeds, table: $0,
            verdict: AccuracyVerdict($0))
        }, recorded: walks)
      StandardOutput.print(String(decoding: try encoder.encode(document), as: UTF8.self))
    }
  }

  private var trials: [SimulatedTrial] {
    (behaviour.map { [$0] } ?? Behaviour.allCases).flatMap { behaviour in
      (0..<seeds).map {
        SimulatedTrial(behaviour: behaviour, seed: firstSeed &+ UInt64($0), target: target)
      }
    }
  }

  private func recording(_ path: String) throws -> RecordedTrial {
    let instrument = try symbol.map { try Instrument(argument: $0) }
    guard
      let trial = RecordedTrial(
        path: path, instrument: instrument, venue: venue, skipBadRows: skipBadRows)
    else {
      throw CommandFailure(
        .usage, "the name of \(path) spells no instrument; say which with --symbol")
    }
    return trial
  }

  private func samples(
    _ trials: [SimulatedTrial], _ progress: inout ProgressBar
  ) async -> [AccuracySample] {
    await withTaskGroup(of: (Int, [AccuracySample]).self) { group in
      var waiting = trials.enumerated().makeIterator()
      func next() {
        guard let (index, trial) = waiting.next() else { return }
        group.addTask { (index, trial.samples()) }
      }
      for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { next() }
      var results: [Int: [AccuracySample]] = [:]
      for await (index, samples) in group {
        results[index] = samples
        progress.advance()
        next()
      }
      return trials.indices.flatMap { results[$0] ?? [] }
    }
  }

  private func text(_ table: AccuracyTable, markets: Int) -> String {
    var lines = [
      "SIMULATED markets: \(markets), \(SimulatedTrial.moments) moments each; truth: "
        + "\(target.rawValue) positions of one venue",
      "", table.text(),
    ]
    for behaviour in table.behaviours {
      lines += ["", "\(behaviour)", table.text(behaviour: behaviour)]
    }
    lines += [
      "", "Against the best of the peers' methods with the free fixes, paired:",
      AccuracyVerdict(table).text(behaviours: table.behaviours),
    ]
    return lines.joined(separator: "\n")
  }
}

/// The tables as JSON, simulated and real told apart.
private struct AccuracyDocument: Encodable {
  struct Simulated: Encodable {
    let target: TruthTarget
    let firstSeed: UInt64
    let seeds: Int
    let table: AccuracyTable
    let verdict: AccuracyVerdict

    private enum CodingKeys: String, CodingKey {
      case target, seeds, table, verdict
      case firstSeed = "first_seed"
    }
  }

  let simulated: Simulated?
  let recorded: [WalkForwardTable]
}

extension TruthTarget: ExpressibleByArgument {}
