import Market

/// A market whose positions are known, as an outsider sees it and as it truly is: what estimators
/// are scored on.
public struct AccuracyMarket: Sendable {
  /// A moment at which the truth was looked at.
  public struct Moment: Sendable {
    /// How many of the market's intervals had closed by then.
    public let intervalCount: Int
    /// The true distribution around the mark of that moment.
    public let truth: DistanceBins

    /// A moment after that many intervals.
    public init(intervalCount: Int, truth: DistanceBins) {
      self.intervalCount = intervalCount
      self.truth = truth
    }
  }

  /// What kind of traders the market has.
  public let behaviour: String
  /// The seed that it grew from.
  public let seed: UInt64
  /// What an outsider sees, oldest first.
  public let intervals: [MarketInterval]
  /// The moments to score at, oldest first; each `intervalCount` lies within the intervals.
  public let moments: [Moment]
  /// The liquidations that an outsider sees, in order of time.
  public let published: [Liquidation]
  /// The liquidations as they happened, in order of time.
  public let liquidations: [Liquidation]

  /// A market of those intervals and moments.
  public init(
    behaviour: String, seed: UInt64, intervals: [MarketInterval], moments: [Moment],
    published: [Liquidation] = [], liquidations: [Liquidation] = []
  ) {
    self.behaviour = behaviour
    self.seed = seed
    self.intervals = intervals
    self.moments = moments
    self.published = published
    self.liquidations = liquidations
  }

  /// The close of the last interval that a moment knows; nil where it knows none.
  func time(of moment: Moment) -> Timestamp? {
    moment.intervalCount > 0 ? intervals[moment.intervalCount - 1].closeTime : nil
  }

  /// Where the scored hours begin: at the first moment.
  var scoredFrom: Timestamp? { moments.first.flatMap { time(of: $0) } }

  /// The number of whole hours that are scored.
  var scoredHours: Int {
    guard let from = scoredFrom, let end = intervals.last?.closeTime else { return 0 }
    return Int((end - from).milliseconds / Span.hours(1).milliseconds)
  }

  /// The scored hour that a moment lies in; nil outside.
  func scoredHour(_ time: Timestamp) -> Int? {
    guard let from = scoredFrom, time >= from else { return nil }
    let hour = Int((time - from).milliseconds / Span.hours(1).milliseconds)
    return hour < scoredHours ? hour : nil
  }

  /// What was truly liquidated, hour by hour.
  var flow: AccuracyForecast.Flow {
    var flow = AccuracyForecast.Flow(hours: scoredHours)
    for liquidation in liquidations {
      guard let hour = scoredHour(liquidation.time) else { continue }
      if liquidation.side == .long {
        flow.long[hour] += liquidation.quantity
      } else {
        flow.short[hour] += liquidation.quantity
      }
    }
    return flow
  }

  /// The scores of each estimator at each moment where the truth holds anything.
  public func samples(of estimators: [AccuracyEstimator]) -> [AccuracySample] {
    estimators.flatMap { samples(of: $0.forecast(self), name: $0.name, kind: $0.kind) }
  }

  /// The scores of a forecast at each moment where the truth holds anything. What is scored over
  /// the whole market is part of each.
  func samples(
    of forecast: AccuracyForecast, name: String, kind: AccuracyMethodKind
  ) -> [AccuracySample] {
    let truths = moments.map(\.truth)
    var whole: [AccuracyMetric: Double] = [:]
    if let predicted = forecast.flow, !liquidations.isEmpty {
      let truth = flow
      whole[.fd2] = FlowScore.explained(truth: truth, forecast: predicted)
      whole[.fd2AsDrawn] = FlowScore.explained(
        truth: truth, forecast: predicted, isScaled: false)
    }
    func sample(_ scores: [AccuracyMetric: Double]) -> AccuracySample {
      AccuracySample(
        method: name, kind: kind, behaviour: behaviour, seed: seed,
        values: scores.merging(whole) { _, own in own })
    }
    guard let maps = forecast.maps else { return whole.isEmpty ? [] : [sample([:])] }
    precondition(maps.count == truths.count, "one estimate a moment")
    whole[.cgain4] = PlacementScore.gain(of: maps, in: self)
    return PositionScores.series(truths: truths, estimates: maps).enumerated()
      .compactMap { index, scores in
        guard let scores else { return nil }
        var values = scores.values
        if let bands = forecast.bands {
          let cover = BandScore.coverage(of: bands[index], truth: truths[index])
          values[.coverBins] = cover.bins
          values[.coverTotals] = cover.totals
        }
        return sample(values)
      }
  }
}

/// One estimator's scores at one moment of one market.
public struct AccuracySample: Hashable, Codable, Sendable {
  /// The estimator.
  public let method: String
  /// What it stands for.
  public let kind: AccuracyMethodKind
  /// What kind of traders the market has.
  public let behaviour: String
  /// The seed that the market grew from.
  public let seed: UInt64
  /// The scores; of a factor its logarithm.
  public let values: [AccuracyMetric: Double]

  /// The scores of one moment; of a factor its logarithm.
  public init(
    method: String, kind: AccuracyMethodKind, behaviour: String, seed: UInt64,
    values: [AccuracyMetric: Double]
  ) {
    self.method = method
    self.kind = kind
    self.behaviour = behaviour
    self.seed = seed
    self.values = values
  }

  /// The scores of one moment.
  public init(
    method: String, kind: AccuracyMethodKind, behaviour: String, seed: UInt64,
    scores: PositionScores
  ) {
    self.init(
      method: method, kind: kind, behaviour: behaviour, seed: seed, values: scores.values)
  }
}
