import Market
import RealModule

/// How well each method does on markets with known positions: means over markets, with standard
/// errors. The moments of one market share their traders and their path, so a market counts once.
public struct AccuracyTable: Hashable, Codable, Sendable {
  /// The engine, with shares fitted to the liquidations published by each moment.
  public static let own = "Lodestone, calibrated"
  /// The engine with the prior's shares.
  public static let ownPrior = "Lodestone, prior shares"
  /// What the engine's components could do at best.
  public static let ceiling = "ceiling of the family"

  /// A score's mean over markets.
  public struct Mean: Hashable, Codable, Sendable {
    /// The mean; of a factor the geometric one, so that 2 is off by a factor of two either way.
    public let mean: Double
    /// Its standard error; of a factor that of its natural logarithm. Zero with a single market.
    public let standardError: Double
    /// The number of markets in it.
    public let markets: Int

    private enum CodingKeys: String, CodingKey {
      case mean
      case standardError = "standard_error"
      case markets
    }
  }

  /// One method over the markets of one behaviour, or over all of them.
  public struct Row: Hashable, Codable, Sendable {
    /// The method's name.
    public let method: String
    /// What it stands for.
    public let kind: AccuracyMethodKind
    /// The behaviour of the markets; nil for all of them.
    public let behaviour: String?
    /// The number of moments in it.
    public let moments: Int
    /// The means by metric; one that no market has a score for is missing.
    public let scores: [AccuracyMetric: Mean]

    private enum CodingKeys: String, CodingKey {
      case method
      case kind, behaviour, moments, scores
    }
  }

  /// The paired difference of two methods on the same markets.
  public struct Difference: Hashable, Codable, Sendable {
    /// The mean of the first method's score less the second's; of a factor, of the logarithms.
    public let mean: Double
    /// Its standard error. Zero with a single market.
    public let standardError: Double
    /// The share of markets on which the first method is better.
    public let shareBetter: Double
    /// The number of markets in it.
    public let markets: Int

    private enum CodingKeys: String, CodingKey {
      case mean
      case standardError = "standard_error"
      case shareBetter = "share_better"
      case markets
    }
  }

  /// One row a method over all markets, in the order in which the methods came.
  public let overall: [Row]
  /// One row a method and behaviour.
  public let byBehaviour: [Row]
  /// The behaviours, in the order in which they came.
  public let behaviours: [String]
  private let markets: [MarketScores]

  private enum CodingKeys: String, CodingKey {
    case overall
    case byBehaviour = "by_behaviour"
    case behaviours, markets
  }

  /// A method's mean scores over the moments of one market; factors as logarithms.
  private struct MarketScores: Hashable, Codable, Sendable {
    let method: String
    let behaviour: String
    let seed: UInt64
    let scores: [AccuracyMetric: Double]
  }

  /// The table of those samples.
  public init(samples: [AccuracySample]) {
    var methods: [String] = []
    var behaviours: [String] = []
    var kinds: [String: AccuracyMethodKind] = [:]
    var keys: [MarketKey] = []
    var grouped: [MarketKey: [[AccuracyMetric: Double]]] = [:]
    for sample in samples {
      if kinds.updateValue(sample.kind, forKey: sample.method) == nil {
        methods.append(sample.method)
      }
      if !behaviours.contains(sample.behaviour) { behaviours.append(sample.behaviour) }
      let key = MarketKey(method: sample.method, behaviour: sample.behaviour, seed: sample.seed)
      if grouped[key] == nil { keys.append(key) }
      grouped[key, default: []].append(sample.values)
    }
    let markets = keys.map { key in
      MarketScores(
        method: key.method, behaviour: key.behaviour, seed: key.seed,
        scores: Self.marketMeans(grouped[key] ?? []))
    }
    func row(_ method: String, _ behaviour: String?) -> Row {
      let own = markets.filter {
        $0.method == method && (behaviour == nil || $0.behaviour == behaviour)
      }
      let moments = keys.filter {
        $0.method == method && (behaviour == nil || $0.behaviour == behaviour)
      }.reduce(0) { $0 + (grouped[$1]?.count ?? 0) }
      var scores: [AccuracyMetric: Mean] = [:]
      for metric in AccuracyMetric.allCases {
        let values = own.compactMap { $0.scores[metric] }
        guard let (mean, error) = Self.meanAndError(values) else { continue }
        scores[metric] = Mean(
          mean: metric.isFactor ? Double.exp(mean) : mean, standardError: error,
          markets: values.count)
      }
      return Row(
        method: method, kind: kinds[method] ?? .own, behaviour: behaviour, moments: moments,
        scores: scores)
    }
    self.markets = markets
    self.behaviours = behaviours
    overall = methods.map { row($0, nil) }
    byBehaviour = behaviours.flatMap { behaviour in methods.map { row($0, behaviour) } }
  }

  /// A method's mean over all markets.
  public func mean(_ metric: AccuracyMetric, of method: String) -> Mean? {
    overall.first { $0.method == method }?.scores[metric]
  }

  /// The peer's method that does best over all markets; with the free fixes unless told otherwise.
  public func bestPeer(
    on metric: AccuracyMetric, kind: AccuracyMethodKind = .repairedPeer
  ) -> Row? {
    overall.filter { $0.kind == kind && $0.scores[metric] != nil }.min { left, right in
      guard let first = left.scores[metric], let second = right.scores[metric] else { return false }
      return metric.isBetter(first.mean, than: second.mean)
    }
  }

  /// A method's mean in each behaviour over another's.
  public func ratios(
    _ metric: AccuracyMetric, of method: String, to other: String
  ) -> [(behaviour: String, ratio: Double)] {
    behaviours.compactMap { behaviour in
      guard let own = mean(metric, of: method, behaviour: behaviour)?.mean,
        let peer = mean(metric, of: other, behaviour: behaviour)?.mean, peer != 0
      else { return nil }
      return (behaviour, own / peer)
    }
  }

  /// A method's mean over the markets of one behaviour.
  public func mean(_ metric: AccuracyMetric, of method: String, behaviour: String) -> Mean? {
    byBehaviour.first { $0.method == method && $0.behaviour == behaviour }?.scores[metric]
  }

  /// The paired difference of two methods over the markets that both have a score for.
  public func difference(
    _ metric: AccuracyMetric, of method: String, to other: String
  ) -> Difference? {
    let pairs = markets.filter { $0.method == method }.compactMap { own -> (Double, Double)? in
      let peer = markets.first {
        $0.method == other && $0.behaviour == own.behaviour && $0.seed == own.seed
      }
      guard let first = own.scores[metric], let second = peer?.scores[metric] else { return nil }
      return (first, second)
    }
    guard let (mean, error) = Self.meanAndError(pairs.map { $0.0 - $0.1 }) else { return nil }
    let better = pairs.count { metric.isBetter($0.0, than: $0.1) }
    return Difference(
      mean: mean, standardError: error, shareBetter: Double(better) / Double(pairs.count),
      markets: pairs.count)
  }

  private struct MarketKey: Hashable {
    let method: String
    let behaviour: String
    let seed: UInt64
  }

  private static func marketMeans(
    _ moments: [[AccuracyMetric: Double]]
  ) -> [AccuracyMetric: Double] {
    var means: [AccuracyMetric: Double] = [:]
    for metric in AccuracyMetric.allCases {
      let values = moments.compactMap { $0[metric] }
      if !values.isEmpty { means[metric] = values.reduce(0, +) / Double(values.count) }
    }
    return means
  }

  /// Mean and standard error of the mean; nil of nothing.
  static func meanAndError(_ values: [Double]) -> (mean: Double, error: Double)? {
    guard !values.isEmpty else { return nil }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    guard values.count > 1 else { return (mean, 0) }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / (count - 1) / count).squareRoot())
  }
}
