import RealModule

/// The maintenance margin that the simulated venues ask for.
public struct MarginRule: Hashable, Sendable {
  /// Maintenance margin as a fraction of the position's value at the mark.
  public let rate: Double
  /// What is deducted from value x rate, as a fraction of the value at entry.
  public let amount: Double

  /// A rule; the rate must lie from 0 up to, but not including, 1.
  public init(rate: Double = 0.004, amount: Double = 0) {
    precondition((0..<1).contains(rate), "a maintenance rate is a fraction below 1")
    self.rate = rate
    self.amount = amount
  }

  /// Natural logarithm of the liquidation price over the entry price: of a linear contract whose
  /// maintenance margin is taken on the mark, P = (E - s (m + c) / q) / (1 - s r), with
  /// `margin` = m / (q E), the amount c / (q E), s +1 for a long. Minus infinity where no price
  /// above zero would liquidate.
  func liquidation(sign: Double, margin: Double) -> Double {
    let ratio = (1 - sign * (margin + amount)) / (1 - sign * rate)
    return ratio > 0 ? Double.log(ratio) : -Double.infinity
  }
}
