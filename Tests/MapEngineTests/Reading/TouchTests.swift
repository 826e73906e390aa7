import MapEngine
import Market
import TestSupport
import Testing

@Suite struct TouchTests {
  @Test func `a Wilson interval is the textbook's`() {
    let interval = WilsonInterval(hits: 8, trials: 10)
    #expect(abs(interval.low - 0.4902) < 1e-4)
    #expect(abs(interval.high - 0.9433) < 1e-4)
    #expect(WilsonInterval(hits: 0, trials: 0) == WilsonInterval(hits: 0, trials: -1))
    #expect(WilsonInterval(hits: 0, trials: 5).low == 0)
    #expect(WilsonInterval(hits: 5, trials: 5).high == 1)
  }

  @Test func `a random walk touches its own deviation in 31,7 % of cases`() {
    let walk = TouchModel(volatility: 0.005, calibration: .randomWalk)
    #expect(abs(walk.probability(of: 100.501_252, from: 100, within: .hours1) - 0.317_3) < 1e-4)
    // Four hours make twice the deviation.
    #expect(abs(walk.probability(of: 101.005_017, from: 100, within: .hours4) - 0.317_3) < 1e-4)
    #expect(walk.probability(of: 100, from: 100, within: .hours1) == 1)
  }

  @Test func `nearer, longer and wilder touches are never less probable`() {
    for horizon in TouchHorizon.allCases {
      let curve = TouchCalibration.shipped.curve(horizon)
      var last = 1.0
      for step in 1...200 {
        let probability = curve.probability(Double(step) / 20)
        #expect(probability <= last && probability >= 0)
        last = probability
      }
    }
    let calm = TouchModel(volatility: 0.004)
    let wild = TouchModel(volatility: 0.008)
    for level in stride(from: 90.0, through: 110, by: 0.5) {
      let reached = TouchHorizon.allCases.map {
        calm.probability(of: level, from: 100, within: $0)
      }
      #expect(reached == reached.sorted())
      #expect(
        wild.probability(of: level, from: 100, within: .hours4)
          >= calm.probability(of: level, from: 100, within: .hours4))
    }
  }

  @Test func `volatility is that of a walk whose volatility is known`() throws {
    var series = SeededSeries(seed: 5)
    // Steps of a uniform -v/2 ... v/2 have a deviation of v / sqrt 12; 12 of them make an hour.
    let intervals = try series.intervals(count: 6_000, volatility: 0.004)
    let known = try #require(RunningVolatility(of: intervals).perRootHour)
    let steps = 0.004 / 12.0.squareRoot() * 12.0.squareRoot()
    // The wicks of the made candles add to the range; the order of magnitude must stand.
    #expect(known > steps * 0.8 && known < steps * 2)
    #expect(RunningVolatility(of: Array(intervals.prefix(280))).perRootHour == nil)
  }

  @Test func `volatility at a moment knows nothing of what follows`() throws {
    var series = SeededSeries(seed: 6)
    let intervals = try series.intervals(count: 800)
    let bars = PriceBar.bars(of: intervals, span: .hours(1))
    var running = RunningVolatility()
    for (index, bar) in bars.enumerated() {
      running.append(bar)
      let known = intervals.filter { $0.closeTime <= bar.closeTime }
      if index % 11 == 0 { #expect(running == RunningVolatility(of: known)) }
    }
  }

  @Test func `volatility is the same whatever the source's intervals`() throws {
    var series = SeededSeries(seed: 8)
    let fine = try series.intervals(count: 12 * 60)
    let hours = try PriceBar.bars(of: fine, span: .hours(1)).map { bar in
      MarketInterval(
        candle: try Candle(
          openTime: bar.openTime, interval: bar.span, open: bar.open, high: bar.high,
          low: bar.low, close: bar.close, volume: 1), openInterest: 1)
    }
    #expect(RunningVolatility(of: fine) == RunningVolatility(of: hours))
  }

  @Test func `a trial ends with its horizon and counts what was reached within it`() throws {
    var series = SeededSeries(seed: 7)
    let intervals = try series.intervals(count: 24 * 12 * 4)
    let trials = TouchTrials(of: intervals)
    let end = try #require(intervals.last?.closeTime)
    #expect(!trials.reaches.isEmpty)
    #expect(trials.reaches.allSatisfy { $0.known <= end })
    let reach = try #require(trials.reaches.first { $0.horizon == .hours4 })
    let within = intervals.filter { $0.openTime >= reach.from && $0.closeTime <= reach.known }
    #expect(within.count == 48)
    // A longer horizon reaches no less far.
    let longer = try #require(
      trials.reaches.first { $0.horizon == .hours24 && $0.from == reach.from })
    #expect(longer.farthest >= reach.farthest)
  }

  @Test func `a fit finds the curve that made the touches`() {
    let truth = TouchCalibration.Curve(scale: 1.3, bend: 0.8)
    var fit = TouchFit(horizon: .hours4)
    // Reaches spread as the curve says: the q-th of n goes as far as 1 - q/n of them don't.
    let count = 4_000
    for index in 0..<count {
      let share = (Double(index) + 0.5) / Double(count)
      var low = 0.0
      var high = 100.0
      for _ in 0..<60 {
        let middle = (low + high) / 2
        if truth.probability(middle / 2) > share { low = middle } else { high = middle }
      }
      fit.take(
        TouchTrials.Reach(
          from: Timestamp(milliseconds: 0), known: Timestamp(milliseconds: 1), horizon: .hours4,
          farthest: low))
    }
    #expect(abs(fit.curve.scale - truth.scale) < 0.02)
    #expect(abs(fit.curve.bend - truth.bend) < 0.05)
  }

  @Test(
    "The shipped curves are the fit to the recorded markets, and are reliable walk-forward",
    .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
  func shipped() throws {
    let trials = TouchTrials(
      try RecordedSeries.allCases.map { TouchTrials(of: try $0.intervals()) })
    #expect(trials.reaches.count == 74_302)
    for horizon in TouchHorizon.allCases {
      var fit = TouchFit(horizon: horizon)
      for reach in trials.reaches { fit.take(reach) }
      let shipped = TouchCalibration.shipped.curve(horizon)
      #expect(abs(fit.curve.scale - shipped.scale) < 1e-3)
      #expect(abs(fit.curve.bend - shipped.bend) < 1e-3)
      let reliability = try #require(TouchReliability(of: trials, horizon: horizon))
      #expect(reliability.error < 0.01)
      #expect(reliability.error < reliability.errorOfRandomWalk / 4)
      #expect(reliability.brier < reliability.brierOfRandomWalk)
      for row in reliability.rows where row.trials > 10_000 {
        #expect(
          row.interval.low - 0.01 <= row.predicted && row.predicted <= row.interval.high + 0.01)
      }
    }
  }
}
