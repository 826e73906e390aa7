/// One fact about one instrument on one venue.
public struct MarketEvent: Hashable, Sendable {
  /// Where it happened.
  public let venue: Venue
  /// What it is about.
  public let instrument: Instrument
  /// What happened.
  public let fact: Fact

  /// A fact about an instrument on a venue.
  public init(venue: Venue, instrument: Instrument, fact: Fact) {
    self.venue = venue
    self.instrument = instrument
    self.fact = fact
  }

  /// What can happen on a venue.
  public enum Fact: Hashable, Sendable {
    /// A candle; while `isClosed` is false it stands for the forming interval, and a later one
    /// of the same open time replaces it.
    case candle(Candle, isClosed: Bool)
    /// Open interest as of a moment.
    case openInterest(OpenInterest)
    /// A published liquidation.
    case liquidation(Liquidation)
    /// Sizes of positions liquidated within an interval that closes at `time`, as some archives
    /// give them, in coins.
    case liquidatedTotal(time: Timestamp, interval: Span, long: Double, short: Double)
    /// A mark price.
    case markPrice(MarkPrice)
    /// A funding rate.
    case funding(Funding)
    /// A trade.
    case trade(Trade)
    /// A ratio of longs to shorts.
    case longShortRatio(LongShortRatio)
  }

  /// The moment from which the fact is known: the close of a candle, else the time it states.
  public var time: Timestamp {
    switch fact {
    case .candle(let candle, _): candle.closeTime
    case .openInterest(let observation): observation.time
    case .liquidation(let liquidation): liquidation.time
    case .liquidatedTotal(let time, _, _, _): time
    case .markPrice(let price): price.time
    case .funding(let funding): funding.time
    case .trade(let trade): trade.time
    case .longShortRatio(let ratio): ratio.time
    }
  }
}
