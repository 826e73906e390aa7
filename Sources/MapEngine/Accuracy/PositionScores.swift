import Market
import RealModule

/// How well an estimate matches a true distribution of positions at one moment. Each score is the
/// mean of the sides on which the truth holds something; nil where it holds nothing.
///
/// An estimate that is empty says nothing of place: it scores as a flat one would.
public struct PositionScores: Hashable, Codable, Sendable {
  /// Earth mover's distance between the normalised distributions within 10 % of the mark, in
  /// percent of the mark. Zero is perfect.
  public let emd10: Double?
  /// The same within 20 %.
  public let emd20: Double?
  /// Spearman's rank correlation of the 80 bins of 0.25 %, ties at their mean rank. One is perfect;
  /// a distribution without variance correlates with nothing and scores zero.
  public let rho: Double?
  /// `rho` after each distribution was divided by its own mean profile over distance: what is left
  /// is whether the estimate knows the dense bins from the thin ones at a given distance.
  public let det: Double?
  /// True dollars in the estimate's densest eight bins over the most that any eight hold.
  public let top8: Double?
  /// The share of the estimate's densest eight bins that are among the truth's densest eight.
  public let hit8: Double?
  /// The absolute natural logarithm of estimated over true dollars within 5 % of the mark: 0 is
  /// exact, 0.69 a factor of two. An estimate below a millionth of the truth counts as a millionth.
  public let logFactor5: Double?
  /// The same within 20 %.
  public let logFactor20: Double?

  /// The scores of one moment; nil where the truth holds nothing within 20 % on either side.
  ///
  /// - Parameters:
  ///   - truth: the true distribution.
  ///   - estimate: the estimate, around the same mark.
  ///   - truthProfile: the truth's mean share by distance over many moments, one number a bin; the
  ///     mean of this moment's sides when nil.
  ///   - estimateProfile: the same of the estimate.
  public init?(
    truth: DistanceBins, estimate: DistanceBins, truthProfile: [Double]? = nil,
    estimateProfile: [Double]? = nil
  ) {
    let sides = Side.allCases.filter { truth.total($0) > 0 }
    guard !sides.isEmpty else { return nil }
    let trueProfile = truthProfile ?? Self.meanProfile([truth])
    let estimatedProfile = estimateProfile ?? Self.meanProfile([estimate])
    func mean(_ score: (Side) -> Double?) -> Double? {
      let scores = sides.compactMap(score)
      return scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
    }
    emd10 = mean { Self.earthMoversDistance(truth[$0], estimate[$0], bins: 40) }
    emd20 = mean { Self.earthMoversDistance(truth[$0], estimate[$0], bins: 80) }
    rho = mean { Self.rankCorrelation(truth[$0], estimate[$0]) }
    det = mean {
      Self.rankCorrelation(
        Self.ratio(truth[$0], to: trueProfile), Self.ratio(estimate[$0], to: estimatedProfile))
    }
    top8 = mean { side in
      let chosen = Self.densest(8, of: estimate[side])
      let best = Self.densest(8, of: truth[side])
      let most = Self.dot(best, truth[side])
      return most > 0 ? Self.dot(chosen, truth[side]) / most : nil
    }
    hit8 = mean { side in
      Self.dot(Self.densest(8, of: estimate[side]), Self.densest(8, of: truth[side])) / 8
    }
    logFactor5 = mean { Self.logFactor(truth, estimate, side: $0, bins: 20) }
    logFactor20 = mean { Self.logFactor(truth, estimate, side: $0, bins: 80) }
  }

  /// The scores of the moments of one market; nil where the truth holds nothing. The profiles that
  /// `det` removes are the means over all its moments and both sides.
  public static func series(
    truths: [DistanceBins], estimates: [DistanceBins]
  ) -> [PositionScores?] {
    let trueProfile = meanProfile(truths)
    let estimatedProfile = meanProfile(estimates)
    return zip(truths, estimates).map {
      PositionScores(
        truth: $0, estimate: $1, truthProfile: trueProfile, estimateProfile: estimatedProfile)
    }
  }

  /// The mean share of a side's dollars by bin, over moments and sides that hold any.
  public static func meanProfile(_ moments: [DistanceBins]) -> [Double] {
    var sum = [Double](repeating: 0, count: DistanceBins.count)
    var parts = 0.0
    for moment in moments {
      for side in Side.allCases {
        let total = moment.total(side)
        guard total > 0 else { continue }
        parts += 1
        for (bin, usd) in moment[side].enumerated() { sum[bin] += usd / total }
      }
    }
    return parts > 0 ? sum.map { $0 / parts } : sum
  }

  /// Earth mover's distance of two distributions over the nearest bins, each normalised there, in
  /// percent of the mark; nil where the truth is empty there.
  static func earthMoversDistance(
    _ truth: [Double], _ estimate: [Double], bins: Int
  ) -> Double? {
    let trueTotal = truth.prefix(bins).reduce(0, +)
    let estimatedTotal = estimate.prefix(bins).reduce(0, +)
    guard trueTotal > 0 else { return nil }
    var carried = 0.0
    var work = 0.0
    for bin in 0..<bins {
      let share = estimatedTotal > 0 ? estimate[bin] / estimatedTotal : 1 / Double(bins)
      carried += truth[bin] / trueTotal - share
      work += abs(carried)
    }
    return work * DistanceBins.width * 100
  }

  /// Spearman's rank correlation; zero where either is constant.
  static func rankCorrelation(_ left: [Double], _ right: [Double]) -> Double {
    let first = ranks(left)
    let second = ranks(right)
    let mean = Double(left.count + 1) / 2
    var product = 0.0
    var leftSquare = 0.0
    var rightSquare = 0.0
    for index in first.indices {
      product += (first[index] - mean) * (second[index] - mean)
      leftSquare += (first[index] - mean) * (first[index] - mean)
      rightSquare += (second[index] - mean) * (second[index] - mean)
    }
    guard leftSquare > 0, rightSquare > 0 else { return 0 }
    return product / (leftSquare * rightSquare).squareRoot()
  }

  /// Ranks from 1, ties at the mean of the ranks that they share.
  static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var result = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for position in start..<end { result[order[position]] = Double(start + 1 + end) / 2 }
      start = end
    }
    return result
  }

  /// How far each bin belongs to the densest `count`: 1 inside, 0 outside, and between them where
  /// bins tie for the last places.
  static func densest(_ count: Int, of values: [Double]) -> [Double] {
    let threshold = values.sorted(by: >)[count - 1]
    let above = values.count { $0 > threshold }
    let tied = values.count { $0 == threshold }
    let share = Double(count - above) / Double(tied)
    return values.map { $0 > threshold ? 1 : $0 == threshold ? share : 0 }
  }

  /// Each value over its bin's profile; one where the profile is empty, as is every bin there.
  private static func ratio(_ values: [Double], to profile: [Double]) -> [Double] {
    let total = values.reduce(0, +)
    return zip(values, profile).map { value, mean in
      mean > 0 && total > 0 ? value / total / mean : 1
    }
  }

  private static func dot(_ left: [Double], _ right: [Double]) -> Double {
    zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static func logFactor(
    _ truth: DistanceBins, _ estimate: DistanceBins, side: Side, bins: Int
  ) -> Double? {
    let known = truth.total(side, bins: bins)
    guard known > 0 else { return nil }
    return abs(Double.log(max(estimate.total(side, bins: bins) / known, 1e-6)))
  }
}
