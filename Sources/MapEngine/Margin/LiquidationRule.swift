import Market

/// How a venue tests a position for liquidation. Four switches tell the venues apart: valued at the
/// mark or at the entry, closing fee counted or not, and how added margin and ticks are treated;
/// deductions and the unit of the brackets stand in the `MaintenanceTable`.
public struct LiquidationRule: Hashable, Sendable {
  /// The rules that a venue has had.
  public enum Name: String, CaseIterable, Hashable, Sendable {
    /// What the venue does today.
    case today
    /// What it did before: Bybit until 2025 (maintenance frozen at the entry value), OKX by its v3
    /// documentation (no fee), Hyperliquid before April 2023 (maintenance at the given price).
    case classic
    /// Bybit's unified trading account, by its help page of May 2026.
    case uta
    /// The first-order approximation of map tools, `E (1 - s/L + s r)`: no venue's rule. It stands
    /// here to be labelled and compared.
    case textbook
  }

  /// The price that the maintenance margin is valued at.
  public enum Valuation: String, Hashable, Sendable {
    /// The mark price of the moment.
    case mark
    /// The entry price, whatever the mark does.
    case entry
  }

  /// Which of the venue's rules it is.
  public let name: Name
  /// The price that the maintenance margin is valued at.
  public let valuation: Valuation
  /// Whether the closing taker fee is added to the maintenance margin.
  public let countsTakerFee: Bool
  /// Whether margin added after the entry counts only net of the closing fee.
  public let scalesAddedMargin: Bool
  /// Whether the venue rounds a long's price up to its tick, where the tick is known.
  public let roundsLongsUp: Bool
  /// The taker fee of a regular account at the venue, a fraction of the value; zero where the rule
  /// has none.
  public let regularTakerFee: Double

  /// A rule of those switches.
  public init(
    name: Name, valuation: Valuation, countsTakerFee: Bool = false,
    scalesAddedMargin: Bool = false, roundsLongsUp: Bool = false, regularTakerFee: Double = 0
  ) {
    self.name = name
    self.valuation = valuation
    self.countsTakerFee = countsTakerFee
    self.scalesAddedMargin = scalesAddedMargin
    self.roundsLongsUp = roundsLongsUp
    self.regularTakerFee = regularTakerFee
  }

  /// The rule of that name at a venue; nil where the venue never had it. The simulated venues trade
  /// by Binance's and Bybit's rules.
  public static func rule(_ name: Name = .today, venue: Venue) -> LiquidationRule? {
    switch (venue, name) {
    case (.simulatedA, _): rule(name, venue: .binance)
    case (.simulatedB, _): rule(name, venue: .bybit)
    case (.binance, .today), (.hyperliquid, .today):
      LiquidationRule(name: name, valuation: .mark)
    case (.bybit, .today), (.bybit, .uta):
      LiquidationRule(
        name: name, valuation: .mark, scalesAddedMargin: true, roundsLongsUp: true,
        regularTakerFee: 0.00055)
    case (.bybit, .classic):
      LiquidationRule(name: name, valuation: .entry, roundsLongsUp: true)
    case (.okx, .today):
      LiquidationRule(
        name: name, valuation: .mark, countsTakerFee: true, regularTakerFee: OKXTables.takerFee)
    case (.okx, .classic):
      LiquidationRule(name: name, valuation: .mark)
    case (.gate, .today):
      LiquidationRule(
        name: name, valuation: .mark, countsTakerFee: true, regularTakerFee: GateTables.takerFee)
    case (.hyperliquid, .classic):
      LiquidationRule(name: name, valuation: .entry)
    case (.okx, .textbook), (.gate, .textbook):
      LiquidationRule(
        name: name, valuation: .entry, countsTakerFee: true,
        regularTakerFee: venue == .okx ? OKXTables.takerFee : GateTables.takerFee)
    case (_, .textbook):
      LiquidationRule(name: name, valuation: .entry)
    case (_, .classic), (_, .uta):
      nil
    }
  }

  /// The names of the rules that a venue has had, today's first.
  public static func names(venue: Venue) -> [Name] {
    Name.allCases.filter { rule($0, venue: venue) != nil }
  }

  /// The closed form, in the symbols of the trade: s = +1 long, -1 short; E entry, q coins, Q face
  /// value, m margin, r maintenance rate, c maintenance amount, f taker fee.
  public func formula(_ contract: MarginPosition.Contract) -> String {
    let rate = countsTakerFee ? "(r + f)" : "r"
    return switch (contract, valuation) {
    case (.linear, .mark): "P = (E - s (m + c) / q) / (1 - s \(rate))"
    case (.linear, .entry): "P = E - s (m - (q E \(rate) - c)) / q"
    case (.inverse, .mark): "P = Q (1 + s \(rate)) / (Q / E + s (m + c))"
    case (.inverse, .entry): "P = Q / (Q / E + s (m - (Q / E \(rate) - c)))"
    }
  }
}
