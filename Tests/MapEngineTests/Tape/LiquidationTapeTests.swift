import Market
import Testing

@testable import MapEngine

@Suite struct LiquidationTapeTests {
  private let bitcoin = Instrument(base: "BTC")

  private func print(at seconds: Int64, usd: Double = 100) throws -> MarketEvent {
    MarketEvent(
      venue: .okx, instrument: bitcoin,
      fact: .liquidation(
        try Liquidation(
          time: Timestamp(milliseconds: seconds * 1_000), side: .long, price: 100,
          quantity: usd / 100)))
  }

  @Test func `prints stand in order of time whatever order they came in`() throws {
    var tape = LiquidationTape()
    tape.append([try print(at: 5), try print(at: 9)])
    tape.append([try print(at: 7, usd: 700)])
    #expect(tape.prints.map { $0.liquidation.time.milliseconds / 1_000 } == [5, 7, 9])
    #expect(tape.prints.map(\.id) == [0, 2, 1])
    #expect(tape.prints[1].usd == 700)
  }

  @Test func `a tape keeps the newest and counts all`() throws {
    var tape = LiquidationTape()
    let count = LiquidationTape.capacity * 2
    for second in 0..<count { tape.append([try print(at: Int64(second))]) }
    #expect(tape.count == count)
    #expect(
      (LiquidationTape.capacity...LiquidationTape.capacity * 3 / 2).contains(tape.prints.count))
    #expect(tape.prints.last?.liquidation.time.milliseconds == Int64(count - 1) * 1_000)
  }

  @Test func `what else happens is not for the tape`() throws {
    var tape = LiquidationTape()
    let interest = try OpenInterest(time: Timestamp(milliseconds: 0), quantity: 3)
    tape.append([MarketEvent(venue: .okx, instrument: bitcoin, fact: .openInterest(interest))])
    #expect(tape.prints.isEmpty && tape.count == 0)
  }
}

@Suite struct VenueFiguresTests {
  @Test func `the newest of each kind stands, whatever order it came in`() throws {
    var figures = VenueFigures(venue: .bybit)
    func time(_ seconds: Int64) -> Timestamp { Timestamp(milliseconds: seconds * 1_000) }
    #expect(figures.openInterestUSD == nil)
    #expect(figures.take(.openInterest(try OpenInterest(time: time(9), quantity: 3))))
    #expect(!figures.take(.openInterest(try OpenInterest(time: time(8), quantity: 5))))
    #expect(figures.take(.markPrice(try MarkPrice(time: time(9), mark: 100))))
    #expect(figures.openInterestUSD == 300)
    for (measure, ratio) in [(LongShortRatio.Measure.accounts, 1.5), (.topPositions, 0.5)] {
      figures.take(
        .longShortRatio(try LongShortRatio(time: time(1), measure: measure, ratio: ratio)))
    }
    #expect(figures.ratios.mapValues(\.ratio) == [.accounts: 1.5, .topPositions: 0.5])
  }
}
