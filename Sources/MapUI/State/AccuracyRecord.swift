import MapEngine
import Market

/// What was measured of the map before it was shipped, as the engine's pages HowGoodItIs and
/// TheStory tell it: the same numbers, held against those pages by a test.
enum AccuracyRecord {
  /// The day on which they were measured.
  static let date = "2026-11-24"

  /// What a map explains of the hours' published liquidations on real data: negative binomial
  /// deviance, with 90 % intervals over days, shares of the days before, frozen for the day.
  struct RealMarket: Hashable, Sendable {
    /// The coin.
    let base: String
    /// Which days.
    let period: String
    let days: Int
    /// Over a constant rate.
    let overConstant: Measured
    /// Over the best null, a flat map times the probability of touch.
    let overFlat: Measured
    /// What way times volume alone explains over that null.
    let volumeAlone: Measured
  }

  /// A share with its interval.
  struct Measured: Hashable, Sendable {
    let value: Double
    let low: Double
    let high: Double

    init(_ value: Double, _ low: Double, _ high: Double) {
      self.value = value
      self.low = low
      self.high = high
    }
  }

  /// Binance by the hour.
  static let realMarkets = [
    RealMarket(
      base: "BTC", period: "summer 2024", days: 47, overConstant: Measured(0.66, 0.58, 0.72),
      overFlat: Measured(0.33, 0.25, 0.40), volumeAlone: Measured(0.32, 0.24, 0.38)),
    RealMarket(
      base: "ETH", period: "summer 2024", days: 47, overConstant: Measured(0.68, 0.64, 0.71),
      overFlat: Measured(0.37, 0.33, 0.41), volumeAlone: Measured(0.32, 0.27, 0.36)),
    RealMarket(
      base: "SOL", period: "summer 2024", days: 47, overConstant: Measured(0.72, 0.70, 0.74),
      overFlat: Measured(0.42, 0.39, 0.45), volumeAlone: Measured(0.26, 0.22, 0.30)),
    RealMarket(
      base: "BTC", period: "winter 2025-26", days: 86, overConstant: Measured(0.80, 0.77, 0.82),
      overFlat: Measured(0.56, 0.54, 0.59), volumeAlone: Measured(0.44, 0.41, 0.46)),
  ]

  /// A method's scores on 80 simulated markets against their known positions.
  struct Method: Hashable, Sendable {
    /// The page's own name of it.
    let page: String
    /// Its name on the screen.
    let name: String
    /// Earth mover's distance within 10 % of the price, in percent of the price: smaller is better.
    let emd10: Double
    /// Rank correlation by bin.
    let rho: Double
    /// True dollars in the densest eight bins over the most that eight hold.
    let top8: Double
    /// The typical factor by which dollars within 5 % of the price are off.
    let factor5: Double
  }

  static let methods = [
    Method(
      page: "**calibrated**", name: "this map, calibrated", emd10: 0.332, rho: 0.392,
      top8: 0.606, factor5: 1.38),
    Method(
      page: "prior shares", name: "this map, prior", emd10: 0.530, rho: 0.336, top8: 0.582,
      factor5: 3.42),
    Method(
      page: "ceiling of the family", name: "its ceiling", emd10: 0.266, rho: 0.423, top8: 0.626,
      factor5: 1.29),
    Method(
      page: "N0 volume x mix, with the free fixes", name: "volume maps, fixed", emd10: 0.746,
      rho: 0.325, top8: 0.570, factor5: 5.62),
    Method(
      page: "N1 OI rise x mix, with the free fixes", name: "OI maps, fixed", emd10: 0.758,
      rho: 0.329, top8: 0.577, factor5: 5.05),
    Method(
      page: "N0 as it is", name: "volume maps as is", emd10: 0.823, rho: 0.285, top8: 0.565,
      factor5: 126),
    Method(page: "flat map", name: "flat map", emd10: 0.872, rho: 0, top8: 0.496, factor5: 11.2),
  ]

  /// What bands that should hold 80 % held on those markets, in percent: over all, and from the
  /// worst to the best behaviour of traders.
  static let binsHeld = (all: 86, behaviours: 77...89)
  static let totalsHeld = (all: 87, behaviours: 80...90)

  /// Hits of trials of each label on the recorded markets (BTC, ETH, SOL in summer 2024 and winter
  /// 2025-26), and its base rate.
  static let labels: [LabelRecord] = [
    LabelRecord(label: .squeezeUp, hits: 58, trials: 213, base: 0.28),
    LabelRecord(label: .flushDown, hits: 84, trials: 263, base: 0.27),
    LabelRecord(label: .pinned, hits: 17, trials: 29, base: 0.49),
    LabelRecord(label: .magnet, hits: 20, trials: 417, base: 0.05),
    LabelRecord(label: .takeProfit, hits: 44, trials: 88, base: 0.50),
    LabelRecord(label: .wall, hits: 42, trials: 98, base: 0.49),
    LabelRecord(label: .sweep, hits: 66, trials: 153, base: 0.49),
    LabelRecord(label: .sweepConfirmed, hits: 35, trials: 72, base: 0.49),
    LabelRecord(label: .trend, hits: 71, trials: 158, base: 0.49),
    LabelRecord(label: .gap, hits: 250, trials: 345, base: 0.74),
  ]
}
