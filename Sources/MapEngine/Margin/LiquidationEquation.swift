import Market

/// The equation `equity(P) = maintenance(P) + fee(P)` of one position.
struct LiquidationEquation {
  let position: MarginPosition
  let rule: LiquidationRule
  /// The fee that the test counts, a fraction of the value.
  let countedFee: Double
  /// The margin of the test: added margin counts net of the closing fee where the rule says so.
  let margin: Double

  init(position: MarginPosition, rule: LiquidationRule, takerFee: Double) {
    self.position = position
    self.rule = rule
    countedFee = rule.countsTakerFee ? takerFee : 0
    let sign = position.contract == .linear ? -position.side.sign : position.side.sign
    let scale = rule.scalesAddedMargin ? 1 + sign * takerFee : 1
    margin = position.margin + position.addedMargin / scale
  }

  /// The solution; nil where the equation has none at a finite price.
  func root(rate: Double, amount: Double) -> Double? {
    let sign = position.side.sign
    let entry = position.entryPrice
    let size = position.size
    let rate = rate + countedFee
    switch (position.contract, rule.valuation) {
    case (.linear, .mark):
      let slope = 1 - sign * rate
      return slope > 0 ? (entry - sign * (margin + amount) / size) / slope : nil
    case (.linear, .entry):
      return entry - sign * (margin - (size * entry * rate - amount)) / size
    case (.inverse, .mark):
      let coins = size / entry + sign * (margin + amount)
      return coins > 0 ? size * (1 + sign * rate) / coins : nil
    case (.inverse, .entry):
      let coins = size / entry
      let remaining = coins + sign * (margin - (coins * rate - amount))
      return remaining > 0 ? size / remaining : nil
    }
  }

  /// Why that solution isn't a liquidation price; nil where it is.
  func obstacle(root: Double?, rate: Double, amount: Double) -> LiquidationObstacle? {
    let required = position.value(at: position.entryPrice) * (rate + countedFee) - amount
    guard margin > required else {
      return .liquidatedAtEntry(margin: margin, required: required)
    }
    guard let root, root > 0 else { return .outlasts(root: root) }
    return nil
  }
}

/// The bracket that a position is tested against.
struct BracketChoice {
  let rate: Double
  let amount: Double
  let tier: Int?
  /// Why the venue doesn't hold such a position; nil where it does.
  let obstacle: LiquidationObstacle?

  init(equation: LiquidationEquation, maintenance: LiquidationPrice.Maintenance) {
    switch maintenance {
    case .stated(let rate, let amount):
      self.rate = rate
      self.amount = amount
      tier = nil
      obstacle = nil
    case .table(let table):
      let position = equation.position
      let coins =
        position.contract == .linear ? position.size : position.size / position.entryPrice
      let size = table.size(coins: coins, price: position.entryPrice)
      let atEntry = table.bracket(size: size)
      obstacle = Self.obstacle(position, table: table, size: size, bracket: atEntry)
      if position.contract == .inverse {
        // The deduction is stated in dollars, and so is the face value: spread over it, it lowers
        // the rate, whatever the price.
        rate = atEntry.rate - atEntry.amount / position.size
        amount = 0
        tier = atEntry.tier
      } else {
        let bracket = Self.settled(equation: equation, table: table, from: atEntry)
        rate = bracket.rate
        amount = bracket.amount
        tier = bracket.tier
      }
    }
  }

  /// The bracket at the liquidation price. Only a table that deducts, valued at the mark, moves a
  /// position between brackets: contracts don't change with the price.
  private static func settled(
    equation: LiquidationEquation, table: MaintenanceTable, from start: MaintenanceBracket
  ) -> MaintenanceBracket {
    guard table.deducts, equation.rule.valuation == .mark else { return start }
    var bracket = start
    for _ in table.brackets {
      guard let root = equation.root(rate: bracket.rate, amount: bracket.amount) else { break }
      let size = table.size(coins: equation.position.size, price: max(root, 0))
      let next = table.bracket(size: size)
      if next.tier == bracket.tier { break }
      bracket = next
    }
    return bracket
  }

  private static func obstacle(
    _ position: MarginPosition, table: MaintenanceTable, size: Double, bracket: MaintenanceBracket
  ) -> LiquidationObstacle? {
    if size > table.largestSize {
      return .size(
        size, maximum: table.largestSize, symbol: table.symbol, venue: table.venue)
    }
    guard let leverage = position.openingLeverage else { return nil }
    // A margin that was rounded to the cent implies a hair more than the leverage that it is for.
    let leastLeverage = position.leverage ?? leverage * 0.999
    if bracket.offers(leverage: leastLeverage) { return nil }
    return .leverage(
      leverage, maximum: bracket.maxLeverage, symbol: table.symbol, venue: table.venue)
  }
}
