import ArgumentParser
import Foundation
import Testing

@testable import lodestone

@Suite("lodestone liquidation-price")
struct LiquidationPriceCommandTests {
  /// What the command prints for those options, decoded.
  private func answer(_ options: String) throws -> [String: Any] {
    let words = options.split(separator: " ").map(String.init)
    let text = LiquidationPriceCommand.json(try LiquidationPriceCommand.parse(words).solve())
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return try #require(object as? [String: Any])
  }

  private func refusal(_ options: String) -> String? {
    do {
      _ = try LiquidationPriceCommand.parse(options.split(separator: " ").map(String.init))
      return nil
    } catch {
      return LiquidationPriceCommand.message(for: error)
    }
  }

  static let keys: Set = [
    "liquidation_price", "bankruptcy_price", "maintenance_rate", "maintenance_amount", "tier",
    "formula", "note",
  ]

  @Test("With a table: price, tier and the table's numbers")
  func withTable() throws {
    let found = try answer(
      "--venue binance --instrument btc --side long --entry 100000 --quantity 100 --leverage 10")
    #expect(Set(found.keys) == Self.keys)
    let price = try #require(found["liquidation_price"] as? Double)
    #expect(abs(price - 90_787.878_787_878_79) < 1e-6)
    #expect(found["bankruptcy_price"] as? Double == 90_000)
    #expect(found["maintenance_rate"] as? Double == 0.01)
    #expect(found["maintenance_amount"] as? Double == 12_000)
    #expect(found["tier"] as? Int == 4)
  }

  @Test("With a rate: no instrument, no cap, tier null, and --margin wins over --leverage")
  func withRate() throws {
    let found = try answer(
      "--venue okx --side short --entry 10 --quantity 2 --margin 4 --leverage 999"
        + " --maintenance-rate 0.01 --taker-fee 0.0006")
    #expect(Set(found.keys) == Self.keys)
    let price = try #require(found["liquidation_price"] as? Double)
    #expect(abs(price - 11.874_134_177_716_21) < 1e-12)
    #expect(found["tier"] is NSNull)
  }

  @Test("The fee is ignored where the rule has none")
  func feeIgnored() throws {
    let options = "--venue binance --side long --entry 10 --quantity 1 --leverage 5"
    let without = try answer(options + " --maintenance-rate 0.01 --maintenance-amount 0.01")
    let with = try answer(
      options + " --maintenance-rate 0.01 --maintenance-amount 0.01 --taker-fee 0.0006")
    let price = try #require(without["liquidation_price"] as? Double)
    #expect(abs(price - 8.070_707_070_707_071) < 1e-12)
    #expect(with["liquidation_price"] as? Double == price)
  }

  @Test("Bybit's rule of before, and the inverse contract")
  func rules() throws {
    let classic = try answer(
      "--venue bybit --side long --entry 20000 --quantity 1 --leverage 50 --rule classic"
        + " --maintenance-rate 0.005")
    #expect(classic["liquidation_price"] as? Double == 19_700)
    let inverse = try answer(
      "--venue binance --side long --entry 37643.10000021 --quantity 200 --margin 0.00268058"
        + " --maintenance-rate 0.004 --contract inverse")
    let price = try #require(inverse["liquidation_price"] as? Double)
    #expect(abs(price - 25_119.974_457_6) < 1e-5)
  }

  @Test("No price is null with its reason, and no failure")
  func noPrice() throws {
    let found = try answer(
      "--venue hyperliquid --instrument BTC --side long --entry 100000 --quantity 1 --leverage 50")
    #expect(found["liquidation_price"] is NSNull)
    #expect((found["note"] as? String)?.contains("offers 40x at most") == true)
  }

  @Test(
    "Bad input is refused in one sentence",
    arguments: [
      ("--venue binanc --side long --entry 1 --quantity 1 --leverage 2", "binanc is no venue"),
      ("--venue sim-a --side long --entry 1 --quantity 1 --leverage 2", "sim-a is no venue"),
      ("--venue okx --side up --entry 1 --quantity 1 --leverage 2", "--side is up"),
      ("--venue okx --side long --entry nan --quantity 1 --leverage 2", "--entry is nan"),
      ("--venue okx --side long --entry 1 --quantity -1 --leverage 2", "--quantity is -1.0"),
      ("--venue okx --side long --entry 1 --quantity inf --leverage 2", "--quantity is inf"),
      ("--venue okx --side long --entry 1 --quantity 1 --leverage 0", "--leverage is 0.0"),
      ("--venue okx --side long --entry 1 --quantity 1", "Give --leverage or --margin"),
      ("--venue okx --side long --entry 1 --quantity 1 --leverage 2", "Give --instrument"),
      ("--venue okx --side long --entry 1e200 --quantity 1e200 --leverage 2", "value is inf"),
      ("--venue okx --side long --entry 1 --quantity 1 --margin -2", "--margin is -2.0"),
      (
        "--venue okx --side long --entry 1 --quantity 1 --leverage 2 --maintenance-rate 1",
        "--maintenance-rate is 1.0"
      ),
      (
        "--venue okx --side long --entry 1 --quantity 1 --leverage 2 --maintenance-rate 0.9999",
        "together"
      ),
      (
        "--venue okx --side long --entry 1 --quantity 1 --leverage 2 --maintenance-amount 1",
        "goes with --maintenance-rate"
      ),
      (
        "--venue okx --side long --entry 1 --quantity 1 --leverage 2 --instrument BTC --rule uta",
        "okx has had no rule named uta"
      ),
      (
        "--venue okx --side long --entry 1 --quantity 1 --leverage 2 --instrument //",
        "names no instrument"
      ),
      (
        "--venue hyperliquid --side long --entry 1 --quantity 1 --leverage 2 --contract inverse",
        "no inverse contracts"
      ),
    ])
  func refusals(options: String, words: String) throws {
    let message = try #require(refusal(options))
    #expect(message.contains(words), "\(message)")
  }
}
