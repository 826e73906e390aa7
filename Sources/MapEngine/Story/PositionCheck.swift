import Market

/// A position that somebody asks about: `long:60000:10x:0.5`.
public struct StatedPosition: Hashable, Sendable {
  /// Long or short.
  public let side: Side
  /// The average price of the entry, in the quote currency.
  public let entry: Double
  /// The leverage that it was opened with.
  public let leverage: Double
  /// Coins.
  public let quantity: Double

  /// Why a text is no position.
  public struct Unreadable: Error, Hashable, Sendable, CustomStringConvertible {
    /// The reason, in a sentence.
    public let description: String
  }

  /// A position of finite numbers above zero, the leverage not below 1.
  public init(
    side: Side, entry: Double, leverage: Double, quantity: Double
  ) throws(Unreadable) {
    for (value, name) in [(entry, "entry"), (quantity, "quantity")]
    where !(value.isFinite && value > 0) {
      throw Unreadable(description: "the \(name) is \(value); give a number above 0")
    }
    guard leverage.isFinite, leverage >= 1 else {
      throw Unreadable(description: "the leverage is \(leverage)x; give a number from 1 on")
    }
    self.side = side
    self.entry = entry
    self.leverage = leverage
    self.quantity = quantity
  }

  /// A position as `side:entry:leverage:coins`, the leverage with or without an x.
  public init(_ text: String) throws(Unreadable) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let form = "long:60000:10x:0.5 (side:entry:leverage:coins)"
    guard parts.count == 4 else {
      throw Unreadable(description: "`\(text)` is no position; write \(form)")
    }
    guard let side = Side(rawValue: parts[0].lowercased()) else {
      throw Unreadable(description: "`\(parts[0])` is no side; write \(form)")
    }
    func number(_ text: String, _ name: String) throws(Unreadable) -> Double {
      guard let value = Double(text) else {
        throw Unreadable(description: "the \(name) `\(text)` is no number; write \(form)")
      }
      return value
    }
    let leverage = parts[2].lowercased().hasSuffix("x") ? String(parts[2].dropLast()) : parts[2]
    try self.init(
      side: side, entry: number(parts[1], "entry"), leverage: number(leverage, "leverage"),
      quantity: number(parts[3], "quantity"))
  }
}

/// What if: a position's liquidation price on a venue, held against the map.
public struct PositionCheck: Hashable, Sendable {
  /// The position.
  public let position: StatedPosition
  /// Whose rules liquidate it.
  public let venue: Venue
  /// Where, and the numbers that led there.
  public let liquidation: LiquidationPrice
  /// From the map's price to the liquidation price, in percent; negative below.
  public let distancePercent: Double?
  /// The same in ATR.
  public let distanceATR: Double?
  /// Whether the map's price has passed the liquidation price: the position would be gone.
  public let isPassed: Bool
  /// The probability that the liquidation price trades within the horizon; empty where unknown.
  public let touch: [TouchHorizon: Double]
  /// Dollars of the same side that would be force-closed between the map's price and the
  /// liquidation price: what stands between. What lies beyond the map isn't counted.
  public let usdBetween: Double
  /// Clusters of the same side that begin between the two, nearest to the price first.
  public let between: [Cluster]
  /// The cluster that the liquidation price stands in; nil where it stands in none.
  public let within: Cluster?
  /// The next cluster of the same side behind it; nil where there's none on the map.
  public let beyond: Cluster?
  /// The nearest large cluster ahead, in the direction that the position profits from.
  public let ahead: Cluster?
  /// Profit at the map's price, in the quote currency.
  public let profit: Double
  /// Whether the map reaches the liquidation price.
  public let isOnMap: Bool

  /// The position's fate by isolated margin on a venue of linear contracts.
  ///
  /// - Parameters:
  ///   - map: the map.
  ///   - reading: its reading.
  ///   - volatility: the deviation of the log price over one hour, for the touch; nil where unknown.
  ///   - table: margin rules that were read at the venue; the shipped ones when nil.
  public init(
    _ position: StatedPosition, venue: Venue, instrument: Instrument, map: LiquidationMap,
    reading: MapReading, volatility: Double?, table: MaintenanceTable? = nil
  ) {
    self.position = position
    self.venue = venue
    let table = table ?? MaintenanceTable.table(venue: venue, instrument: instrument)
    let margin = MarginPosition(
      side: position.side, entryPrice: position.entry, size: position.quantity,
      leverage: position.leverage)
    // Every venue has a rule today; the fallback is the commonest one.
    let rule = LiquidationRule.rule(venue: venue) ?? LiquidationRule(name: .today, valuation: .mark)
    liquidation = LiquidationPrice(of: margin, rule: rule, maintenance: .table(table))
    let price = map.price
    let side = position.side
    profit = side.sign * position.quantity * (price - position.entry)
    ahead = side == .long ? reading.nearestShort : reading.nearestLong
    guard let level = liquidation.liquidationPrice else {
      distancePercent = nil
      distanceATR = nil
      isPassed = false
      touch = [:]
      usdBetween = 0
      between = []
      within = nil
      beyond = nil
      isOnMap = false
      return
    }
    distancePercent = (level - price) / price * 100
    distanceATR = reading.atr.map { (level - price) / $0 }
    isPassed = side == .long ? level >= price : level <= price
    touch =
      volatility.map { TouchModel(volatility: $0).probabilities(of: level, from: price) } ?? [:]
    let position = map.grid.position(of: level)
    isOnMap = position >= 0 && position <= Double(map.grid.count)
    let own = reading.magnets.filter { $0.side == side }.sorted { $0.distance < $1.distance }
    // Distances outwards from the price are positive towards the liquidation.
    func outwards(_ price: Double) -> Double { (map.price - price) * side.sign }
    let far = outwards(level)
    usdBetween =
      far > 0
      ? MapFrame(map).usd(side, from: min(price, level), to: max(price, level)) : 0
    between = own.filter { outwards($0.nearEdge) < far && !($0.low...$0.high).contains(level) }
    within = own.first { ($0.low...$0.high).contains(level) }
    beyond = own.first { outwards($0.nearEdge) > far }
  }
}
