/// The market structure of one series of closed bars, read as it grows: swings, breaks, fair value
/// gaps, liquidity pools and sweeps, each with the bar at whose close it was known.
///
/// Nothing here looks ahead. Appending bars adds to what was said and fills in what was open (a
/// gap's mitigation, a pool's further swings and its end); it never takes anything back, so that
/// the structure of a prefix is a prefix of the structure. Feed it closed bars alone: a forming bar
/// belongs into a copy.
public struct MarketStructure: Sendable {
  /// What one bar brought. Gaps and pools are named by their places in the lists.
  public struct Change: Hashable, Sendable {
    /// Swings that the bar confirms.
    public let swings: [Swing]
    /// Breaks that the bar makes.
    public let breaks: [StructureBreak]
    /// Gaps that the bar completes or comes back into: places in ``MarketStructure/gaps``.
    public let gaps: [Int]
    /// Pools that the bar makes, grows or sweeps: places in ``MarketStructure/pools``.
    public let pools: PoolTracker.Change
    /// Sweeps that the bar's close completes.
    public let sweeps: [LiquiditySweep]
  }

  /// How structure is read.
  public let settings: StructureSettings
  /// Bars so far.
  public private(set) var count = 0

  private var swingTracker: SwingTracker
  private var breakTracker: BreakTracker
  private var gapTracker = FairValueGapTracker()
  private var poolTracker: PoolTracker
  private var sweepTracker: SweepTracker

  /// Structure of no bars yet.
  public init(settings: StructureSettings = StructureSettings()) {
    self.settings = settings
    swingTracker = SwingTracker(length: settings.swingLength, ties: settings.ties)
    breakTracker = BreakTracker(rule: settings.breakRule)
    poolTracker = PoolTracker(atrShare: settings.poolATRShare)
    sweepTracker = SweepTracker(returnBars: settings.sweepReturnBars)
  }

  /// Structure of a whole series: the same as appending its bars one by one.
  public init(of bars: [PriceBar], settings: StructureSettings = StructureSettings()) {
    self.init(settings: settings)
    for bar in bars { append(bar) }
  }

  /// Takes the next closed bar.
  @discardableResult
  public mutating func append(_ bar: PriceBar) -> Change {
    let swings = swingTracker.append(bar)
    let pools = poolTracker.append(bar, confirming: swings)
    let change = Change(
      swings: swings, breaks: breakTracker.append(bar, confirming: swings),
      gaps: gapTracker.append(bar), pools: pools,
      sweeps: sweepTracker.append(
        bar, confirming: swings, reaching: pools.swept.map { poolTracker.pools[$0] }))
    count += 1
    return change
  }

  /// Confirmed swings, in the order in which they were known.
  public var swings: [Swing] { swingTracker.swings }

  /// Breaks of structure and changes of character, in the order of their bars.
  public var breaks: [StructureBreak] { breakTracker.breaks }

  /// Fair value gaps, in the order of their bars.
  public var gaps: [FairValueGap] { gapTracker.gaps }

  /// Pools of equal highs and equal lows, in the order in which they were known.
  public var pools: [LiquidityPool] { poolTracker.pools }

  /// Liquidity sweeps, in the order in which they were known.
  public var sweeps: [LiquiditySweep] { sweepTracker.sweeps }

  /// The direction of the last break; nil before the first.
  public var trend: MarketDirection? { breakTracker.trend }

  /// The swing high whose break would be bullish; nil where none stands.
  public var standingHigh: Swing? { breakTracker.high }

  /// The swing low whose break would be bearish; nil where none stands.
  public var standingLow: Swing? { breakTracker.low }

  /// Gaps that are not filled and overlap a range of prices, in the order of their bars.
  public func openGaps(from low: Double, to high: Double) -> [FairValueGap] {
    gaps.filter { $0.mitigation != .filled && $0.top > low && $0.bottom < high }
  }
}
