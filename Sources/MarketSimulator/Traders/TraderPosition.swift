/// One open position of the simulated crowd. Prices are natural logarithms.
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

  /// +1 for a long, -1 for a short.
  var sign: Double
  /// Lots.
  var quantity: Int64
  /// Log entry price.
  var entry: Double
  /// Log liquidation price; minus infinity where there is none.
  var liquidation: Double
  /// Margin over the value at entry: 1 over the effective leverage.
  var margin: Double
  /// What comes first on the adverse side.
  var adverse: Adverse
  /// Log price at which that happens.
  var adversePrice: Double
  /// Log take-profit price; nil where none is set.
  var takeProfit: Double?
  /// How often margin can still be added.
  var topUpsLeft: Int
  /// The chance that it is kept on when it stands at a loss and its time is up.
  var keepsLosers: Double
  /// The holding time that was planned, in minutes.
  var holdMinutes: Double
  /// The minute (since 1970) at which it is to be closed.
  var dueMinute: Int64

  var isLong: Bool { sign > 0 }
}
