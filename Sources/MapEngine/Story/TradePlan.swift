import Market

/// One line of the live plan: what one of the four rules says to one side now.
public struct PlanItem: Hashable, Sendable {
  /// The four rules.
  public enum Rule: String, CaseIterable, Codable, Hashable, Sendable {
    /// Take profit just before the target cluster.
    case takeProfit = "take_profit"
    /// Don't enter into the wall.
    case wall
    /// Wait for the sweep.
    case sweep
    /// Confirm with trend and structure.
    case confirm
  }

  /// What a rule says.
  public enum State: String, CaseIterable, Codable, Hashable, Sendable {
    /// It applies now: the target stands, there is no wall, the sweep has come, structure agrees.
    case met
    /// It asks for patience: the sweep hasn't come, structure doesn't say.
    case wait
    /// It warns: a wall is near, structure says the opposite.
    case against
    /// It has nothing to say.
    case none
  }

  /// The rule.
  public let rule: Rule
  /// The side of the position that it speaks to.
  public let side: Side
  /// What it says.
  public let state: State
  /// The price to act on or to watch, in the quote currency; nil where there is none.
  public let price: Double?
  /// The zone that the reason speaks of: the target, the wall, the pool; nil where there is none.
  public let zone: ClosedRange<Double>?
  /// The numbers behind it, in a sentence or two.
  public let reason: String
  /// Whose record says how much it is worth.
  public let label: RecordLabel

  /// An item, as given.
  public init(
    rule: Rule, side: Side, state: State, price: Double? = nil, zone: ClosedRange<Double>? = nil,
    reason: String, label: RecordLabel
  ) {
    self.rule = rule
    self.side = side
    self.state = state
    self.price = price
    self.zone = zone
    self.reason = reason
    self.label = label
  }
}

/// The four rules as a live plan: one line for each rule and side, longs first.
struct TradePlan {
  /// How far before a cluster's near edge profit is taken, in ATR.
  static let margin = 0.1
  /// A cluster that begins within so many ATR is a wall.
  static let wall = 1.0
  /// A sweep is fresh for so long.
  static let fresh = Span.hours(24)

  let reading: MapReading
  let price: Double
  let asOf: Timestamp
  let touch: TouchModel?
  let structure: StructureReading
  /// Stories still building and stories told, the latter oldest first.
  let building: [StopHunt]
  let told: [StopHunt]

  /// The lines.
  func items() -> [PlanItem] {
    Side.allCases.flatMap { [takeProfit($0), wall($0), sweep($0), confirm($0)] }
  }

  /// Where a position takes profit before a cluster ahead of it; nil where price stands there or
  /// beyond already, or the ATR is unknown.
  static func takeProfit(before cluster: Cluster, price: Double, atr: Double?) -> Double? {
    guard let atr else { return nil }
    // Longs lie below the price: what stands ahead of a short.
    let sign: Double = cluster.side == .short ? 1 : -1
    let level = cluster.nearEdge - sign * margin * atr
    return (level - price) * sign > 0 && level > 0 ? level : nil
  }

  /// The nearest large cluster ahead of a position: shorts' above a long, longs' below a short.
  private func ahead(_ side: Side) -> Cluster? {
    side == .long ? reading.nearestShort : reading.nearestLong
  }

  private func name(_ side: Side) -> String { side == .long ? "longs'" : "shorts'" }

  private func takeProfit(_ side: Side) -> PlanItem {
    guard let cluster = ahead(side) else {
      return PlanItem(
        rule: .takeProfit, side: side, state: .none,
        reason: "no large cluster ahead of a \(side.rawValue)", label: .takeProfit)
    }
    let zone = cluster.low...cluster.high
    let forced = side == .long ? "buying" : "selling"
    guard let level = Self.takeProfit(before: cluster, price: price, atr: reading.atr) else {
      return PlanItem(
        rule: .takeProfit, side: side, state: .against, zone: zone,
        reason: "price stands at the target already: \(described(cluster))", label: .takeProfit)
    }
    var reason =
      "\(described(cluster)): forced \(forced) is estimated from "
      + "\(EngineText.price(cluster.nearEdge)) on, and \(Self.margin) ATR before it an order fills "
      + "even if price turns at the edge"
    if let touch {
      let day = touch.probability(of: level, from: price, within: .hours24)
      reason += "; touched within 24 h with \(EngineText.probability(day))"
    }
    return PlanItem(
      rule: .takeProfit, side: side, state: .met, price: level, zone: zone, reason: reason,
      label: .takeProfit)
  }

  private func wall(_ side: Side) -> PlanItem {
    guard let cluster = ahead(side), let atr = reading.atr else {
      return PlanItem(
        rule: .wall, side: side, state: .none,
        reason: reading.atr == nil
          ? "no average true range yet to say what is near"
          : "no large cluster ahead of a \(side.rawValue)", label: .wall)
    }
    let room = abs(cluster.nearEdge - price) / atr
    let near = EngineText.decimal(room, places: 1)
    let isWall = room <= Self.wall
    return PlanItem(
      rule: .wall, side: side, state: isWall ? .against : .met, price: cluster.nearEdge,
      zone: cluster.low...cluster.high,
      reason: isWall
        ? "a \(side.rawValue) entered now faces \(described(cluster)) after \(near) ATR"
        : "\(near) ATR of room before \(described(cluster))",
      label: .wall)
  }

  /// A long waits for a low to be swept, a short for a high.
  private func sweep(_ side: Side) -> PlanItem {
    let kind: Swing.Kind = side == .long ? .low : .high
    let last = told.last { $0.kind == kind && $0.phase == .reversed && $0.failedAt == nil }
    if let last, let decided = last.decidedAt, asOf < decided + Self.fresh {
      let proof = last.isConfirmed ? "confirmed" : "not confirmed"
      return PlanItem(
        rule: .sweep, side: side, state: .met, price: last.level,
        zone: last.pool.low...last.pool.high,
        reason: "swing \(kind.rawValue) \(EngineText.price(last.level)) was swept and price closed "
          + "back inside at \(decided); \(EngineText.share(last.eatenShare)) of "
          + "\(EngineText.usd(last.pool.usd)) eaten; \(proof) by open interest and prints",
        label: last.isConfirmed ? .sweepConfirmed : .sweep)
    }
    guard let next = building.first(where: { $0.kind == kind }) else {
      return PlanItem(
        rule: .sweep, side: side, state: .none,
        reason: "no swing \(kind.rawValue) with a pool behind it", label: .sweep)
    }
    let beyond = kind == .low ? "below" : "above"
    let back = kind == .low ? "above" : "below"
    return PlanItem(
      rule: .sweep, side: side, state: .wait, price: next.level,
      zone: next.pool.low...next.pool.high,
      reason: "\(EngineText.usd(next.pool.usd)) of \(name(kind.backing)) liquidations stand behind "
        + "swing \(kind.rawValue) \(EngineText.price(next.level)); a sweep is a trade \(beyond) it "
        + "and a close back \(back) it within 2 bars, confirmed by falling open interest and "
        + "printed liquidations of \(kind.backing.rawValue)s",
      label: .sweep)
  }

  private func confirm(_ side: Side) -> PlanItem {
    let wanted: MarketDirection = side == .long ? .bullish : .bearish
    guard let trend = structure.trend, let last = structure.breaks.last else {
      return PlanItem(
        rule: .confirm, side: side, state: .none, reason: "no break of structure yet",
        label: .trend)
    }
    let isWith = trend == wanted
    let kind = last.kind == .breakOfStructure ? "BOS" : "CHoCH"
    var reason =
      "\(trend.rawValue) since the \(kind) of \(EngineText.price(last.level)) at "
      + "\(structure.closeTime(last.brokenAt))"
    // The level whose break would turn or go on with the trend, the way that this side wants.
    let swing = side == .long ? structure.standingHigh : structure.standingLow
    if let swing {
      let beyond = side == .long ? "above" : "below"
      reason +=
        "; a close \(beyond) \(EngineText.price(swing.price)) would "
        + (isWith ? "go on with it" : "turn it")
    }
    if let target = ahead(side)?.price {
      let gaps = structure.openGaps(from: min(price, target), to: max(price, target))
      if gaps.isEmpty {
        reason += "; no open fair value gap on the way to \(EngineText.price(target))"
      } else {
        let named = gaps.suffix(3).map {
          "\(EngineText.price($0.bottom))-\(EngineText.price($0.top))"
        }
        reason +=
          "; \(gaps.count) open fair value \(gaps.count == 1 ? "gap" : "gaps") on the way to "
          + "\(EngineText.price(target)), the newest \(named.reversed().joined(separator: ", "))"
      }
    }
    return PlanItem(
      rule: .confirm, side: side, state: isWith ? .met : .against, price: swing?.price,
      reason: reason, label: .trend)
  }

  /// `$34M of shorts at 61,204 (+1.25%, 2.4 ATR)`.
  private func described(_ cluster: Cluster) -> String {
    let far = cluster.distanceATR.map { ", \(EngineText.decimal(abs($0), places: 1)) ATR" } ?? ""
    return "\(EngineText.usd(cluster.usd)) of \(cluster.side.rawValue)s at "
      + "\(EngineText.price(cluster.price)) (\(EngineText.percent(cluster.distancePercent))\(far))"
  }
}
