import Market

/// US dollars that stand on either side of a mark price, by distance: the common ground on which
/// maps are compared.
///
/// Bin `i` of a side holds the levels whose distance from the mark lies in
/// `i x 0.25 % ..< (i + 1) x 0.25 %` of the mark, longs below it and shorts above; 80 bins reach
/// 20 %. A level on a bin's edge belongs to the farther bin. What stands farther away, or on the
/// crossed side, isn't held.
public struct DistanceBins: Hashable, Sendable {
  /// The width of a bin, as a fraction of the mark.
  public static let width = 0.0025
  /// The number of bins of a side.
  public static let count = 80

  /// The price that distances are measured from.
  public let mark: Double
  /// US dollars of longs by bin, nearest first; `count` of them.
  public private(set) var long: [Double]
  /// US dollars of shorts by bin, nearest first; `count` of them.
  public private(set) var short: [Double]

  /// Empty bins around a mark, which must be a finite number above zero.
  public init(mark: Double) {
    self.mark = mark
    long = [Double](repeating: 0, count: Self.count)
    short = [Double](repeating: 0, count: Self.count)
  }

  /// Bins that hold those dollars, nearest first. Either array has `count` numbers of at least zero.
  public init(mark: Double, long: [Double], short: [Double]) {
    precondition(long.count == Self.count && short.count == Self.count, "one number a bin")
    self.mark = mark
    self.long = long
    self.short = short
  }

  /// The true distribution of known positions: coins x liquidation price, by distance.
  public init(mark: Double, positions: some Sequence<StandingPosition>) {
    self.init(mark: mark)
    for position in positions {
      add(
        position.quantity * position.liquidationPrice, side: position.side,
        price: position.liquidationPrice)
    }
  }

  /// A map's dollars by distance from `mark`; each of the map's bins is spread evenly over its
  /// prices, and what of it lies on the crossed side of the mark or beyond the bins is left out.
  public init(mark: Double, map: LiquidationMap) {
    self.init(mark: mark)
    for bin in map.binTotals.indices where map.binTotals[bin] > 0 {
      spread(
        map.binTotals[bin], side: map.grid.side(of: bin), low: map.grid.edge(bin),
        high: map.grid.edge(bin + 1))
    }
  }

  /// Dollars of a side by bin, nearest first.
  public subscript(side: Side) -> [Double] {
    side == .long ? long : short
  }

  /// Dollars of a side in its nearest `bins` bins.
  public func total(_ side: Side, bins: Int = count) -> Double {
    self[side].prefix(bins).reduce(0, +)
  }

  /// Adds dollars at a price.
  public mutating func add(_ usd: Double, side: Side, price: Double) {
    let distance = side.sign * (mark - price) / (mark * Self.width)
    // Levels at round percentages stand on edges; rounding must not scatter them over both bins.
    let bin = (distance + 1e-9).rounded(.down)
    guard bin >= 0, bin < Double(Self.count) else { return }
    if side == .long { long[Int(bin)] += usd } else { short[Int(bin)] += usd }
  }

  /// Adds dollars spread evenly over the prices from `low` to `high`.
  public mutating func spread(_ usd: Double, side: Side, low: Double, high: Double) {
    guard high > low else {
      add(usd, side: side, price: low)
      return
    }
    let step = mark * Self.width
    let near = (side == .long ? mark - high : low - mark) / step
    let far = (side == .long ? mark - low : high - mark) / step
    guard near < Double(Self.count), far > 0 else { return }
    let first = Int(max(near, 0).rounded(.down))
    let end = min(Double(Self.count), far)
    var bin = first
    while Double(bin) < end {
      let overlap = min(Double(bin + 1), end) - max(Double(bin), near)
      let share = usd * overlap / (far - near)
      if side == .long { long[bin] += share } else { short[bin] += share }
      bin += 1
    }
  }

  /// Multiplies every bin of a side.
  mutating func scale(_ side: Side, by factor: Double) {
    for bin in 0..<Self.count {
      if side == .long { long[bin] *= factor } else { short[bin] *= factor }
    }
  }
}
