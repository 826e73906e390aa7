import Market

/// Everything that one map says: complete, immutable, and the same for screen and script.
public struct MapSnapshot: Hashable, Sendable {
  /// What the map is of.
  public let instrument: Instrument
  /// The look-back window: positions opened within it and standing at `asOf`.
  public let timeframe: Timeframe
  /// How far from the price the map reaches, in percent.
  public let rangePercent: Double
  /// Where the facts came from, in words: `demo (seed 7)` or a file's name.
  public let source: String
  /// Whether the market is simulated.
  public let isSimulated: Bool
  /// The moment of the map: only intervals closed by then exist in it.
  public let asOf: Timestamp
  /// The dollars.
  public let map: LiquidationMap
  /// How wrong the dollars may be.
  public let bands: MapBands?
  /// What the dollars stand for, and what-if factors of the layers.
  public let weights: MapWeights
  /// What the dollars mean to a trader.
  public let reading: MapReading
  /// How well the shares of the layers are known.
  public let calibration: Calibration
  /// What the facts were like.
  public let data: DataQuality

  /// A snapshot of those parts.
  public init(
    instrument: Instrument, timeframe: Timeframe, rangePercent: Double, source: String,
    isSimulated: Bool, asOf: Timestamp, map: LiquidationMap, bands: MapBands? = nil,
    weights: MapWeights = MapWeights(), reading: MapReading, calibration: Calibration,
    data: DataQuality
  ) {
    self.instrument = instrument
    self.timeframe = timeframe
    self.rangePercent = rangePercent
    self.source = source
    self.isSimulated = isSimulated
    self.asOf = asOf
    self.map = map
    self.bands = bands
    self.weights = weights
    self.reading = reading
    self.calibration = calibration
    self.data = data
  }

  /// The price that the map is anchored at, in the quote currency.
  public var price: Double { map.price }
}

/// How well the shares of the layers are known.
public struct Calibration: Hashable, Sendable {
  /// Whether the shares were fitted to published liquidations.
  public enum State: String, Codable, Hashable, Sendable {
    /// The shares are the prior's: the shape is modelled, the scale can be off by a factor of 3.
    case uncalibrated
    /// The shares were fitted.
    case calibrated
  }

  /// Whether the shares were fitted.
  public let state: State
  /// Days of published liquidations behind the fit.
  public let days: Double
  /// The end of what the fit learned from; nil when there is none.
  public let asOf: Timestamp?

  /// A calibration in that state.
  public init(state: State, days: Double, asOf: Timestamp?) {
    self.state = state
    self.days = days
    self.asOf = asOf
  }

  /// What is said of several venues together: calibrated where each of them is that holds a tenth
  /// of the open interest, on the fewest days among them.
  init(_ fits: [(fit: ShareFit, openInterest: Double)]) {
    let whole = fits.reduce(0) { $0 + $1.openInterest }
    let large = fits.filter { $0.openInterest >= 0.1 * whole }.map(\.fit)
    let isKnown = !large.isEmpty && large.allSatisfy { $0.state == .calibrated }
    self.init(
      state: isKnown ? .calibrated : .uncalibrated,
      days: isKnown ? large.map(\.days).min() ?? 0 : 0,
      asOf: isKnown ? large.compactMap(\.asOf).max() : nil)
  }

  /// The prior's shares, untouched by any liquidation.
  public static let none = Calibration(state: .uncalibrated, days: 0, asOf: nil)
}

/// What the facts behind a map were like.
public struct DataQuality: Hashable, Sendable {
  /// The worst thing that must be known about the facts.
  public enum Quality: String, Codable, Hashable, Sendable {
    /// Nothing is amiss.
    case complete
    /// Intervals are missing within the window.
    case gaps
    /// The source begins later than the window.
    case short
    /// Open interest is unknown and was assumed.
    case openInterestAssumed = "oi_assumed"
  }

  /// The open time of the first interval used.
  public let first: Timestamp
  /// The close time of the last interval used.
  public let last: Timestamp
  /// Intervals used, over all venues.
  public let intervals: Int
  /// Intervals missing between the first and the last.
  public let gaps: Int
  /// The worst of it.
  public let quality: Quality
  /// What was found in the source and what was left aside.
  public let findings: SourceFindings
  /// Further facts worth a line each: what was assumed and why.
  public let notes: [String]

  /// The state of the facts, as given.
  public init(
    first: Timestamp, last: Timestamp, intervals: Int, gaps: Int, quality: Quality,
    findings: SourceFindings = SourceFindings(), notes: [String] = []
  ) {
    self.first = first
    self.last = last
    self.intervals = intervals
    self.gaps = gaps
    self.quality = quality
    self.findings = findings
    self.notes = notes
  }
}
