import Market

/// How wrong a map may be: for each bin and each side's total a low and a high that four of five
/// such bands hold the truth between.
///
/// What is unknown of the shares, what no share can tell (how lumpy positions are, how far the
/// model is from any market), and what all bins have in common are added up as relative variances.
/// A band is that of a gamma distribution with the map's mean and that variance. No high stands for
/// more contracts than the open interest.
public struct MapBands: Hashable, Sendable {
  /// The low of each bin in US dollars, in the order of the map's bins.
  public let low: [Double]
  /// The high of each bin in US dollars.
  public let high: [Double]
  /// The band around the total of the longs, in US dollars.
  public let long: ClosedRange<Double>
  /// The band around the total of the shorts, in US dollars.
  public let short: ClosedRange<Double>

  /// The part of such bands that should hold the truth.
  public static let coverage = 0.8

  /// Bands of those bounds.
  public init(
    low: [Double], high: [Double], long: ClosedRange<Double>, short: ClosedRange<Double>
  ) {
    precondition(low.count == high.count, "a low and a high for each bin")
    self.low = low
    self.high = high
    self.long = long
    self.short = short
  }

  /// The band around a side's total.
  public subscript(side: Side) -> ClosedRange<Double> {
    side == .long ? long : short
  }

  /// The 90th percentile of the standard normal distribution.
  private static let tail = 1.281_551_6
  /// Relative standard deviations of a bin's and of a total's dollars that no evidence removes.
  static let binDoubt = 0.15
  static let totalDoubt = 0.2
  /// Where nothing was published positions are taken to be so many lumps a side.
  static let coarseness = 500.0

  /// The variances of bins and of their sum that doubt about the shares and lumpy positions make.
  /// With L L^T the covariance of the logarithms of the shares, a sum of dollars x has the variance
  /// |L^T x|^2; lumps add their size times the dollars.
  ///
  /// - Parameters:
  ///   - dollars: US dollars of component `c` in bin `b` at `c * bins + b`.
  ///   - bins: the number of bins.
  ///   - lower: the triangle L of as many rows as components, row by row.
  ///   - lump: the size of a lump in US dollars.
  static func variances(
    _ dollars: [Double], bins: Int, lower: [Double], lump: Double
  ) -> (bins: [Double], total: Double) {
    let count = bins > 0 ? dollars.count / bins : 0
    var variance = [Double](repeating: 0, count: bins)
    var total = 0.0
    var row = [Double](repeating: 0, count: bins)
    for factor in 0..<count {
      for bin in 0..<bins { row[bin] = 0 }
      for component in factor..<count {
        let weight = lower[component * count + factor]
        for bin in 0..<bins { row[bin] += weight * dollars[component * bins + bin] }
      }
      var sum = 0.0
      for bin in 0..<bins {
        variance[bin] += row[bin] * row[bin]
        sum += row[bin]
      }
      total += sum * sum
    }
    for component in 0..<count {
      for bin in 0..<bins {
        variance[bin] += lump * dollars[component * bins + bin]
        total += lump * dollars[component * bins + bin]
      }
    }
    return (variance, total)
  }

  /// The band around the dollars of a bin.
  static func bin(mean: Double, variance: Double) -> ClosedRange<Double> {
    band(mean: mean, variance: variance + binDoubt * binDoubt * mean * mean)
  }

  /// The band around a total.
  static func total(mean: Double, variance: Double) -> ClosedRange<Double> {
    band(mean: mean, variance: variance + totalDoubt * totalDoubt * mean * mean)
  }

  /// The band around a mean: of a gamma distribution, by the cube of a normal one (Wilson and
  /// Hilferty 1931).
  static func band(mean: Double, variance: Double) -> ClosedRange<Double> {
    guard mean > 0 else { return 0...0 }
    // Per unit of shape; a shape below a hundredth would say nothing more.
    let spread = min(variance / (mean * mean), 100) / 9
    func bound(_ quantile: Double) -> Double {
      let root = max(1 - spread + quantile * spread.squareRoot(), 0)
      return mean * root * root * root
    }
    // Of what is finer than a lump most is nothing and little is much: the mean stays inside.
    return min(bound(-tail), mean)...max(bound(tail), mean)
  }
}
