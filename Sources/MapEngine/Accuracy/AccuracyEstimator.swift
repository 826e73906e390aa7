import Market

/// Something that draws a map from what an outsider sees.
public struct AccuracyEstimator: Sendable {
  /// What the table calls it.
  public let name: String
  /// What it stands for.
  public let kind: AccuracyMethodKind
  /// What it says. It may use the intervals and the published liquidations that were known by a
  /// moment and nothing else of the market: neither later ones nor any truth but the mark.
  public let forecast: @Sendable (AccuracyMarket) -> AccuracyForecast

  /// An estimator of that name.
  public init(
    name: String, kind: AccuracyMethodKind = .own,
    forecast: @escaping @Sendable (AccuracyMarket) -> AccuracyForecast
  ) {
    self.name = name
    self.kind = kind
    self.forecast = forecast
  }

  /// An estimator that draws maps: one a moment, around that moment's mark.
  public init(
    name: String, kind: AccuracyMethodKind = .own,
    estimates: @escaping @Sendable (AccuracyMarket) -> [DistanceBins]
  ) {
    self.init(name: name, kind: kind) { AccuracyForecast(maps: estimates($0)) }
  }

  /// A peer's method, with fixes that it doesn't have itself or without.
  public static func peer(
    _ method: PeerMethod, repairs: Set<PeerMethod.Repair> = []
  ) -> AccuracyEstimator {
    let fixes =
      repairs.isEmpty ? "" : " (" + repairs.map(\.rawValue).sorted().joined(separator: ", ") + ")"
    let kind: AccuracyMethodKind = repairs.isEmpty ? .peer : .repairedPeer
    return AccuracyEstimator(name: method.label + fixes, kind: kind) { market in
      let maps = market.moments.map { moment in
        method.estimate(
          market.intervals[..<moment.intervalCount], mark: moment.truth.mark, repairs: repairs)
          ?? DistanceBins(mark: moment.truth.mark)
      }
      return AccuracyForecast(maps: maps, flow: method.flow(in: market, repairs: repairs))
    }
  }

  /// Every peer's method, as it is.
  public static var peers: [AccuracyEstimator] { PeerMethod.allCases.map { peer($0) } }

  /// Every peer's method with the two free fixes, smeared leverage and the scale of open interest.
  public static var repairedPeers: [AccuracyEstimator] {
    PeerMethod.allCases.map { peer($0, repairs: [.smear, .rescale]) }
  }
}

/// What a row of the accuracy table stands for.
public enum AccuracyMethodKind: String, Codable, Hashable, Sendable {
  /// The engine.
  case own
  /// What the engine's components could do at best, fitted to the truth.
  case ceiling
  /// A peer's method.
  case peer
  /// A peer's method with the free fixes.
  case repairedPeer = "repaired_peer"
  /// What knows nothing of positions.
  case null
}
