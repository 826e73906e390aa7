import Market

/// What part of a venue's open interest each component stands for, by side: the weights with which
/// the unit maps are added. The map is linear in them, so other shares are another sum and never a
/// rebuild.
public struct Shares: Hashable, Sendable {
  /// The share of each component among longs, in the order of the book's components.
  public let long: [Double]
  /// The share of each component among shorts.
  public let short: [Double]

  /// Shares by side. They must not be negative; a side whose sum exceeds 1 is scaled down to it,
  /// since no more than the open interest can be liquidated.
  public init(long: [Double], short: [Double]) {
    precondition(long.count == short.count, "one share a component on either side")
    precondition((long + short).allSatisfy { $0 >= 0 }, "a share is not negative")
    self.long = Self.held(long)
    self.short = Self.held(short)
  }

  /// The same shares on both sides, whatever their sum.
  init(unscaled both: [Double]) {
    long = both
    short = both
  }

  /// The same shares on both sides.
  public init(_ both: [Double]) {
    self.init(long: both, short: both)
  }

  /// The shares of a side.
  public subscript(side: Side) -> [Double] {
    side == .long ? long : short
  }

  /// What the prior says of `components`: of what stands, or of what would really be force-closed.
  public static func prior(_ components: [LeverageComponent], _ meaning: MapMeaning) -> Shares {
    Shares(
      components.map {
        meaning == .nominal ? $0.share : $0.share * StockPrior.realisableShare($0.leverage)
      })
  }

  /// The shares of everything that stands where these are of what would be force-closed: the
  /// prior's, but never less than these.
  func nominal(_ components: [LeverageComponent]) -> Shares {
    func raised(_ shares: [Double]) -> [Double] {
      zip(shares, components).map { max($0, $1.share) }
    }
    return Shares(long: raised(long), short: raised(short))
  }

  private static func held(_ shares: [Double]) -> [Double] {
    let sum = shares.reduce(0, +)
    return sum > 1 ? shares.map { $0 / sum } : shares
  }
}

/// What the dollars of a map mean.
public enum MapMeaning: String, CaseIterable, Codable, Hashable, Sendable {
  /// What would really be force-closed: stops, added margin and hedges stand in front of the rest.
  /// Published liquidations tell of this and of nothing else.
  case realisable
  /// Every open position at its liquidation price.
  case nominal
}

/// How a map is drawn from what is inferred. Another one is another weighted sum, never a rebuild.
public struct MapWeights: Hashable, Sendable {
  /// What the dollars mean.
  public var meaning: MapMeaning
  /// What each display layer is multiplied by, in the order of the layers; empty for 1 each. Other
  /// factors than 1 make the map a what-if.
  public var layerFactors: [Double]

  /// How a map is drawn. Factors must not be negative.
  public init(meaning: MapMeaning = .realisable, layerFactors: [Double] = []) {
    precondition(layerFactors.allSatisfy { $0 >= 0 }, "a factor is not negative")
    self.meaning = meaning
    self.layerFactors = layerFactors
  }

  /// Whether layers were moved by hand.
  public var isWhatIf: Bool { layerFactors.contains { $0 != 1 } }

  /// The factor of a layer, by its index.
  func factor(_ layer: Int) -> Double {
    layerFactors.indices.contains(layer) ? layerFactors[layer] : 1
  }
}
