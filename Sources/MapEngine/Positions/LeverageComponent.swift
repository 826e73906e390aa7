import RealModule

/// One component of the estimator: positions of one effective leverage that close at one rate.
public struct LeverageComponent: Hashable, Sendable {
  /// Effective leverage: entry price over the distance from entry to bankruptcy.
  public let leverage: Double
  /// Closing hazard per unit of turnover (volume over open interest).
  public let hazard: Double
  /// The share of open interest that the component stands for.
  public let share: Double

  /// A component of that leverage, hazard and share.
  public init(leverage: Double, hazard: Double, share: Double) {
    self.leverage = leverage
    self.hazard = hazard
    self.share = share
  }
}

/// What is believed about standing positions before any liquidation is seen.
///
/// Shares of open interest by effective leverage follow the public stock of one venue (up to 3x
/// 36 %, 3-7x 48 %, above 7x 16 %), not the mix of newly opened trades, which is far more
/// leveraged. The share that is left out (1x) never liquidates.
public enum StockPrior {
  /// When the evidence behind the defaults was gathered.
  public static let evidenceDate = "2026-11"
  /// What the defaults rest on, in a few words.
  public static let evidence =
    "stock by leverage: one venue's public positions, December 2025; scale, hazards and doubt: "
    + "simulated markets of four behaviours, seeds 201 to 205; checked on Binance liquidations of "
    + "June to August 2024 and December 2025 to March 2026"

  /// Effective leverage tiers and their shares of open interest.
  public static let tiers: [(leverage: Double, share: Double)] = [
    (2, 0.16), (3, 0.20), (5, 0.28), (8, 0.12), (12, 0.06), (20, 0.035), (35, 0.015),
    (60, 0.006), (100, 0.004),
  ]

  /// Closing hazards per unit of turnover. A day turns over about one to five times.
  public static let hazards: [Double] = [0.01, 0.03, 0.12, 0.5, 2, 8]

  /// Of what stands open at an effective leverage, the part that would really be force-closed:
  /// stops, added margin and hedges stand in front of the rest. It differs by market from .09 to
  /// .93; .39 is the geometric mean of four simulated behaviours, so without any published
  /// liquidation a total can be off by a factor of 3. Above 45x it falls: all of the prior's stock
  /// there would print 5.6 % of open interest a day, where venues print 1.5 to 5.
  public static func realisableShare(_ leverage: Double) -> Double {
    leverage <= 45 ? 0.39 : 0.39 * Double.pow(leverage / 45, -1.7)
  }

  /// A hazard's weight below which a tier does without it; the tier's others take it over.
  static let negligibleWeight = 0.02

  /// The components, lowest leverage first. Within a tier hazards are lognormal around
  /// .022 (L / 10)^2.5 with a standard deviation of 1.5 nats, and add up to the tier's share. Who
  /// holds on until liquidation is who would rather not close: slower than the mean trader, most
  /// of all at low leverage.
  public static let components: [LeverageComponent] = tiers.flatMap { tier in
    let center = Double.log(0.022 * Double.pow(tier.leverage / 10, 2.5))
    func weight(_ hazard: Double) -> Double {
      let deviation = (Double.log(hazard) - center) / 1.5
      return Double.exp(-deviation * deviation / 2)
    }
    let whole = hazards.reduce(0) { $0 + weight($1) }
    let kept = hazards.filter { weight($0) >= negligibleWeight * whole }
    let sum = kept.reduce(0) { $0 + weight($1) }
    return kept.map {
      LeverageComponent(
        leverage: tier.leverage, hazard: $0, share: tier.share * weight($0) / sum)
    }
  }

  /// Cross margin smears the distance to bankruptcy 1 / L of a tier over +-35 %.
  public static let smear: [(factor: Double, weight: Double)] = [
    (0.65, 0.10), (0.79, 0.15), (0.93, 0.25), (1.07, 0.25), (1.21, 0.15), (1.35, 0.10),
  ]
}
