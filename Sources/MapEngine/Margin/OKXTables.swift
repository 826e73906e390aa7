import Market

/// OKX USDT-margined swaps: brackets of contracts, no deduction (the whole position pays the rate
/// of its tier), valued at the mark, the taker fee counted in the test.
///
/// OKX announces its ladders as a constant step of size and rate above the first few tiers, and
/// states the initial margin rate; its inverse, cut to two decimals, is the maximum leverage.
enum OKXTables {
  static let asOf = "2026-05-28"
  static let source = "OKX position-tiers reply, as stored by freqtrade's leverage tiers"
  /// The taker fee of a regular account.
  static let takerFee = 0.0005

  /// The tables by coin.
  static let byCoin: [String: MaintenanceTable] = shippedTables([
    table("BTCUSDT", coins: 0.01, caps: [1_000, 5_000, 20_000], step: 20_000, ladder: major),
    table("ETHUSDT", coins: 0.1, caps: [5_000, 10_000, 25_000], step: 25_000, ladder: major),
    table("SOLUSDT", coins: 1, caps: [2_500, 10_000, 20_000], step: 20_000, ladder: minor),
    table("XRPUSDT", coins: 100, caps: [2_500, 5_000, 10_000], step: 10_000, ladder: minor),
    table("DOGEUSDT", coins: 1_000, caps: [1_500, 3_000, 6_000], step: 6_000, ladder: minor),
  ])

  /// What stands in for a coin whose table isn't shipped: the smallest of the five read, DOGE's, in
  /// quote notional at 0.2 USDT a coin, since another coin's contract size isn't known.
  static func fallback(symbol: String) -> MaintenanceTable {
    MaintenanceTable(
      venue: .okx, symbol: symbol, unit: .quoteNotional, brackets: smallest,
      countedTakerFee: takerFee, isFallback: true, asOf: asOf,
      source: "the smallest of the five tables read (DOGEUSDT) in quote notional; " + source)
  }

  private static let smallest = BracketLadder.plain(
    steps(caps: [300e3, 600e3, 1.2e6], step: 1.2e6, ladder: minor))

  /// The rates of the first three tiers, and how many tiers of the constant step follow.
  private struct Ladder {
    let rates: [Double]
    let initialRates: [Double]
    let tiers: Int
  }

  private static let major = Ladder(
    rates: [0.004, 0.005, 0.0075], initialRates: [0.01, 0.015, 0.02], tiers: 99)
  private static let minor = Ladder(
    rates: [0.0065, 0.01, 0.015], initialRates: [0.02, 0.025, 0.05], tiers: 93)

  private static func table(
    _ symbol: String, coins: Double, caps: [Double], step: Double, ladder: Ladder
  ) -> MaintenanceTable {
    let steps = steps(caps: caps, step: step, ladder: ladder)
    return MaintenanceTable(
      venue: .okx, symbol: symbol, unit: .contracts(coins: coins),
      brackets: BracketLadder.plain(steps), countedTakerFee: takerFee,
      largestSize: steps[steps.count - 3], asOf: asOf, source: source)
  }

  /// Rows of three for the ladder: from tier 4 on, each adds `step` contracts and half a percent to
  /// either rate.
  private static func steps(caps: [Double], step: Double, ladder: Ladder) -> [Double] {
    var rows: [Double] = []
    rows.reserveCapacity(ladder.tiers * 3)
    let known = caps.count
    for tier in 0..<ladder.tiers {
      let beyond = Double(max(0, tier - known + 1))
      let base = min(tier, known - 1)
      // Counted in units of a basis point, so that the rates are the decimals that OKX prints.
      let rate = (ladder.rates[base] * 1e4 + 50 * beyond).rounded() / 1e4
      let initial = (ladder.initialRates[base] * 1e4 + 50 * beyond).rounded()
      rows.append(caps[base] + step * beyond)
      rows.append(rate)
      rows.append((1e6 / initial).rounded(.down) / 100)
    }
    return rows
  }
}
