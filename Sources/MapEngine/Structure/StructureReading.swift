import Market

/// Market structure as of a moment, on closed bars of one length: what a screen draws and a script
/// reads. Everything names bars by their places in ``bars``; nothing in it is ever taken back
/// when bars are added, only filled in.
public struct StructureReading: Hashable, Sendable {
  /// The length of a bar; bars of facts that are longer keep their own.
  public let span: Span
  /// The bars that were read, of the venue with the largest open interest.
  public let bars: [PriceBar]
  /// Confirmed swings, in the order in which they were known.
  public let swings: [Swing]
  /// Breaks of structure and changes of character.
  public let breaks: [StructureBreak]
  /// Fair value gaps: open, touched, half filled, filled.
  public let gaps: [FairValueGap]
  /// Pools of equal highs and equal lows.
  public let pools: [LiquidityPool]
  /// Liquidity sweeps and what confirms them.
  public let sweeps: [WitnessedSweep]
  /// The direction of the last break; nil before the first.
  public let trend: MarketDirection?
  /// The swing high whose break would be bullish; nil where none stands.
  public let standingHigh: Swing?
  /// The swing low whose break would be bearish; nil where none stands.
  public let standingLow: Swing?

  /// The structure of a market on bars of any length. Prices are those of the venue with the
  /// largest open interest; open interest and liquidations add up over all.
  public init(
    of series: [VenueSeries], span: Span = .hours(1),
    settings: StructureSettings = StructureSettings()
  ) {
    let intervals = series.leading?.intervals ?? []
    let bars = PriceBar.bars(of: intervals, span: span)
    let structure = MarketStructure(of: bars, settings: settings)
    let all = series.map(\.intervals)
    self.init(
      span: span, bars: bars, structure: structure,
      sweeps: structure.sweeps.map { WitnessedSweep($0, bars: bars, venues: all) })
  }

  init(span: Span, bars: [PriceBar], structure: MarketStructure, sweeps: [WitnessedSweep]) {
    self.span = span
    self.bars = bars
    self.sweeps = sweeps
    swings = structure.swings
    breaks = structure.breaks
    gaps = structure.gaps
    pools = structure.pools
    trend = structure.trend
    standingHigh = structure.standingHigh
    standingLow = structure.standingLow
  }

  /// The start of a bar, by its place.
  public func openTime(_ bar: Int) -> Timestamp { bars[bar].openTime }

  /// The end of a bar, by its place: when what it shows was known.
  public func closeTime(_ bar: Int) -> Timestamp { bars[bar].closeTime }

  /// Gaps that are not filled and overlap a range of prices, in the order of their bars.
  public func openGaps(from low: Double, to high: Double) -> [FairValueGap] {
    gaps.filter { $0.mitigation != .filled && $0.top > low && $0.bottom < high }
  }
}

/// A sweep, and what the facts say of it.
public struct WitnessedSweep: Hashable, Sendable {
  /// The sweep.
  public let sweep: LiquiditySweep
  /// Open interest and liquidations while it lasted; nil where nothing can be said.
  public let evidence: SweepEvidence?

  /// A sweep found in bars, with the intervals of each venue.
  public init(_ sweep: LiquiditySweep, bars: [PriceBar], venues: [[MarketInterval]]) {
    self.sweep = sweep
    evidence = SweepEvidence(
      venues.compactMap { SweepEvidence(of: sweep, in: bars, intervals: $0) })
  }

  /// Whether open interest fell and liquidations of the side that backs it were printed, more than
  /// of the other side.
  public var isConfirmed: Bool {
    evidence.map { $0.positionsClosed && $0.liquidationsPrinted } ?? false
  }
}

extension [VenueSeries] {
  /// The venue with the largest open interest at its end: the one whose prices are read.
  var leading: VenueSeries? {
    self.max { ($0.intervals.last?.openInterest ?? 0) < ($1.intervals.last?.openInterest ?? 0) }
  }
}
