import Market
import RealModule

/// Gathers the trials of all labels as a story goes on, and counts them.
struct RecordKeeper: Sendable {
  /// Moments that a base rate is asked at, at most.
  private static let baseMoments = 240
  /// Fewer moments than this say nothing.
  private static let leastMoments = 10

  /// All trials, overlapping or not, in the order of their bars.
  private(set) var trials: [LabelTrial] = []

  mutating func add(_ label: RecordLabel, bar: Int, _ question: LabelTrial.Question) {
    trials.append(LabelTrial(label: label, bar: bar, question: question))
  }

  /// The records as of the last of `bars`. The story counts from bar `start` on.
  func records(_ bars: [StoryBar], span: Span, start: Int) -> [LabelRecord] {
    var paths = Paths(bars: bars, span: span, start: start, moments: Self.baseMoments)
    return RecordLabel.allCases.map { label in
      var counted: [LabelRecord.Trial] = []
      var busyUntil = -1
      for trial in trials where trial.label == label && trial.bar >= busyUntil {
        let horizon = trial.horizon(span)
        guard trial.bar + horizon < bars.count else { break }
        guard let rate = paths.base(of: trial, horizon: horizon, least: Self.leastMoments) else {
          continue
        }
        busyUntil = trial.bar + horizon
        counted.append(
          LabelRecord.Trial(
            askedAt: bars[trial.bar].price.closeTime,
            endedAt: bars[trial.bar + horizon].price.closeTime,
            isHit: paths.answer(trial.question, at: trial.bar, horizon: horizon), base: rate))
      }
      return LabelRecord(label: label, each: counted)
    }
  }
}

/// The prices of a story's bars, and the same questions asked all over them.
private struct Paths {
  private let bars: [StoryBar]
  private let span: Span
  private let start: Int
  private let moments: Int
  private var ranges: [MarketDirection: Double] = [:]

  init(bars: [StoryBar], span: Span, start: Int, moments: Int) {
    self.bars = bars
    self.span = span
    self.start = start
    self.moments = moments
  }

  /// The answer to a question asked at the close of a bar whose horizon is over.
  func answer(_ question: LabelTrial.Question, at bar: Int, horizon: Int) -> Bool {
    switch question {
    case .first(let wanted, let up, let down):
      return first(up: up, down: down, after: bar, horizon: horizon) == wanted
    case .between(let low, let high):
      let close = bars[bar + horizon].price.close
      return close > low && close < high
    case .range(let wanted):
      return race(wanted, from: bars[bar].price.close, at: bar, horizon: horizon)
    case .turn(let wanted, let level):
      return race(wanted, from: level, at: bar, horizon: horizon)
    }
  }

  /// How often the answer is yes at moments all over the story.
  mutating func base(of trial: LabelTrial, horizon: Int, least: Int) -> Double? {
    if case .range(let wanted) = trial.question, let known = ranges[wanted] { return known }
    let deviation = bars[trial.bar].volatility
    let close = bars[trial.bar].price.close
    guard let deviation else { return nil }
    func distance(_ price: Double) -> Double { Double.log(price / close) / deviation }
    let last = bars.count - 1 - horizon
    guard last > start else { return nil }
    // Few moments see a given price trade within a bar: ask all of them for turns.
    var step = max((last - start) / moments, 1)
    if case .turn = trial.question { step = 1 }
    var asked = 0
    var came = 0
    for bar in stride(from: start, through: last, by: step) {
      guard let there = bars[bar].volatility, bars[bar].atr != nil else { continue }
      let price = bars[bar].price.close
      func moved(_ level: Double) -> Double {
        price * Double.exp(distance(level) * there)
      }
      switch trial.question {
      case .first(let wanted, let up, let down):
        asked += 1
        let question = LabelTrial.Question.first(
          wanted, up: up.map(moved), down: down.map(moved))
        if answer(question, at: bar, horizon: horizon) { came += 1 }
      case .between(let low, let high):
        asked += 1
        let question = LabelTrial.Question.between(low: moved(low), high: moved(high))
        if answer(question, at: bar, horizon: horizon) { came += 1 }
      case .range:
        asked += 1
        if answer(trial.question, at: bar, horizon: horizon) { came += 1 }
      case .turn(let wanted, let level):
        guard trial.bar > 0, bar + 1 + horizon < bars.count,
          let before = bars[trial.bar - 1].volatility
        else { continue }
        let away = Double.log(level / bars[trial.bar - 1].price.close) / before
        let target = price * Double.exp(away * there)
        let next = bars[bar + 1].price
        guard away > 0 ? next.high >= target : next.low <= target else { continue }
        asked += 1
        if answer(.turn(wanted, level: target), at: bar + 1, horizon: horizon) { came += 1 }
      }
    }
    guard asked >= least else { return nil }
    let rate = Double(came) / Double(asked)
    if case .range(let wanted) = trial.question { ranges[wanted] = rate }
    return rate
  }

  private func race(
    _ wanted: MarketDirection, from price: Double, at bar: Int, horizon: Int
  ) -> Bool {
    guard let atr = bars[bar].atr else { return false }
    return first(up: price + atr, down: price - atr, after: bar, horizon: horizon) == wanted
  }

  /// Which of two prices trades first after a bar; nil for neither, or both within one bar.
  private func first(
    up: Double?, down: Double?, after bar: Int, horizon: Int
  ) -> MarketDirection? {
    for index in bar + 1...bar + horizon {
      let price = bars[index].price
      let isUp = up.map { price.high >= $0 } ?? false
      let isDown = down.map { price.low <= $0 } ?? false
      if isUp || isDown { return isUp && isDown ? nil : isUp ? .bullish : .bearish }
    }
    return nil
  }
}
