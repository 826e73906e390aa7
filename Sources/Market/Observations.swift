/// One-sided open interest of an instrument on a venue at a moment: each contract counted once.
public struct OpenInterest: Hashable, Sendable {
  /// When it stood so.
  public let time: Timestamp
  /// Coins.
  public let quantity: Double

  /// Throws when the quantity is negative or not finite.
  public init(time: Timestamp, quantity: Double) throws(MarketValueError) {
    self.time = time
    self.quantity = try Require.size(quantity, "open_interest")
  }
}

/// A forced closing that the venue published. Feeds are throttled: most are samples.
public struct Liquidation: Hashable, Sendable {
  /// When the venue closed the position.
  public let time: Timestamp
  /// The side of the position that was closed.
  public let side: Side
  /// The price that the venue gives, in the quote currency; venues mean different prices by it.
  public let price: Double
  /// Coins.
  public let quantity: Double

  /// Throws when the price isn't above zero or the quantity is negative.
  public init(
    time: Timestamp, side: Side, price: Double, quantity: Double
  ) throws(MarketValueError) {
    self.time = time
    self.side = side
    self.price = try Require.positive(price, "price")
    self.quantity = try Require.size(quantity, "quantity")
  }

  /// Price times quantity, in the quote currency.
  public var notional: Double { price * quantity }
}

/// The price that margin is reckoned at.
public struct MarkPrice: Hashable, Sendable {
  /// When it stood so.
  public let time: Timestamp
  /// The mark price in the quote currency.
  public let mark: Double
  /// The index price in the quote currency, where known.
  public let index: Double?

  /// Throws when a price isn't a finite number above zero.
  public init(time: Timestamp, mark: Double, index: Double? = nil) throws(MarketValueError) {
    self.time = time
    self.mark = try Require.positive(mark, "mark")
    var known: Double?
    if let index { known = try Require.positive(index, "index") }
    self.index = known
  }
}

/// What longs pay shorts (or, below zero, shorts longs) per funding interval.
public struct Funding: Hashable, Sendable {
  /// When it was or will be paid.
  public let time: Timestamp
  /// A fraction of the notional: 0.0001 is one basis point.
  public let rate: Double

  /// Throws when the rate isn't finite.
  public init(time: Timestamp, rate: Double) throws(MarketValueError) {
    self.time = time
    self.rate = try Require.finite(rate, "funding_rate")
  }
}
