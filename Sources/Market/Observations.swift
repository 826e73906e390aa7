/// One-sided open interest of an instrument on a venue at a moment: each contract counted once.
public struct OpenInterest: Hashable, Sendable {
  /// When it stood so.
  public let time: Timestamp
  /// Coins.
  public let quantity: Double
  /// The moment from which it is known: later than `time` where a candle tells of its own open.
  public let knownFrom: Timestamp

  /// Throws when the quantity is negative or not finite. `knownFrom` is `time` unless given.
  public init(
    time: Timestamp, quantity: Double, knownFrom: Timestamp? = nil
  ) throws(MarketValueError) {
    self.time = time
    self.quantity = try Require.size(quantity, "open_interest")
    self.knownFrom = max(knownFrom ?? time, time)
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
  /// The time from one payment to the next; nil where the source doesn't say.
  public let interval: Span?

  /// Throws when the rate isn't finite or the interval isn't longer than zero.
  public init(time: Timestamp, rate: Double, interval: Span? = nil) throws(MarketValueError) {
    self.time = time
    self.rate = try Require.finite(rate, "funding_rate")
    if let interval, interval.milliseconds <= 0 {
      throw MarketValueError(
        field: "funding_interval", value: "\(interval.milliseconds) ms",
        rule: "must be longer than zero")
    }
    self.interval = interval
  }
}

/// One trade, or several at one price that the venue put together.
public struct Trade: Hashable, Sendable {
  /// When it happened.
  public let time: Timestamp
  /// Whether the taker, who crossed the spread, bought.
  public let takerBought: Bool
  /// The price in the quote currency.
  public let price: Double
  /// Coins.
  public let quantity: Double

  /// Throws when the price isn't above zero or the quantity is negative.
  public init(
    time: Timestamp, takerBought: Bool, price: Double, quantity: Double
  ) throws(MarketValueError) {
    self.time = time
    self.takerBought = takerBought
    self.price = try Require.positive(price, "price")
    self.quantity = try Require.size(quantity, "quantity")
  }
}

/// How longs stand to shorts on a venue at a moment.
public struct LongShortRatio: Hashable, Sendable {
  /// What is counted.
  public enum Measure: String, CaseIterable, Codable, Hashable, Sendable {
    /// Accounts that are net long to those that are net short.
    case accounts
    /// The same among the venue's largest accounts.
    case topAccounts = "top_accounts"
    /// The position sizes of the venue's largest accounts.
    case topPositions = "top_positions"
    /// What takers bought to what they sold.
    case takerVolume = "taker_volume"
  }

  /// When it stood so.
  public let time: Timestamp
  /// What is counted.
  public let measure: Measure
  /// Long divided by short.
  public let ratio: Double

  /// Throws when the ratio is negative or not finite.
  public init(time: Timestamp, measure: Measure, ratio: Double) throws(MarketValueError) {
    self.time = time
    self.measure = measure
    self.ratio = try Require.size(ratio, "long_short_ratio")
  }
}
