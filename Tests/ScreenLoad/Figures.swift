/// What a part of a day at the screen has cost.
struct Figures: CustomStringConvertible {
  /// What must not be exceeded; nil where it doesn't matter.
  struct Budgets {
    /// Of a core.
    var share: Double?
    /// Milliseconds to the last byte of a key's frame, at the 99th percentile.
    var patience: Double?
    /// All bytes written.
    var bytes: Int?
  }

  /// Seconds that passed, and that the program worked.
  let wall, processor: Double
  let frames, bytes: Int
  /// From a key to the last byte of the frame that answers it, the shortest first.
  let waits: [(milliseconds: Double, key: String)]

  private func wait(_ share: Double) -> Double? {
    waits.isEmpty
      ? nil : waits[min(Int(Double(waits.count) * share), waits.count - 1)].milliseconds
  }

  /// Which budgets aren't kept, in words; empty where all are.
  func broken(_ budgets: Budgets) -> String {
    var words: [String] = []
    if let share = budgets.share, processor / wall > share {
      words.append("more than \((share * 1_000).rounded() / 10) % of a core")
    }
    if let patience = budgets.patience, (wait(0.99) ?? .infinity) > patience {
      words.append("more than \(patience) ms at the 99th percentile")
    }
    if let limit = budgets.bytes, bytes > limit { words.append("more than \(limit) bytes") }
    return words.joined(separator: ", ")
  }

  var description: String {
    func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
    var words = [
      "\(rounded(100 * processor / wall)) % of a core",
      "\(rounded(Double(frames) / wall)) frames/s",
      frames > 0 ? "\(bytes / frames) bytes a frame" : "\(bytes) bytes",
    ]
    if let half = wait(0.5), let most = wait(0.99), let last = waits.last {
      words.append(
        "\(waits.count) keys: \(rounded(half)) ms at the median, \(rounded(most)) at the 99th "
          + "percentile, \(rounded(last.milliseconds)) at most (\(last.key.debugDescription))")
    }
    return words.joined(separator: ", ")
  }
}
