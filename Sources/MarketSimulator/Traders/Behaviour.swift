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
  /// Log price move per part of the open interest that is closed by force or by stop.
  let impact: Double

  static let ordinary = BehaviourProfile(
    classes: [
      .scalper(stock: 0.035, openings: 0.40),
      .gambler(stock: 0.05, openings: 0.22),
      .swing(stock: 0.34, openings: 0.25),
      .whale(stock: 0.37, openings: 0.09),
      .hedger(stock: 0.205, openings: 0.04),
    ], marketMaking: 2.6, impact: 0.35)

  static let retail = BehaviourProfile(
    classes: [
      .scalper(stock: 0.05, openings: 0.34) {
        $0.leverage = 20
        $0.stops = 0.2
        $0.topsUp = 0.05
        $0.keepsLosers = 0.7
      },
      .gambler(stock: 0.22, openings: 0.36) {
        $0.stops = 0.06
        $0.topsUp = 0.05
        $0.keepsLosers = 0.85
      },
      .swing(stock: 0.42, openings: 0.24) {
        $0.leverage = 6.5
        $0.stops = 0.12
        $0.topsUp = 0.1
      },
      .whale(stock: 0.22, openings: 0.04),
      .hedger(stock: 0.09, openings: 0.02),
    ], marketMaking: 2.6, impact: 0.2)

  static let churn = BehaviourProfile(
    classes: [
      .scalper(stock: 0.12, openings: 0.60) {
        $0.stops = 0.4
        $0.keepsLosers = 0.2
      },
      .gambler(stock: 0.07, openings: 0.15) { $0.stops = 0.2 },
      .swing(stock: 0.36, openings: 0.17) {
        $0.holdHours = 12
        $0.stops = 0.3
      },
      .whale(stock: 0.27, openings: 0.05),
      .hedger(stock: 0.18, openings: 0.03),
    ], marketMaking: 13.5, impact: 0.3)

  static let sticky = BehaviourProfile(
    classes: [
      .scalper(stock: 0.006, openings: 0.34) {
        $0.leverage = 9
        $0.stops = 0.8
        $0.topsUp = 0.5
      },
      .gambler(stock: 0.006, openings: 0.14) {
        $0.leverage = 14
        $0.stops = 0.7
        $0.topsUp = 0.6
      },
      .swing(stock: 0.26, openings: 0.30) {
        $0.holdHours = 60
        $0.leverage = 4
        $0.stops = 0.7
        $0.topsUp = 0.8
      },
      .whale(stock: 0.41, openings: 0.14) {
        $0.leverage = 2.4
        $0.stops = 0.4
        $0.topsUp = 0.85
      },
      .hedger(stock: 0.318, openings: 0.08),
    ], marketMaking: 0.85, impact: 0.35)
}

extension TraderClass {
  /// In and out within hours, with stops.
  static func scalper(
    stock: Double, openings: Double, _ change: (inout TraderClass) -> Void = { _ in }
  ) -> TraderClass {
    var traders = TraderClass(
      stock: stock, openings: openings, longShare: 0.52, holdHours: 1.1, holdSpread: 1.2,
      leverage: 13, leverageSpread: 0.6, shortFactor: 0.95, sizeSpread: 1.0, stops: 0.55,
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
      leverage: 22, leverageSpread: 0.6, shortFactor: 0.8, sizeSpread: 1.2, stops: 0.3,
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
      leverage: 5, leverageSpread: 0.45, shortFactor: 0.9, sizeSpread: 1.1, stops: 0.5,
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
      leverage: 2.8, leverageSpread: 0.4, shortFactor: 0.85, sizeSpread: 1.0, stops: 0.3,
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
