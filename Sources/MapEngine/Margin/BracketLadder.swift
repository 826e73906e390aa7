/// Brackets from a venue's rows of three: the size at which the bracket ends, its maintenance
/// margin rate, its highest leverage.
enum BracketLadder {
  /// Brackets with the deduction that keeps the maintenance margin continuous from one to the next:
  /// `amount(n) = amount(n - 1) + floor(n) x (rate(n) - rate(n - 1))`, to a millionth.
  static func deducting(_ steps: [Double]) -> [MaintenanceBracket] {
    brackets(steps, deducts: true)
  }

  /// Brackets without deduction: the whole position pays the rate of its tier.
  static func plain(_ steps: [Double]) -> [MaintenanceBracket] {
    brackets(steps, deducts: false)
  }

  private static func brackets(_ steps: [Double], deducts: Bool) -> [MaintenanceBracket] {
    let count = steps.count / 3
    var result: [MaintenanceBracket] = []
    result.reserveCapacity(count)
    var amount = 0.0
    var floor = 0.0
    for index in 0..<count {
      let rate = steps[index * 3 + 1]
      if deducts, let below = result.last { amount += floor * (rate - below.rate) }
      let cap = index == count - 1 ? .infinity : steps[index * 3]
      result.append(
        MaintenanceBracket(
          tier: index + 1, floor: floor, cap: cap, rate: rate,
          maxLeverage: steps[index * 3 + 2],
          // Whole cents and less are what venues print; the sum of products isn't exact in binary.
          amount: (amount * 1e6).rounded() / 1e6))
      floor = cap
    }
    return result
  }
}

/// Tables by coin: the symbol without its quote currency.
func shippedTables(_ tables: [MaintenanceTable]) -> [String: MaintenanceTable] {
  var byCoin: [String: MaintenanceTable] = [:]
  for table in tables {
    let coin =
      table.symbol.hasSuffix("USDT") ? String(table.symbol.dropLast(4)) : table.symbol
    byCoin[coin.uppercased()] = table
  }
  return byCoin
}
