import Market
import Testing

@testable import MarketData

/// 2026-09-15T12:35:00Z.
private let origin = Timestamp(milliseconds: 1_789_475_700_000)
private let midnight = Timestamp(milliseconds: 1_789_430_400_000)

/// A venue that keeps everything in pages of 1000.
private func everything(_ series: HistorySeries) -> HistoryDepth? {
  HistoryDepth(span: nil, rows: 1_000, step: series.step)
}

struct HistoryPlanTests {
  private func tiers(
    back: Span?, fine: Span = .days(7), depth: (HistorySeries) -> HistoryDepth? = everything
  ) -> [HistoryPlan.Tier] {
    HistoryPlan(back: back, origin: origin, fine: fine, depth: depth).tiers
  }

  private func candles(_ tiers: [HistoryPlan.Tier]) -> [HistoryPlan.Tier] {
    tiers.filter { if case .candles = $0.series { true } else { false } }
  }

  @Test("Minutes reach to the midnight before the last day, coarser steps follow")
  func ladder() {
    let found = candles(tiers(back: .days(365)))
    #expect(
      found.map(\.series) == [
        .candles(.minutes(1)), .candles(.minutes(5)), .candles(.hours(1)), .candles(.hours(4)),
      ])
    #expect(
      found.map(\.from) == [
        midnight - .days(1), midnight - .days(7), midnight - .days(180), midnight - .days(365),
      ])
    #expect(found.map(\.to) == [origin] + found.dropLast().map(\.from))
  }

  @Test("A plan for everything ends with days")
  func all() {
    let found = candles(tiers(back: nil, fine: .days(30)))
    #expect(found.last?.series == .candles(.days(1)))
    #expect(found[1].from == midnight - .days(30))
  }

  @Test("A short plan is minutes alone, from a full hour")
  func short() {
    let found = tiers(back: .hours(3))
    #expect(found.map(\.series) == [.candles(.minutes(1)), .openInterest(.minutes(5))])
    #expect(found.allSatisfy { $0.from == origin - .minutes(215) && $0.to == origin })
  }

  @Test("Where a venue keeps less, the coarser step begins on one of its own boundaries")
  func shallow() {
    let found = candles(
      tiers(back: .days(60)) { series in
        HistoryDepth(span: series.step.times(1_000), rows: 500, step: series.step)
      })
    #expect(found.map(\.series).count == 4)
    for (newer, older) in zip(found, found.dropFirst()) {
      #expect(newer.from == older.to)
      #expect(older.to == older.to.floor(to: older.series.step))
    }
    #expect(found[1].from > origin - .days(4))
  }

  @Test("A venue without open interest gets no question for it")
  func noInterest() {
    let found = tiers(back: .days(60)) { series in
      if case .openInterest = series { nil } else { everything(series) }
    }
    #expect(found.count == candles(found).count)
  }

  @Test("Tiers of one range come with their candles first, the newest first of all")
  func order() {
    let found = tiers(back: .days(60))
    #expect(zip(found, found.dropFirst()).allSatisfy { $0.to >= $1.to })
    #expect(found[0].series == .candles(.minutes(1)))
  }

  @Test("Pages cover a tier without a gap or a double and hold no more rows than allowed")
  func pages() {
    let plan = HistoryPlan(back: .days(40), origin: origin, fine: .days(7), depth: everything)
    let pages = plan.pages { _ in 300 }
    for tier in plan.tiers {
      let mine = pages.filter { $0.series == tier.series }
      #expect(mine.first?.to == tier.to)
      #expect(mine.last?.from == tier.from)
      #expect(zip(mine, mine.dropFirst()).allSatisfy { $0.from == $1.to })
      #expect(mine.allSatisfy { $0.to - $0.from <= tier.series.step.times(300) })
    }
  }

  @Test("Asking deeper adds what is missing and asks for nothing twice")
  func deeper() {
    let shallow = HistoryPlan(
      back: .days(2), origin: origin, fine: .days(7), depth: everything)
    let deep = HistoryPlan(back: .days(400), origin: origin, fine: .days(7), depth: everything)
    let rows = { (_: HistorySeries) in 500 }
    let more = deep.pages(beyond: shallow, rows: rows)
    for tier in deep.tiers {
      let held = shallow.tiers.first { $0.series == tier.series }
      let covered =
        more.filter { $0.series == tier.series }.map { ($0.to - $0.from).milliseconds }
        .reduce(0, +) + (held.map { ($0.to - $0.from).milliseconds } ?? 0)
      #expect(covered == (tier.to - tier.from).milliseconds)
    }
    #expect(deep.pages(beyond: deep, rows: rows).isEmpty)
  }

  @Test("Five-minute steps reach a month back where the map does more than a week")
  func fine() {
    #expect(HistoryPlan.fineReach(back: .days(14)) == .days(7))
    #expect(HistoryPlan.fineReach(back: .days(28)) == .days(30))
    #expect(HistoryPlan.fineReach(back: nil) == .days(30))
  }
}
