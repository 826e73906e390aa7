/// The engine against the best of the peers' methods with the free fixes, score by score and
/// behaviour by behaviour, on the same markets.
public struct AccuracyVerdict: Hashable, Codable, Sendable {
  /// One score.
  public struct Line: Hashable, Codable, Sendable {
    /// The score.
    public let metric: AccuracyMetric
    /// The peer's method that does best on it over all markets.
    public let peer: String
    /// The engine's mean over all markets.
    public let own: Double
    /// The peer's.
    public let other: Double
    /// The engine's mean with the prior's shares.
    public let prior: Double?
    /// The family's ceiling.
    public let ceiling: Double?
    /// Own less peer's, paired by market; of a factor, of the logarithms.
    public let difference: AccuracyTable.Difference
    /// The engine's mean over the peer's by behaviour.
    public let ratios: [String: Double]
    /// The mean of those ratios.
    public let meanRatio: Double
    /// The engine's mean less the peer's by behaviour.
    public let leads: [String: Double]
    /// The engine's mean over its own with the prior's shares, by behaviour.
    public let overPrior: [String: Double]

    private enum CodingKeys: String, CodingKey {
      case metric, peer, own, other, prior, ceiling, difference, ratios, leads
      case meanRatio = "mean_ratio"
      case overPrior = "over_prior"
    }
  }

  /// One line a score that the peers have too.
  public let lines: [Line]

  /// The verdict of a table.
  public init(_ table: AccuracyTable) {
    let own = AccuracyTable.own
    lines = AccuracyMetric.allCases.compactMap { metric in
      guard let peer = table.bestPeer(on: metric), let other = peer.scores[metric]?.mean,
        let mean = table.mean(metric, of: own)?.mean,
        let difference = table.difference(metric, of: own, to: peer.method)
      else { return nil }
      let ratios = table.ratios(metric, of: own, to: peer.method)
      let prior = table.ratios(metric, of: own, to: AccuracyTable.ownPrior)
      var leads: [String: Double] = [:]
      for behaviour in table.behaviours {
        guard let first = table.mean(metric, of: own, behaviour: behaviour)?.mean,
          let second = table.mean(metric, of: peer.method, behaviour: behaviour)?.mean
        else { continue }
        leads[behaviour] = first - second
      }
      return Line(
        metric: metric, peer: peer.method, own: mean, other: other,
        prior: table.mean(metric, of: AccuracyTable.ownPrior)?.mean,
        ceiling: table.mean(metric, of: AccuracyTable.ceiling)?.mean, difference: difference,
        ratios: Dictionary(uniqueKeysWithValues: ratios.map { ($0.behaviour, $0.ratio) }),
        meanRatio: ratios.reduce(0) { $0 + $1.ratio } / Double(max(ratios.count, 1)),
        leads: leads,
        overPrior: Dictionary(uniqueKeysWithValues: prior.map { ($0.behaviour, $0.ratio) }))
    }
  }

  /// The verdict for a terminal, one line a score.
  public func text(behaviours: [String]) -> String {
    func number(_ value: Double?, _ digits: Int = 3) -> String {
      value.map { AccuracyTable.decimals($0, digits) } ?? "-"
    }
    let head =
      ["", "own", "best fixed peer", "", "paired difference", "mean ratio", "prior", "ceiling"]
      + behaviours.map { "\($0): own - peer, own / prior" }
    let rows = lines.map { line in
      [
        line.metric.heading, number(line.own), line.peer, number(line.other),
        number(line.difference.mean) + " ±" + number(line.difference.standardError),
        number(line.meanRatio, 2), number(line.prior), number(line.ceiling),
      ]
        + behaviours.map {
          number(line.leads[$0]) + ", " + number(line.overPrior[$0], 2)
        }
    }
    return AccuracyTable.aligned([head] + rows)
  }
}
