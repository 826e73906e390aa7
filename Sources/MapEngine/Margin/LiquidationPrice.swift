import Market

/// Where a venue force-closes a position, and the numbers that led there.
///
/// The price solves `equity(P) = maintenance(P) + fee(P)` in closed form. Where a table deducts, the
/// bracket is the one at the liquidation price: the maintenance margin is then convex in the price,
/// so picking the bracket anew at each root ends at the only one. Source: the venues' own help
/// pages and documentation.
public struct LiquidationPrice: Hashable, Sendable {
  /// Where the maintenance rate comes from.
  public enum Maintenance: Hashable, Sendable {
    /// A venue's table: the bracket follows from the size, and its leverage cap applies.
    case table(MaintenanceTable)
    /// A rate and an amount (in the settlement currency), as given: no bracket, no cap.
    case stated(rate: Double, amount: Double)
  }

  /// The mark price that triggers the liquidation; nil where no such price exists, for the reason
  /// in `obstacle`.
  public let liquidationPrice: Double?
  /// Where the margin is used up; nil where no price above zero does that.
  public let bankruptcyPrice: Double?
  /// The maintenance margin rate that was used, a fraction of the value.
  public let maintenanceRate: Double
  /// The maintenance amount that was deducted, in the settlement currency.
  public let maintenanceAmount: Double
  /// The tier of the venue's table; nil where the rate was given.
  public let tier: Int?
  /// Why there is no liquidation price; nil where there is one.
  public let obstacle: LiquidationObstacle?
  /// The solution of the equation before any guard or rounding; it may be one that no market
  /// reaches. Nil where there is none.
  public let root: Double?
  /// The venue's test.
  public let rule: LiquidationRule
  /// How the contract pays.
  public let contract: MarginPosition.Contract
  /// Where the rate comes from.
  public let maintenance: Maintenance

  /// The liquidation price of a position.
  ///
  /// - Parameters:
  ///   - position: finite numbers above zero.
  ///   - rule: the venue's test.
  ///   - maintenance: the venue's table, or a rate below one.
  ///   - takerFee: the account's taker fee; the venue's regular one when nil. Ignored where the rule
  ///     has none.
  ///   - tick: the instrument's price step, where known. Only rules that are documented to round use
  ///     it.
  public init(
    of position: MarginPosition, rule: LiquidationRule, maintenance: Maintenance,
    takerFee: Double? = nil, tick: Double? = nil
  ) {
    let equation = LiquidationEquation(
      position: position, rule: rule, takerFee: takerFee ?? rule.regularTakerFee)
    let choice = BracketChoice(equation: equation, maintenance: maintenance)
    self.rule = rule
    self.maintenance = maintenance
    contract = position.contract
    maintenanceRate = choice.rate
    maintenanceAmount = choice.amount
    tier = choice.tier
    bankruptcyPrice = position.bankruptcyPrice
    root = equation.root(rate: choice.rate, amount: choice.amount)
    obstacle =
      choice.obstacle ?? equation.obstacle(root: root, rate: choice.rate, amount: choice.amount)
    guard obstacle == nil, let root else {
      liquidationPrice = nil
      return
    }
    if let tick, tick > 0, rule.roundsLongsUp, position.side == .long {
      // A root that stands on a tick but for the last bits stays there.
      liquidationPrice = (root / tick - 1e-9).rounded(.up) * tick
    } else {
      liquidationPrice = root
    }
  }

  /// The closed form that was solved.
  public var formula: String { rule.formula(contract) }

  /// Where the rate comes from, or why there is no price: one line.
  public var note: String {
    if let obstacle { return obstacle.description }
    guard case .table(let table) = maintenance else {
      return "maintenance rate and amount as given"
    }
    var text = "\(table.venue.displayName) \(table.symbol), table as of \(table.asOf)"
    if table.isFallback { text += "; fallback: \(table.source)" }
    if !table.isComplete { text += "; incomplete: the last known tier is extended" }
    if contract == .inverse {
      text += "; no inverse table is shipped: the linear bracket of the face value, its deduction"
      text += " spread over the position"
    }
    return text
  }
}
