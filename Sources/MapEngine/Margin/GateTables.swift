import Market

/// Gate USDT perpetuals: brackets of quote notional in USDT with a deduction, valued at the mark,
/// the taker fee counted in the test. Only the beginnings of four tables were read.
enum GateTables {
  static let asOf = "2026-08-09"
  static let source = "Gate risk_limit_tiers reply, as pinned in a public bot's tests"
  /// The taker fee of a regular account.
  static let takerFee = 0.00075

  /// The tables by coin. Tier 4 of BTC is missing in the reply; its cap and rate follow from the
  /// deductions of its neighbours, and it is given the leverage of tier 5. Of ETH, SOL and XRP only
  /// the first tier is known; 100x is stated for them, not whether they offer more.
  static let byCoin: [String: MaintenanceTable] = shippedTables([
    table(
      "BTCUSDT",
      [
        500e3, 0.003, 200, 1e6, 0.0035, 150.01, 1.5e6, 0.004, 125, 2e6, 0.0045, 100,
        3e6, 0.005, 100,
      ]),
    table("ETHUSDT", [.infinity, 0.003, 100]),
    table("SOLUSDT", [.infinity, 0.005, 100]),
    table("XRPUSDT", [.infinity, 0.005, 100]),
  ])

  /// What stands in for a coin whose table wasn't read: Binance's strictest ladder with Gate's fee.
  static func fallback(symbol: String) -> MaintenanceTable {
    MaintenanceTable(
      venue: .gate, symbol: symbol, unit: .quoteNotional,
      brackets: BinanceTables.strictest, countedTakerFee: takerFee,
      isFallback: true, asOf: BinanceTables.asOf,
      source: "no table of Gate's was read for the coin; the strictest of Binance's (WIFUSDT)")
  }

  private static func table(_ symbol: String, _ steps: [Double]) -> MaintenanceTable {
    MaintenanceTable(
      venue: .gate, symbol: symbol, unit: .quoteNotional,
      brackets: BracketLadder.deducting(steps), countedTakerFee: takerFee, isComplete: false,
      asOf: asOf, source: source)
  }
}
