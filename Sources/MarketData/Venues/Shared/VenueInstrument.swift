import Market

/// How a contract is valued.
public enum ContractKind: String, Hashable, Sendable {
  /// Sizes count coins; profit is paid in the quote currency.
  case linear
  /// Sizes count US dollars; profit is paid in the coin.
  case inverse
}

/// What one unit of a venue's size stands for.
public enum UnitSize: Hashable, Sendable {
  /// So many coins.
  case coins(Double)
  /// So many US dollars.
  case dollars(Double)
}

/// An instrument as a venue lists it: what its prices and sizes mean.
public struct VenueInstrument: Hashable, Sendable {
  /// The venue that lists it.
  public let venue: Venue
  /// The venue's own name of it.
  public let symbol: String
  /// Coin and quote currency, without multipliers: `1000PEPEUSDT` is about PEPE.
  public let instrument: Instrument
  /// How it is valued.
  public let kind: ContractKind
  /// Whether it never expires.
  public let isPerpetual: Bool
  /// What one unit of a size stands for, multiplier included; nil where that isn't known.
  public let unit: UnitSize?
  /// How many coins one quoted unit holds: 1000 for `1000PEPE` and `kPEPE`.
  public let multiplier: Double
  /// The step of the price, as the venue quotes it.
  public var tickSize: Double?
  /// The highest leverage that the venue states.
  public var maxLeverage: Double?
  /// The time between two funding payments.
  public var fundingInterval: Span?
  /// The venue's own word for its state; nil where nothing was read from the venue.
  public var state: String?
  /// Whether it can be traded now.
  public var isTrading = true
  /// When it expires or expired.
  public var expiry: Timestamp?
  /// Where it stands in the venue's list, where the venue names it by that.
  public var slot: Int?

  /// An instrument of a venue.
  public init(
    venue: Venue, symbol: String, instrument: Instrument, kind: ContractKind, isPerpetual: Bool,
    unit: UnitSize?, multiplier: Double = 1
  ) {
    self.venue = venue
    self.symbol = symbol
    self.instrument = instrument
    self.kind = kind
    self.isPerpetual = isPerpetual
    self.unit = unit
    self.multiplier = multiplier
  }

  /// Whether its quote currency stands for the US dollar.
  public var isQuotedInDollars: Bool {
    ["USD", "USDT", "USDC", "BUSD", "FDUSD", "USD1", "USDE", "TUSD"].contains(instrument.quote)
  }

  /// A size times the coins of a contract, which are decimal fractions: dividing by the whole
  /// number that makes up one coin rounds once where multiplying by the fraction would twice.
  private static func product(_ size: Double, _ coins: Double) -> Double {
    let whole = (1 / coins).rounded()
    return coins < 1 && whole * coins == 1 ? size / whole : size * coins
  }

  /// A price for one coin, from a price as the venue quotes it.
  func price(_ quoted: Double) -> Double { quoted / multiplier }

  /// What a size of the venue stands for: coins, and US dollars at a price as the venue quotes it.
  /// Nil where unit or price aren't known; `reason` says which.
  func amount(_ size: Double, at quoted: Double?) -> Amount {
    switch unit {
    case nil:
      return Amount(reason: "the contract size of \(symbol) is unknown")
    case .coins(let coins)?:
      // Sizes of one quoted unit stay exact: no multiplication by the multiplier and back.
      let dollars =
        isQuotedInDollars ? quoted.map { Self.product(size * $0, coins / multiplier) } : nil
      return Amount(
        quantity: Self.product(size, coins), dollars: dollars,
        reason: dollars != nil
          ? nil
          : isQuotedInDollars
            ? "the message holds no price of \(symbol)"
            : "\(symbol) is not quoted in dollars")
    case .dollars(let dollars)?:
      let value = size * dollars
      return Amount(
        quantity: quoted.map { value / price($0) }, dollars: value,
        reason: quoted == nil ? "the message holds no price of \(symbol)" : nil)
    }
  }
}

/// A size in coins and in US dollars.
public struct Amount: Hashable, Sendable {
  /// Coins; nil where unknown.
  public var quantity: Double?
  /// US dollars; nil where unknown.
  public var dollars: Double?
  /// Why one of them is unknown.
  public var reason: String?

  /// An amount; what is infinite or not a number counts as unknown.
  init(quantity: Double? = nil, dollars: Double? = nil, reason: String? = nil) {
    self.quantity = quantity.flatMap { $0.isFinite ? $0 : nil }
    self.dollars = dollars.flatMap { $0.isFinite ? $0 : nil }
    self.reason =
      reason ?? (self.quantity != quantity || self.dollars != dollars ? "too large" : nil)
  }
}
