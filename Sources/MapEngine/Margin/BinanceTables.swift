import Market

/// Binance USD-M perpetuals: brackets of quote notional in USDT with a deduction, valued at the
/// mark, no fee in the test.
enum BinanceTables {
  static let asOf = "2026-07-02"
  static let source = "Binance leverageBracket reply, as stored by freqtrade's leverage tiers"

  /// The tables by coin.
  static let byCoin: [String: MaintenanceTable] = shippedTables([
    table("BTCUSDT", btc),
    table("ETHUSDT", eth),
    table("SOLUSDT", sol),
    table("XRPUSDT", xrp),
    table("DOGEUSDT", doge),
    table("BNBUSDT", bnb),
    table("ADAUSDT", ada),
    table("SUIUSDT", sui),
    table("AVAXUSDT", avax),
    table("LINKUSDT", link),
    table("LTCUSDT", ltc),
    table("BCHUSDT", bch),
    table("HYPEUSDT", hype),
    table("1000PEPEUSDT", pepe1000),
    table("TRXUSDT", trx),
    table("DOTUSDT", dot),
    table("ENAUSDT", ena),
    table("WIFUSDT", wif),
    table("AAVEUSDT", aave),
    table("NEARUSDT", near),
  ])

  /// What stands in for a coin whose table isn't shipped: the strictest of the twenty that were
  /// read, WIFUSDT. Its rates rise at the smallest sizes, and it offers 75x at most.
  static func fallback(symbol: String) -> MaintenanceTable {
    MaintenanceTable(
      venue: .binance, symbol: symbol, unit: .quoteNotional,
      brackets: strictest, countedTakerFee: 0, isFallback: true, asOf: asOf,
      source: "the strictest of the twenty tables read (WIFUSDT); " + source)
  }

  /// The strictest ladder that was read.
  static let strictest = BracketLadder.deducting(wif)

  private static func table(_ symbol: String, _ steps: [Double]) -> MaintenanceTable {
    MaintenanceTable(
      venue: .binance, symbol: symbol, unit: .quoteNotional,
      brackets: BracketLadder.deducting(steps), countedTakerFee: 0,
      largestSize: steps[steps.count - 3], asOf: asOf, source: source)
  }

  // Each row of three: the notional at which the bracket ends, its rate, its highest leverage.

  static let btc: [Double] = [
    300e3, 0.004, 150, 800e3, 0.005, 100, 3e6, 0.0065, 75, 12e6, 0.01, 50, 70e6, 0.02, 25,
    100e6, 0.025, 20, 230e6, 0.05, 10, 480e6, 0.1, 5, 600e6, 0.125, 4, 800e6, 0.15, 3,
    1200e6, 0.25, 2, 1800e6, 0.5, 1,
  ]
  static let eth: [Double] = [
    300e3, 0.004, 150, 800e3, 0.005, 100, 3e6, 0.0065, 75, 12e6, 0.01, 50, 50e6, 0.02, 25,
    65e6, 0.025, 20, 150e6, 0.05, 10, 320e6, 0.1, 5, 400e6, 0.125, 4, 530e6, 0.15, 3,
    800e6, 0.25, 2, 1200e6, 0.5, 1,
  ]
  static let sol: [Double] = [
    50e3, 0.005, 100, 400e3, 0.0065, 75, 1e6, 0.01, 50, 4e6, 0.02, 25, 8e6, 0.025, 20,
    40e6, 0.05, 10, 80e6, 0.1, 5, 100e6, 0.125, 4, 200e6, 0.25, 2, 400e6, 0.5, 1,
  ]
  static let xrp: [Double] = [
    40e3, 0.005, 100, 80e3, 0.006, 75, 150e3, 0.01, 50, 400e3, 0.0125, 40, 1e6, 0.02, 25,
    2e6, 0.025, 20, 10e6, 0.05, 10, 20e6, 0.1, 5, 25e6, 0.125, 4, 50e6, 0.25, 2, 100e6, 0.5, 1,
  ]
  static let doge: [Double] = [
    80e3, 0.0065, 75, 150e3, 0.01, 50, 750e3, 0.0125, 40, 2e6, 0.02, 25, 4e6, 0.025, 20,
    20e6, 0.05, 10, 40e6, 0.1, 5, 50e6, 0.125, 4, 100e6, 0.25, 2, 200e6, 0.5, 1,
  ]
  static let bnb: [Double] = [
    10e3, 0.005, 75, 200e3, 0.006, 50, 400e3, 0.01, 40, 1.5e6, 0.02, 25, 3e6, 0.025, 20,
    15e6, 0.05, 10, 30e6, 0.1, 5, 37.5e6, 0.125, 4, 75e6, 0.25, 2, 150e6, 0.5, 1,
  ]
  static let ada: [Double] = [
    10e3, 0.005, 75, 50e3, 0.01, 50, 200e3, 0.015, 40, 1e6, 0.02, 25, 2e6, 0.025, 20,
    10e6, 0.05, 10, 20e6, 0.1, 5, 25e6, 0.125, 4, 50e6, 0.25, 2, 100e6, 0.5, 1,
  ]
  static let sui: [Double] = [
    20e3, 0.01, 75, 200e3, 0.015, 50, 1e6, 0.02, 25, 2e6, 0.025, 20, 10e6, 0.05, 10,
    20e6, 0.1, 5, 25e6, 0.125, 4, 50e6, 0.25, 2, 100e6, 0.5, 1,
  ]
  static let avax: [Double] = [
    25e3, 0.005, 75, 80e3, 0.01, 50, 160e3, 0.015, 40, 800e3, 0.02, 25, 1.6e6, 0.025, 20,
    8e6, 0.05, 10, 16e6, 0.1, 5, 20e6, 0.125, 4, 40e6, 0.25, 2, 80e6, 0.5, 1,
  ]
  static let link: [Double] = [
    10e3, 0.005, 75, 200e3, 0.01, 50, 400e3, 0.015, 40, 800e3, 0.02, 25, 1.6e6, 0.025, 20,
    8e6, 0.05, 10, 16e6, 0.1, 5, 20e6, 0.125, 4, 40e6, 0.25, 2, 80e6, 0.5, 1,
  ]
  static let ltc: [Double] = [
    10e3, 0.005, 75, 50e3, 0.01, 50, 160e3, 0.015, 40, 800e3, 0.02, 25, 1.6e6, 0.025, 20,
    8e6, 0.05, 10, 16e6, 0.1, 5, 20e6, 0.125, 4, 40e6, 0.25, 2, 80e6, 0.5, 1,
  ]
  static let bch: [Double] = [
    10e3, 0.005, 75, 100e3, 0.01, 50, 160e3, 0.015, 40, 800e3, 0.02, 25, 1.6e6, 0.025, 20,
    8e6, 0.05, 10, 16e6, 0.1, 5, 20e6, 0.125, 4, 40e6, 0.25, 2, 80e6, 0.5, 1,
  ]
  static let hype: [Double] = [
    20e3, 0.01, 75, 200e3, 0.015, 50, 1e6, 0.02, 25, 2e6, 0.025, 20, 5e6, 0.05, 10,
    7.5e6, 0.1, 5, 10e6, 0.125, 4, 12.5e6, 0.25, 2, 15e6, 0.5, 1,
  ]
  static let pepe1000: [Double] = [
    20e3, 0.0065, 75, 200e3, 0.01, 50, 300e3, 0.015, 40, 1.5e6, 0.02, 25, 3e6, 0.025, 20,
    15e6, 0.05, 10, 20e6, 0.1, 5, 25e6, 0.125, 4, 30e6, 0.25, 2, 35e6, 0.5, 1,
  ]
  static let trx: [Double] = [
    10e3, 0.0065, 75, 90e3, 0.01, 50, 120e3, 0.015, 40, 650e3, 0.02, 25, 800e3, 0.025, 20,
    3e6, 0.05, 10, 6e6, 0.1, 5, 12e6, 0.125, 4, 20e6, 0.25, 2, 30e6, 0.5, 1,
  ]
  static let dot: [Double] = [
    10e3, 0.0065, 75, 50e3, 0.01, 50, 100e3, 0.015, 40, 500e3, 0.02, 25, 800e3, 0.025, 20,
    4e6, 0.05, 10, 8e6, 0.1, 5, 10e6, 0.125, 4, 30e6, 0.25, 2, 50e6, 0.5, 1,
  ]
  static let ena: [Double] = [
    20e3, 0.01, 75, 160e3, 0.015, 50, 800e3, 0.02, 25, 1.6e6, 0.025, 20, 8e6, 0.05, 10,
    16e6, 0.1, 5, 20e6, 0.125, 4, 40e6, 0.25, 2, 80e6, 0.5, 1,
  ]
  static let wif: [Double] = [
    5e3, 0.01, 75, 10e3, 0.015, 50, 50e3, 0.02, 25, 100e3, 0.025, 20, 175e3, 0.0333, 15,
    250e3, 0.05, 10, 750e3, 0.1, 5, 1.5e6, 0.125, 4, 4.5e6, 0.1667, 3, 7.5e6, 0.25, 2,
    12.5e6, 0.5, 1,
  ]
  static let aave: [Double] = [
    50e3, 0.01, 75, 150e3, 0.015, 50, 500e3, 0.02, 25, 600e3, 0.025, 20, 3e6, 0.05, 10,
    6e6, 0.1, 5, 7.5e6, 0.125, 4, 15e6, 0.25, 2, 30e6, 0.5, 1,
  ]
  static let near: [Double] = [
    20e3, 0.01, 75, 200e3, 0.015, 50, 1e6, 0.02, 25, 2e6, 0.025, 20, 10e6, 0.05, 10,
    20e6, 0.1, 5, 25e6, 0.125, 4, 30e6, 0.25, 2, 35e6, 0.5, 1,
  ]
}
