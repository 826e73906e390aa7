import Foundation
import MapEngine
import Market
import TestSupport
import Testing

/// The rows of a venue's table as they were read.
private struct ReadTables: Decodable {
  struct Row: Decodable {
    let tier: Int
    let notional_floor: Double?
    let notional_cap: Double?
    let contracts_floor: Double?
    let contracts_cap: Double?
    let mmr: Double
    let max_leverage: Double
    let maintenance_amount: Double
  }
  let symbols: [String: [Row]]
  let contract_sizes: [String: Double]?

  static func load(_ venue: Venue) throws -> ReadTables {
    let url = try SharedData.file("reference/maintenance-tiers/\(venue.rawValue).json")
    return try JSONDecoder().decode(ReadTables.self, from: Data(contentsOf: url))
  }
}

@Suite("Maintenance tables")
struct MarginTableTests {
  static let coins = ["BTC", "ETH", "SOL", "XRP", "DOGE"]

  @Test(
    "Every shipped number is the one that was read",
    .enabled(if: SharedData.isPresent, "\(SharedData.absence)"), arguments: Venue.real)
  func shippedNumbers(venue: Venue) throws {
    let read = try ReadTables.load(venue)
    var rows = 0
    for (symbol, expected) in read.symbols {
      let coin = symbol.hasSuffix("USDT") ? String(symbol.dropLast(4)) : symbol
      let table = MaintenanceTable.table(venue: venue, instrument: Instrument(base: coin))
      #expect(!table.isFallback, "\(venue) \(symbol)")
      #expect(table.symbol == symbol)
      if case .contracts(let coins) = table.unit {
        #expect(read.contract_sizes?[coin] == coins)
      } else {
        #expect(read.contract_sizes == nil)
      }
      for row in expected {
        let bracket = try #require(table.brackets.first { $0.tier == row.tier })
        let isLast = row.tier == expected.last?.tier
        let floor = row.notional_floor ?? row.contracts_floor
        let cap = row.notional_cap ?? row.contracts_cap
        if let floor { #expect(bracket.floor == floor, "\(symbol) tier \(row.tier)") }
        if isLast {
          #expect(bracket.cap == .infinity)
          if table.isComplete { #expect(table.largestSize == cap ?? .infinity) }
        } else {
          #expect(bracket.cap == cap, "\(symbol) tier \(row.tier)")
        }
        #expect(bracket.rate == row.mmr, "\(symbol) tier \(row.tier)")
        #expect(bracket.maxLeverage == row.max_leverage, "\(symbol) tier \(row.tier)")
        #expect(bracket.amount == row.maintenance_amount, "\(symbol) tier \(row.tier)")
        rows += 1
      }
      // Gate's fourth tier is inferred, every other table holds the rows read and no more.
      let inferred = venue == .gate && symbol == "BTCUSDT" ? 1 : 0
      #expect(table.brackets.count == expected.count + inferred)
    }
    #expect(rows > 3)
  }

  @Test("The maintenance margin is continuous where the venue deducts", arguments: Venue.real)
  func continuity(venue: Venue) {
    for coin in Self.coins + ["AVAX", "NOSUCHCOIN"] {
      let table = MaintenanceTable.table(venue: venue, instrument: Instrument(base: coin))
      for (below, above) in zip(table.brackets, table.brackets.dropFirst()) {
        #expect(below.cap == above.floor)
        #expect(below.rate < above.rate)
        #expect(below.maxLeverage >= above.maxLeverage)
        let edge = below.cap
        if venue == .okx {
          #expect(above.amount == 0)
        } else {
          let left = edge * below.rate - below.amount
          let right = edge * above.rate - above.amount
          #expect(abs(left - right) <= 2e-6 + 1e-12 * edge, "\(venue) \(coin) at \(edge)")
        }
      }
      #expect(table.brackets.first?.floor == 0)
      #expect(table.brackets.last?.cap == .infinity)
    }
  }

  @Test("A size that equals a cap belongs to the lower bracket; beyond the last one it stays there")
  func bracketEdges() {
    let table = MaintenanceTable.table(venue: .okx, instrument: Instrument(base: "BTC"))
    #expect(table.bracket(size: 0).tier == 1)
    #expect(table.bracket(size: 1_000).tier == 1)
    #expect(table.bracket(size: 1_000.01).tier == 2)
    #expect(table.bracket(size: 1e12).tier == 99)
    #expect(table.size(coins: 100, price: 5) == 10_000)
    let linear = MaintenanceTable.table(venue: .binance, instrument: Instrument(base: "BTC"))
    #expect(linear.size(coins: 100, price: 5) == 500)
  }

  @Test("A modelled level takes the lowest bracket that reaches its leverage, and the counted fee")
  func modelledRates() {
    func rate(_ venue: Venue, _ coin: String, _ leverage: Double) -> Double? {
      MaintenanceTable.table(venue: venue, instrument: Instrument(base: coin))
        .modelledRate(leverage: leverage)
    }
    #expect(rate(.binance, "BTC", 100) == 0.004)
    #expect(rate(.binance, "BTC", 2) == 0.004)
    #expect(rate(.binance, "DOGE", 75) == 0.0065)
    #expect(rate(.binance, "DOGE", 100) == nil)
    #expect(rate(.bybit, "BTC", 100) == 0.0033)
    #expect(rate(.okx, "BTC", 100) == 0.004 + 0.0005)
    #expect(rate(.okx, "SOL", 60) == nil)
    #expect(rate(.hyperliquid, "BTC", 40) == 0.0125)
    #expect(rate(.hyperliquid, "BTC", 60) == nil)
    #expect(rate(.hyperliquid, "DOGE", 12) == nil)
    #expect(rate(.gate, "BTC", 100) == 0.003 + 0.00075)
    #expect(rate(.gate, "ETH", 100) == 0.003 + 0.00075)
    #expect(rate(.binance, "BTC", 0) == nil)
    #expect(rate(.binance, "BTC", .nan) == nil)
    #expect(rate(.simulatedA, "SOL", 50) == rate(.binance, "SOL", 50))
    #expect(rate(.simulatedB, "SOL", 50) == rate(.bybit, "SOL", 50))
  }

  @Test("A coin without a table gets a fallback that says so and is no milder than its neighbours")
  func fallbacks() {
    for venue in Venue.real {
      let table = MaintenanceTable.table(venue: venue, instrument: Instrument(base: "NOSUCHCOIN"))
      #expect(table.isFallback)
      #expect(table.venue == venue)
      for coin in Self.coins {
        let known = MaintenanceTable.table(venue: venue, instrument: Instrument(base: coin))
        guard !known.isFallback else { continue }
        for leverage in [2.0, 5, 8, 12, 20, 35, 60, 100] {
          guard let rate = table.modelledRate(leverage: leverage) else { continue }
          #expect(rate >= known.modelledRate(leverage: leverage) ?? .infinity)
        }
      }
    }
  }

  @Test("Tables that weren't read to their end say incomplete")
  func completeness() {
    func isComplete(_ venue: Venue, _ coin: String) -> Bool {
      MaintenanceTable.table(venue: venue, instrument: Instrument(base: coin)).isComplete
    }
    #expect(Self.coins.allSatisfy { isComplete(.binance, $0) })
    #expect(Self.coins.allSatisfy { isComplete(.okx, $0) })
    #expect(Self.coins.allSatisfy { isComplete(.hyperliquid, $0) })
    #expect(Self.coins.filter { isComplete(.bybit, $0) } == ["BTC", "XRP", "DOGE"])
    #expect(!isComplete(.gate, "BTC") && !isComplete(.gate, "ETH") && !isComplete(.gate, "SOL"))
  }
}
