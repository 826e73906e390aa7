import Market

/// Whether touches happen as often as they were said to: predictions made walk-forward, in tenths
/// of probability, against what came.
///
/// Without a calibration to test, every week the curves are fitted to all outcomes known by then and
/// used, unchanged, for the week to come. The intervals take whole days as the unit, since trials of one day depend on each
/// other: the trials count as so many independent ones as would spread as much.
public struct TouchReliability: Hashable, Sendable {
  /// One tenth of probability.
  public struct Row: Hashable, Sendable {
    /// Trials whose predicted probability lies in the tenth.
    public let trials: Int
    /// The mean of the predictions.
    public let predicted: Double
    /// The share of them that came.
    public let observed: Double
    /// The interval of that share.
    public let interval: WilsonInterval
  }

  /// The horizon.
  public let horizon: TouchHorizon
  /// The tenths that hold a trial, from the least probable.
  public let rows: [Row]
  /// The mean of (prediction - outcome)^2.
  public let brier: Double
  /// The same for the uncalibrated random walk.
  public let brierOfRandomWalk: Double
  /// The mean distance of observed from predicted over the tenths, weighted by trials.
  public let error: Double
  /// The same for the uncalibrated random walk.
  public let errorOfRandomWalk: Double

  /// All trials.
  public var trials: Int { rows.reduce(0) { $0 + $1.trials } }

  private static let week = Span.days(7)
  /// Outcomes of so many days are gathered before the first prediction.
  private static let learning = Span.days(14)

  /// The reliability of a horizon on trials: of a frozen calibration where one is given, else of
  /// curves fitted walk-forward. Nil where there are no trials, or fewer than three weeks to fit.
  public init?(
    of trials: TouchTrials, horizon: TouchHorizon, testing frozen: TouchCalibration? = nil
  ) {
    let outcomes = trials.reaches.filter { $0.horizon == horizon }
    guard let first = outcomes.first, let last = outcomes.last,
      frozen != nil || last.known >= first.known + Self.learning + Self.week
    else { return nil }
    var fit = TouchFit(horizon: horizon)
    var next = 0
    var week = frozen == nil ? first.known + Self.learning : first.from
    var calibrated = Tally()
    var walk = Tally()
    let root = Double(horizon.hours).squareRoot()
    let byStart = outcomes.sorted { $0.from < $1.from }
    var start = byStart.partitioningIndex { $0.from >= week }
    while start < byStart.count {
      while next < outcomes.count, outcomes[next].known <= week {
        fit.take(outcomes[next])
        next += 1
      }
      let curve = frozen?.curve(horizon) ?? fit.curve
      let end = week + Self.week
      while start < byStart.count, byStart[start].from < end {
        let reach = byStart[start]
        let touched = reach.touched
        let day = reach.from.milliseconds.quotientRoundedDown(by: 86_400_000)
        for (index, multiple) in TouchTrials.multiples.enumerated() {
          let z = multiple / root
          calibrated.take(curve.probability(z), came: index < touched, day: day)
          walk.take(
            TouchCalibration.randomWalk.curve(horizon).probability(z), came: index < touched,
            day: day)
        }
        start += 1
      }
      week = end
    }
    self.horizon = horizon
    rows = calibrated.rows
    brier = calibrated.brier
    brierOfRandomWalk = walk.brier
    error = calibrated.error
    errorOfRandomWalk = walk.error
  }

  /// Predictions and outcomes in tenths.
  private struct Tally {
    private var trials = [Int](repeating: 0, count: 10)
    private var predicted = [Double](repeating: 0, count: 10)
    private var came = [Double](repeating: 0, count: 10)
    private var days: [[Int64: (trials: Double, came: Double)]] = Array(repeating: [:], count: 10)
    private var squares = 0.0

    mutating func take(_ probability: Double, came hit: Bool, day: Int64) {
      let tenth = min(Int(probability * 10), 9)
      let outcome = hit ? 1.0 : 0
      trials[tenth] += 1
      predicted[tenth] += probability
      came[tenth] += outcome
      let held = days[tenth][day] ?? (0, 0)
      days[tenth][day] = (held.trials + 1, held.came + outcome)
      squares += (probability - outcome) * (probability - outcome)
    }

    var brier: Double { squares / Double(max(trials.reduce(0, +), 1)) }

    var error: Double {
      zip(predicted, came).reduce(0) { $0 + abs($1.0 - $1.1) }
        / Double(max(trials.reduce(0, +), 1))
    }

    var rows: [Row] {
      trials.indices.filter { trials[$0] > 0 }.map { tenth in
        let count = Double(trials[tenth])
        let share = came[tenth] / count
        // The variance of the mean with days as blocks; sorted, so that the sum is the same in
        // every run.
        let spread = days[tenth].sorted { $0.key < $1.key }.reduce(0) { sum, day in
          let excess = day.value.came - day.value.trials * share
          return sum + excess * excess
        }
        let variance = spread / (count * count)
        let blocks = Double(days[tenth].count)
        let independent = share * (1 - share)
        let effective = variance > 0 ? min(independent / variance, count) : min(blocks, count)
        return Row(
          trials: trials[tenth], predicted: predicted[tenth] / count, observed: share,
          interval: WilsonInterval(hits: share * effective, trials: effective))
      }
    }
  }
}

extension Array {
  /// The first index whose element satisfies a predicate, in an array whose satisfying elements
  /// all come last; `count` where none does.
  func partitioningIndex(where belongsInSecond: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if belongsInSecond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
