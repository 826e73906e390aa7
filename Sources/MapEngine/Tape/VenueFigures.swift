import Market

/// What a venue says of an instrument besides candles, the newest of each; nil where it hasn't
/// said.
public struct VenueFigures: Hashable, Sendable {
  /// The venue.
  public let venue: Venue
  /// The price of its last candle, closed or forming.
  public private(set) var price: Double?
  /// Mark and index.
  public private(set) var markPrice: MarkPrice?
  /// One-sided open interest in coins.
  public private(set) var openInterest: OpenInterest?
  /// What funding was or will be.
  public private(set) var funding: Funding?
  /// How longs stand to shorts, by what is counted.
  public private(set) var ratios: [LongShortRatio.Measure: LongShortRatio] = [:]
  private var candleTime: Timestamp?

  /// A venue that has said nothing yet.
  public init(venue: Venue) {
    self.venue = venue
  }

  /// Open interest in US dollars at the venue's own price.
  public var openInterestUSD: Double? {
    guard let openInterest, let price = markPrice?.mark ?? price else { return nil }
    return openInterest.quantity * price
  }

  /// Takes a fact; true when it changed a figure. Older facts than those known change nothing.
  @discardableResult
  public mutating func take(_ fact: MarketEvent.Fact) -> Bool {
    switch fact {
    case .candle(let candle, _):
      guard candleTime.map({ candle.openTime >= $0 }) ?? true else { return false }
      candleTime = candle.openTime
      price = candle.close
    case .markPrice(let new):
      guard markPrice.map({ new.time >= $0.time }) ?? true else { return false }
      markPrice = new
    case .openInterest(let new):
      guard openInterest.map({ new.time >= $0.time }) ?? true else { return false }
      openInterest = new
    case .funding(let new):
      guard funding.map({ new.time >= $0.time }) ?? true else { return false }
      funding = new
    case .longShortRatio(let new):
      guard ratios[new.measure].map({ new.time >= $0.time }) ?? true else { return false }
      ratios[new.measure] = new
    case .liquidation, .liquidatedTotal, .trade:
      return false
    }
    return true
  }
}
