import Market

/// What map is wanted.
public struct MapRequest: Hashable, Sendable {
  /// Of which instrument.
  public var instrument: Instrument
  /// Over which look-back window.
  public var timeframe: Timeframe
  /// How far from the price, in percent; nil for the timeframe's own.
  public var rangePercent: Double?
  /// In how many equal bins over the range.
  public var bins: Int
  /// Stacked by which bands.
  public var layers: [LeverageLayer]
  /// Facts that were over by that moment are left aside; nil for none. A source that is read
  /// farther back than a map needs gives the same map so.
  public var factsFrom: Timestamp?
  /// As of which moment; nil for the newest.
  public var asOf: Timestamp?
  /// Of which venues; nil for all that the facts hold.
  public var venues: Set<Venue>?

  /// Where the shares of the components come from.
  public var learning: ShareLearning
  /// What the dollars stand for, and what-if factors of the layers.
  public var weights: MapWeights

  /// How many bins a map has unless told otherwise.
  public static let standardBins = 400

  /// A wish for that map.
  public init(
    instrument: Instrument, timeframe: Timeframe, rangePercent: Double? = nil,
    bins: Int = MapRequest.standardBins, layers: [LeverageLayer] = LeverageLayer.standard,
    factsFrom: Timestamp? = nil, asOf: Timestamp? = nil, venues: Set<Venue>? = nil,
    learning: ShareLearning = .live, weights: MapWeights = MapWeights()
  ) {
    self.instrument = instrument
    self.timeframe = timeframe
    self.rangePercent = rangePercent
    self.bins = bins
    self.layers = layers
    self.factsFrom = factsFrom
    self.asOf = asOf
    self.venues = venues
    self.learning = learning
    self.weights = weights
  }

  /// The range in percent that the map will reach.
  public var reach: Double { rangePercent ?? timeframe.defaultRangePercent }

  /// Where the facts of a history that take part begin; nil where it has none.
  public func first(of history: MarketHistory) -> Timestamp? {
    history.first.map { max($0, factsFrom ?? $0) }
  }
}

/// Where facts came from, for the map's own label.
public struct MapSource: Hashable, Sendable {
  /// In words: `demo (seed 7)` or a file's name.
  public let name: String
  /// Whether the market is simulated.
  public let isSimulated: Bool
  /// What was found on the way in.
  public let findings: SourceFindings

  /// A source of that name.
  public init(
    name: String, isSimulated: Bool, findings: SourceFindings = SourceFindings()
  ) {
    self.name = name
    self.isSimulated = isSimulated
    self.findings = findings
  }
}

/// What was found in a source and what was left aside.
public struct SourceFindings: Hashable, Sendable {
  /// Rows or messages left out because they could not be used.
  public var skipped = 0
  /// Facts given more than once.
  public var duplicates = 0
  /// Rows that stood out of order.
  public var outOfOrder = 0
  /// Columns read: the canonical name, and the header's where it differs.
  public var columnsFound: [String] = []
  /// Columns ignored, with the reason.
  public var columnsIgnored: [String] = []
  /// Further facts worth a line each.
  public var notes: [String] = []

  /// Nothing to report.
  public init() {}
}

/// Why a map can't be drawn.
public struct MapError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The reason, in a sentence.
  public let description: String

  /// An error of that reason.
  public init(_ description: String) {
    self.description = description
  }
}
