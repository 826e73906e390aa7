import Market
import RealModule

/// A map in one line: what a list of instruments tells of each.
public struct WatchRow: Hashable, Sendable {
  /// Of which instrument.
  public let instrument: Instrument
  /// The moment of its map.
  public let asOf: Timestamp
  /// The price of the map, in the quote currency.
  public let price: Double
  /// How far the price has come in a day, as a fraction; nil where that day isn't held.
  public let change: Double?
  /// The nearest large cluster below and above.
  public let nearestLong: Cluster?, nearestShort: Cluster?
  /// Where the map leans.
  public let bias: Bias
  /// The map from its lowest price to its highest in a few equal parts, in US dollars; the price
  /// stands in the middle.
  public let profile: [Double]
  /// Whether the market is simulated.
  public let isSimulated: Bool

  /// How many parts a profile has.
  public static let parts = 24

  /// The row of a map; `dayAgo` is the price of a day before.
  public init(_ snapshot: MapSnapshot, dayAgo: Double?) {
    instrument = snapshot.instrument
    asOf = snapshot.asOf
    price = snapshot.price
    change = dayAgo.flatMap { $0 > 0 ? snapshot.price / $0 - 1 : nil }
    nearestLong = snapshot.reading.nearestLong
    nearestShort = snapshot.reading.nearestShort
    bias = snapshot.reading.bias
    isSimulated = snapshot.isSimulated
    // Each side is cut into as many parts, so that the price stands between the two in the middle.
    let map = snapshot.map
    var profile = [Double](repeating: 0, count: Self.parts)
    let half = Self.parts / 2
    for side in Side.allCases {
      let bins = map.bins(of: side)
      let first = side == .long ? 0 : half
      for bin in bins {
        let part = (bin - bins.lowerBound) * half / bins.count
        profile[first + part] += map.binTotals[bin]
      }
    }
    self.profile = profile
  }
}
