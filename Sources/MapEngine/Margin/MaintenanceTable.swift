import Market

/// One bracket of a venue's maintenance margin table.
public struct MaintenanceBracket: Hashable, Sendable {
  /// The venue's own number of the bracket, from 1.
  public let tier: Int
  /// The size at which the bracket begins, in the table's unit.
  public let floor: Double
  /// The size at which it ends; infinity for the last one.
  public let cap: Double
  /// Maintenance margin rate, a fraction of the position's value.
  public let rate: Double
  /// The highest leverage that the venue offers in the bracket.
  public let maxLeverage: Double
  /// What is deducted from value x rate, in the quote currency; zero where the venue has none.
  public let amount: Double

  /// A bracket, as the venue states it.
  public init(
    tier: Int, floor: Double, cap: Double, rate: Double, maxLeverage: Double, amount: Double
  ) {
    self.tier = tier
    self.floor = floor
    self.cap = cap
    self.rate = rate
    self.maxLeverage = maxLeverage
    self.amount = amount
  }
}
