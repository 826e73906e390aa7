import Market

/// One fact as a venue stated it, in the units of the map: coins and US dollars, prices per coin,
/// one-sided open interest, the side of a position, UTC milliseconds. What the message didn't hold
/// and nobody else said is nil.
public struct VenueObservation: Hashable, Sendable {
  /// Who says so.
  public let venue: Venue
  /// The venue's own name of what it is about.
  public let symbol: String?
  /// What it is about, where its symbol is understood.
  public let instrument: Instrument?
  /// Whether it is about a perpetual future; dated ones are no part of the map.
  public let isPerpetual: Bool
  /// When it stood so; of a candle, its open time.
  public let time: Timestamp?
  /// What is stated.
  public let content: Content
  /// Why a number of it is nil.
  public let reason: String?

  /// What a venue can state.
  public enum Content: Hashable, Sendable {
    case candle(CandleReading)
    case openInterest(quantity: Double?, dollars: Double?)
    case markPrice(MarkReading)
    case funding(FundingReading)
    /// A forced closing of a position of that side.
    case liquidation(side: Side, price: Double, quantity: Double?, dollars: Double?)
    /// What was liquidated within the interval that ends at the observation's time.
    case liquidatedTotals(long: Amount, short: Amount, interval: Span?)
    case trade(takerBought: Bool, price: Double, quantity: Double?, dollars: Double?)
    case longShortRatio(RatioReading)
    case instrument(VenueInstrument)
    case maintenanceTiers(MaintenanceTiers)
  }

  /// The channel that it belongs to.
  public var channel: VenueChannel {
    switch content {
    case .candle: .candle
    case .openInterest: .openInterest
    case .markPrice: .markPrice
    case .funding: .funding
    case .liquidation, .liquidatedTotals: .liquidation
    case .trade: .trade
    case .longShortRatio: .longShortRatio
    case .instrument: .instruments
    case .maintenanceTiers: .maintenanceTiers
    }
  }
}

/// A candle as stated. Prices are per coin.
public struct CandleReading: Hashable, Sendable {
  /// Whose prices a candle is made of.
  public enum Source: String, Hashable, Sendable {
    case trades, mark, index
  }

  /// The length of the interval.
  public var interval: Span?
  public let open, high, low, close: Double
  /// Traded coins.
  public var baseVolume: Double?
  /// Traded value in the quote currency.
  public var quoteVolume: Double?
  /// Coins that takers bought.
  public var takerBuyBaseVolume: Double?
  /// Whether the interval is over. Where the venue has no flag, the newest candle known is open.
  public var isClosed: Bool
  /// Whether the venue itself says whether it is closed.
  public let statesClosed: Bool
  /// What the prices are of.
  public var source: Source = .trades
}

/// Mark and index price as stated.
public struct MarkReading: Hashable, Sendable {
  public var mark: Double?
  public var index: Double?
  /// The running funding rate per interval.
  public var fundingRate: Double?
  /// When it will be paid.
  public var nextFundingTime: Timestamp?
}

/// A funding rate as stated; the observation's time is when it was or will be paid.
public struct FundingReading: Hashable, Sendable {
  /// A fraction of the notional per interval; nil where the message gives the interval only.
  public var rate: Double?
  /// From one payment to the next.
  public var interval: Span?
}

/// Longs to shorts as stated.
public struct RatioReading: Hashable, Sendable {
  public let measure: LongShortRatio.Measure
  /// Long divided by short.
  public let ratio: Double
  /// The share of the longs, from 0 to 1.
  public let longShare: Double
  /// What takers bought and sold, in coins.
  public var buyVolume: Double?
  public var sellVolume: Double?

  /// From the ratio alone.
  init(measure: LongShortRatio.Measure, ratio: Double) throws(DecodeProblem) {
    guard ratio >= 0 else { throw DecodeProblem(reason: "a ratio of \(ratio) is below zero") }
    self.measure = measure
    self.ratio = ratio
    longShare = ratio / (1 + ratio)
  }

  /// From both sides' sizes or shares, and the venue's own ratio where it gives one.
  init(
    measure: LongShortRatio.Measure, long: Double, short: Double, ratio: Double? = nil
  ) throws(DecodeProblem) {
    guard long >= 0, short >= 0, long + short > 0, (long + short).isFinite else {
      throw DecodeProblem(reason: "long \(long) and short \(short) make no ratio")
    }
    let quotient = ratio ?? long / short
    guard quotient >= 0, quotient.isFinite else {
      throw DecodeProblem(reason: "long \(long) to short \(short) is no finite ratio")
    }
    self.measure = measure
    self.ratio = quotient
    longShare = long / (long + short)
  }
}
