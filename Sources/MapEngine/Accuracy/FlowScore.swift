import Market
import RealModule

/// How much of the liquidations by hour a forecast explains.
enum FlowScore {
  /// The part of a forecast that is spread evenly, so that an hour which it rules out costs much
  /// but not everything.
  private static let spread = 0.01

  /// The Poisson deviance of the hours and sides that a forecast explains, over a constant rate: 1
  /// is perfect, 0 no better than the mean, below that worse. Nil where nothing was liquidated.
  ///
  /// - Parameter isScaled: whether the forecast is scaled to the true sum first, which gives away
  ///   what most methods don't know; without, it is held to its own dollars.
  static func explained(
    truth: AccuracyForecast.Flow, forecast: AccuracyForecast.Flow, isScaled: Bool = true
  ) -> Double? {
    let seen = truth.long + truth.short
    let said = forecast.long + forecast.short
    precondition(seen.count == said.count, "one number an hour and side")
    let total = seen.reduce(0, +)
    let sum = said.reduce(0, +)
    guard total > 0 else { return nil }
    let mean = total / Double(seen.count)
    let scale = sum > 0 && isScaled ? total / sum : 1
    var own = 0.0
    var constant = 0.0
    for (hour, value) in seen.enumerated() {
      let expected = sum > 0 ? (1 - spread) * said[hour] * scale + spread * mean : mean
      own += deviance(value, expected)
      constant += deviance(value, mean)
    }
    return constant > 0 ? 1 - own / constant : nil
  }

  /// Twice the Poisson log-likelihood that `expected` loses to a perfect forecast of `value`.
  static func deviance(_ value: Double, _ expected: Double) -> Double {
    let gain = value > 0 ? value * Double.log(value / expected) : 0
    return 2 * (gain - (value - expected))
  }
}
