import Market

/// One trial of a label: at the close of a bar, a question to the bars that follow.
struct LabelTrial: Hashable, Sendable {
  /// What is asked. Prices are in the quote currency.
  enum Question: Hashable, Sendable {
    /// Whether the wanted price trades before the other one.
    case first(MarketDirection, up: Double?, down: Double?)
    /// Whether the last close lies between two prices.
    case between(low: Double, high: Double)
    /// Whether price trades one ATR that way before one ATR against, seen from the close.
    case range(MarketDirection)
    /// The same, seen from a price that the bar traded at; `from` is the close before the bar.
    case turn(MarketDirection, level: Double)
  }

  let label: RecordLabel
  /// The bar at whose close the question is asked.
  let bar: Int
  let question: Question

  /// Bars that the answer takes, for bars of a length.
  func horizon(_ span: Span) -> Int {
    let hours: Int64
    switch question {
    case .first, .between: hours = 24
    case .range, .turn: hours = 48
    }
    return max(Int(Span.hours(hours).milliseconds / max(span.milliseconds, 1)), 1)
  }
}
