import MapEngine
import Market

/// A position that somebody asked about, as JSON: what would become of it on the map, and what the
/// formula of its liquidation price is solved with.
struct PositionDocument: Encodable {
  let check: PositionCheck

  private var rule: LiquidationRule { check.liquidation.rule }

  func encode(to encoder: any Encoder) throws {
    try JSONValue.object([
      "side": .text(check.position.side.rawValue), "entry": JSONValue(check.position.entry),
      "leverage": JSONValue(check.position.leverage),
      "quantity": JSONValue(check.position.quantity), "venue": .text(check.venue.rawValue),
      "liquidation_price": JSONValue(check.liquidation.liquidationPrice),
      "bankruptcy_price": JSONValue(check.liquidation.bankruptcyPrice),
      "maintenance_rate": JSONValue(check.liquidation.maintenanceRate),
      "maintenance_amount": JSONValue(check.liquidation.maintenanceAmount),
      "taker_fee": JSONValue(rule.countsTakerFee ? rule.regularTakerFee : 0),
      "tier": JSONValue(check.liquidation.tier), "formula": .text(check.liquidation.formula),
      "note": .text(check.liquidation.note), "profit": JSONValue(check.profit),
      "distance_pct": JSONValue(check.distancePercent),
      "distance_atr": JSONValue(check.distanceATR), "passed": .bool(check.isPassed),
      "on_map": .bool(check.isOnMap),
      "touch": .object(
        Dictionary(
          uniqueKeysWithValues: TouchHorizon.allCases.map {
            ($0.rawValue, JSONValue(check.touch[$0]))
          })),
      "usd_between": JSONValue(check.usdBetween),
      "between": .array(check.between.map(cluster)),
      "within": check.within.map(cluster) ?? .null,
      "beyond": check.beyond.map(cluster) ?? .null, "ahead": check.ahead.map(cluster) ?? .null,
    ]).encode(to: encoder)
  }

  private func cluster(_ cluster: Cluster) -> JSONValue {
    .object([
      "side": .text(cluster.side.rawValue), "price": JSONValue(cluster.price),
      "low": JSONValue(cluster.low), "high": JSONValue(cluster.high),
      "usd": JSONValue(cluster.usd), "distance_pct": JSONValue(cluster.distancePercent),
      "distance_atr": JSONValue(cluster.distanceATR),
    ])
  }
}
