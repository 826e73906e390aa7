/// One open position of the simulated crowd, in 64 bytes: a day's trading touches many thousands.
/// Prices are natural logarithms.
struct TraderPosition: Sendable {
  /// What its owner meets first when the price turns against it.
  enum Adverse: UInt8, Sendable {
    /// It closes itself.
    case stop
    /// It gets more margin, and its liquidation price moves away.
    case topUp
    /// The venue closes it.
    case liquidation
  }

  /// Whether it is a long.
  var isLong: Bool
  /// What comes first on the adverse side.
  var adverse: Adverse
  /// How often margin can still be added.
  var topUpsLeft: Int16
  /// The chance that it is kept on when it stands at a loss and its time is up.
  var keepsLosers: Float
  /// The holding time that was planned, in minutes.
  var holdMinutes: Float
  /// The minute (since 1970) at which it is to be closed.
  var dueMinute: Int32
  /// Lots.
  var quantity: Int64
  /// Log entry price.
  var entry: Double
  /// Log liquidation price; minus infinity where there is none.
  var liquidation: Double
  /// Margin over the value at entry: 1 over the effective leverage.
  var margin: Double
  /// Log price at which the adverse event happens.
  var adversePrice: Double
  /// How far above the entry (below, for a short) profit is taken, in log price; infinite where
  /// no take-profit is set.
  var profitDistance: Double

  /// +1 for a long, -1 for a short.
  var sign: Double { isLong ? 1 : -1 }
}
