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

  /// A market of those intervals and moments.
  public init(
    behaviour: String, seed: UInt64, intervals: [MarketInterval], moments: [Moment]
  ) {
    self.behaviour = behaviour
    self.seed = seed
    self.intervals = intervals
    self.moments = moments
  }

  /// The scores of each estimator at each moment where the truth holds anything.
  public func samples(of estimators: [AccuracyEstimator]) -> [AccuracySample] {
    let truths = moments.map(\.truth)
    return estimators.flatMap { estimator in
      let estimates = estimator.estimates(self)
      precondition(estimates.count == truths.count, "one estimate a moment")
      return PositionScores.series(truths: truths, estimates: estimates).compactMap { scores in
        scores.map {
          AccuracySample(
            method: estimator.name, isPeer: estimator.isPeer, behaviour: behaviour, seed: seed,
            scores: $0)
        }
      }
    }
  }
}

/// Something that draws a map from what an outsider sees.
public struct AccuracyEstimator: Sendable {
  /// What the table calls it.
  public let name: String
  /// Whether it stands for a peer's method, which others are measured against.
  public let isPeer: Bool
  /// One estimate a moment, around that moment's mark. It may use the intervals that had closed by
  /// the moment and nothing else of the market: neither later ones nor any truth but the mark.
  public let estimates: @Sendable (AccuracyMarket) -> [DistanceBins]

  /// An estimator of that name.
  public init(
    name: String, isPeer: Bool = false,
    estimates: @escaping @Sendable (AccuracyMarket) -> [DistanceBins]
  ) {
    self.name = name
    self.isPeer = isPeer
    self.estimates = estimates
  }

  /// A peer's method, with fixes that it doesn't have itself or without. Only without does it count
  /// as a peer.
  public static func peer(
    _ method: PeerMethod, repairs: Set<PeerMethod.Repair> = []
  ) -> AccuracyEstimator {
    let fixes =
      repairs.isEmpty ? "" : " (" + repairs.map(\.rawValue).sorted().joined(separator: ", ") + ")"
    return AccuracyEstimator(name: method.label + fixes, isPeer: repairs.isEmpty) { market in
      market.moments.map { moment in
        method.estimate(
          market.intervals[..<moment.intervalCount], mark: moment.truth.mark, repairs: repairs)
          ?? DistanceBins(mark: moment.truth.mark)
      }
    }
  }

  /// Every peer's method, as it is.
  public static var peers: [AccuracyEstimator] { PeerMethod.allCases.map { peer($0) } }
}

/// One estimator's scores at one moment of one market.
public struct AccuracySample: Hashable, Codable, Sendable {
  /// The estimator.
  public let method: String
  /// Whether it stands for a peer's method.
  public let isPeer: Bool
  /// What kind of traders the market has.
  public let behaviour: String
  /// The seed that the market grew from.
  public let seed: UInt64
  /// The scores.
  public let scores: PositionScores

  /// The scores of one moment.
  public init(
    method: String, isPeer: Bool, behaviour: String, seed: UInt64, scores: PositionScores
  ) {
    self.method = method
    self.isPeer = isPeer
    self.behaviour = behaviour
    self.seed = seed
    self.scores = scores
  }
}
