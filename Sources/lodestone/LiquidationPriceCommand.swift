import ArgumentParser
import MapEngine
import Market

/// `lodestone liquidation-price`: where a venue would force-close one given position, as JSON.
struct LiquidationPriceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "liquidation-price",
    abstract: "Where a venue would force-close a position, as JSON.",
    discussion: """
      The price is solved from the venue's own test, with its maintenance table of the instrument \
      or with the rate given. It is null, with the reason in the note, where the venue doesn't hold \
      such a position or no price liquidates it.

      Rules: today (default); classic (bybit until 2025, okx without fee, hyperliquid before April \
      2023); uta (bybit since 2026); textbook (the approximation of map tools, no venue's rule).
      """)

  @Option(help: "binance, bybit, okx, hyperliquid or gate.")
  var venue: String

  @Option(help: "The instrument whose maintenance table applies: BTC, BTCUSDT, BTC-USDT-SWAP.")
  var instrument: String?

  @Option(help: "The position's side: long or short.")
  var side: String

  @Option(parsing: .unconditional, help: "The average entry price.")
  var entry: Double

  @Option(
    parsing: .unconditional,
    help: "The position's size: coins; US dollars of face value for an inverse contract.")
  var quantity: Double

  @Option(parsing: .unconditional, help: "The leverage of the opening.")
  var leverage: Double?

  @Option(
    parsing: .unconditional,
    help: """
      The whole margin of the position, in the quote currency, or in coins for an inverse contract; \
      wins over --leverage.
      """)
  var margin: Double?

  @Option(
    parsing: .unconditional,
    help: "A maintenance margin rate (0.004 for 0.4 %) instead of the venue's table.")
  var maintenanceRate: Double?

  @Option(parsing: .unconditional, help: "The maintenance amount that goes with that rate.")
  var maintenanceAmount: Double?

  @Option(
    parsing: .unconditional,
    help: "The account's taker fee (0.0005 for 0.05 %), where the venue's rule counts one.")
  var takerFee: Double?

  @Option(help: "linear or inverse.")
  var contract = "linear"

  @Option(help: "isolated or cross.")
  var marginMode = "isolated"

  @Option(help: "today, classic, uta or textbook, where the venue has had such a rule.")
  var rule = "today"

  func validate() throws {
    _ = try solve()
  }

  func run() throws {
    StandardOutput.print(Self.json(try solve()))
  }

  /// The answer to the question that the options ask.
  func solve() throws -> LiquidationPrice {
    let venue = try knownVenue()
    guard let rule = LiquidationRule.rule(try known(rule, "--rule"), venue: venue) else {
      throw ValidationError(
        "\(venue.rawValue) has had no rule named \(rule); it has had "
          + LiquidationRule.names(venue: venue).map(\.rawValue).joined(separator: ", ") + ".")
    }
    let position = try position(venue: venue)
    let maintenance = try maintenance(venue: venue)
    if let takerFee { try require(takerFee, "--taker-fee", in: 0..<1) }
    let fee = rule.countsTakerFee ? takerFee ?? rule.regularTakerFee : 0
    if case .stated(let rate, _) = maintenance, rate + fee >= 1 {
      throw ValidationError(
        "--maintenance-rate and taker fee are \(rate + fee) together; they must be below 1.")
    }
    return LiquidationPrice(
      of: position, rule: rule, maintenance: maintenance, takerFee: takerFee)
  }

  /// The answer as JSON: every key, numbers in full precision, null where there is none.
  static func json(_ price: LiquidationPrice) -> String {
    func number(_ value: Double?) -> String {
      guard let value, value.isFinite else { return "null" }
      return "\(value)"
    }
    let lines = [
      ("liquidation_price", number(price.liquidationPrice)),
      ("bankruptcy_price", number(price.bankruptcyPrice)),
      ("maintenance_rate", number(price.maintenanceRate)),
      ("maintenance_amount", number(price.maintenanceAmount)),
      ("tier", price.tier.map { "\($0)" } ?? "null"),
      ("formula", quoted(price.formula)),
      ("note", quoted(price.note)),
    ]
    return "{\n" + lines.map { "  \"\($0.0)\": \($0.1)" }.joined(separator: ",\n") + "\n}"
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0..<0x20:
        let code = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - code.count) + code
      case 0x22, 0x5C:
        result += "\\\(scalar)"
      default:
        result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private func knownVenue() throws -> Venue {
    guard let known = Venue(rawValue: venue.lowercased()), !known.isSimulated else {
      throw ValidationError(
        "\(venue) is no venue whose rules are known; those are "
          + Venue.real.map(\.rawValue).joined(separator: ", ") + ".")
    }
    return known
  }

  private func position(venue: Venue) throws -> MarginPosition {
    let side: Side = try known(side, "--side")
    let contract: MarginPosition.Contract = try known(contract, "--contract")
    let mode: MarginPosition.Mode = try known(marginMode, "--margin-mode")
    if venue == .hyperliquid && contract == .inverse {
      throw ValidationError("hyperliquid lists no inverse contracts.")
    }
    try requirePositive(entry, "--entry")
    try requirePositive(quantity, "--quantity")
    if let leverage { try requirePositive(leverage, "--leverage") }
    let position: MarginPosition
    if let margin {
      try requirePositive(margin, "--margin")
      position = MarginPosition(
        side: side, contract: contract, entryPrice: entry, size: quantity, margin: margin,
        mode: mode)
    } else if let leverage {
      position = MarginPosition(
        side: side, contract: contract, entryPrice: entry, size: quantity, leverage: leverage,
        mode: mode)
    } else {
      throw ValidationError("Give --leverage or --margin.")
    }
    try requirePositive(position.value(at: entry), "The position's value")
    try requirePositive(position.margin, "The position's margin")
    return position
  }

  private func maintenance(venue: Venue) throws -> LiquidationPrice.Maintenance {
    if let maintenanceAmount {
      try require(maintenanceAmount, "--maintenance-amount", in: 0..<Double.infinity)
      if maintenanceRate == nil {
        throw ValidationError("--maintenance-amount goes with --maintenance-rate.")
      }
    }
    if let maintenanceRate {
      try require(maintenanceRate, "--maintenance-rate", in: 0..<1)
      return .stated(rate: maintenanceRate, amount: maintenanceAmount ?? 0)
    }
    guard let instrument else {
      throw ValidationError("Give --instrument, or --maintenance-rate to do without a table.")
    }
    guard let named = Instrument(named: instrument) else {
      throw ValidationError("\(instrument) names no instrument.")
    }
    return .table(MaintenanceTable.table(venue: venue, instrument: named))
  }

  private func known<Word: RawRepresentable & CaseIterable>(
    _ text: String, _ option: String
  ) throws -> Word where Word.RawValue == String {
    guard let word = Word(rawValue: text.lowercased()) else {
      let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("\(option) is \(text); it must be one of \(words).")
    }
    return word
  }

  private func requirePositive(_ value: Double, _ option: String) throws {
    guard value.isFinite, value > 0 else {
      throw ValidationError("\(option) is \(value); it must be a finite number above zero.")
    }
  }

  private func require(_ value: Double, _ option: String, in range: Range<Double>) throws {
    guard range.contains(value) else {
      let upper = range.upperBound == .infinity ? "" : " and below \(Int(range.upperBound))"
      throw ValidationError("\(option) is \(value); it must be at least zero\(upper).")
    }
  }
}
