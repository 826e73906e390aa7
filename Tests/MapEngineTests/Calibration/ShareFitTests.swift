import Market
import RealModule
import Testing

@testable import MapEngine

@Suite struct ShareFitTests {
  private static let bitcoin = Instrument(base: "BTC")

  private func book(intervalLength: Span = .minutes(30)) -> CalibratedBook {
    CalibratedBook(
      book: PositionBook(
        venue: .bybit,
        table: MaintenanceTable.table(venue: .bybit, instrument: Self.bitcoin)),
      intervalLength: intervalLength)
  }

  /// A book of some days in half-hour intervals, and what its venue would have published had the shares been the prior's
  /// times `factor`: as totals of each interval, in lots of a coin.
  private func learned(
    factor: Double, days: Int = 6, seed: UInt64 = 21, factors: (Double) -> Double = { _ in 1 }
  ) throws -> (book: CalibratedBook, printed: PrintedLiquidations, end: Timestamp) {
    var series = SeededSeries(seed: seed)
    let whole = try series.intervals(count: 6 * 48, span: .minutes(30), volatility: 0.03)
    let intervals = whole.prefix(days * 48)
    var book = book()
    var printed = PrintedLiquidations(isThrottled: false)
    let components = book.book.components
    let shares = Shares.prior(components, .realisable).long
    var before = book.book.crossed
    for interval in intervals {
      book.append([interval])
      let crossed = book.book.crossed
      func sum(_ start: Int) -> Double {
        components.indices.reduce(0) {
          $0 + factor * factors(components[$1].leverage) * shares[$1]
            * (crossed[start + $1] - before[start + $1])
        }
      }
      printed.append([
        MarketEvent(
          venue: .bybit, instrument: Self.bitcoin,
          fact: .liquidatedTotal(
            time: interval.closeTime, interval: interval.span, long: max(sum(0), 0),
            short: max(sum(components.count), 0)))
      ])
      before = crossed
    }
    return (book, printed, try #require(intervals.last).closeTime)
  }

  @Test func `without anything published the shares are the prior's`() throws {
    let (book, _, end) = try learned(factor: 1, days: 2)
    let fit = book.fit(nil, asOf: end)
    #expect(fit.state == .uncalibrated && fit.days == 0 && fit.asOf == nil)
    let isPrior = fit == ShareFit(prior: book.book.components)
    #expect(isPrior)
    let prior = Shares.prior(book.book.components, .realisable)
    for (share, expected) in zip(fit.shares.long, prior.long) {
      #expect(abs(share / expected - 1) < 1e-12)
    }
  }

  @Test(arguments: [0.2, 1, 2])
  func `the scale is learned from what was published`(factor: Double) throws {
    let (book, printed, end) = try learned(factor: factor)
    let fit = book.fit(printed, asOf: end)
    #expect(fit.state == .calibrated)
    #expect(abs(fit.days - 6) < 0.1)
    let components = book.book.components
    let prior = Shares.prior(components, .realisable).long
    // The tiers that print tell it best.
    let printing = components.indices.filter { (20...60).contains(components[$0].leverage) }
    let ratio =
      printing.reduce(0) { $0 + fit.shares.long[$1] } / printing.reduce(0) { $0 + prior[$1] }
    #expect(ratio > factor / 1.5 && ratio < factor * 1.5)
  }

  @Test func `what tiers that print teach is passed on to their neighbours and fades`() throws {
    let (book, printed, end) = try learned(factor: 1, factors: { $0 >= 20 ? 0.15 : 1 })
    let fit = book.fit(printed, asOf: end)
    let components = book.book.components
    let prior = Shares.prior(components, .realisable).long
    func ratio(_ leverage: Double) -> Double {
      let tier = components.indices.filter { components[$0].leverage == leverage }
      return tier.reduce(0) { $0 + fit.shares.long[$1] } / tier.reduce(0) { $0 + prior[$1] }
    }
    #expect(ratio(35) < 0.4)
    #expect(ratio(12) > ratio(35))
    #expect(ratio(12) < 1)
  }

  @Test func `too few liquidations leave the prior as it is`() throws {
    let (book, _, end) = try learned(factor: 1)
    var printed = PrintedLiquidations(isThrottled: false)
    printed.append(
      try [(2.0, Side.long), (5.5, .short)].map { day, side in
        MarketEvent(
          venue: .bybit, instrument: Self.bitcoin,
          fact: .liquidation(
            try Liquidation(
              time: end - .days(6) + Span(milliseconds: Int64(day * 86_400_000)), side: side,
              price: 50_000, quantity: 1)))
      })
    #expect(book.fit(printed, asOf: end).state == .uncalibrated)
  }

  @Test func `shares never add up to more than the open interest`() throws {
    let (book, printed, end) = try learned(factor: 40)
    let fit = book.fit(printed, asOf: end)
    #expect(fit.shares.long.reduce(0, +) <= 1 + 1e-12)
    let nominal = fit.shares(.nominal)
    #expect(nominal.long.reduce(0, +) <= 1 + 1e-12)
  }

  @Test func `what is learned of a moment does not change when more is known`() throws {
    let (book, _, end) = try learned(factor: 0.5)
    let early = end - .days(2)
    // The first four days of the same seed are the same days.
    let (shorter, printed, sameEarly) = try learned(factor: 0.5, days: 4)
    #expect(early == sameEarly)
    let then = shorter.fit(printed, asOf: early)
    #expect(then.state == .calibrated)
    let isSame = book.fit(printed, asOf: early) == then
    #expect(isSame)
  }

  @Test func `the same intervals in any batches teach the same`() throws {
    var series = SeededSeries(seed: 22)
    let intervals = try series.intervals(count: 400, volatility: 0.02)
    var whole = book(intervalLength: .minutes(5))
    whole.append(intervals[...])
    var pieces = book(intervalLength: .minutes(5))
    for start in stride(from: 0, to: 400, by: 7) {
      pieces.append(intervals[start..<min(start + 7, 400)])
    }
    var printed = PrintedLiquidations(isThrottled: false)
    let first = try #require(intervals.first).openTime
    printed.append(
      (0..<400).map { index in
        MarketEvent(
          venue: .bybit, instrument: Self.bitcoin,
          fact: .liquidatedTotal(
            time: first + .minutes(Int64(index + 1) * 5), interval: .minutes(5),
            long: Double(index % 3), short: 1))
      })
    let end = try #require(intervals.last).closeTime
    let fit = whole.fit(printed, asOf: end)
    #expect(fit.state == .calibrated)
    let isSame = fit == pieces.fit(printed, asOf: end)
    #expect(isSame)
  }

  @Test func `longer candles make longer windows`() {
    #expect(book(intervalLength: .minutes(1)).windowLength == .minutes(30))
    #expect(book(intervalLength: .hours(1)).windowLength == .hours(1))
    #expect(book(intervalLength: .minutes(45)).windowLength == .hours(1))
  }
}

@Suite struct SymmetricMatrixTests {
  @Test func `a matrix times its inverse is one`() throws {
    var matrix = SymmetricMatrix(count: 3)
    let values = [4.0, 1, 0.5, 1, 3, -1, 0.5, -1, 2]
    for row in 0..<3 { for column in 0..<3 { matrix[row, column] = values[row * 3 + column] } }
    let inverse = try #require(matrix.inverse())
    for row in 0..<3 {
      let product = matrix.times((0..<3).map { inverse[$0, row] })
      for column in 0..<3 { #expect(abs(product[column] - (row == column ? 1 : 0)) < 1e-12) }
    }
    #expect(matrix.solve([1, 0, 0])?.count == 3)
  }

  @Test func `a matrix that is not positive definite has none`() {
    var matrix = SymmetricMatrix(count: 2)
    matrix[0, 0] = 1
    matrix[1, 1] = -1
    #expect(matrix.inverse() == nil && matrix.solve([1, 1]) == nil)
  }
}
