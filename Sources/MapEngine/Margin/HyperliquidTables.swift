import Market

/// Hyperliquid perpetuals: brackets of quote notional in USDC with the deduction that continuity
/// implies, valued at the mark, no fee in the test. The rate is half of the initial margin rate at
/// the tier's maximum leverage: `1 / (2 x max leverage)`.
enum HyperliquidTables {
  static let asOf = "2026-09-27"
  static let source = "Hyperliquid docs, trading/margin-tiers"

  /// The tables by coin. A coin that isn't here has one flat tier, whose maximum leverage stands in
  /// the venue's own list of coins.
  static let byCoin: [String: MaintenanceTable] = shippedTables(
    [
      table("BTC", upTo: 150e6, leverage: 40, then: 20),
      table("ETH", upTo: 100e6, leverage: 25, then: 15),
      table("SOL", upTo: 70e6, leverage: 20, then: 10),
      table("XRP", upTo: 40e6, leverage: 20, then: 10),
    ] + large.map { table($0, upTo: 20e6, leverage: 10, then: 5) }
      + small.map { table($0, upTo: 3e6, leverage: 10, then: 5) })

  /// What stands in for a coin whose table isn't shipped: the smaller of the two groups of alts,
  /// 10x up to 3 million and 5x above.
  static func fallback(symbol: String) -> MaintenanceTable {
    MaintenanceTable(
      venue: .hyperliquid, symbol: symbol, unit: .quoteNotional,
      brackets: smallest, countedTakerFee: 0, isFallback: true,
      asOf: asOf, source: "the smaller of the two groups of alts; " + source)
  }

  private static let smallest = brackets(upTo: 3e6, leverage: 10, then: 5)
  private static let large = [
    "DOGE", "kPEPE", "SUI", "WLD", "TRUMP", "LTC", "ENA", "POPCAT", "WIF", "AAVE", "kBONK", "LINK",
    "CRV", "AVAX", "ADA", "UNI", "NEAR", "TIA", "APT", "BCH", "HYPE", "FARTCOIN",
  ]
  private static let small = [
    "OP", "ARB", "LDO", "TON", "MKR", "ONDO", "JUP", "INJ", "kSHIB", "SEI", "TRX", "BNB", "DOT",
  ]

  private static func table(
    _ symbol: String, upTo cap: Double, leverage: Double, then next: Double
  ) -> MaintenanceTable {
    MaintenanceTable(
      venue: .hyperliquid, symbol: symbol, unit: .quoteNotional,
      brackets: brackets(upTo: cap, leverage: leverage, then: next), countedTakerFee: 0,
      asOf: asOf, source: source)
  }

  private static func brackets(
    upTo cap: Double, leverage: Double, then next: Double
  ) -> [MaintenanceBracket] {
    BracketLadder.deducting([
      cap, 1 / (2 * leverage), leverage, .infinity, 1 / (2 * next), next,
    ])
  }
}
