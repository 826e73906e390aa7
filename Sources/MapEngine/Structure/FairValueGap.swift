/// A fair value gap: three bars of which the first and the third don't overlap, so that the prices
/// between them traded one way only.
///
/// At the middle bar i: bullish when it closes above its open and high[i-1] < low[i+1]; bearish
/// when it closes below its open and low[i-1] > high[i+1]. It is known at the close of bar i + 1
/// and can be mitigated from bar i + 2 on. Source: the published results of the Python package
/// smartmoneyconcepts, which count the first touch as mitigation; traders also count the half
/// (consequent encroachment) and the whole fill.
public struct FairValueGap: Hashable, Sendable {
  /// How far price has come back into a gap.
  public enum Mitigation: String, CaseIterable, Codable, Comparable, Sendable {
    /// No price within the gap has traded since.
    case open
    /// The near edge has traded.
    case touched
    /// The middle has traded: consequent encroachment.
    case halfFilled = "half_filled"
    /// The far edge has traded.
    case filled

    private var depth: Int {
      switch self {
      case .open: 0
      case .touched: 1
      case .halfFilled: 2
      case .filled: 3
      }
    }

    public static func < (left: Mitigation, right: Mitigation) -> Bool {
      left.depth < right.depth
    }
  }

  /// Bullish gaps lie below the price that left them, bearish ones above.
  public let direction: MarketDirection
  /// The middle bar; of joined gaps the last one's.
  public let index: Int
  /// The upper edge, in the quote currency.
  public let top: Double
  /// The lower edge, in the quote currency.
  public let bottom: Double
  /// The first bar that traded at the near edge: the top of a bullish gap, the bottom of a bearish
  /// one. Nil while none has.
  public internal(set) var touchedAt: Int?
  /// The first bar that traded at the middle; nil while none has.
  public internal(set) var halfFilledAt: Int?
  /// The first bar that traded at the far edge; nil while none has.
  public internal(set) var filledAt: Int?

  /// A gap that nothing has come back into.
  init(direction: MarketDirection, index: Int, top: Double, bottom: Double) {
    self.direction = direction
    self.index = index
    self.top = top
    self.bottom = bottom
  }

  /// The gap whose middle is the second of three bars; nil where there's none.
  init?(index: Int, before: PriceBar, middle: PriceBar, after: PriceBar) {
    if middle.isRising, before.high < after.low {
      self.init(direction: .bullish, index: index, top: after.low, bottom: before.high)
    } else if middle.isFalling, before.low > after.high {
      self.init(direction: .bearish, index: index, top: before.low, bottom: after.high)
    } else {
      return nil
    }
  }

  /// The bar at whose close the gap is known.
  public var knownAt: Int { index + 1 }

  /// Halfway between the edges: consequent encroachment.
  public var middle: Double { bottom + (top - bottom) / 2 }

  /// How far price has come back by now.
  public var mitigation: Mitigation {
    if filledAt != nil { return .filled }
    if halfFilledAt != nil { return .halfFilled }
    return touchedAt != nil ? .touched : .open
  }

  /// The edge that price meets first on its way back.
  public var nearEdge: Double { direction == .bullish ? top : bottom }

  /// The edge that price meets last on its way back.
  public var farEdge: Double { direction == .bullish ? bottom : top }

  /// The price at which a state begins; nil for open.
  public func price(of state: Mitigation) -> Double? {
    switch state {
    case .open: nil
    case .touched: nearEdge
    case .halfFilled: middle
    case .filled: farEdge
    }
  }
}
