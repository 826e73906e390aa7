/// How market structure is read. The defaults are those of the screen.
public struct StructureSettings: Hashable, Sendable {
  /// Bars on each side of a swing.
  public var swingLength = 5
  /// What becomes of bars with the same high or low.
  public var ties = SwingTracker.Ties.strict
  /// Which price breaks a level.
  public var breakRule = StructureBreak.Rule.close
  /// The tolerance of pools as a share of the average true range.
  public var poolATRShare = 0.1
  /// How many bars after the piercing one may still close inside for a sweep.
  public var sweepReturnBars = 2

  /// The defaults.
  public init() {}
}
