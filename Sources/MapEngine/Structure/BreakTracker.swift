/// Breaks of structure and changes of character, bar by bar, on confirmed swings alone. What it
/// has said never changes.
///
/// The level of each side is its last confirmed swing, until a bar breaks it; then that side waits
/// for a new swing. A break the way of the trend, or the first of all, is a break of structure; one
/// against it is a change of character and turns the trend. The reading is that of LuxAlgo's
/// indicator Smart Money Concepts, on swings with right-hand bars on both sides. It needs no
/// later swing to confirm a break, as the published definition does (``PublishedBreaks``), and so
/// finds more of them.
public struct BreakTracker: Sendable {
  /// Which price breaks a level.
  public let rule: StructureBreak.Rule
  /// All breaks so far, in the order of their bars.
  public private(set) var breaks: [StructureBreak] = []
  /// The direction of the last break; nil before the first.
  public private(set) var trend: MarketDirection?
  /// The swing high whose break would be bullish; nil where none stands.
  public private(set) var high: Swing?
  /// The swing low whose break would be bearish; nil where none stands.
  public private(set) var low: Swing?

  private var count = 0

  /// A tracker that has seen no bar.
  public init(rule: StructureBreak.Rule = .close) {
    self.rule = rule
  }

  /// Takes the next closed bar and the swings that it confirms. Returns the breaks that it makes:
  /// at most one with the rule of the close, at most one in each direction with the wick's.
  @discardableResult
  public mutating func append(_ bar: PriceBar, confirming swings: [Swing]) -> [StructureBreak] {
    let first = breaks.count
    // A wick can break both sides in one bar. Which came first is unknown; the bar's own direction
    // says where it ended, so that side is broken last and makes the trend.
    let order: [Swing.Kind] = bar.isRising ? [.low, .high] : [.high, .low]
    for kind in order { breakLevel(kind, with: bar) }
    // The right-hand bars of a swing don't reach beyond it, nor does the one that confirms it.
    for swing in swings {
      if swing.kind == .high { high = swing } else { low = swing }
    }
    count += 1
    return Array(breaks[first...])
  }

  private mutating func breakLevel(_ kind: Swing.Kind, with bar: PriceBar) {
    guard let swing = kind == .high ? high : low,
      kind.isBeyond(rule.price(of: bar, kind.outwards), swing.price)
    else { return }
    breaks.append(
      StructureBreak(
        kind: trend == kind.outwards.opposite ? .changeOfCharacter : .breakOfStructure,
        direction: kind.outwards, level: swing.price, swingIndex: swing.index, brokenAt: count))
    trend = kind.outwards
    if kind == .high { high = nil } else { low = nil }
  }
}
