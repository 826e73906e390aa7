import Market
import RealModule

/// The shares of a venue's components as of a moment, how well they are known, and from what.
///
/// The fit is the most probable set of shares given the published liquidations: a negative-binomial
/// likelihood of the events of each window and side, whose mean is the sum of share x flow, under a
/// `SharePrior`. Windows of one cascade tell nearly the same story, and sizes scatter more than the
/// likelihood knows, so it is raised to the power `tempering`: that much more evidence is needed to
/// move a share, and where liquidations are few the shares stay the prior's.
public struct ShareFit: Hashable, Sendable {
  /// The components, in the order of the shares.
  public let components: [LeverageComponent]
  /// The shares of what would really be force-closed.
  public let shares: Shares
  /// Whether published liquidations went into them.
  public let state: Calibration.State
  /// Days of published liquidations that were looked at.
  public let days: Double
  /// Published events that were looked at, weighted up for a throttled feed.
  public let events: Double
  /// The end of what was learned from; nil where nothing was.
  public let asOf: Timestamp?
  /// Whether the scale was learned from totals of a feed that leaves events out, so that dollars
  /// are too small by what it left out.
  public let mayUnderstate: Bool
  /// Liquidated coins per coin traded and fraction of the way against a side, of what opens and is
  /// liquidated within one interval.
  let freshShare: Double
  /// Coins liquidated in half an hour for no reason that the map knows.
  let background: Double
  /// The logarithms that were found: of the components' shares as they were before any scaling, of
  /// the fresh share and of the background in events.
  private let logarithms: [Double]
  /// The covariance of the logarithms of the shares.
  let covariance: SymmetricMatrix
  /// The mean size of what a coin stands in when it is liquidated, in coins; nil where unknown.
  let lump: Double?

  /// Less than this is too little to learn from: days and events.
  public static let leastDays = 1.0
  /// See `leastDays`.
  public static let leastEvents = 20.0
  /// The power that the likelihood is raised to.
  static let tempering = 0.12
  /// The shape of the negative binomial: the variance of m expected events is m + m^2 / shape.
  static let shape = 1.0
  /// Steps after which the search for the most probable shares ends in any case.
  private static let mostSteps = 60
  /// The search ends when no logarithm moves by more; a running market, which looks again soon,
  /// needs no more than is seen.
  private static let precision = 1e-6
  private static let runningPrecision = 1e-4

  private init(
    components: [LeverageComponent], logarithms: [Double], covariance: SymmetricMatrix,
    observations: ShareObservations? = nil, printed: PrintedLiquidations? = nil,
    asOf: Timestamp? = nil
  ) {
    self.components = components
    self.logarithms = logarithms
    let values = logarithms.map { Double.exp($0) }
    let count = components.count
    shares = Shares(Array(values[..<count]))
    freshShare = values[count]
    background = values[count + 1] * (observations?.unit ?? 0)
    self.covariance = covariance.leading(count)
    state = observations == nil ? .uncalibrated : .calibrated
    days = observations?.days ?? 0
    events = observations?.total ?? 0
    lump = printed?.lump
    mayUnderstate = printed?.mayUnderstate ?? false
    self.asOf = asOf
  }

  /// The prior's shares.
  init(uncalibrated components: [LeverageComponent], prior: SharePrior) {
    self.init(components: components, logarithms: prior.mean, covariance: prior.covariance)
  }

  /// The prior's shares of `components`, untouched by any liquidation.
  public init(prior components: [LeverageComponent]) {
    self.init(uncalibrated: components, prior: SharePrior(components))
  }

  /// The shares that `observations` make most probable; the prior's where they are too few. With a
  /// `former` fit of the same components the search begins there and ends a little earlier.
  init(
    _ observations: ShareObservations, components: [LeverageComponent], prior: SharePrior,
    printed: PrintedLiquidations, asOf: Timestamp, from former: ShareFit? = nil
  ) {
    guard observations.days >= Self.leastDays, observations.total >= Self.leastEvents,
      let found = Self.mostProbable(
        observations, prior: prior, start: former?.logarithms ?? prior.mean,
        precision: former == nil ? Self.precision : Self.runningPrecision)
    else {
      self.init(uncalibrated: components, prior: prior)
      return
    }
    self.init(
      components: components, logarithms: found.logarithms, covariance: found.covariance,
      observations: observations, printed: printed, asOf: asOf)
  }

  /// The state of the fit as a snapshot tells it.
  public var calibration: Calibration {
    Calibration(state: state, days: days, asOf: asOf)
  }

  /// Coins of a side that the fit expects to be liquidated in a stretch of time.
  ///
  /// - Parameters:
  ///   - flow: what crossed in it, as `CalibratedBook.flow` has it.
  ///   - span: its length.
  func expected(_ side: Side, flow: [Double], span: Span) -> Double {
    let count = components.count
    let start = side == .long ? 0 : count
    var sum = freshShare * flow[2 * count + (side == .long ? 0 : 1)]
    sum += background * span.days / PrintedLiquidations.standardLength.days
    let shares = shares[side]
    for component in 0..<count { sum += shares[component] * flow[start + component] }
    return sum
  }

  /// The shares that a map of that meaning is drawn with.
  public func shares(_ meaning: MapMeaning) -> Shares {
    meaning == .realisable ? shares : shares.nominal(components)
  }

  // MARK: - The search

  /// Newton's method with Fisher's information: a few steps, each the solution of one small linear
  /// system. The same observations give the same bits.
  private static func mostProbable(
    _ observations: ShareObservations, prior: SharePrior, start: [Double], precision: Double
  ) -> (logarithms: [Double], covariance: SymmetricMatrix)? {
    var logarithms = start
    var information = prior.precision
    for _ in 0..<mostSteps {
      let (gradient, curvature) = slope(
        observations, shares: logarithms.map { Double.exp($0) })
      let pull = prior.precision.times(zip(logarithms, prior.mean).map { $0 - $1 })
      information = curvature
      information.add(prior.precision)
      guard let step = information.solve(zip(gradient, pull).map { $0 - $1 }) else { return nil }
      let longest = step.map { abs($0) }.max() ?? 0
      // A share never moves by more than a factor of e at once.
      let scale = longest > 1 ? 1 / longest : 1
      for index in step.indices { logarithms[index] += step[index] * scale }
      if longest < precision { break }
    }
    guard let covariance = information.inverse() else { return nil }
    return (logarithms, covariance)
  }

  /// The gradient of the tempered likelihood by the logarithms of the shares, and Fisher's
  /// information.
  private static func slope(
    _ observations: ShareObservations, shares: [Double]
  ) -> (gradient: [Double], information: SymmetricMatrix) {
    let count = observations.columns
    var gradient = [Double](repeating: 0, count: count)
    var information = [Double](repeating: 0, count: count * count)
    var expected = [Double](repeating: 0, count: count)
    // Plain loops over buffers, which the optimiser turns into vector code.
    observations.flow.withUnsafeBufferPointer { flow in
      information.withUnsafeMutableBufferPointer { information in
        expected.withUnsafeMutableBufferPointer { expected in
          for (row, seen) in observations.events.enumerated() {
            var mean = 0.0
            for component in 0..<count {
              expected[component] = shares[component] * flow[row &* count &+ component]
              mean += expected[component]
            }
            let pull = tempering * (seen / mean - (seen + shape) / (mean + shape))
            let weight = tempering * shape / (mean * (mean + shape))
            for component in 0..<count where expected[component] > 0 {
              gradient[component] += pull * expected[component]
              let scaled = weight * expected[component]
              let base = component &* count
              for other in 0...component {
                information[base &+ other] += scaled * expected[other]
              }
            }
          }
        }
      }
    }
    var matrix = SymmetricMatrix(count: count)
    for row in 0..<count {
      for column in 0...row {
        matrix[row, column] = information[row * count + column]
        matrix[column, row] = information[row * count + column]
      }
    }
    return (gradient, matrix)
  }
}
