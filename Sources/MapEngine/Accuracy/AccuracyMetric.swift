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
  /// Deviance of hourly liquidations explained, given the path of the price and the true sum.
  case fd2
  /// The same without the true sum: each method is held to the dollars that it draws.
  case fd2AsDrawn = "fd2_as_drawn"
  /// Nats per dollar over uniform, on the bins crossed in the next four hours.
  case cgain4
  /// The part of the bins whose truth lies within their 80 % band.
  case coverBins = "cover_bins"
  /// The part of the totals within 5 and 20 % whose truth lies within their 80 % band.
  case coverTotals = "cover_totals"

  /// Whether the metric is a factor, which is averaged as its logarithm.
  public var isFactor: Bool { self == .factor5 || self == .factor20 }

  /// Whether a smaller number is better.
  public var isSmallerBetter: Bool { self == .emd10 || self == .emd20 || isFactor }

  /// The number that is right, where neither more nor less is.
  public var goal: Double? {
    self == .coverBins || self == .coverTotals ? MapBands.coverage : nil
  }

  /// What heads the column.
  public var heading: String {
    switch self {
    case .emd10: "EMD10"
    case .emd20: "EMD20"
    case .fd2AsDrawn: "as drawn"
    case .coverBins: "bins in band"
    case .coverTotals: "totals in band"
    case .rho, .det, .top8, .hit8, .factor5, .factor20, .fd2, .cgain4: rawValue
    }
  }

  /// Whether one number is better than another.
  public func isBetter(_ value: Double, than other: Double) -> Bool {
    if let goal { return abs(value - goal) < abs(other - goal) }
    return isSmallerBetter ? value < other : value > other
  }
}

extension PositionScores {
  /// The scores by metric; of a factor its logarithm.
  var values: [AccuracyMetric: Double] {
    let all: [(AccuracyMetric, Double?)] = [
      (.emd10, emd10), (.emd20, emd20), (.rho, rho), (.det, det), (.top8, top8), (.hit8, hit8),
      (.factor5, logFactor5), (.factor20, logFactor20),
    ]
    return all.reduce(into: [:]) { $0[$1.0] = $1.1 }
  }
}
