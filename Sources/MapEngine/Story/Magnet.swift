import Market

/// A large cluster with a life of its own: followed over successive maps from its birth to its end.
public struct Magnet: Hashable, Sendable {
  /// How far its life has come.
  public enum State: String, CaseIterable, Codable, Hashable, Sendable {
    /// Price hasn't come to it.
    case standing
    /// Its near edge has traded; it isn't over.
    case touched
    /// Its far edge has traded, or most of its dollars were eaten and the rest is gone.
    case swept
    /// Its positions closed without being eaten.
    case faded
  }

  /// Its number in the ledger, from 1, in the order of births.
  public let number: Int
  /// Whose positions: longs below the price, shorts above.
  public let side: Side
  /// When it was first seen: the close of the bar.
  public let bornAt: Timestamp
  /// When it had stood long enough to count.
  public let knownAt: Timestamp
  /// The lower edge at its peak, in the quote currency.
  public internal(set) var low: Double
  /// The upper edge at its peak.
  public internal(set) var high: Double
  /// Its mean price at its peak, weighted by dollars.
  public internal(set) var price: Double
  /// The most dollars that it ever held.
  public internal(set) var peakUSD: Double
  /// When it held them.
  public internal(set) var peakAt: Timestamp
  /// Dollars between its edges now: what is left. The last known number where the map doesn't
  /// reach it.
  public internal(set) var usd: Double
  /// The close of the first bar that traded at its near edge; nil while none has.
  public internal(set) var touchedAt: Timestamp?
  /// The close of the bar that swept it; nil while none has.
  public internal(set) var sweptAt: Timestamp?
  /// The close of the bar at which it ended, swept or faded; nil while it lives.
  public internal(set) var endedAt: Timestamp?
  /// Modelled dollars that price ate between its edges.
  public internal(set) var eatenUSD: Double
  /// Published liquidations of its side in the bars that ate of it, in dollars, shared among all
  /// that those bars ate; nil where none are published.
  public internal(set) var printedUSD: Double?
  /// How far its life has come.
  public internal(set) var state: State

  /// The edges at its birth: what its identity hangs on.
  let birthplace: ClosedRange<Double>
  /// Bars in a row in which it was small.
  var smallBars = 0

  /// A magnet as first seen.
  init(number: Int, cluster: Cluster, bornAt: Timestamp, knownAt: Timestamp) {
    self.number = number
    self.bornAt = bornAt
    self.knownAt = knownAt
    side = cluster.side
    low = cluster.low
    high = cluster.high
    price = cluster.price
    peakUSD = cluster.usd
    peakAt = knownAt
    usd = cluster.usd
    eatenUSD = 0
    state = .standing
    birthplace = cluster.low...cluster.high
  }

  /// The edge that price meets first.
  public var nearEdge: Double { side == .long ? high : low }

  /// The edge that price meets last.
  public var farEdge: Double { side == .long ? low : high }

  /// Whether it lives.
  public var isAlive: Bool { endedAt == nil }

  /// What was eaten, as a share of its peak.
  public var eatenShare: Double { peakUSD > 0 ? min(eatenUSD / peakUSD, 1) : 0 }
}

extension Cluster {
  /// The edge that price meets first.
  public var nearEdge: Double { side == .long ? high : low }

  /// The edge that price meets last.
  public var farEdge: Double { side == .long ? low : high }
}

extension ClosedRange<Double> {
  /// The part of the narrower of two ranges that lies within the other.
  func overlap(with other: ClosedRange<Double>) -> Double {
    let common =
      Swift.min(upperBound, other.upperBound) - Swift.max(lowerBound, other.lowerBound)
    let narrower = Swift.min(upperBound - lowerBound, other.upperBound - other.lowerBound)
    guard common > 0, narrower > 0 else { return 0 }
    return common / narrower
  }

  /// The part that two ranges have in common of all that they cover.
  func sharing(with other: ClosedRange<Double>) -> Double {
    let common =
      Swift.min(upperBound, other.upperBound) - Swift.max(lowerBound, other.lowerBound)
    let whole =
      Swift.max(upperBound, other.upperBound) - Swift.min(lowerBound, other.lowerBound)
    guard common > 0, whole > 0 else { return 0 }
    return common / whole
  }
}
