import MapEngine
import Market
import TestSupport
import Testing

extension SeededRandom {
  /// A number whose logarithm is spread evenly.
  mutating func spread(_ low: Double, _ high: Double) -> Double {
    var value = low
    let share = Double.random(in: 0..<1, using: &self)
    // Powers of two by repeated doubling keep this free of any maths library.
    var factor = high / low
    var weight = share
    for _ in 0..<40 {
      factor = factor.squareRoot()
      weight *= 2
      if weight >= 1 {
        weight -= 1
        value *= factor
      }
    }
    return value
  }
}

@Suite("Liquidation prices")
struct MarginPriceTests {
  static func table(_ venue: Venue, _ coin: String) -> MaintenanceTable {
    MaintenanceTable.table(venue: venue, instrument: Instrument(base: coin))
  }

  /// The whole position's maintenance margin and counted fee at a price, bracket by bracket.
  private func required(
    _ position: MarginPosition, table: MaintenanceTable, rule: LiquidationRule, at price: Double
  ) -> Double {
    let valued = rule.valuation == .mark ? price : position.entryPrice
    let sized = table.deducts ? valued : position.entryPrice
    let bracket = table.bracket(size: table.size(coins: position.size, price: sized))
    let fee = rule.countsTakerFee ? rule.regularTakerFee : 0
    return position.size * valued * (bracket.rate + fee) - bracket.amount
  }

  @Test("Equity equals maintenance and fee at the price, on seeded random positions of any size")
  func exactness() throws {
    var random = SeededRandom(seed: 20_261_124)
    var solved = 0
    for _ in 0..<6_000 {
      let venue = Venue.real.randomElement(using: &random) ?? .binance
      let coin = ["BTC", "ETH", "SOL", "XRP", "DOGE", "OTHER"].randomElement(using: &random)
      let table = Self.table(venue, coin ?? "BTC")
      let names = LiquidationRule.names(venue: venue)
      let rule = try #require(
        LiquidationRule.rule(names.randomElement(using: &random) ?? .today, venue: venue))
      let side: Side = Bool.random(using: &random) ? .long : .short
      let entry = random.spread(0.01, 200_000)
      let position = MarginPosition(
        side: side, entryPrice: entry, size: random.spread(10, 500e6) / entry,
        leverage: random.spread(1, 150))
      let result = LiquidationPrice(of: position, rule: rule, maintenance: .table(table))
      guard let price = result.liquidationPrice else { continue }
      solved += 1
      let rest =
        position.equity(at: price)
        - required(position, table: table, rule: rule, at: price)
      let notional = position.value(at: max(price, entry))
      #expect(abs(rest) <= 1e-9 * notional, "\(venue) \(position) \(rest)")
      #expect(side == .long ? price < entry : price > entry)
      if let bust = result.bankruptcyPrice {
        #expect(side == .long ? bust <= price : bust >= price)
        #expect(abs(position.equity(at: bust)) <= 1e-9 * position.value(at: entry))
      }
    }
    #expect(solved > 2_000)
  }

  @Test("The inverse forms solve the same equation in coins")
  func inverseExactness() throws {
    var random = SeededRandom(seed: 7)
    var solved = 0
    for _ in 0..<3_000 {
      let venue = [Venue.binance, .bybit, .okx, .gate].randomElement(using: &random) ?? .binance
      let names = LiquidationRule.names(venue: venue)
      let rule = try #require(
        LiquidationRule.rule(names.randomElement(using: &random) ?? .today, venue: venue))
      let side: Side = Bool.random(using: &random) ? .long : .short
      let position = MarginPosition(
        side: side, contract: .inverse, entryPrice: random.spread(0.01, 200_000),
        size: random.spread(1, 1e6), leverage: random.spread(1, 100))
      let rate = random.spread(0.0005, 0.2)
      let coins = position.value(at: position.entryPrice)
      let amount = coins * rate * Double.random(in: 0..<0.5, using: &random)
      let result = LiquidationPrice(
        of: position, rule: rule, maintenance: .stated(rate: rate, amount: amount))
      guard let price = result.liquidationPrice else { continue }
      solved += 1
      let valued = rule.valuation == .mark ? price : position.entryPrice
      let fee = rule.countsTakerFee ? rule.regularTakerFee : 0
      let rest =
        position.equity(at: price) - (position.value(at: valued) * (rate + fee) - amount)
      #expect(abs(rest) <= 1e-9 * max(position.value(at: price), coins))
      #expect(result.tier == nil)
    }
    #expect(solved > 1_000)
  }

  /// Leverage, side, and the price at Binance, Bybit until 2025, Bybit today, OKX, Hyperliquid,
  /// Gate, and by the textbook at 0.5 %; nil where the venue doesn't offer the leverage.
  struct Row: Sendable {
    let leverage: Double
    let side: Side
    let prices: [Double?]

    init(_ leverage: Double, _ side: Side, _ prices: [Double?]) {
      self.leverage = leverage
      self.side = side
      self.prices = prices
    }

    func check(quantity: Double) throws {
      let rules: [(Venue, LiquidationRule.Name)] = [
        (.binance, .today), (.bybit, .classic), (.bybit, .today), (.okx, .today),
        (.hyperliquid, .today), (.gate, .today), (.binance, .textbook),
      ]
      for ((venue, name), expected) in zip(rules, prices) {
        let rule = try #require(LiquidationRule.rule(name, venue: venue))
        let position = MarginPosition(
          side: side, entryPrice: 100_000, size: quantity, leverage: leverage)
        let maintenance: LiquidationPrice.Maintenance =
          name == .textbook
          ? .stated(rate: 0.005, amount: 0)
          : .table(MarginPriceTests.table(venue, "BTC"))
        let result = LiquidationPrice(of: position, rule: rule, maintenance: maintenance)
        guard let expected else {
          #expect(result.liquidationPrice == nil && result.note.contains("offers"))
          continue
        }
        let price = try #require(result.liquidationPrice, "\(venue): \(result.note)")
        #expect(abs(price - expected) < 0.051, "\(venue) \(leverage)x \(side): \(price)")
      }
    }
  }

  @Test(
    "0.1 BTC at 100,000 on every venue",
    arguments: [
      Row(5, .long, [80_321.3, 80_330.0, 80_264.9, 80_361.6, 81_012.7, 80_301.1, 80_500]),
      Row(5, .short, [119_521.9, 119_670.0, 119_605.3, 119_462.4, 118_518.5, 119_551.7, 119_500]),
      Row(10, .long, [90_361.4, 90_330.0, 90_298.0, 90_406.8, 91_139.2, 90_338.8, 90_500]),
      Row(10, .short, [109_561.8, 109_670.0, 109_638.2, 109_507.2, 108_642.0, 109_589.0, 109_500]),
      Row(25, .long, [96_385.5, 96_330.0, 96_317.8, 96_434.0, 97_215.2, 96_361.4, 96_500]),
      Row(25, .short, [103_585.7, 103_670.0, 103_657.9, 103_534.1, 102_716.0, 103_611.5, 103_500]),
      Row(50, .long, [98_393.6, 98_330.0, 98_324.5, 98_443.0, nil, 98_368.9, 98_500]),
      Row(50, .short, [101_593.6, 101_670.0, 101_664.5, 101_543.1, nil, 101_618.9, 101_500]),
      Row(100, .long, [99_397.6, 99_330.0, 99_327.8, 99_447.5, nil, 99_372.6, 99_500]),
      Row(100, .short, [100_597.6, 100_670.0, 100_667.8, 100_547.5, nil, 100_622.7, 100_500]),
    ])
  func smallPosition(row: Row) throws {
    try row.check(quantity: 0.1)
  }

  @Test(
    "100 BTC at 100,000, where higher brackets bite",
    arguments: [
      Row(5, .long, [80_686.9, 80_834.9, 80_595.9, 80_645.2, 81_012.7]),
      Row(5, .short, [118_930.7, 119_165.1, 118_881.9, 119_047.6, 118_518.5]),
      Row(10, .long, [90_787.9, 90_834.9, 90_714.2, 90_725.8, 91_139.2]),
      Row(10, .short, [109_029.7, 109_165.1, 109_029.7, 109_127.0, 108_642.0]),
      Row(25, .long, [96_848.5, 96_834.9, 96_793.2, 96_774.2, 97_215.2]),
      Row(25, .short, [103_089.1, 103_165.1, 103_118.3, 103_174.6, 102_716.0]),
      Row(50, .long, [98_868.7, nil, nil, 98_790.3, nil]),
      Row(50, .short, [101_108.9, nil, nil, 101_190.5, nil]),
      Row(100, .long, [nil, nil, nil, nil, nil]),
      Row(100, .short, [nil, nil, nil, nil, nil]),
    ])
  func largePosition(row: Row) throws {
    try row.check(quantity: 100)
  }

  @Test("A short picks the bracket at its liquidation price, not at its entry")
  func repicking() throws {
    let rule = try #require(LiquidationRule.rule(venue: .binance))
    let position = MarginPosition(side: .short, entryPrice: 1_000, size: 290, leverage: 2)
    let result = LiquidationPrice(
      of: position, rule: rule, maintenance: .table(Self.table(.binance, "ETH")))
    #expect(result.tier == 2)
    #expect(result.maintenanceRate == 0.005 && result.maintenanceAmount == 300)
    // (1000 + (145000 + 300) / 290) / 1.005
    let price = try #require(result.liquidationPrice)
    #expect(abs(price - 1_493.566_649_511_065_7) < 1e-9)
  }

  @Test("What can't be is null with its reason")
  func obstacles() throws {
    func solve(
      _ venue: Venue, _ position: MarginPosition, _ maintenance: LiquidationPrice.Maintenance
    ) throws -> LiquidationPrice {
      let rule = try #require(LiquidationRule.rule(venue: venue))
      return LiquidationPrice(of: position, rule: rule, maintenance: maintenance)
    }
    let btc = LiquidationPrice.Maintenance.table(Self.table(.binance, "BTC"))
    let tooFar = try solve(
      .binance, MarginPosition(side: .long, entryPrice: 100, size: 1, margin: 101), btc)
    #expect(tooFar.liquidationPrice == nil && tooFar.bankruptcyPrice == nil)
    #expect(tooFar.note.contains("outlasts"))
    let atOnce = try solve(
      .binance, MarginPosition(side: .short, entryPrice: 100, size: 1, leverage: 100),
      .stated(rate: 0.01, amount: 0))
    #expect(atOnce.liquidationPrice == nil && atOnce.note.contains("at once"))
    #expect(atOnce.bankruptcyPrice == 101)
    let withFee = try solve(
      .okx, MarginPosition(side: .long, entryPrice: 100, size: 1, leverage: 100),
      .stated(rate: 0.0096, amount: 0))
    #expect(withFee.liquidationPrice == nil && withFee.note.contains("at once"))
    let tooMuch = try solve(
      .binance, MarginPosition(side: .long, entryPrice: 100, size: 1, leverage: 151), btc)
    #expect(tooMuch.liquidationPrice == nil)
    #expect(
      tooMuch.note == "no such position: Binance offers 150x at most in BTCUSDT at that size,"
        + " not 151x")
    let implied = try solve(
      .binance, MarginPosition(side: .long, entryPrice: 1e5, size: 100, margin: 1.5e5), btc)
    #expect(implied.liquidationPrice == nil && implied.note.contains("offers 50x"))
    let cross = try solve(
      .binance,
      MarginPosition(side: .long, entryPrice: 1e5, size: 100, margin: 1.5e5, mode: .cross), btc)
    #expect(cross.liquidationPrice != nil)
    let tooLarge = try solve(
      .binance, MarginPosition(side: .long, entryPrice: 1e5, size: 18_001, leverage: 1), btc)
    #expect(tooLarge.liquidationPrice == nil && tooLarge.note.contains("allows a size of"))
    let inverse = try solve(
      .binance,
      MarginPosition(side: .short, contract: .inverse, entryPrice: 100, size: 1_000, leverage: 1),
      .stated(rate: 0.004, amount: 0))
    #expect(inverse.liquidationPrice == nil && inverse.note.contains("outlasts"))
  }

  @Test("Margin added at Bybit counts net of the closing fee, the margin of the opening whole")
  func addedMargin() throws {
    let rule = try #require(LiquidationRule.rule(.uta, venue: .bybit))
    let maintenance = LiquidationPrice.Maintenance.stated(rate: 0.005, amount: 0)
    func price(_ side: Side, _ contract: MarginPosition.Contract, size: Double, added: Double)
      throws -> Double
    {
      try #require(
        LiquidationPrice(
          of: MarginPosition(
            side: side, contract: contract, entryPrice: 20_000, size: size, leverage: 50,
            addedMargin: added), rule: rule, maintenance: maintenance, takerFee: 0.001
        ).liquidationPrice)
    }
    let linear = try price(.long, .linear, size: 1, added: 100)
    #expect(abs(linear - (20_000 - 400 - 100 / 0.999) / 0.995) < 1e-9)
    let short = try price(.short, .linear, size: 1, added: 100)
    #expect(abs(short - (20_000 + 400 + 100 / 1.001) / 1.005) < 1e-9)
    let inverse = try price(.long, .inverse, size: 20_000, added: 0.01)
    #expect(abs(inverse - 20_000 * 1.005 / (1 + 0.02 + 0.01 / 1.001)) < 1e-9)
    let inverseShort = try price(.short, .inverse, size: 20_000, added: 0.01)
    #expect(abs(inverseShort - 20_000 * 0.995 / (1 - 0.02 - 0.01 / 0.999)) < 1e-9)
  }

  @Test("An inverse position takes the linear bracket of its face value and says so")
  func inverseBrackets() throws {
    let rule = try #require(LiquidationRule.rule(venue: .binance))
    let result = LiquidationPrice(
      of: MarginPosition(
        side: .long, contract: .inverse, entryPrice: 50_000, size: 500e3, leverage: 10),
      rule: rule, maintenance: .table(Self.table(.binance, "BTC")))
    #expect(result.tier == 2)
    #expect(abs(result.maintenanceRate - (0.005 - 300 / 500e3)) < 1e-15)
    #expect(result.maintenanceAmount == 0)
    #expect(result.note.contains("no inverse table"))
    let price = try #require(result.liquidationPrice)
    #expect(abs(price - 500e3 * 1.0044 / (10 * 1.1)) < 1e-6)
  }

  @Test("A rule that a venue never had doesn't exist there")
  func rules() {
    #expect(LiquidationRule.rule(.classic, venue: .binance) == nil)
    #expect(LiquidationRule.rule(.uta, venue: .okx) == nil)
    #expect(LiquidationRule.names(venue: .bybit) == [.today, .classic, .uta, .textbook])
    #expect(LiquidationRule.names(venue: .gate) == [.today, .textbook])
    #expect(
      LiquidationRule.rule(venue: .simulatedA) == LiquidationRule.rule(venue: .binance))
    #expect(
      LiquidationRule.rule(.classic, venue: .simulatedB)
        == LiquidationRule.rule(.classic, venue: .bybit))
  }
}
