import Market
import RealModule
import Testing

@testable import MapEngine

@Suite struct RecordKeeperTests {
  /// Hourly bars of a random walk.
  private func bars(seed: UInt64, count: Int) -> [StoryBar] {
    var random = SeededSeries(seed: seed)
    var last = 100.0
    var range = RunningTrueRange()
    return (0..<count).map { index in
      let open = last
      let close = open * (1 + (random.next() - 0.5) * 0.01)
      let high = max(open, close) * (1 + random.next() * 0.002)
      let low = min(open, close) * (1 - random.next() * 0.002)
      last = close
      range.append(high: high, low: low, close: close)
      return StoryBar(
        price: PriceBar(
          openTime: Timestamp(milliseconds: Int64(index) * 3_600_000), span: .hours(1),
          open: open, high: high, low: low, close: close),
        crossLow: low, crossHigh: high, volatility: 0.004, atr: range.value,
        eaten: BySide(long: 0, short: 0), printed: BySide(long: nil, short: nil),
        openInterest: 1_000)
    }
  }

  private func record(
    _ label: RecordLabel, of keeper: RecordKeeper, _ bars: [StoryBar]
  ) throws -> LabelRecord {
    try #require(keeper.records(bars, span: .hours(1), start: 20).first { $0.label == label })
  }

  @Test func `a label that says nothing of a random walk stays unproven`() throws {
    for seed in 1...4 {
      let bars = bars(seed: UInt64(seed), count: 2_000)
      var keeper = RecordKeeper()
      for bar in 20..<2_000 {
        let close = bars[bar].price.close
        keeper.add(
          .squeezeUp, bar: bar, .first(.bullish, up: close * 1.008, down: close * 0.985))
        keeper.add(.trend, bar: bar, .range(.bullish))
        keeper.add(.pinned, bar: bar, .between(low: close * 0.98, high: close * 1.02))
      }
      for label in [RecordLabel.squeezeUp, .trend, .pinned] {
        let record = try record(label, of: keeper, bars)
        #expect(!record.isProven, "\(label) \(record.summary)")
        let base = try #require(record.base)
        #expect(record.interval.low <= base + 0.02 && base - 0.02 <= record.interval.high)
      }
    }
  }

  @Test func `a label that knows the future is proven`() throws {
    let bars = bars(seed: 9, count: 2_000)
    var keeper = RecordKeeper()
    for bar in stride(from: 20, to: 1_950, by: 10) {
      let later = bars[bar + 12].price.close
      keeper.add(.trend, bar: bar, .range(later > bars[bar].price.close ? .bullish : .bearish))
    }
    let record = try record(.trend, of: keeper, bars)
    #expect(record.isProven, "\(record.summary)")
    #expect(record.summary.hasSuffix("proven") && !record.summary.hasSuffix("unproven"))
  }

  @Test func `a record says when the opposite is rather true`() {
    let against = LabelRecord(label: .sweep, hits: 20, trials: 100, base: 0.5)
    #expect(against.isContradicted && !against.isProven)
    #expect(against.summary == "20 of 100, 13-29 %, base 50 %: unproven, rather the opposite")
    let unknown = LabelRecord(label: .sweep, hits: 0, trials: 0, base: nil)
    #expect(!unknown.isContradicted && unknown.summary == "no trial yet: unproven")
  }

  @Test func `few trials prove and contradict nothing, however they came out`() {
    let least = LabelRecord.leastTrials
    for trials in [1, 2, 5, least - 1] {
      let hit = LabelRecord(label: .magnet, hits: trials, trials: trials, base: 0.05)
      #expect(hit.interval.low > 0.05 && !hit.isProven && !hit.isContradicted)
      #expect(hit.summary.hasSuffix("base 5 %: unproven, fewer than 20 trials"))
      let missed = LabelRecord(label: .gap, hits: 0, trials: trials, base: 0.95)
      #expect(missed.interval.high < 0.95 && !missed.isProven && !missed.isContradicted)
    }
    #expect(LabelRecord(label: .magnet, hits: least, trials: least, base: 0.05).isProven)
    #expect(LabelRecord(label: .gap, hits: 0, trials: least, base: 0.95).isContradicted)
  }

  @Test func `from the least number of trials on luck alone seldom proves a label`() {
    /// The chance that so many trials of a label that is worth nothing prove it.
    func luck(_ base: Double, trials: Int) -> Double {
      var chance = Double.pow(1 - base, Double(trials))
      var sum = 0.0
      for hits in 0...trials {
        if LabelRecord(label: .gap, hits: hits, trials: trials, base: base).isProven {
          sum += chance
        }
        chance *= Double(trials - hits) / Double(hits + 1) * base / (1 - base)
      }
      return sum
    }
    for percent in 5...95 {
      let worst = (20...80).contains(percent) ? 0.052 : 0.084
      for trials in [1, 10, 20, 30, 60] {
        #expect(luck(Double(percent) / 100, trials: trials) <= worst, "\(percent) % of \(trials)")
      }
    }
  }

  @Test func `no two trials of a label run at once, and none counts before its end`() throws {
    let bars = bars(seed: 5, count: 400)
    var keeper = RecordKeeper()
    for bar in 20..<400 {
      keeper.add(.magnet, bar: bar, .first(.bullish, up: bars[bar].price.close * 1.01, down: nil))
    }
    // 24 bars each, from bar 20 on, while the end lies within 400.
    #expect(try record(.magnet, of: keeper, bars).trials == (399 - 20) / 24)
    var late = RecordKeeper()
    late.add(.magnet, bar: 380, .first(.bullish, up: 101, down: nil))
    #expect(try record(.magnet, of: late, bars).trials == 0)
  }

  @Test func `what comes later changes no trial that was over`() throws {
    let all = bars(seed: 6, count: 900)
    var keeper = RecordKeeper()
    for bar in 20..<300 { keeper.add(.trend, bar: bar, .range(.bearish)) }
    let then = try record(.trend, of: keeper, Array(all[..<600]))
    let now = try record(.trend, of: keeper, all)
    #expect(then.hits == now.hits && then.trials == now.trials)
  }

  @Test func `both directions within one bar are a miss`() throws {
    let bars = bars(seed: 7, count: 300)
    var keeper = RecordKeeper()
    keeper.add(
      .squeezeUp, bar: 100, .first(.bullish, up: bars[101].price.high, down: bars[101].price.low))
    let record = try record(.squeezeUp, of: keeper, bars)
    #expect(record.trials == 1 && record.hits == 0)
  }

  @Test func `a turn is seen from the price that traded`() throws {
    let bars = bars(seed: 8, count: 1_500)
    var keeper = RecordKeeper()
    for bar in 30..<1_400 {
      let level = bars[bar - 1].price.close * 1.004
      if bars[bar].price.high >= level {
        keeper.add(.takeProfit, bar: bar, .turn(.bearish, level: level))
      }
    }
    let record = try record(.takeProfit, of: keeper, bars)
    #expect(record.trials > 15)
    // Symmetric barriers on a walk: near one half, and the same elsewhere.
    let base = try #require(record.base)
    #expect(abs(base - 0.5) < 0.15)
    #expect(!record.isProven)
  }
}
