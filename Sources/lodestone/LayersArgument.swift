import ArgumentParser
import MapEngine

/// The bands of the stacked bar as an argument: `5x=1,10x=7,25x=16`, each a name and the
/// effective leverage from which it reaches up to the next.
struct LayersArgument: ExpressibleByArgument {
  /// The bands, lowest leverage first.
  let layers: [LeverageLayer]

  init?(argument: String) {
    var edges: [(label: String, from: Double)] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let words = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard words.count == 2, let from = Double(words[1]), from.isFinite, from >= 1 else {
        return nil
      }
      let label = String(words[0])
      guard !label.isEmpty, label.count <= 8, label.unicodeScalars.allSatisfy({ $0.value > 32 }),
        !edges.contains(where: { $0.label == label }), edges.last.map({ $0.from < from }) ?? true
      else { return nil }
      edges.append((label, from))
    }
    guard (1...10).contains(edges.count) else { return nil }
    layers = edges.indices.map { index in
      LeverageLayer(
        label: edges[index].label, minLeverage: edges[index].from,
        maxLeverage: index + 1 < edges.count ? edges[index + 1].from : .infinity)
    }
  }

  /// An edge in words: `7`, `2.5`.
  static func edge(_ leverage: Double) -> String {
    leverage == leverage.rounded() && leverage < 1e15 ? "\(Int(leverage))" : "\(leverage)"
  }

  /// What a command says of the option.
  static let help = ArgumentHelp(
    "The bands of the stacked bar: up to ten names, each with the effective leverage that it "
      + "begins at, rising, from 1 on.",
    valueName: "5x=1,10x=7,25x=16,...")
}
