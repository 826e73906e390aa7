import Market

/// What the simulator knows of an instrument before it starts: the scale of its price, how
/// restless it is, how much open interest its venues carry.
public struct SimulatedInstrument: Hashable, Sendable {
  /// The instrument.
  public let instrument: Instrument
  /// The price that the newest part of the history starts from, in the quote currency.
  public let startPrice: Double
  /// Standard deviation of a year's log return, on average.
  public let annualVolatility: Double
  /// Correlation of its returns with the whole market's.
  public let marketCorrelation: Double
  /// Open interest of the first and the second venue at the start, in the quote currency.
  public let openInterest: [Double]
  /// Decimals of a price.
  let priceDecimals: Int
  /// The smallest size, in coins.
  let lotSize: Double

  /// BTCUSDT.
  public static let bitcoin = SimulatedInstrument(
    instrument: Instrument(base: "BTC"), startPrice: 94_000, annualVolatility: 0.55,
    marketCorrelation: 0.88, openInterest: [6.2e9, 3.7e9], priceDecimals: 1, lotSize: 0.001)
  /// ETHUSDT.
  public static let ether = SimulatedInstrument(
    instrument: Instrument(base: "ETH"), startPrice: 3_150, annualVolatility: 0.72,
    marketCorrelation: 0.84, openInterest: [3.9e9, 2.1e9], priceDecimals: 2, lotSize: 0.01)
  /// SOLUSDT.
  public static let solana = SimulatedInstrument(
    instrument: Instrument(base: "SOL"), startPrice: 142, annualVolatility: 0.88,
    marketCorrelation: 0.76, openInterest: [1.3e9, 0.8e9], priceDecimals: 3, lotSize: 0.1)

  /// Every instrument of the simulator, largest first.
  public static let all: [SimulatedInstrument] = [.bitcoin, .ether, .solana]

  /// The simulated instrument of the same coin and quote currency; nil where there is none.
  public init?(_ instrument: Instrument) {
    guard let known = SimulatedInstrument.all.first(where: { $0.instrument == instrument })
    else { return nil }
    self = known
  }

  private init(
    instrument: Instrument, startPrice: Double, annualVolatility: Double,
    marketCorrelation: Double, openInterest: [Double], priceDecimals: Int, lotSize: Double
  ) {
    self.instrument = instrument
    self.startPrice = startPrice
    self.annualVolatility = annualVolatility
    self.marketCorrelation = marketCorrelation
    self.openInterest = openInterest
    self.priceDecimals = priceDecimals
    self.lotSize = lotSize
  }

  /// Standard deviation of a minute's log return, on average.
  var minuteVolatility: Double { annualVolatility / (365.0 * 1_440).squareRoot() }

  /// A price rounded to the instrument's decimals.
  func rounded(price: Double) -> Double {
    var scale = 1.0
    for _ in 0..<priceDecimals { scale *= 10 }
    return (price * scale).rounded() / scale
  }
}
