import Market

/// What a map means to a trader.
public struct MapReading: Hashable, Sendable {
  /// Wilder's average true range over 14 bars of one hour (of the source's interval where that
  /// is longer), in the quote currency; nil until 14 bars are known.
  public let atr: Double?
  /// All clusters, densest first. The first one is the magnet.
  public let magnets: [Cluster]
  /// The first large cluster below the price: longs.
  public let nearestLong: Cluster?
  /// The first large cluster above the price: shorts.
  public let nearestShort: Cluster?
  /// Where the map leans, and why.
  public let bias: Bias
  /// Short dollars above over long dollars below.
  public let fuel: FuelRatio

  /// A reading of those parts.
  public init(
    atr: Double?, magnets: [Cluster], nearestLong: Cluster?, nearestShort: Cluster?, bias: Bias,
    fuel: FuelRatio
  ) {
    self.atr = atr
    self.magnets = magnets
    self.nearestLong = nearestLong
    self.nearestShort = nearestShort
    self.bias = bias
    self.fuel = fuel
  }

  /// The densest cluster.
  public var magnet: Cluster? { magnets.first }
}

/// A local crowd of liquidation levels.
public struct Cluster: Hashable, Sendable {
  /// Whose positions: longs below the price, shorts above.
  public let side: Side
  /// The mean price, weighted by dollars, in the quote currency.
  public let price: Double
  /// The lower edge.
  public let low: Double
  /// The upper edge.
  public let high: Double
  /// Dollars between the edges.
  public let usd: Double
  /// Dollars per ATR of width; per percent of the price where the ATR is unknown.
  public let density: Double
  /// From the map's price to the cluster's price in percent; negative below.
  public let distancePercent: Double
  /// The same in ATR; nil where the ATR is unknown.
  public let distanceATR: Double?
  /// Dollars by layer, in the map's order.
  public let layers: [Double]
  /// Dollars by venue, in the map's order.
  public let venues: [Double]

  /// A cluster of those properties.
  public init(
    side: Side, price: Double, low: Double, high: Double, usd: Double, density: Double,
    distancePercent: Double, distanceATR: Double?, layers: [Double], venues: [Double]
  ) {
    self.side = side
    self.price = price
    self.low = low
    self.high = high
    self.usd = usd
    self.density = density
    self.distancePercent = distancePercent
    self.distanceATR = distanceATR
    self.layers = layers
    self.venues = venues
  }
}

/// Where a map leans.
public struct Bias: Hashable, Sendable {
  /// A direction of the lean.
  public enum Label: String, Codable, Hashable, Sendable {
    /// Shorts above are the nearer or the larger fuel.
    case squeezeUp = "squeeze_up"
    /// Longs below are the nearer or the larger fuel.
    case flushDown = "flush_down"
    /// Both are near and neither is clearly nearer; the reason names the denser one.
    case pinned
    /// Neither stands out.
    case balanced
  }

  /// By the nearest large cluster on each side.
  public let label: Label
  /// By total dollars on each side: squeeze up, flush down or balanced.
  public let fuelLabel: Label
  /// The numbers that led to both, in a sentence.
  public let reason: String

  /// A lean with its reason.
  public init(label: Label, fuelLabel: Label, reason: String) {
    self.label = label
    self.fuelLabel = fuelLabel
    self.reason = reason
  }
}

/// Short dollars above the price over long dollars below it; nil where there are no longs, or
/// no ATR to measure the distance with.
public struct FuelRatio: Hashable, Sendable {
  /// Over the whole map.
  public let whole: Double?
  /// Within one ATR of the price.
  public let within1ATR: Double?
  /// Within two ATR of the price.
  public let within2ATR: Double?
  /// Within five ATR of the price.
  public let within5ATR: Double?

  /// The ratios, as given.
  public init(
    whole: Double?, within1ATR: Double?, within2ATR: Double?, within5ATR: Double?
  ) {
    self.whole = whole
    self.within1ATR = within1ATR
    self.within2ATR = within2ATR
    self.within5ATR = within5ATR
  }
}
