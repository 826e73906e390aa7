/// Wilson's score interval of a share: between which rates hits of trials leave the truth.
///
/// E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference (1927). It
/// stays within 0 and 1 and is honest where trials are few.
public struct WilsonInterval: Hashable, Sendable {
  /// The lower end.
  public let low: Double
  /// The upper end.
  public let high: Double

  /// The two-sided 95 % quantile of the normal distribution.
  public static let standardQuantile = 1.959_963_984_540_054

  /// The interval of so many hits in so many trials; 0 to 1 without any trial. Trials need not be
  /// whole: those that depend on each other count as fewer.
  public init(hits: Double, trials: Double, quantile: Double = WilsonInterval.standardQuantile) {
    guard trials > 0 else {
      low = 0
      high = 1
      return
    }
    let share = hits / trials
    let square = quantile * quantile
    let center = share + square / (2 * trials)
    let variance = share * (1 - share) / trials + square / (4 * trials * trials)
    let spread = quantile * max(variance, 0).squareRoot()
    let scale = 1 + square / trials
    low = hits <= 0 ? 0 : max((center - spread) / scale, 0)
    high = hits >= trials ? 1 : min((center + spread) / scale, 1)
  }
}
