import Market

/// What a map means, and how much that is worth: the reading with its plan and record, market
/// structure, the ledger of magnets and the stop hunts, as of one moment. Immutable, and the same
/// for screen and script.
public struct MapInsight: Hashable, Sendable {
  /// The nearest large cluster of a side, and how probable a touch is.
  public struct Nearest: Hashable, Sendable {
    /// The cluster, with its dollars, distances and layers.
    public let cluster: Cluster
    /// The probability that its mean price trades within the horizon; empty while the volatility
    /// is unknown.
    public let touch: [TouchHorizon: Double]
  }

  /// The moment of the map that it is about.
  public let asOf: Timestamp
  /// The map's price, in the quote currency.
  public let price: Double
  /// The standard deviation of the log price over one hour; nil until a day is known.
  public let volatility: Double?
  /// How touches are read.
  public let touchCalibration: TouchCalibration
  /// The calibration tested on these facts alone, by horizon, where they suffice.
  public let touchReliability: [TouchReliability]
  /// The first large cluster below the price: longs.
  public let nearestLong: Nearest?
  /// The first large cluster above the price: shorts.
  public let nearestShort: Nearest?
  /// The four rules, one line for each rule and side.
  public let plan: [PlanItem]
  /// How often each label came true on these facts.
  public let records: [LabelRecord]
  /// The closes that the records, the ledger and the hunts are read from: the first and the last;
  /// nil where there are too few facts for a story.
  public let told: ClosedRange<Timestamp>?
  /// Market structure on the story's bars.
  public let structure: StructureReading
  /// The magnets, in the order of their births.
  public let ledger: [Magnet]
  /// Runs of price through the magnets of one side, oldest first.
  public let waves: [SweepWave]
  /// Stop hunts whose swing was pierced, oldest first, then those still building, nearest first.
  public let hunts: [StopHunt]

  /// The record of a label.
  public func record(of label: RecordLabel) -> LabelRecord {
    records.first { $0.label == label }
      ?? LabelRecord(label: label, hits: 0, trials: 0, base: nil)
  }

  /// A story's word on a map of the same market, at the story's end or a little later.
  public init(_ snapshot: MapSnapshot, story: MarketStory) {
    asOf = snapshot.asOf
    price = snapshot.price
    volatility = story.bars.last?.volatility
    touchCalibration = .shipped
    touchReliability = story.touchReliability
    let touch = story.bars.last?.volatility.map { TouchModel(volatility: $0) }
    func nearest(_ cluster: Cluster?) -> Nearest? {
      cluster.map { cluster in
        Nearest(
          cluster: cluster,
          touch: touch?.probabilities(of: cluster.price, from: snapshot.price) ?? [:])
      }
    }
    nearestLong = nearest(snapshot.reading.nearestLong)
    nearestShort = nearest(snapshot.reading.nearestShort)
    structure = story.structureReading
    plan = TradePlan(
      reading: snapshot.reading, price: snapshot.price, asOf: snapshot.asOf, touch: touch,
      structure: structure, building: story.hunts.building, told: story.hunts.told
    ).items()
    records = story.records
    if story.start < story.bars.count {
      told =
        story.bars[story.start].price
        .closeTime...story.bars[story.bars.count - 1].price
        .closeTime
    } else {
      told = nil
    }
    ledger = story.ledger.magnets
    waves = story.waves.waves
    hunts = story.hunts.told + story.hunts.building
  }

  /// Everything at once: the story of the facts known by the request's moment, with shares learned
  /// as the request wants them, and its word on their map. A screen that goes on keeps a ``MarketStory`` instead.
  ///
  /// - Parameters:
  ///   - tables: margin rules that were read at a venue.
  ///   - depth: how far back maps are read, which bounds the cost: under a millisecond an hour of
  ///     it.
  public init(
    _ snapshot: MapSnapshot, history: MarketHistory, request: MapRequest,
    tables: [Venue: MaintenanceTable] = [:], depth: Span = .days(90)
  ) {
    var story = MarketStory(
      instrument: request.instrument, venues: request.venues, factsFrom: request.factsFrom,
      since: snapshot.asOf - depth, learning: request.learning, tables: tables)
    story.advance(to: history, asOf: request.asOf)
    self.init(snapshot, story: story)
  }
}
