/// Swing highs and lows as the Python package smartmoneyconcepts publishes them.
///
/// They need hindsight: a later swing can take an earlier one away, and the last bar gets one for
/// good measure. Use them to compare, and ``SwingTracker`` for whatever is drawn or traded.
public enum PublishedSwings {
  /// Alternating highs and lows.
  ///
  /// A candidate at bar i has the highest high (else the lowest low) of the bars i - n + 1 to
  /// i + n, all of which exist. Of neighbouring candidates of one kind the outermost stays, of
  /// equal ones the earliest. The first and the last bar get the kind opposite to the first and
  /// the last swing. `knownAt` is the last right-hand bar of a candidate, but the choice among
  /// candidates and the two added ones are known only at the end.
  ///
  /// - Parameter length: n, at least 1.
  public static func swings(in bars: [PriceBar], length: Int = 5) -> [Swing] {
    let length = max(length, 1)
    guard bars.count >= 3 * length else { return [] }
    var swings: [Swing] = []
    for index in (2 * length - 1)...(bars.count - 1 - length) {
      let window = index - length + 1...index + length
      guard
        let kind = Swing.Kind.allCases.first(where: { kind in
          let price = kind.price(of: bars[index])
          return !window.contains { kind.isBeyond(kind.price(of: bars[$0]), price) }
        })
      else { continue }
      let swing = Swing(
        kind: kind, index: index, price: kind.price(of: bars[index]), knownAt: index + length)
      guard let last = swings.last, last.kind == kind else {
        swings.append(swing)
        continue
      }
      if kind.isBeyond(swing.price, last.price) { swings[swings.count - 1] = swing }
    }
    guard let first = swings.first, let last = swings.last else { return [] }
    swings.insert(end(first.kind.opposite, at: 0, bars), at: 0)
    swings.append(end(last.kind.opposite, at: bars.count - 1, bars))
    return swings
  }

  private static func end(_ kind: Swing.Kind, at index: Int, _ bars: [PriceBar]) -> Swing {
    Swing(kind: kind, index: index, price: kind.price(of: bars[index]), knownAt: bars.count - 1)
  }
}
