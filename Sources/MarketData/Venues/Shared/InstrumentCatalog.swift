import Market

/// What is known of a venue's instruments: what the venue listed, else what symbols and the shipped
/// contract sizes tell.
public struct InstrumentCatalog: Sendable {
  /// The venue.
  public let venue: Venue
  private var bySymbol: [String: VenueInstrument] = [:]
  private var bySlot: [Int: VenueInstrument] = [:]
  private var fundingIntervals: [String: Span] = [:]

  /// The catalog that is shipped: no listing, only symbols and the dated contract sizes.
  public init(venue: Venue) {
    self.venue = venue
    if venue == .hyperliquid {
      for instrument in HyperliquidInstruments.shipped { add(instrument) }
    }
  }

  /// What the venue listed.
  public var listed: [VenueInstrument] {
    bySymbol.values.filter { $0.state != nil }.sorted { $0.symbol < $1.symbol }
  }

  /// Takes what a venue listed; a later listing of a symbol replaces an earlier.
  public mutating func add(_ instrument: VenueInstrument) {
    var instrument = instrument
    if let interval = fundingIntervals[instrument.symbol] { instrument.fundingInterval = interval }
    bySymbol[instrument.symbol] = instrument
    if let slot = instrument.slot { bySlot[slot] = instrument }
  }

  /// Takes a funding interval that the venue states apart from its list, before or after it.
  mutating func setFundingInterval(_ interval: Span, of symbol: String) {
    fundingIntervals[symbol] = interval
    bySymbol[symbol]?.fundingInterval = interval
  }

  /// The instrument of that symbol, listed or understood from its name; nil where it is neither.
  public func instrument(_ symbol: String) -> VenueInstrument? {
    if let listed = bySymbol[symbol] { return listed }
    return switch venue {
    case .binance: BinanceInstruments.understood(symbol)
    case .bybit: BybitInstruments.understood(symbol)
    case .okx: OKXInstruments.understood(symbol)
    case .hyperliquid: HyperliquidInstruments.understood(symbol)
    case .gate: GateInstruments.understood(symbol)
    case .simulatedA, .simulatedB: nil
    }
  }

  /// The instrument in that place of the venue's list.
  func instrument(slot: Int) -> VenueInstrument? { bySlot[slot] }

  /// The perpetual that a coin is traded in: the one listed, the most usual quote currency first;
  /// before anything was listed, the symbol that the venue would give it.
  public func perpetual(of coin: String, quote: String? = nil) -> VenueInstrument? {
    let wanted = coin.uppercased()
    let order = quote.map { [$0.uppercased()] } ?? ["USDT", "USDC", "USD"]
    let matching = listed.filter {
      $0.isPerpetual && $0.isTrading && $0.instrument.base == wanted
        && order.contains($0.instrument.quote)
    }
    let best = matching.min {
      let left = order.firstIndex(of: $0.instrument.quote) ?? order.count
      let right = order.firstIndex(of: $1.instrument.quote) ?? order.count
      return (left, $0.symbol) < (right, $1.symbol)
    }
    if let best { return best }
    guard listed.isEmpty else { return nil }
    return usualSymbol(wanted, quote: quote).flatMap { instrument($0) }
  }

  /// The perpetual that stands for an instrument here. USDT is the usual quote currency and no
  /// demand, since a venue may have others only; another quote currency is one.
  public func perpetual(for instrument: Instrument) -> VenueInstrument? {
    perpetual(
      of: instrument.base, quote: instrument.quote == "USDT" ? nil : instrument.quote)
  }

  private func usualSymbol(_ coin: String, quote: String?) -> String? {
    switch venue {
    case .binance: quote == "USD" ? "\(coin)USD_PERP" : "\(coin)\(quote ?? "USDT")"
    case .bybit: quote == "USDC" ? "\(coin)PERP" : "\(coin)\(quote ?? "USDT")"
    case .okx: "\(coin)-\(quote ?? "USDT")-SWAP"
    case .hyperliquid: coin
    case .gate: "\(coin)_\(quote ?? "USDT")"
    case .simulatedA, .simulatedB: nil
    }
  }
}
