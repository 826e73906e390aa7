import Market

/// What an alert waits for. Every condition says itself when it is clearly over: only then can a
/// rule that has fired fire again (``rearming``).
public enum AlertCondition: Hashable, Sendable {
  /// How a price is compared with a level.
  public enum PriceTest: String, CaseIterable, Hashable, Sendable {
    /// The price stands at or above the level.
    case above
    /// The price stands at or below the level.
    case below
    /// The price goes through the level, either way.
    case cross
  }

  /// What is looked at in the magnet, the densest cluster.
  public enum MagnetTest: String, CaseIterable, Hashable, Sendable {
    /// Its mean price, against where it was.
    case moved
    /// Its dollars, against the least that it has held since.
    case grown
  }

  /// The mean price of a cluster with at least so many dollars is at most so many percent away, as
  /// the reading's `distance_pct` says.
  case near(side: Side?, distancePercent: Double, usd: Double)
  /// The price against a level, in the quote currency.
  case price(PriceTest, level: Double)
  /// Price has gone through a cluster that held at least so many dollars at its peak.
  case swept(side: Side?, usd: Double)
  /// The magnet moved or grew by so many percent.
  case magnet(MagnetTest, percent: Double)
  /// The bias has another label.
  case bias
  /// Published liquidations of a side, or of both together, within a time come to so many dollars.
  case liquidations(usd: Double, within: Span, side: Side?)
  /// Published liquidations of one side that feed each other: at least so many dollars within
  /// ``AlertCondition/cascadeSpan``, on two venues or more, or in at least
  /// ``AlertCondition/cascadeSteps`` prints that each lie farther out than the last.
  case cascade(usd: Double)
  /// A venue's feed is silent, refuses or lacks facts.
  case feed(venue: Venue?)

  /// The dollars of a cascade unless told otherwise.
  public static let standardCascade = 1_000_000.0
  /// The time in which a cascade runs.
  public static let cascadeSpan = Span.seconds(60)
  /// So many prints, each farther out, are a cascade on one venue.
  public static let cascadeSteps = 3
  /// How much farther out a step is than the last, as a share of the price.
  public static let cascadeStep = 0.0005
  /// The time that liquidations are added up over unless told otherwise.
  public static let standardWithin = Span.minutes(5)
  /// The longest time that liquidations can be added up over.
  public static let longestWithin = Span.hours(24)

  /// The margins of the hysteresis.
  enum Margin {
    /// A cluster is clearly away beyond so many times the distance.
    static let distance = 1.25
    /// A cluster, or a sum of liquidations, is clearly small below that share of the dollars.
    static let clusterUSD = 0.8
    static let flowUSD = 0.5
    /// A price is clearly off a level at that share of it.
    static let price = 0.001
    /// The followed cluster stays the magnet while its density is that share of the densest's.
    static let density = 0.8
    /// A new bias counts once the last told one has stood for so long.
    static let bias = Span.minutes(5)
    /// A feed is well again after so long without trouble.
    static let feed = Span.seconds(30)
  }

  /// The word that a rule's text begins with.
  public var kind: String {
    switch self {
    case .near: "near"
    case .price: "price"
    case .swept: "swept"
    case .magnet: "magnet"
    case .bias: "bias"
    case .liquidations: "liquidations"
    case .cascade: "cascade"
    case .feed: "feed"
    }
  }

  /// All kinds, in the order in which they are listed.
  public static let kinds = [
    "near", "price", "swept", "magnet", "bias", "liquidations", "cascade", "feed",
  ]

  /// Whether a map is needed to judge it.
  public var needsMap: Bool {
    switch self {
    case .near, .swept, .magnet, .bias: true
    case .price, .liquidations, .cascade, .feed: false
    }
  }

  /// When a rule that has fired can fire again, in a sentence.
  public var rearming: String {
    switch self {
    case .near:
      "Fires again once no such cluster is within 1.25 times the distance with 80 % of the dollars."
    case .price(.cross, _): "Fires again once the price has been 0.1 % off the level."
    case .price: "Fires again once the price has been 0.1 % back on the other side."
    case .swept: "Fires for each cluster once."
    case .magnet(.moved, _): "Fires again when the magnet moves as far from where it was told."
    case .magnet(.grown, _): "Fires again when the magnet grows as much from what was told."
    case .bias: "Fires again when the label told last has stood for five minutes and changes."
    case .liquidations, .cascade: "Fires again once the sum has fallen to half."
    case .feed: "Fires again once the feed has been well for 30 seconds."
    }
  }

  /// The time that liquidations must be remembered for.
  var memory: Span {
    switch self {
    case .liquidations(_, let within, _): within
    default: Self.cascadeSpan
    }
  }
}
