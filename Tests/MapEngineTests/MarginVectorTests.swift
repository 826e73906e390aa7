import Foundation
import MapEngine
import Market
import TestSupport
import Testing

/// A position with its liquidation price as somebody else published it.
private struct PublishedCase: Decodable {
  struct Tolerance: Decodable {
    let type: String
    let value: Double
  }
  let id: String
  let exchange: String
  let contract_type: String
  let side: String
  let entry_price: Double?
  let size: Double?
  let leverage: Double?
  let wallet_or_margin: Double?
  let mmr: Double
  let maintenance_amount: Double
  let fees: [String: Double]?
  let expected_liquidation_price: Double
  let tolerance: Tolerance
  let rule: String?
  let inputs: [String: Double]?

  var isMatched: (Double) -> Bool {
    let slack =
      tolerance.type == "rel"
      ? tolerance.value * abs(expected_liquidation_price) : tolerance.value
    return { abs($0 - expected_liquidation_price) <= slack * (1 + 1e-12) }
  }

  static func load(_ file: String) throws -> [PublishedCase] {
    try JSONDecoder().decode(
      [PublishedCase].self, from: Data(contentsOf: SharedData.file("vectors/\(file)")))
  }
}

/// What to compute for one published case: the rule in the words of the file, as switches.
private struct Recipe {
  let rule: LiquidationRule
  let position: MarginPosition
  let maintenance: LiquidationPrice.Maintenance
  let fee: Double?
  let hasBuffer: Bool

  init(_ published: PublishedCase) throws {
    let given = try #require(published.inputs)
    let side: Side = published.side == "long" ? .long : .short
    let contract: MarginPosition.Contract =
      published.contract_type == "inverse" ? .inverse : .linear
    let text = try #require(published.rule)
    hasBuffer = text.contains("then moved 5 %")
    let name: LiquidationRule.Name =
      if text.hasPrefix("textbook") {
        .textbook
      } else if text.hasPrefix("classic") || text.contains("legacy") {
        .classic
      } else {
        .today
      }
    if let venue = Venue(rawValue: published.exchange) {
      rule = try #require(LiquidationRule.rule(name, venue: venue))
    } else {
      // Another venue of the same family: its switches, by name.
      rule = LiquidationRule(
        name: name, valuation: name == .today ? .mark : .entry,
        countsTakerFee: text.contains("taker fee"))
    }
    fee = given["fee"]
    // Hyperliquid states a maximum leverage, of which the rate is half the inverse.
    let rate = given["max_lev"].map { 1 / (2 * $0) } ?? given["mmr"] ?? published.mmr
    maintenance = .stated(rate: rate, amount: given["cum"] ?? 0)
    let entry = try #require(
      given["entry"] ?? given["price"] ?? given["mark"] ?? published.entry_price)
    let size = given["size"] ?? given["Q"] ?? 1
    if let margin = given["margin"] ?? given["wb"] {
      position = MarginPosition(
        side: side, contract: contract, entryPrice: entry, size: size,
        margin: margin - (given["tmm_other"] ?? 0) + (given["upnl_other"] ?? 0))
    } else if let raw = given["raw_usd"] {
      position = MarginPosition(
        side: side, contract: contract, entryPrice: entry, size: size,
        margin: raw + side.sign * size * entry)
    } else if let account = given["account_value"], let total = given["total_maint"] {
      // The other positions' maintenance is what is left of the account's total.
      position = MarginPosition(
        side: side, contract: contract, entryPrice: entry, size: size,
        margin: account - (total - size * entry * rate), mode: .cross)
    } else {
      position = MarginPosition(
        side: side, contract: contract, entryPrice: entry, size: size,
        leverage: try #require(given["lev"]))
    }
  }

  var price: LiquidationPrice {
    LiquidationPrice(of: position, rule: rule, maintenance: maintenance, takerFee: fee)
  }
}

@Suite(
  "Published liquidation prices", .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
struct MarginVectorTests {
  @Test("Every published price is reproduced within its tolerance")
  func published() throws {
    let cases = try PublishedCase.load("liquidation-price.json")
    var count: [String: Int] = [:]
    for published in cases {
      let recipe = try Recipe(published)
      let result = recipe.price
      let entry = recipe.position.entryPrice
      var value: Double?
      if published.rule?.hasPrefix("bankruptcy") == true {
        value = result.bankruptcyPrice
      } else if recipe.hasBuffer {
        // A peer's safety buffer on top of the venue's equation, whose root may lie below zero.
        value = result.root.map { $0 + 0.05 * (entry - $0) }
      } else {
        value = result.liquidationPrice
      }
      let found = try #require(value, "\(published.id): \(result.note)")
      #expect(published.isMatched(found), "\(published.id): \(found)")
      count[published.exchange, default: 0] += 1
    }
    #expect(cases.count == 95)
    let ours = Venue.real.map { count[$0.rawValue] ?? 0 }
    #expect(ours == [17, 12, 3, 30, 10])
  }

  @Test("An over-margined long that only a peer's buffer lifts above zero has no price of its own")
  func bufferedLongs() throws {
    let cases = try PublishedCase.load("liquidation-price.json")
    for id in ["c041", "c043"] {
      let published = try #require(cases.first { $0.id == id })
      let result = try Recipe(published).price
      #expect(result.liquidationPrice == nil)
      #expect(result.note.contains("outlasts every price above zero"))
    }
  }

  @Test(
    "Bybit's tick rounding gives the very prices that it showed",
    arguments: [
      ("c096", 0.05, 919.10), ("c097", 0.05, 1_550.80), ("c098", 0.5, 5_739.5),
    ])
  func shownPrices(id: String, tick: Double, shown: Double) throws {
    let cases = try PublishedCase.load("liquidation-price.json")
    let recipe = try Recipe(#require(cases.first { $0.id == id }))
    let result = LiquidationPrice(
      of: recipe.position, rule: recipe.rule, maintenance: recipe.maintenance, tick: tick)
    let price = try #require(result.liquidationPrice)
    #expect(abs(price - shown) < 1e-9)
  }

  @Test("No wrong price of a peer's is matched by today's rules")
  func wrongInPeers() throws {
    let cases = try PublishedCase.load("liquidation-price-wrong-in-peers.json")
    var tried = 0
    for published in cases {
      let side: Side = published.side == "long" ? .long : .short
      let contract: MarginPosition.Contract =
        published.contract_type == "inverse" ? .inverse : .linear
      let size = published.size ?? 1
      var positions: [MarginPosition] = []
      if let entry = published.entry_price {
        if let leverage = published.leverage, leverage > 0 {
          positions.append(
            MarginPosition(
              side: side, contract: contract, entryPrice: entry, size: size, leverage: leverage))
        }
        if let margin = published.wallet_or_margin {
          positions.append(
            MarginPosition(
              side: side, contract: contract, entryPrice: entry, size: size, margin: margin))
        }
      } else {
        // The BTC leg of Hyperliquid's recording of March 2023, whose mark follows from the rule
        // of the day and the account's total maintenance.
        let account = try #require(published.wallet_or_margin)
        let mark = published.expected_liquidation_price - (account - 34.34815334) / size
        positions.append(
          MarginPosition(
            side: side, entryPrice: mark, size: size,
            margin: account - (34.34815334 - size * mark * published.mmr), mode: .cross))
      }
      let named = Venue(rawValue: published.exchange)
      for venue in named.map({ [$0] }) ?? Venue.real {
        let rule = try #require(LiquidationRule.rule(.today, venue: venue))
        for position in positions {
          for fee in [published.fees?["taker"], 0, nil] {
            let result = LiquidationPrice(
              of: position, rule: rule,
              maintenance: .stated(
                rate: published.mmr, amount: published.maintenance_amount), takerFee: fee)
            tried += 1
            for price in [result.liquidationPrice, result.root].compactMap(\.self) {
              #expect(!published.isMatched(price), "\(published.id) at \(venue)")
            }
          }
        }
      }
    }
    #expect(cases.count == 20 && tried > 100)
  }
}
