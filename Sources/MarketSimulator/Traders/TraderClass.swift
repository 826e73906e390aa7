import RealModule

/// One kind of trader: how it enters, how long it holds, how it leaves. Shares are of its own
/// traders unless they say otherwise.
struct TraderClass: Sendable {
  /// Its part of the standing open interest, roughly.
  var stock: Double
  /// Its part of the openings by number.
  var openings: Double
  /// The part that goes long when nothing else tilts it.
  var longShare: Double
  /// Median holding time in hours, and the standard deviation of its logarithm.
  var holdHours: Double
  var holdSpread: Double
  /// Median effective leverage of its longs in a market of average volatility, and the standard
  /// deviation of its logarithm.
  var leverage: Double
  var leverageSpread: Double
  /// What the leverage of its shorts is multiplied by.
  var shortFactor: Double
  /// Standard deviation of the logarithm of a position's size.
  var sizeSpread: Double
  /// The part that sets a stop-loss.
  var stops: Double
  /// The part that sets a take-profit.
  var takesProfit: Double
  /// The part of those without a stop that adds margin when the mark comes near the liquidation
  /// price.
  var topsUp: Double
  /// How often one adds margin at most.
  var topUps: Int
  /// The chance that a position which stands at a loss when its time is up is kept on.
  var keepsLosers: Double
  /// How strongly the class leans against the traders' imbalance: 0 not at all.
  var leansAgainst: Double

  /// The highest and the lowest effective leverage that anyone has.
  static let leverageRange = 1.03...125.0

  /// Mean of the lognormal holding time, in days.
  var meanHoldDays: Double { holdHours / 24 * Double.exp(holdSpread * holdSpread / 2) }

  /// A trader of this kind that enters now, of a size that is still to be set.
  ///
  /// `entry` is a log price, `volatility` the present one over its average, `dayDeviation` the
  /// standard deviation of a day's log return at present.
  func enters(
    sign: Double, entry: Double, minute: Int64, volatility: Double, dayDeviation: Double,
    rule: MarginRule, random: inout RandomStream
  ) -> TraderPosition {
    // Who trades through a storm takes less leverage: the present volatility to the power -0.3.
    let typical = leverage * (sign < 0 ? shortFactor : 1)
    let logLeverage =
      leverageSpread * random.normal() - 0.3 * Double.log(max(volatility, 0.2))
    let wanted = typical * Double.exp(logLeverage)
    let range = TraderClass.leverageRange
    let margin = 1 / min(max(wanted, range.lowerBound), range.upperBound)
    let toLiquidation = rule.liquidation(sign: sign, margin: margin)
    let hold = max(holdHours * 60 * Double.exp(holdSpread * random.normal()), 2)
    let horizon = dayDeviation * (min(hold, 20_000) / 1_440).squareRoot()

    var position = TraderPosition(
      isLong: sign > 0, adverse: .liquidation, topUpsLeft: 0, keepsLosers: Float(keepsLosers),
      holdMinutes: Float(hold), dueMinute: Int32(clamping: minute + Int64(hold)), quantity: 0,
      entry: entry, liquidation: entry + toLiquidation, margin: margin,
      adversePrice: entry + toLiquidation, profitDistance: .infinity)
    if random.uniform() < stops {
      let room = abs(toLiquidation)
      let distance = min(
        room * (0.35 + 0.55 * random.uniform()), horizon * (0.6 + 1.4 * random.uniform()))
      position.adverse = .stop
      position.adversePrice = entry - sign * min(max(distance, 0.001_5), room * 0.9)
    } else if random.uniform() < topsUp, toLiquidation > -.infinity {
      position.adverse = .topUp
      position.topUpsLeft = 1 + Int16(random.uniform() * Double(topUps))
      position.adversePrice = entry + toLiquidation * (0.6 + 0.25 * random.uniform())
    }
    if random.uniform() < takesProfit {
      position.profitDistance = max(horizon * (0.5 + 1.5 * random.uniform()), 0.002)
    }
    return position
  }
}
