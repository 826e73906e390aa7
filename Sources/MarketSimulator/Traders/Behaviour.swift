/// How the simulated crowd trades. The four crowds differ in how fast open interest turns over,
/// how much of it is liquidated and how high its leverage is.
public enum Behaviour: String, CaseIterable, Codable, Hashable, Sendable {
  /// A mixed crowd: volume of 4.5 times the open interest a day, 2.6 % of it liquidated.
  case ordinary
  /// Small traders with high leverage who seldom set a stop: 5.4 times, 13 % liquidated.
  case retail
  /// Day traders and market makers: 18 times, 4 % liquidated.
  case churn
  /// Patient, well-margined holders: 1.3 times, 0.26 % liquidated.
  case sticky

  var profile: BehaviourProfile {
    switch self {
    case .ordinary: .ordinary
    case .retail: .retail
    case .churn: .churn
    case .sticky: .sticky
    }
  }
}

/// The numbers behind a behaviour.
struct BehaviourProfile: Sendable {
  /// The kinds of traders.
  let classes: [TraderClass]
  /// A day's market-maker volume, which opens nothing, as a multiple of open interest.
  let marketMaking: Double
  /// What the instrument's average volatility is multiplied by: each crowd has its own market.
  let restlessness: Double
  /// Log price move per part of the open interest that is closed by force or by stop.
  let impact: Double

  static let ordinary = BehaviourProfile(
    classes: [
      .scalper(stock: 0.035, openings: 0.49),
      .gambler(stock: 0.07, openings: 0.26) { $0.stops = 0.33 },
      .swing(stock: 0.36, openings: 0.19) { $0.leverage = 5.5 },
      .whale(stock: 0.355, openings: 0.045),
      .hedger(stock: 0.18, openings: 0.015),
    ], marketMaking: 1.85, restlessness: 1, impact: 0.15)

  static let retail = BehaviourProfile(
    classes: [
      .scalper(stock: 0.045, openings: 0.45) {
        $0.leverage = 22
        $0.stops = 0.15
        $0.topsUp = 0.03
        $0.keepsLosers = 0.6
      },
      .gambler(stock: 0.085, openings: 0.36) {
        $0.holdHours = 5
        $0.leverage = 28
        $0.stops = 0.05
        $0.topsUp = 0.03
        $0.keepsLosers = 0.8
      },
      .swing(stock: 0.485, openings: 0.15) {
        $0.leverage = 5.5
        $0.stops = 0.08
        $0.topsUp = 0.05
      },
      .whale(stock: 0.275, openings: 0.03) {
        $0.stops = 0.1
        $0.topsUp = 0.15
      },
      .hedger(stock: 0.11, openings: 0.01),
    ], marketMaking: 2.1, restlessness: 1.25, impact: 0.07)

  static let churn = BehaviourProfile(
    classes: [
      .scalper(stock: 0.10, openings: 0.65) {
        $0.leverage = 15
        $0.stops = 0.08
        $0.keepsLosers = 0.35
      },
      .gambler(stock: 0.065, openings: 0.15) {
        $0.stops = 0.08
        $0.topsUp = 0.1
      },
      .swing(stock: 0.38, openings: 0.15) {
        $0.holdHours = 12
        $0.stops = 0.2
      },
      .whale(stock: 0.27, openings: 0.04),
      .hedger(stock: 0.19, openings: 0.01),
    ], marketMaking: 12, restlessness: 0.92, impact: 0.12)

  static let sticky = BehaviourProfile(
    classes: [
      .scalper(stock: 0.01, openings: 0.52) {
        $0.holdHours = 4
        $0.stops = 0.85
        $0.topsUp = 0.8
      },
      .gambler(stock: 0.07, openings: 0.25) {
        $0.holdHours = 30
        $0.leverage = 20
        $0.stops = 0.7
        $0.topsUp = 0.85
      },
      .swing(stock: 0.38, openings: 0.173) {
        $0.holdHours = 70
        $0.leverage = 5.5
        $0.stops = 0.65
        $0.topsUp = 0.85
      },
      .whale(stock: 0.382, openings: 0.045) {
        $0.stops = 0.4
        $0.topsUp = 0.85
      },
      .hedger(stock: 0.16, openings: 0.012),
    ], marketMaking: 0.7, restlessness: 0.75, impact: 0.2)
}

extension TraderClass {
  /// In and out within hours, with stops.
  static func scalper(
    stock: Double, openings: Double, _ change: (inout TraderClass) -> Void = { _ in }
  ) -> TraderClass {
    var traders = TraderClass(
      stock: stock, openings: openings, longShare: 0.52, holdHours: 1.1, holdSpread: 1.2,
      leverage: 13, leverageSpread: 0.6, shortFactor: 0.95, sizeSpread: 0.75, stops: 0.55,
      takesProfit: 0.5, topsUp: 0.1, topUps: 1, keepsLosers: 0.35, leansAgainst: 0.5)
    change(&traders)
    return traders
  }

  /// High leverage, mostly long, and no wish to take a loss.
  static func gambler(
    stock: Double, openings: Double, _ change: (inout TraderClass) -> Void = { _ in }
  ) -> TraderClass {
    var traders = TraderClass(
      stock: stock, openings: openings, longShare: 0.60, holdHours: 6, holdSpread: 1.3,
      leverage: 22, leverageSpread: 0.6, shortFactor: 0.8, sizeSpread: 0.85, stops: 0.3,
      takesProfit: 0.4, topsUp: 0.2, topUps: 2, keepsLosers: 0.6, leansAgainst: 0.2)
    change(&traders)
    return traders
  }

  /// Days, moderate leverage.
  static func swing(
    stock: Double, openings: Double, _ change: (inout TraderClass) -> Void = { _ in }
  ) -> TraderClass {
    var traders = TraderClass(
      stock: stock, openings: openings, longShare: 0.52, holdHours: 30, holdSpread: 1.1,
      leverage: 5, leverageSpread: 0.45, shortFactor: 0.9, sizeSpread: 0.85, stops: 0.5,
      takesProfit: 0.4, topsUp: 0.3, topUps: 2, keepsLosers: 0.45, leansAgainst: 0.8)
    change(&traders)
    return traders
  }

  /// Large accounts that hold for a week or two.
  static func whale(
    stock: Double, openings: Double, _ change: (inout TraderClass) -> Void = { _ in }
  ) -> TraderClass {
    var traders = TraderClass(
      stock: stock, openings: openings, longShare: 0.52, holdHours: 190, holdSpread: 0.8,
      leverage: 3.3, leverageSpread: 0.4, shortFactor: 0.85, sizeSpread: 0.9, stops: 0.3,
      takesProfit: 0.25, topsUp: 0.5, topUps: 3, keepsLosers: 0.3, leansAgainst: 1)
    change(&traders)
    return traders
  }

  /// One leg of a hedge: hardly any leverage, margin always at hand.
  static func hedger(
    stock: Double, openings: Double, _ change: (inout TraderClass) -> Void = { _ in }
  ) -> TraderClass {
    var traders = TraderClass(
      stock: stock, openings: openings, longShare: 0.38, holdHours: 320, holdSpread: 0.6,
      leverage: 1.5, leverageSpread: 0.22, shortFactor: 1, sizeSpread: 0.9, stops: 0,
      takesProfit: 0, topsUp: 0.97, topUps: 200, keepsLosers: 0, leansAgainst: 4)
    change(&traders)
    return traders
  }
}
