import Market

/// Bybit USDT perpetuals: brackets of position value in USDT with a deduction. The fee of the test
/// stands in the initial and in the maintenance margin alike, so it cancels.
enum BybitTables {
  static let asOf = "2025-12-29"
  static let source = "Bybit risk-limit reply, as stored by freqtrade's leverage tiers"

  /// The tables by coin.
  static let byCoin: [String: MaintenanceTable] = shippedTables([
    MaintenanceTable(
      venue: .bybit, symbol: "BTCUSDT", unit: .quoteNotional,
      brackets: BracketLadder.deducting(btc), countedTakerFee: 0, largestSize: 80e6,
      asOf: "2026-09-17",
      source: "Bybit margin parameters page of 2024-25; tiers 1 to 3 as of September 2026, the"
        + " others with the deduction that follows and their rates assumed unchanged"),
    table("ETHUSDT", eth, isComplete: false),
    table("SOLUSDT", sol, isComplete: false),
    table("XRPUSDT", xrp, isComplete: true),
    table("DOGEUSDT", doge, isComplete: true),
    table("LTCUSDT", ltc, isComplete: false),
    table("BCHUSDT", ltc, isComplete: false),
    table("XLMUSDT", ltc, isComplete: false),
  ])

  /// What stands in for a coin whose table isn't shipped: the strictest that was read, which LTC,
  /// BCH and XLM share. It offers 50x at most; its last known tier is extended.
  static func fallback(symbol: String) -> MaintenanceTable {
    MaintenanceTable(
      venue: .bybit, symbol: symbol, unit: .quoteNotional,
      brackets: strictest, countedTakerFee: 0, isComplete: false, isFallback: true, asOf: asOf,
      source: "the strictest of the tables read (LTCUSDT, BCHUSDT, XLMUSDT); " + source)
  }

  private static let strictest = BracketLadder.deducting(ltc)

  private static func table(
    _ symbol: String, _ steps: [Double], isComplete: Bool
  ) -> MaintenanceTable {
    MaintenanceTable(
      venue: .bybit, symbol: symbol, unit: .quoteNotional,
      brackets: BracketLadder.deducting(steps), countedTakerFee: 0,
      largestSize: isComplete ? steps[steps.count - 3] : .infinity, isComplete: isComplete,
      asOf: asOf, source: source)
  }

  // Each row of three: the value at which the bracket ends, its rate, its highest leverage.

  static let btc: [Double] = [
    300e3, 0.0033, 150, 2e6, 0.005, 100, 2.6e6, 0.0056, 90, 3.2e6, 0.0063, 80,
    3.8e6, 0.0067, 75, 4.4e6, 0.0071, 70, 5e6, 0.0077, 65, 5.6e6, 0.0091, 55, 8.5e6, 0.01, 50,
    10e6, 0.013, 45, 14e6, 0.015, 40, 20e6, 0.016, 35, 28e6, 0.02, 30, 38e6, 0.025, 25,
    50e6, 0.029, 20, 55e6, 0.03, 19, 60e6, 0.035, 18, 65e6, 0.036, 17, 70e6, 0.038, 16,
    75e6, 0.04, 15, 80e6, 0.045, 14,
  ]
  static let eth: [Double] = [
    900e3, 0.005, 100, 1.2e6, 0.0056, 90, 1.5e6, 0.0063, 80, 1.8e6, 0.0067, 75,
    2.4e6, 0.0071, 70, 3.2e6, 0.0077, 65, 4e6, 0.0091, 55, 5e6, 0.01, 50, 8e6, 0.012, 45,
    12e6, 0.013, 40, 16e6, 0.014, 35, 22e6, 0.015, 30, 28e6, 0.02, 25, 32e6, 0.025, 20,
    34e6, 0.03, 19, 36e6, 0.033, 18, 38e6, 0.035, 17, 40e6, 0.038, 16, 42e6, 0.039, 15,
  ]
  static let sol: [Double] = [
    50e3, 0.005, 100, 100e3, 0.0056, 90, 250e3, 0.0063, 80, 400e3, 0.0067, 75,
    550e3, 0.0071, 70, 700e3, 0.0077, 65, 850e3, 0.0091, 55, 1e6, 0.01, 50, 2e6, 0.0111, 45,
    3e6, 0.0125, 40, 4e6, 0.0143, 35, 6e6, 0.0167, 30, 8e6, 0.02, 25, 10e6, 0.025, 20,
    12e6, 0.0263, 19, 14e6, 0.0278, 18, 16e6, 0.0294, 17, 18e6, 0.0313, 16, 20e6, 0.0333, 15,
  ]
  static let xrp: [Double] = [
    250e3, 0.0075, 75, 400e3, 0.01, 50, 700e3, 0.015, 33.33, 1.2e6, 0.02, 25, 1.7e6, 0.025, 20,
    2.2e6, 0.03, 16.67, 3e6, 0.035, 14.29, 4e6, 0.04, 12.5, 5e6, 0.045, 11.11, 6e6, 0.05, 10,
    6.4e6, 0.055, 9.09, 6.8e6, 0.06, 8.33, 7.2e6, 0.065, 7.69, 7.6e6, 0.07, 7.14,
    8e6, 0.075, 6.67, 9e6, 0.08, 6.25, 10e6, 0.085, 5.88, 12e6, 0.09, 5.56, 14e6, 0.095, 5.26,
    16e6, 0.1, 5, 18e6, 0.105, 4.76, 20e6, 0.11, 4.55, 22e6, 0.115, 4.35, 24e6, 0.12, 4.17,
    26e6, 0.125, 4, 28e6, 0.13, 3.85, 30e6, 0.135, 3.7, 32e6, 0.2, 2.5, 34e6, 0.4, 1.43,
    36e6, 0.6, 1,
  ]
  static let doge: [Double] = [
    250e3, 0.0075, 75, 500e3, 0.01, 50, 750e3, 0.015, 33.33, 1.5e6, 0.02, 25, 3e6, 0.025, 20,
    5e6, 0.03, 16.67, 7e6, 0.035, 14.29, 10e6, 0.04, 12.5, 12e6, 0.045, 11.11, 15e6, 0.05, 10,
    16e6, 0.055, 9.09, 18e6, 0.06, 8.33, 19e6, 0.065, 7.69, 21e6, 0.07, 7.14, 22e6, 0.075, 6.67,
    24e6, 0.08, 6.25, 25e6, 0.085, 5.88, 27e6, 0.09, 5.56, 28e6, 0.095, 5.26, 30e6, 0.1, 5,
    35e6, 0.105, 4.76, 40e6, 0.11, 4.55, 45e6, 0.115, 4.35, 50e6, 0.12, 4.17, 55e6, 0.125, 4,
    60e6, 0.13, 3.85, 65e6, 0.135, 3.7, 70e6, 0.2, 2.5, 75e6, 0.4, 1.43, 80e6, 0.6, 1,
  ]
  static let ltc: [Double] = [
    200e3, 0.01, 50, 400e3, 0.015, 33.33, 600e3, 0.02, 25, 800e3, 0.025, 20, 1e6, 0.03, 16.67,
    1.2e6, 0.035, 14.29, 1.4e6, 0.04, 12.5, 1.6e6, 0.045, 11.11, 1.8e6, 0.05, 10,
    2e6, 0.055, 9.09, 2.2e6, 0.06, 8.33, 2.4e6, 0.065, 7.69, 2.6e6, 0.07, 7.14,
    2.8e6, 0.075, 6.67, 3e6, 0.08, 6.25,
  ]
}
