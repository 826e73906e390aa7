import MapEngine
import Market

/// What would become of a position, in words.
enum PositionText {
  /// `long 0.5 at $60,000, 10x`.
  static func position(_ position: StatedPosition) -> String {
    "\(position.side.rawValue) \(coins(position.quantity)) at $\(NumberText.price(position.entry)),"
      + " \(coins(position.leverage))x"
  }

  /// All of it in a sentence, for where there is no panel, from the longest wording to the shortest.
  static func sentences(_ check: PositionCheck) -> [String] {
    guard let level = check.liquidation.liquidationPrice else { return [obstacle(check)] }
    let price = "$\(NumberText.price(level))"
    let venue = check.venue.displayName
    let far = check.distancePercent.map { " (\(NumberText.percent($0)))" } ?? ""
    guard !check.isPassed else {
      return [
        "Gone already: \(venue) would have liquidated it at \(price)\(far)",
        "Gone already: \(venue), at \(price)\(far)", "Gone already at \(price)\(far)",
      ]
    }
    let end = "Liquidated at \(price)\(far)"
    return ["\(end) on \(venue): " + between(check), "\(end) on \(venue)", end]
  }

  /// What stands between the price and the liquidation price, modelled.
  static func between(_ check: PositionCheck) -> String {
    let side = check.position.side.rawValue
    let usd = NumberText.usd(check.usdBetween)
    let clusters = check.between.count
    let held =
      clusters == 0
      ? "no cluster" : clusters == 1 ? "1 cluster" : "\(clusters) clusters"
    return "\(usd) of \(side)s and \(held) stand between"
  }

  /// Why there is no liquidation price.
  static func obstacle(_ check: PositionCheck) -> String {
    check.liquidation.obstacle?.description ?? "no liquidation price"
  }

  /// A number of coins, or a leverage, with as many digits as it has, six at most.
  private static func coins(_ value: Double) -> String {
    var places = 0
    var scaled = value
    while places < 6, abs(scaled - scaled.rounded()) > 1e-9 * max(scaled, 1) {
      places += 1
      scaled *= 10
    }
    return NumberText.decimal(value, places: places)
  }
}
