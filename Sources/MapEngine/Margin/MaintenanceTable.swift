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

  /// Whether the bracket offers that leverage. Venues print the inverse of the initial margin rate
  /// with two decimals (66.66 for 1.5 %), so the comparison allows for the last of them.
  public func offers(leverage: Double) -> Bool {
    leverage <= maxLeverage + 0.01
  }
}

/// A venue's maintenance margin table for one instrument, as of a date.
///
/// A size above `floor` and up to `cap` belongs to the bracket: a size that equals a cap belongs to
/// the lower of the two, as the venues print it.
public struct MaintenanceTable: Hashable, Sendable {
  /// What the sizes of the brackets count.
  public enum SizeUnit: Hashable, Sendable {
    /// The position's value in the quote currency.
    case quoteNotional
    /// Contracts of so many coins each.
    case contracts(coins: Double)
  }

  /// The venue whose rules these are.
  public let venue: Venue
  /// The instrument as the venue's table names it.
  public let symbol: String
  /// What `floor` and `cap` count.
  public let unit: SizeUnit
  /// The brackets, smallest size first; never empty, and the last one has no end.
  public let brackets: [MaintenanceBracket]
  /// The taker fee that the venue's liquidation test adds to the maintenance margin, a fraction of
  /// the position's value; zero where the test counts no fee, or where it cancels.
  public let countedTakerFee: Double
  /// The largest position that the venue allows, in the table's unit; infinity where unknown.
  public let largestSize: Double
  /// Whether every bracket of the venue is here. Where not, the last known one is extended.
  public let isComplete: Bool
  /// Whether the table is another instrument's, for want of this one's.
  public let isFallback: Bool
  /// The date that the table was read at the venue, ISO 8601.
  public let asOf: String
  /// Where the numbers come from.
  public let source: String

  /// A table of those brackets, of which there must be one at least.
  public init(
    venue: Venue, symbol: String, unit: SizeUnit, brackets: [MaintenanceBracket],
    countedTakerFee: Double, largestSize: Double = .infinity, isComplete: Bool = true,
    isFallback: Bool = false, asOf: String, source: String
  ) {
    precondition(!brackets.isEmpty, "a maintenance table has one bracket at least")
    self.venue = venue
    self.symbol = symbol
    self.unit = unit
    self.brackets = brackets
    self.countedTakerFee = countedTakerFee
    self.largestSize = largestSize
    self.isComplete = isComplete
    self.isFallback = isFallback
    self.asOf = asOf
    self.source = source
  }

  /// Whether the venue deducts, so that the maintenance margin is continuous over the brackets.
  public var deducts: Bool { brackets[brackets.count - 1].amount > 0 }

  /// The bracket that a position of that size is in; sizes in the table's unit.
  public func bracket(size: Double) -> MaintenanceBracket {
    brackets.first { size <= $0.cap } ?? brackets[brackets.count - 1]
  }

  /// The size of a position in the table's unit.
  ///
  /// - Parameters:
  ///   - coins: its size in coins.
  ///   - price: the price that it is valued at, in the quote currency.
  public func size(coins: Double, price: Double) -> Double {
    switch unit {
    case .quoteNotional: coins * price
    case .contracts(let perContract): coins / perContract
    }
  }

  /// The share of its value at which a modelled level, which has no size, is liquidated: the rate
  /// of the lowest bracket whose maximum leverage reaches the level's, and the taker fee where the
  /// venue's test counts it.
  ///
  /// Nil where the venue doesn't offer that leverage, or where the level would be liquidated on
  /// opening: such a level isn't drawn.
  public func modelledRate(leverage: Double) -> Double? {
    guard leverage > 0, let bracket = brackets.first(where: { $0.offers(leverage: leverage) })
    else { return nil }
    let rate = bracket.rate + countedTakerFee
    return rate * leverage < 1 ? rate : nil
  }
}
