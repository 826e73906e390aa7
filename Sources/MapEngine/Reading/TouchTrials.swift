import Market
import RealModule

/// What really happened to prices at given distances: the raw material of a touch calibration.
///
/// A trial: at the close of an hour, a price `multiple` hourly deviations above or below the
/// close. It is a touch if the price traded within the horizon after that close. The volatility is
/// the one known at the close; hours whose horizon isn't over yet make no trial.
public struct TouchTrials: Hashable, Sendable {
  /// Distances in hourly deviations.
  public static let multiples: [Double] = [0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 12, 16]

  /// One hour, one direction, one horizon: how far price went within it.
  public struct Reach: Hashable, Sendable {
    /// The close that it is seen from.
    public let from: Timestamp
    /// The end of the horizon, from which on the outcome is known.
    public let known: Timestamp
    /// The horizon.
    public let horizon: TouchHorizon
    /// The farthest that price went, in hourly deviations; not below zero.
    public let farthest: Double

    /// An outcome, as given.
    public init(from: Timestamp, known: Timestamp, horizon: TouchHorizon, farthest: Double) {
      self.from = from
      self.known = known
      self.horizon = horizon
      self.farthest = farthest
    }

    /// The multiples that were touched, as a count from the nearest.
    public var touched: Int {
      TouchTrials.multiples.prefix { $0 <= farthest }.count
    }
  }

  /// All outcomes, in the order in which they were known.
  public let reaches: [Reach]

  /// The trials of several markets together, in the order in which their outcomes were known.
  public init(_ markets: [TouchTrials]) {
    reaches = markets.flatMap(\.reaches).sorted {
      ($0.known, $0.from, $0.horizon.hours) < ($1.known, $1.from, $1.horizon.hours)
    }
  }

  /// The trials that closed intervals of one venue make, in the order of their time, by the hour.
  /// Intervals longer than an hour make none, nor does a horizon with a hole.
  public init(of intervals: [MarketInterval]) {
    let hour = Span.hours(1)
    let bars = PriceBar.bars(of: intervals, span: hour)
    var volatility = RunningVolatility()
    var reaches: [Reach] = []
    for (index, bar) in bars.enumerated() {
      volatility.append(bar)
      guard bar.span == hour, let deviation = volatility.perRootHour else { continue }
      var high = bar.close
      var low = bar.close
      var place = index + 1
      var time = bar.closeTime
      horizons: for horizon in TouchHorizon.allCases {
        let end = bar.closeTime + .hours(Int64(horizon.hours))
        while time < end {
          guard place < bars.count, bars[place].openTime == time else { break horizons }
          high = max(high, bars[place].high)
          low = min(low, bars[place].low)
          time = bars[place].closeTime
          place += 1
        }
        for extreme in [high, low] {
          let distance = abs(Double.log(extreme / bar.close))
          reaches.append(
            Reach(
              from: bar.closeTime, known: end, horizon: horizon, farthest: distance / deviation))
        }
      }
    }
    self.reaches = reaches
  }
}
