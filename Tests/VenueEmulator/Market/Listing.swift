import Market

/// How a venue writes a number that it keeps in whole units of a decimal place.
struct NumberScale: Sendable {
  /// Decimal places that are kept.
  let decimals: Int
  /// The smallest step in units of the last place.
  let step: Int64
  /// Units in one.
  let scale: Double

  init(decimals: Int, step: Int64 = 1) {
    self.decimals = decimals
    self.step = step
    scale = Digits.power(decimals)
  }

  /// The nearest number that the venue allows, in units of the last place.
  func units(_ value: Double) -> Int64 {
    Int64((value * scale / Double(step)).rounded()) * step
  }

  func value(_ units: Int64) -> Double { Double(units) / scale }
}

/// One instrument of one venue, and which share of the simulated market trades there.
struct Listing: Sendable {
  enum Kind: Hashable, Sendable {
    /// Margined in the quote currency; sizes are coins or a fixed number of them.
    case linear
    /// Margined in the coin; a contract is a fixed number of dollars.
    case inverse
  }

  let venue: Venue
  /// As the venue writes it.
  let symbol: String
  /// Venue and symbol in one word.
  let key: String
  let coin: EmulatedCoin
  let kind: Kind
  /// Which of the two simulated venues trades here, and which share of it.
  let side: Int
  let weight: Double
  /// Coins that the quoted price is for: 1000 for 1000PEPE.
  let factor: Double
  /// The venue's price over the simulated one.
  let offset: Double
  let price: NumberScale
  /// Sizes as the venue writes them: in coins, or in contracts of `unit`.
  let size: NumberScale
  /// Quoted coins in a contract, or for inverse ones dollars; 1 where sizes are coins.
  let unit: Double
  /// The day of its listing, counted back from the first simulated day.
  let listedDays: Int
  /// The date of expiry in the venue's own writing; nil for perpetual ones.
  let expiry: String?
  /// Whether the venue has taken it off its list.
  let isDelisted: Bool
  /// Whether minutes without a trade happen here.
  let isQuiet: Bool

  init(
    _ venue: Venue, _ symbol: String, _ coin: EmulatedCoin, kind: Kind = .linear, side: Int,
    weight: Double, factor: Double = 1, offset: Double = 1, price: NumberScale,
    size: NumberScale, unit: Double = 1, listedDays: Int, expiry: String? = nil,
    isDelisted: Bool = false, isQuiet: Bool = false
  ) {
    self.venue = venue
    self.symbol = symbol
    key = "\(venue.rawValue) \(symbol)"
    self.coin = coin
    self.kind = kind
    self.side = side
    self.weight = weight
    self.factor = factor
    self.offset = offset
    self.price = price
    self.size = size
    self.unit = unit
    self.listedDays = listedDays
    self.expiry = expiry
    self.isDelisted = isDelisted
    self.isQuiet = isQuiet
  }

  /// The venue's price of a simulated one.
  func price(of simulated: Double) -> Int64 { max(price.units(simulated * factor * offset), 1) }

  /// The venue's size of so many simulated coins at a quoted price.
  func size(ofCoins coins: Double, price quoted: Double) -> Double {
    switch kind {
    case .linear: coins * weight / factor / unit
    case .inverse: coins * weight * quoted / factor / unit
    }
  }

  /// Quoted coins in a size of the venue's own.
  func coins(ofSize lots: Int64, price quoted: Double) -> Double {
    let own = size.value(lots) * unit
    return kind == .linear ? own : own / quoted
  }
}
