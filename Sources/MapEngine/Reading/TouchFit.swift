import RealModule

/// Fits the curve of one horizon to counted touches, by maximum likelihood.
///
/// Trials at the same multiple share one probability, so that counts by multiple are all that the
/// likelihood needs.
public struct TouchFit: Hashable, Sendable {
  /// The horizon.
  public let horizon: TouchHorizon
  /// Trials, the same number at each multiple of ``TouchTrials``.
  public private(set) var trials = 0.0
  /// Touches by multiple.
  public private(set) var touches = [Double](repeating: 0, count: TouchTrials.multiples.count)

  /// No trial yet.
  public init(horizon: TouchHorizon) {
    self.horizon = horizon
  }

  /// Counts an outcome, if it is of this horizon.
  public mutating func take(_ reach: TouchTrials.Reach) {
    guard reach.horizon == horizon else { return }
    trials += 1
    for index in 0..<reach.touched { touches[index] += 1 }
  }

  /// The curve of the greatest likelihood; the random walk's without a trial.
  public var curve: TouchCalibration.Curve {
    guard trials > 0 else { return TouchCalibration.Curve(scale: 1, bend: 0) }
    // A compass search over the logarithms: two parameters, one summit, eleven terms.
    var scale = 0.0
    var bend = 0.0
    var best = likelihood(scale, bend)
    var step = 0.2
    while step > 1e-5 {
      let tries = [(step, 0), (-step, 0), (0, step), (0, -step)].map { (scale + $0, bend + $1) }
      let scored = tries.map { (likelihood($0.0, $0.1), $0) }
      if let top = scored.max(by: { $0.0 < $1.0 }), top.0 > best {
        (best, (scale, bend)) = top
      } else {
        step /= 2
      }
    }
    return TouchCalibration.Curve(scale: Double.exp(scale), bend: Double.exp(bend))
  }

  /// The log likelihood per trial, in nats.
  public func likelihood(of curve: TouchCalibration.Curve) -> Double {
    guard trials > 0 else { return 0 }
    let root = Double(horizon.hours).squareRoot()
    var sum = 0.0
    for (index, multiple) in TouchTrials.multiples.enumerated() {
      let probability = min(max(curve.probability(multiple / root), 1e-9), 1 - 1e-9)
      sum += touches[index] * Double.log(probability)
      sum += (trials - touches[index]) * Double.log(onePlus: -probability)
    }
    return sum / trials / Double(TouchTrials.multiples.count)
  }

  private func likelihood(_ scale: Double, _ bend: Double) -> Double {
    likelihood(
      of: TouchCalibration.Curve(scale: Double.exp(scale), bend: Double.exp(bend)))
  }
}
