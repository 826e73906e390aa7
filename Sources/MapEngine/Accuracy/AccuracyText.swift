extension AccuracyTable {
  /// The table for a terminal, one line a method, columns aligned: each score with its standard
  /// error, a factor as `x3.1` without one. Over all markets, or over those of one behaviour.
  public func text(behaviour: String? = nil) -> String {
    let rows = behaviour == nil ? overall : byBehaviour.filter { $0.behaviour == behaviour }
    let head = ["method"] + AccuracyMetric.allCases.map(\.heading) + ["markets", "moments"]
    let lines =
      [head]
      + rows.map { row in
        let markets = row.scores.values.map(\.markets).max() ?? 0
        return [row.method] + AccuracyMetric.allCases.map { Self.cell(row.scores[$0], $0) }
          + ["\(markets)", "\(row.moments)"]
      }
    return Self.aligned(lines)
  }

  /// Lines of cells as text: the first column flush left, the others flush right.
  static func aligned(_ lines: [[String]]) -> String {
    let columns = lines.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      lines.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return lines.map { line in
      line.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + padding : padding + cell
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  private static func cell(_ score: Mean?, _ metric: AccuracyMetric) -> String {
    guard let score else { return "-" }
    if metric.isFactor {
      return "x" + decimals(score.mean, score.mean < 10 ? 2 : score.mean < 100 ? 1 : 0)
    }
    let value = decimals(score.mean, 3)
    return score.markets > 1 ? value + " ±" + decimals(score.standardError, 3) : value
  }

  /// A number with so many decimals.
  static func decimals(_ value: Double, _ count: Int) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
    let unit = (0..<count).reduce(1) { scale, _ in scale * 10 }
    let scaled = Int((abs(value) * Double(unit)).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard count > 0 else { return sign + "\(scaled)" }
    let fraction = "\(scaled % unit)"
    return sign + "\(scaled / unit)." + String(repeating: "0", count: count - fraction.count)
      + fraction
  }
}
