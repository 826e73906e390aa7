import Market

/// What an estimator says of one market, for the harness to score.
public struct AccuracyForecast: Sendable {
  /// Liquidations by hour and side, from the first moment on.
  public struct Flow: Hashable, Sendable {
    /// Longs in coins, hour by hour.
    public var long: [Double]
    /// Shorts in coins, hour by hour.
    public var short: [Double]

    /// So many hours without any.
    public init(hours: Int) {
      long = [Double](repeating: 0, count: hours)
      short = long
    }

    /// The hours of a side.
    public subscript(side: Side) -> [Double] {
      get { side == .long ? long : short }
      set { if side == .long { long = newValue } else { short = newValue } }
    }
  }

  /// The 80 % bands around an estimate.
  public struct Bands: Sendable {
    /// The low of each bin.
    public let low: DistanceBins
    /// The high of each bin.
    public let high: DistanceBins
    /// Bands around the dollars of a side within a number of bins.
    public let totals: [(side: Side, bins: Int, band: ClosedRange<Double>)]
  }

  /// One map a moment; nil where the method draws none.
  public let maps: [DistanceBins]?
  /// The bands around each map, where the method has any.
  public let bands: [Bands]?
  /// What it would have liquidated in each hour, given the path of the price up to its end and
  /// nothing else that is later than the hour's beginning; nil where the method can't tell.
  public let flow: Flow?

  /// A forecast of those parts.
  public init(maps: [DistanceBins]?, bands: [Bands]? = nil, flow: Flow? = nil) {
    self.maps = maps
    self.bands = bands
    self.flow = flow
  }
}
