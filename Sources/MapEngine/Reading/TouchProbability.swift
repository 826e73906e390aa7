import Market
import RealModule

/// How far ahead a touch is asked for.
public enum TouchHorizon: String, CaseIterable, Codable, Hashable, Sendable {
  case hours1 = "1h"
  case hours4 = "4h"
  case hours24 = "24h"

  /// The length in hours.
  public var hours: Int {
    switch self {
    case .hours1: 1
    case .hours4: 4
    case .hours24: 24
    }
  }
}

/// How often a price at a distance was really touched, against what a random walk says.
///
/// A driftless random walk of volatility sigma touches a price at log distance x within h hours
/// with probability 2 Phi(-z), z = x / (sigma sqrt h). Real volatility calms down more often than it
/// jumps, but jumps far: near prices are touched less often than that, far ones more. A curve reads
/// 2 Phi(-scale asinh(bend z) / bend) instead, which is 1 at the price and falls from there; the
/// bend takes the Gaussian's tail to one of powers. Of five forms tried on the recorded markets it
/// is the one whose two numbers leave next to nothing to eleven free ones.
public struct TouchCalibration: Hashable, Sendable {
  /// The curve of one horizon.
  public struct Curve: Hashable, Sendable {
    /// What the distance is multiplied by.
    public let scale: Double
    /// How soon far distances count for less; zero leaves the Gaussian's tail.
    public let bend: Double

    /// A curve of those numbers: a scale above zero, a bend not below.
    public init(scale: Double, bend: Double) {
      self.scale = scale
      self.bend = bend
    }

    /// The probability of a touch at z deviations.
    public func probability(_ z: Double) -> Double {
      guard z > 0 else { return 1 }
      let bent = bend > 0 ? Double.asinh(bend * z) / bend : z
      // 2 Phi(-y) is the complementary error function at y over the root of 2.
      return min(max(Double.erfc(scale * bent / 2.0.squareRoot()), 0), 1)
    }
  }

  private let curves: [TouchHorizon: Curve]
  /// When the curves were fitted, ISO 8601; nil for the random walk.
  public let asOf: String?
  /// What they were fitted to and how well they do, in a sentence.
  public let evidence: String

  /// Curves by horizon; a horizon without one takes the random walk's.
  public init(curves: [TouchHorizon: Curve], asOf: String?, evidence: String) {
    self.curves = curves
    self.asOf = asOf
    self.evidence = evidence
  }

  /// The curve of a horizon.
  public func curve(_ horizon: TouchHorizon) -> Curve {
    curves[horizon] ?? Curve(scale: 1, bend: 0)
  }

  /// The driftless random walk, fitted to nothing.
  public static let randomWalk = TouchCalibration(
    curves: [:], asOf: nil, evidence: "driftless random walk, fitted to nothing")
}

/// The probability that a price trades within the next hours.
public struct TouchModel: Hashable, Sendable {
  /// The standard deviation of the log price over one hour.
  public let volatility: Double
  /// How touches are read.
  public let calibration: TouchCalibration

  /// A model of that volatility per root hour, which must be above zero.
  public init(volatility: Double, calibration: TouchCalibration = .shipped) {
    self.volatility = volatility
    self.calibration = calibration
  }

  /// The probability that `level` trades within the horizon, seen from `price`. Both are in the
  /// quote currency.
  public func probability(
    of level: Double, from price: Double, within horizon: TouchHorizon
  ) -> Double {
    let distance = abs(Double.log(level / price))
    let z = distance / (volatility * Double(horizon.hours).squareRoot())
    return calibration.curve(horizon).probability(z)
  }

  /// The probabilities of all horizons.
  public func probabilities(of level: Double, from price: Double) -> [TouchHorizon: Double] {
    Dictionary(
      uniqueKeysWithValues: TouchHorizon.allCases.map {
        ($0, probability(of: level, from: price, within: $0))
      })
  }
}
