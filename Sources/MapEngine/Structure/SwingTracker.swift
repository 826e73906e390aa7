/// Confirms swings bar by bar: Williams fractals, whose n bars to the left and n to the right all
/// stay below a high, or above a low (Bill Williams, Trading Chaos, 1995, with n = 2). A swing is
/// known only n bars after its bar and is never taken back. Highs and lows need not alternate.
public struct SwingTracker: Sendable {
  /// What becomes of bars with the same high or low.
  public enum Ties: String, CaseIterable, Codable, Hashable, Sendable {
    /// Both neighbours must stay short of the swing: equal ones within n bars make none.
    case strict
    /// The first of equal ones is the swing.
    case earliest
  }

  /// Bars on each side.
  public let length: Int
  /// What becomes of bars with the same high or low.
  public let ties: Ties
  /// All swings so far, in the order in which they were known.
  public private(set) var swings: [Swing] = []

  private var count = 0
  /// The last bars, at most one candidate with its neighbours.
  private var window: [PriceBar] = []

  /// - Parameter length: bars on each side; at least 1 counts.
  public init(length: Int = 5, ties: Ties = .strict) {
    self.length = max(length, 1)
    self.ties = ties
  }

  /// Takes the next closed bar. Returns the swings that it confirms: none, one, or the high and the
  /// low of one outside bar.
  @discardableResult
  public mutating func append(_ bar: PriceBar) -> [Swing] {
    window.append(bar)
    if window.count > 2 * length + 1 { window.removeFirst() }
    defer { count += 1 }
    guard window.count == 2 * length + 1 else { return [] }
    let confirmed = Swing.Kind.allCases.filter(isSwing).map { kind in
      Swing(
        kind: kind, index: count - length, price: kind.price(of: window[length]), knownAt: count)
    }
    swings += confirmed
    return confirmed
  }

  /// Confirmed swings of a whole series.
  public static func swings(
    in bars: [PriceBar], length: Int = 5, ties: Ties = .strict
  ) -> [Swing] {
    var tracker = SwingTracker(length: length, ties: ties)
    for bar in bars { tracker.append(bar) }
    return tracker.swings
  }

  /// Whether the middle of the window is a swing.
  private func isSwing(_ kind: Swing.Kind) -> Bool {
    let price = kind.price(of: window[length])
    for place in window.indices where place != length {
      let other = kind.price(of: window[place])
      if kind.isBeyond(other, price) { return false }
      if other == price, ties == .strict || place < length { return false }
    }
    return true
  }
}
