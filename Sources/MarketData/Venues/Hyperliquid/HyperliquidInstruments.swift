import Market

/// Hyperliquid's coins: `BTC`, `kPEPE` (thousands), `dex:COIN` of builder markets; `PURR/USDC` and
/// `@107` are spot. Sizes count coins.
enum HyperliquidInstruments {
  /// Coins whose place in the main list never changes, as read on 2026-09-25; the frames of all
  /// contexts name coins by their place only.
  static let shipped: [VenueInstrument] = [("BTC", 0), ("ETH", 1), ("SOL", 5)].compactMap {
    var known = understood($0.0)
    known?.slot = $0.1
    return known
  }

  /// What a coin's name tells by itself; nil for spot.
  static func understood(_ coin: String) -> VenueInstrument? {
    guard !coin.isEmpty, !isSpot(coin) else { return nil }
    return instrument(coin, quote: "USDC")
  }

  /// Whether a name is of the spot market.
  static func isSpot(_ coin: String) -> Bool { coin.contains("/") || coin.hasPrefix("@") }

  static func instrument(_ coin: String, quote: String) -> VenueInstrument {
    let name = CoinName(coin, allowsK: true)
    return VenueInstrument(
      venue: .hyperliquid, symbol: coin, instrument: Instrument(base: name.coin, quote: quote),
      kind: .linear, isPerpetual: true, unit: .coins(name.multiplier),
      multiplier: name.multiplier)
  }
}

extension Decoding {
  /// `meta`: the universe, whose order names the contexts, and the margin tables.
  mutating func hyperliquidMeta(_ meta: JSONObject) throws(DecodeProblem) {
    let collateral = try meta.double("collateralToken") ?? 0
    // Another collateral isn't dollars: its number stands for a currency that isn't named here.
    let quote = collateral == 0 ? "USDC" : "TOKEN\(codeText(meta["collateralToken"]) ?? "")"
    var tables: [Double: [JSONValue]] = [:]
    for pair in meta["marginTables"]?.array ?? [] {
      guard let pair = pair.array, pair.count == 2, let table = pair[1].object else {
        throw DecodeProblem(reason: "a margin table that is no pair of number and table")
      }
      tables[try Field.need(pair[0], "margin table")] = try table.list("marginTiers")
    }
    for (slot, element) in try meta.list("universe").enumerated() {
      attempt("universe \(slot)") { decoding throws(DecodeProblem) in
        let coin = try element.needObject()
        try decoding.hyperliquidListing(coin, slot: slot, quote: quote)
        let id = try coin.double("marginTableId")
        try decoding.hyperliquidTiers(
          coin, table: id.flatMap { tables[$0] }, flat: id.flatMap { $0 < 50 ? $0 : nil })
      }
    }
  }

  private mutating func hyperliquidListing(
    _ coin: JSONObject, slot: Int, quote: String
  ) throws(DecodeProblem) {
    let name = try coin.needText("name")
    var listed = HyperliquidInstruments.instrument(name, quote: quote)
    let isDelisted = try coin.flag("isDelisted") ?? false
    listed.maxLeverage = try coin.size("maxLeverage")
    listed.fundingInterval = .hours(1)
    listed.state = isDelisted ? "delisted" : "listed"
    listed.isTrading = !isDelisted
    // Builder markets count their places by themselves.
    if !name.contains(":") { listed.slot = slot }
    add(.instrument(listed), about: name, listed, time: context.receivedAt)
  }

  /// Half the inverse of a tier's leverage is its maintenance rate, and the deductions keep the
  /// margin continuous. A table below 50 that isn't in the list is flat: its number is the leverage.
  private mutating func hyperliquidTiers(
    _ coin: JSONObject, table: [JSONValue]?, flat: Double?
  ) throws(DecodeProblem) {
    guard wants(.maintenanceTiers) else { return }
    let name = try coin.needText("name")
    var steps: [(floor: Double, leverage: Double)] = []
    for element in table ?? [] {
      let tier = try element.needObject()
      steps.append((try tier.needSize("lowerBound"), try tier.needSize("maxLeverage")))
    }
    if steps.isEmpty {
      let stated = try coin.size("maxLeverage")
      guard let leverage = flat ?? stated else {
        throw DecodeProblem(reason: "neither margin table nor leverage")
      }
      steps = [(0, leverage)]
    }
    steps.sort { $0.floor < $1.floor }
    var tiers: [MaintenanceTiers.Tier] = []
    var deduction = 0.0
    for (index, step) in steps.enumerated() {
      guard step.leverage > 0 else { throw DecodeProblem(reason: "a leverage of \(step.leverage)") }
      let rate = 1 / (2 * step.leverage)
      if let below = tiers.last { deduction += step.floor * (rate - below.rate) }
      tiers.append(
        MaintenanceTiers.Tier(
          number: 0, floor: step.floor,
          cap: index + 1 < steps.count ? steps[index + 1].floor : nil, rate: rate,
          maxLeverage: step.leverage, deduction: deduction))
    }
    add(
      .maintenanceTiers(try MaintenanceTiers(unit: .dollars, tiers: tiers)), about: name,
      time: context.receivedAt)
  }
}
