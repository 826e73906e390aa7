import Market
import Testing

@Suite struct ObservationTests {
  static let now = Timestamp(milliseconds: 1_700_000_000_000)
  static let notSizes = [Double.nan, .infinity, -.infinity, -1]
  static let notPrices = [Double.nan, .infinity, -.infinity, -1, 0]

  @Test(arguments: notSizes)
  func `open interest is a finite number of at least zero`(_ value: Double) throws {
    #expect(throws: MarketValueError.self) {
      try OpenInterest(time: Self.now, quantity: value)
    }
    #expect(try OpenInterest(time: Self.now, quantity: 0).quantity == 0)
  }

  @Test(arguments: notSizes)
  func `a liquidation's quantity is a finite number of at least zero`(_ value: Double) throws {
    #expect(throws: MarketValueError.self) {
      try Liquidation(time: Self.now, side: .long, price: 10, quantity: value)
    }
  }

  @Test(arguments: notPrices)
  func `a liquidation's price is a finite number above zero`(_ value: Double) throws {
    #expect(throws: MarketValueError.self) {
      try Liquidation(time: Self.now, side: .long, price: value, quantity: 1)
    }
  }

  @Test(arguments: notPrices)
  func `a mark or index price is a finite number above zero`(_ value: Double) throws {
    #expect(throws: MarketValueError.self) { try MarkPrice(time: Self.now, mark: value) }
    #expect(throws: MarketValueError.self) { try MarkPrice(time: Self.now, mark: 1, index: value) }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `a funding rate is finite`(_ value: Double) throws {
    #expect(throws: MarketValueError.self) { try Funding(time: Self.now, rate: value) }
    #expect(try Funding(time: Self.now, rate: -0.0001).rate == -0.0001)
  }

  @Test func `a trade, a ratio and a funding interval are checked at the door`() throws {
    #expect(throws: MarketValueError.self) {
      try Trade(time: Self.now, takerBought: true, price: 0, quantity: 1)
    }
    #expect(throws: MarketValueError.self) {
      try Trade(time: Self.now, takerBought: true, price: 1, quantity: -1)
    }
    #expect(throws: MarketValueError.self) {
      try LongShortRatio(time: Self.now, measure: .takerVolume, ratio: .nan)
    }
    #expect(throws: MarketValueError.self) {
      try Funding(time: Self.now, rate: 0, interval: .seconds(0))
    }
  }

  @Test func `a liquidation's notional is price times quantity`() throws {
    let liquidation = try Liquidation(time: Self.now, side: .short, price: 20, quantity: 1.5)
    #expect(liquidation.notional == 30)
    #expect(liquidation.side == .short)
  }

  @Test func `an event is known from the close of its candle, else from the time it states`() throws
  {
    let candle = try Candle(
      openTime: Self.now, interval: .hours(1), open: 1, high: 1, low: 1, close: 1, volume: 0)
    let facts: [(MarketEvent.Fact, Timestamp)] = [
      (.candle(candle, isClosed: true), Self.now + .hours(1)),
      (.openInterest(try OpenInterest(time: Self.now, quantity: 1)), Self.now),
      (
        .liquidation(try Liquidation(time: Self.now, side: .long, price: 1, quantity: 1)),
        Self.now
      ),
      (.liquidatedTotal(time: Self.now, interval: .hours(1), long: 1, short: 0), Self.now),
      (.markPrice(try MarkPrice(time: Self.now, mark: 1)), Self.now),
      (.funding(try Funding(time: Self.now, rate: 0)), Self.now),
      (
        .trade(try Trade(time: Self.now, takerBought: true, price: 1, quantity: 1)), Self.now
      ),
      (
        .longShortRatio(try LongShortRatio(time: Self.now, measure: .accounts, ratio: 1)),
        Self.now
      ),
    ]
    for (fact, time) in facts {
      let event = MarketEvent(venue: .okx, instrument: Instrument(base: "ETH"), fact: fact)
      #expect(event.time == time)
    }
  }
}
