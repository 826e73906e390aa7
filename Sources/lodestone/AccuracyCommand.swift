import ArgumentParser
import Foundation
import LiveMap
import MapEngine
import MarketSimulator

/// `lodestone accuracy`: how good the map is, beside the methods that peers publish.
struct AccuracyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accuracy", abstract: "Score the map against known positions.",
    discussion: """
      Simulated markets of four behaviours, whose traders share none of the estimator's \
      assumptions, are run for \(SimulatedTrial.hiddenDays) days unseen and \
      \(SimulatedTrial.warmUpDays) days seen; then the map is scored at \
      \(SimulatedTrial.moments) moments, half a day apart, against where the positions truly \
      stand. Conclusions are about mechanism, not proof for a real venue.

      EMD10, EMD20: earth mover's distance of the normalised map within 10 and 20 % of the mark, \
      in percent of the price. rho: Spearman by bin of 0.25 %; det: the same without each map's \
      mean distance profile. top8, hit8: the densest eight bins. factor5, factor20: typical \
      multiplicative error of total dollars within 5 and 20 %.
      """)

  /// What is printed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  @Option(help: ArgumentHelp("Where markets come from; only demo has one.", valueName: "demo"))
  var source = "demo"

  @Option(help: "Seeds of each behaviour, beginning with --first-seed.")
  var seeds = 3

  @Option(help: "The first seed.")
  var firstSeed: UInt64 = 101

  @Option(help: "Score one behaviour alone.")
  var behaviour: Behaviour?

  @Option(help: "The truth: what would really be force-closed, or all open positions.")
  var target: TruthTarget = .realisable

  @Option(help: "What to print.")
  var format: Format = .text

  func validate() throws {
    guard source == "demo" else {
      throw ValidationError(
        "--source \(source): only the simulator knows the true positions; use --source demo")
    }
    guard (1...1_000).contains(seeds) else {
      throw ValidationError("--seeds is \(seeds); give a number from 1 to 1000")
    }
  }

  func run() async throws {
    let behaviours = behaviour.map { [$0] } ?? Behaviour.allCases
    let trials = behaviours.flatMap { behaviour in
      (0..<seeds).map {
        SimulatedTrial(behaviour: behaviour, seed: firstSeed &+ UInt64($0), target: target)
      }
    }
    let samples = await withTaskGroup(of: (Int, [AccuracySample]).self) { group in
      var waiting = trials.enumerated().makeIterator()
      func next() {
        guard let (index, trial) = waiting.next() else { return }
        group.addTask { (index, trial.samples()) }
      }
      for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { next() }
      var results: [Int: [AccuracySample]] = [:]
      for await (index, samples) in group {
        results[index] = samples
        next()
      }
      return trials.indices.flatMap { results[$0] ?? [] }
    }
    let table = AccuracyTable(samples: samples)
    switch format {
    case .text:
      StandardOutput.print(text(table, markets: trials.count))
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      StandardOutput.print(
        String(
          decoding: try encoder.encode(
            AccuracyDocument(simulated: true, target: target, table: table)), as: UTF8.self))
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
    let own = table.overall.first { !$0.isPeer }?.method ?? ""
    if let peer = table.bestPeer(on: .emd10),
      let ratio = table.ratioToBestPeer(.emd10, of: own)
    {
      lines += [
        "",
        "EMD10 of \(own) is \((ratio * 1_000).rounded() / 1_000) of the best peer's "
          + "(\(peer.method), without fixes).",
      ]
    }
    return lines.joined(separator: "\n")
  }
}

/// The table as JSON, told apart from a record of a real market.
private struct AccuracyDocument: Encodable {
  let simulated: Bool
  let target: TruthTarget
  let table: AccuracyTable
}

extension TruthTarget: ExpressibleByArgument {}
