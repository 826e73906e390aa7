import Foundation
import Market
import Testing

@testable import MapEngine

@Suite struct PrintedLiquidationsTests {
  private static let bitcoin = Instrument(base: "BTC")

  private func liquidation(_ milliseconds: Int64, _ side: Side = .long, _ quantity: Double = 1)
    throws -> MarketEvent
  {
    MarketEvent(
      venue: .binance, instrument: Self.bitcoin,
      fact: .liquidation(
        try Liquidation(
          time: Timestamp(milliseconds: milliseconds), side: side, price: 50_000,
          quantity: quantity)))
  }

  @Test func `a minute's prints are weighted up by how many of its seconds they occupy`() throws {
    var printed = PrintedLiquidations(isThrottled: true)
    // Three events in two seconds of one minute, each of two coins.
    printed.append(
      try [
        liquidation(1_000, .long, 2), liquidation(1_400, .short, 2), liquidation(9_000, .long, 2),
      ])
    let weight = -60 * log(1 - 2.0 / 60) / 2
    let window = try #require(printed.windows[0])
    #expect(abs(window.long - 4 * weight) < 1e-12)
    #expect(abs(window.short - 2 * weight) < 1e-12)
    #expect(printed.unit == 2)
    #expect(!printed.mayUnderstate)
  }

  @Test func `a full minute is capped, and a complete feed is taken as it is`() throws {
    let events = try (0..<60).map { try liquidation(Int64($0) * 1_000) }
    var throttled = PrintedLiquidations(isThrottled: true)
    throttled.append(events)
    var complete = PrintedLiquidations(isThrottled: false)
    complete.append(events)
    let capped = -60 * log(1 - 59.5 / 60)
    #expect(abs(try #require(throttled.windows[0]).long - capped) < 1e-9)
    #expect(try #require(complete.windows[0]).long == 60)
  }

  @Test func `minutes are counted apart, and windows too`() throws {
    var printed = PrintedLiquidations(isThrottled: true)
    printed.append(try [liquidation(59_900), liquidation(60_100), liquidation(1_800_000)])
    let one = -60 * log(1 - 1.0 / 60)
    #expect(abs(try #require(printed.windows[0]).long - 2 * one) < 1e-12)
    #expect(abs(try #require(printed.windows[1]).long - one) < 1e-12)
  }

  @Test func `between the first and the last print silence says that nothing was liquidated`()
    throws
  {
    var printed = PrintedLiquidations(isThrottled: false)
    printed.append(try [liquidation(1_800_000), liquidation(4 * 1_800_000)])
    #expect(printed.seen(0) == nil)
    #expect(printed.seen(2)?.long == 0)
    #expect(printed.seen(5) == nil)
  }

  @Test func `archived totals count in the windows that they cover whole`() throws {
    var printed = PrintedLiquidations(isThrottled: true)
    // Quarters of an hour; the third one's row is missing, the last one is empty.
    for quarter in [1, 2, 4, 5, 6, 7, 8] {
      printed.append([
        MarketEvent(
          venue: .binance, instrument: Self.bitcoin,
          fact: .liquidatedTotal(
            time: Timestamp(milliseconds: 900_000 * Int64(quarter)), interval: .minutes(15),
            long: quarter == 8 ? 0 : 3, short: 0))
      ])
    }
    #expect(printed.seen(0)?.long == 6)
    #expect(printed.seen(1) == nil)
    #expect(printed.seen(3)?.long == 3)
    #expect(printed.unit == 3)
    #expect(printed.mayUnderstate)
  }
}
