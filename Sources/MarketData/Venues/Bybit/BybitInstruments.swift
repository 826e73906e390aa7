import Market

/// Bybit's symbols: `BTCUSDT`, `BTCPERP` (USDC), dated `BTCUSDT-25DEC26` and `BTC-25DEC26` (USDC):
/// linear, sizes in coins; `BTCUSD`, dated `BTCUSDU26`: inverse, sizes in US dollars.
enum BybitInstruments {
  /// What a symbol tells by itself.
  static func understood(_ symbol: String) -> VenueInstrument? {
    let parts = symbol.split(separator: "-", maxSplits: 1)
    guard let head = parts.first else { return nil }
    let isDated = parts.count > 1
    for quote in ["USDT", "USDC"] where head.hasSuffix(quote) && head.count > 4 {
      return instrument(
        symbol, base: String(head.dropLast(4)), quote: quote, isInverse: false,
        isPerpetual: !isDated)
    }
    if head.hasSuffix("PERP"), head.count > 4 {
      return instrument(
        symbol, base: String(head.dropLast(4)), quote: "USDC", isInverse: false,
        isPerpetual: true)
    }
    if isDated {
      return instrument(
        symbol, base: String(head), quote: "USDC", isInverse: false, isPerpetual: false)
    }
    if head.hasSuffix("USD"), head.count > 3 {
      return instrument(
        symbol, base: String(head.dropLast(3)), quote: "USD", isInverse: true, isPerpetual: true)
    }
    // An inverse delivery: the letter of the month and two digits of the year.
    let tail = head.suffix(3)
    let stem = head.dropLast(3)
    guard stem.hasSuffix("USD"), stem.count > 3, let month = tail.first,
      "FGHJKMNQUVXZ".contains(month), tail.dropFirst().allSatisfy(\.isNumber)
    else { return nil }
    return instrument(
      symbol, base: String(stem.dropLast(3)), quote: "USD", isInverse: true, isPerpetual: false)
  }

  /// An instrument from what is listed or understood of it.
  static func instrument(
    _ symbol: String, base: String, quote: String, isInverse: Bool, isPerpetual: Bool
  ) -> VenueInstrument {
    let name = CoinName(base)
    return VenueInstrument(
      venue: .bybit, symbol: symbol, instrument: Instrument(base: name.coin, quote: quote),
      kind: isInverse ? .inverse : .linear, isPerpetual: isPerpetual,
      unit: isInverse ? .dollars(1) : .coins(name.multiplier), multiplier: name.multiplier)
  }
}

extension Decoding {
  /// `instruments-info`: one row.
  mutating func bybitListing(_ row: JSONObject, time: Timestamp?) throws(DecodeProblem) {
    let symbol = try row.needText("symbol")
    let contractType = try row.needText("contractType")
    var listed = BybitInstruments.instrument(
      symbol, base: try row.needText("baseCoin"), quote: try row.needText("quoteCoin"),
      isInverse: contractType.hasPrefix("Inverse"),
      isPerpetual: contractType.hasSuffix("Perpetual"))
    listed.tickSize = try row["priceFilter"]?.object.map {
      filter throws(DecodeProblem) in try filter.size("tickSize")
    }.flatMap { $0 }
    listed.maxLeverage = try row["leverageFilter"]?.object.map {
      filter throws(DecodeProblem) in try filter.size("maxLeverage")
    }.flatMap { $0 }
    // Minutes here, hours in tickers.
    listed.fundingInterval = try row.size("fundingInterval").flatMap { Span(hours: $0 / 60) }
    listed.state = try row.text("status")
    listed.isTrading = listed.state == "Trading"
    if !listed.isPerpetual { listed.expiry = try row.time("deliveryTime") }
    add(.instrument(listed), about: symbol, listed, time: time)
  }

  /// `risk-limit`: rows of one or more symbols, in no order. Rates are fractions or percent: the
  /// initial margin rate times the highest leverage, which is 1 or 100, tells which.
  mutating func bybitTiers(
    _ list: [JSONValue], isInverse: Bool, time: Timestamp?
  ) throws(DecodeProblem) {
    guard wants(.maintenanceTiers) else { return }
    var bySymbol: [(symbol: String, tiers: [MaintenanceTiers.Tier])] = []
    for element in list {
      guard let row = element.object else {
        throw DecodeProblem(reason: "a tier is \(element.kind); it must be an object")
      }
      let symbol = try row.needText("symbol")
      let tier = try bybitTier(row)
      if let index = bySymbol.firstIndex(where: { $0.symbol == symbol }) {
        bySymbol[index].tiers.append(tier)
      } else {
        bySymbol.append((symbol, [tier]))
      }
    }
    for (symbol, tiers) in bySymbol {
      attempt(symbol) { decoding throws(DecodeProblem) in
        let table = try MaintenanceTiers(
          unit: isInverse ? .coins : .dollars, tiers: MaintenanceTiers.joined(tiers))
        decoding.add(.maintenanceTiers(table), about: symbol, time: time)
      }
    }
  }

  private func bybitTier(_ row: JSONObject) throws(DecodeProblem) -> MaintenanceTiers.Tier {
    let initial = try row.needSize("initialMargin")
    let leverage = try row.needSize("maxLeverage")
    let divisor: Double
    switch initial * leverage {
    case 0.5...2: divisor = 1
    case 50...200: divisor = 100
    default:
      throw DecodeProblem(
        reason: "an initial margin of \(initial) and \(leverage)x are neither fraction nor percent")
    }
    return MaintenanceTiers.Tier(
      number: 0, floor: 0, cap: try row.needSize("riskLimitValue"),
      rate: try row.needSize("maintenanceMargin") / divisor, maxLeverage: leverage,
      deduction: try row.size("mmDeduction"))
  }
}

extension MaintenanceTiers {
  /// Tiers that are stated by their caps, each beginning where the one below ends; nothing is
  /// deducted in the first.
  static func joined(_ tiers: [Tier]) -> [Tier] {
    var sorted = tiers.sorted { ($0.cap ?? .infinity) < ($1.cap ?? .infinity) }
    for index in sorted.indices.dropFirst() { sorted[index].floor = sorted[index - 1].cap ?? 0 }
    if sorted.first?.deduction == nil, !sorted.isEmpty { sorted[0].deduction = 0 }
    return sorted
  }
}
