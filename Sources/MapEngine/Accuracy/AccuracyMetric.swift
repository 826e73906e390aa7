/// A column of the accuracy table.
public enum AccuracyMetric: String, CaseIterable, Codable, CodingKeyRepresentable, Hashable,
  Sendable
{
  /// Earth mover's distance within 10 % of the mark, in percent of the mark.
  case emd10
  /// Earth mover's distance within 20 % of the mark.
  case emd20
  /// Spearman's rank correlation by bin.
  case rho
  /// The same after each map's mean distance profile is removed.
  case det
  /// True dollars in the estimate's densest eight bins over the most that eight hold.
  case top8
  /// The share of the densest eight bins that are hit.
  case hit8
  /// The typical multiplicative error of the dollars within 5 % of the mark.
  case factor5
  /// The typical multiplicative error of the dollars within 20 % of the mark.
  case factor20

  /// Whether the metric is a factor, which is averaged as its logarithm.
  public var isFactor: Bool { self == .factor5 || self == .factor20 }

  /// Whether a smaller number is better.
  public var isSmallerBetter: Bool { self == .emd10 || self == .emd20 || isFactor }

  /// What heads the column.
  public var heading: String {
    switch self {
    case .emd10: "EMD10"
    case .emd20: "EMD20"
    case .rho, .det, .top8, .hit8, .factor5, .factor20: rawValue
    }
  }

  /// Whether one number is better than another.
  public func isBetter(_ value: Double, than other: Double) -> Bool {
    isSmallerBetter ? value < other : value > other
  }

  /// The metric's number in the scores of one moment; of a factor its logarithm.
  func value(in scores: PositionScores) -> Double? {
    switch self {
    case .emd10: scores.emd10
    case .emd20: scores.emd20
    case .rho: scores.rho
    case .det: scores.det
    case .top8: scores.top8
    case .hit8: scores.hit8
    case .factor5: scores.logFactor5
    case .factor20: scores.logFactor20
    }
  }
}
