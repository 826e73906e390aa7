/// Names that somebody may have meant who wrote another one.
public enum NearNames {
  /// How many are worth a word.
  static let most = 3

  /// The names nearest to what was written, best first: those that hold it, or that differ by a few
  /// letters at most, the fewer the shorter it is.
  public static func of(_ written: String, among names: [String]) -> [String] {
    let written = written.lowercased().replacing("-", with: "_")
    guard !written.isEmpty else { return [] }
    let reach = min(max(written.count / 3, 1), 3)
    let found = names.compactMap { name -> (distance: Int, name: String)? in
      let away = distance(written, name.lowercased())
      if away <= reach { return (away, name) }
      return written.count >= 3 && name.contains(written) ? (reach + 1, name) : nil
    }
    let sorted = found.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
    // What is a letter away leaves no doubt about what is three away.
    let best = sorted.first?.distance ?? 0
    return sorted.filter { $0.distance <= best + 1 }.prefix(most).map(\.name)
  }

  /// The names as a question to put behind a sentence; nil where none is near.
  public static func question(_ written: String, among names: [String]) -> String? {
    let near = of(written, among: names)
    guard let last = near.last else { return nil }
    let others = near.dropLast().joined(separator: ", ")
    return "did you mean \(others.isEmpty ? last : "\(others) or \(last)")?"
  }

  /// How many letters must be changed, added or taken away to make one word of another
  /// (Levenshtein).
  static func distance(_ from: String, _ to: String) -> Int {
    let to = Array(to)
    var row = Array(0...to.count)
    for (index, letter) in from.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in to.indices {
        let above = row[column + 1]
        row[column + 1] = min(
          above + 1, row[column] + 1, diagonal + (letter == to[column] ? 0 : 1))
        diagonal = above
      }
    }
    return row[to.count]
  }
}
