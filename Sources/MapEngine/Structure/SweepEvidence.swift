import Market

/// What one venue's facts say of a sweep while it lasted: whether positions closed, and whether
/// liquidations of the side that backs it were printed. A wick alone proves neither.
///
/// Prints are a throttled sample and a fall of open interest holds voluntary closing too, so that
/// both confirm a sweep and neither measures it. Coins of several venues add up.
public struct SweepEvidence: Hashable, Sendable {
  /// Open interest in coins as of the last close before the piercing bar.
  public let openInterestBefore: Double
  /// Open interest in coins as of the close of the bar that returned.
  public let openInterestAfter: Double
  /// Printed liquidations of the backing side in coins; nil where the venue publishes none.
  public let liquidated: Double?
  /// Printed liquidations of the other side in coins; nil where the venue publishes none.
  public let liquidatedOpposite: Double?

  /// The evidence on one venue.
  ///
  /// - Parameters:
  ///   - sweep: the sweep.
  ///   - bars: the bars that it was found in.
  ///   - intervals: the venue's, in the order of their time, not longer than the bars.
  ///
  /// Nil where no interval was closed before the piercing bar opened, or none lies within the
  /// sweep: nothing can be said then.
  public init?(of sweep: LiquiditySweep, in bars: [PriceBar], intervals: [MarketInterval]) {
    guard bars.indices.contains(sweep.piercedAt), bars.indices.contains(sweep.returnedAt) else {
      return nil
    }
    let start = Self.firstPlace(in: intervals, from: bars[sweep.piercedAt].openTime)
    let end = Self.firstPlace(in: intervals, from: bars[sweep.returnedAt].closeTime)
    guard start > 0, start < end else { return nil }
    openInterestBefore = intervals[start - 1].openInterest
    openInterestAfter = intervals[end - 1].openInterest
    let within = intervals[start..<end]
    func sum(_ side: Side) -> Double? {
      let printed = within.compactMap { side == .long ? $0.liquidatedLong : $0.liquidatedShort }
      return printed.isEmpty ? nil : printed.reduce(0, +)
    }
    liquidated = sum(sweep.backing)
    liquidatedOpposite = sum(sweep.backing.opposite)
  }

  /// The evidence of several venues together; nil where there is none.
  public init?(_ venues: [SweepEvidence]) {
    guard !venues.isEmpty else { return nil }
    func sum(_ printed: [Double?]) -> Double? {
      let known = printed.compactMap { $0 }
      return known.isEmpty ? nil : known.reduce(0, +)
    }
    openInterestBefore = venues.reduce(0) { $0 + $1.openInterestBefore }
    openInterestAfter = venues.reduce(0) { $0 + $1.openInterestAfter }
    liquidated = sum(venues.map(\.liquidated))
    liquidatedOpposite = sum(venues.map(\.liquidatedOpposite))
  }

  /// The fall of open interest in coins; negative where it rose.
  public var openInterestDrop: Double { openInterestBefore - openInterestAfter }

  /// Whether open interest fell.
  public var positionsClosed: Bool { openInterestDrop > 0 }

  /// Whether liquidations of the backing side were printed, and more than of the other side.
  public var liquidationsPrinted: Bool { (liquidated ?? 0) > (liquidatedOpposite ?? 0) }

  /// The place of the first interval that opens at a moment or later.
  private static func firstPlace(in intervals: [MarketInterval], from moment: Timestamp) -> Int {
    var low = 0
    var high = intervals.count
    while low < high {
      let middle = (low + high) / 2
      if intervals[middle].openTime < moment { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
