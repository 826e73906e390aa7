import MapEngine
import Market
import MarketData

extension MaintenanceTable {
  /// The table that a venue's own tiers make, read at a moment; nil where a tier doesn't say what
  /// leverage it offers, or counts contracts of a size that isn't known.
  ///
  /// Whether the venue's liquidation test counts a fee is a rule of the venue and is taken from
  /// the shipped table.
  init?(_ tiers: MaintenanceTiers, of instrument: VenueInstrument, readAt moment: Timestamp) {
    let unit: SizeUnit
    switch tiers.unit {
    case .dollars: unit = .quoteNotional
    case .coins: unit = .contracts(coins: 1)
    case .contracts:
      guard case .coins(let coins)? = instrument.unit else { return nil }
      unit = .contracts(coins: coins)
    }
    var brackets: [MaintenanceBracket] = []
    for (index, tier) in tiers.tiers.enumerated() {
      guard let maxLeverage = tier.maxLeverage else { return nil }
      let isLast = index == tiers.tiers.count - 1
      brackets.append(
        MaintenanceBracket(
          tier: tier.number, floor: tier.floor, cap: isLast ? .infinity : tier.cap ?? .infinity,
          rate: tier.rate, maxLeverage: maxLeverage, amount: tier.deduction ?? 0))
    }
    let shipped = MaintenanceTable.table(
      venue: instrument.venue, instrument: instrument.instrument)
    self.init(
      venue: instrument.venue, symbol: instrument.symbol, unit: unit, brackets: brackets,
      countedTakerFee: shipped.countedTakerFee,
      largestSize: tiers.tiers.last?.cap ?? .infinity,
      asOf: String(moment.description.prefix(10)),
      source: "\(instrument.venue.displayName), read live")
  }

  /// Whether another table has the same rules, whenever and wherever either was read.
  func agrees(with other: MaintenanceTable) -> Bool {
    brackets == other.brackets && unit == other.unit && countedTakerFee == other.countedTakerFee
  }
}
