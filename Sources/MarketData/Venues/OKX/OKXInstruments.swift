import Market

/// OKX's symbols: `BTC-USDT-SWAP` (linear), `BTC-USD-SWAP` (inverse), dated `BTC-USD-261030`
/// (inverse) and `BTC-USD_UM-261030` (linear), `BTC-USD_UM_XPERP-310404` (linear, with funding).
/// All sizes count contracts.
enum OKXInstruments {
  /// Contract sizes by family, read from the venue's list on 2026-09-25 (BTC, ETH), 2022-05-13
  /// (DOGE, SHIB), with the position tiers of 2026-05-28 (SOL, XRP), and from volumes of 2022 that
  /// are given in contracts and in coins (ETH, UNI and XRP against USD).
  static let shippedUnits: [String: UnitSize] = [
    "BTC-USDT": .coins(0.01), "ETH-USDT": .coins(0.1), "SOL-USDT": .coins(1),
    "XRP-USDT": .coins(100), "DOGE-USDT": .coins(1_000), "SHIB-USDT": .coins(1_000_000),
    "BTC-USD_UM": .coins(0.01), "BTC-USD": .dollars(100), "ETH-USD": .dollars(10),
    "XRP-USD": .dollars(10), "UNI-USD": .dollars(10),
  ]

  /// What a symbol tells by itself; nil for spot pairs and indices (`BTC-USDT`) and options.
  static func understood(_ symbol: String) -> VenueInstrument? {
    let parts = symbol.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    let words = parts[1].split(separator: "_").map(String.init)
    guard let quote = words.first else { return nil }
    let isDated = parts[2] != "SWAP"
    guard !isDated || parts[2].allSatisfy(\.isNumber) else { return nil }
    let isInverse = quote == "USD" && !words.contains("UM")
    let family = parts[0] + "-" + parts[1].replacing("_XPERP", with: "")
    return VenueInstrument(
      venue: .okx, symbol: symbol, instrument: Instrument(base: parts[0], quote: quote),
      kind: isInverse ? .inverse : .linear,
      isPerpetual: !isDated || words.contains("XPERP"), unit: shippedUnits[family])
  }

  /// What a symbol of an index or a spot pair (`BTC-USDT`) names; nil for contracts. It is no
  /// contract, so its sizes mean nothing.
  static func pair(_ symbol: String) -> VenueInstrument? {
    let parts = symbol.split(separator: "-").map(String.init)
    guard parts.count == 2 else { return nil }
    return VenueInstrument(
      venue: .okx, symbol: symbol, instrument: Instrument(base: parts[0], quote: parts[1]),
      kind: .linear, isPerpetual: false, unit: nil)
  }
}

extension Decoding {
  /// `instruments`: one row.
  mutating func okxListing(_ row: JSONObject) throws(DecodeProblem) {
    let symbol = try row.needText("instId")
    guard try row.text("instType") ?? "SWAP" != "SPOT",
      let named = OKXInstruments.understood(symbol)
    else { return ignore("spot instrument") }
    let isInverse = try row.needText("ctType") == "inverse"
    let size = try row.needSize("ctVal") * (try row.size("ctMult") ?? 1)
    guard size > 0 else { throw DecodeProblem(reason: "a contract size of \(size)") }
    var listed = VenueInstrument(
      venue: .okx, symbol: symbol, instrument: named.instrument,
      kind: isInverse ? .inverse : .linear, isPerpetual: named.isPerpetual,
      unit: isInverse ? .dollars(size) : .coins(size))
    listed.tickSize = try row.size("tickSz")
    listed.maxLeverage = try row.size("lever")
    listed.state = try row.text("state")
    listed.isTrading = listed.state == "live"
    listed.expiry = try row.time("expTime")
    add(.instrument(listed), about: symbol, listed, time: nil)
  }

  /// `position-tiers`: rows of one or more families. Sizes count contracts, nothing is deducted:
  /// the rate of its tier applies to a whole position.
  mutating func okxTiers(_ list: [JSONValue]) throws(DecodeProblem) {
    guard wants(.maintenanceTiers) else { return }
    var byFamily: [(family: String, tiers: [MaintenanceTiers.Tier])] = []
    for element in list {
      let row = try element.needObject()
      let family = try row.needText(row.present("instFamily", "uly"))
      let tier = MaintenanceTiers.Tier(
        number: 0, floor: try row.needSize("minSz"), cap: try row.size("maxSz"),
        rate: try row.needSize("mmr"), maxLeverage: try row.size("maxLever"), deduction: 0)
      if let index = byFamily.firstIndex(where: { $0.family == family }) {
        byFamily[index].tiers.append(tier)
      } else {
        byFamily.append((family, [tier]))
      }
    }
    for (family, tiers) in byFamily {
      attempt(family) { decoding throws(DecodeProblem) in
        try decoding.okxTiers(tiers, of: family)
      }
    }
  }

  private mutating func okxTiers(
    _ tiers: [MaintenanceTiers.Tier], of family: String
  ) throws(DecodeProblem) {
    let swap = family + "-SWAP"
    let known = catalog.instrument(swap)
    let (unit, each): (MaintenanceTiers.SizeUnit, Double) =
      switch known?.unit {
      case .coins(let coins)?: (.coins, coins)
      case .dollars(let dollars)?: (.dollars, dollars)
      case nil: (.contracts, 1)
      }
    let scaled = tiers.map { tier in
      var tier = tier
      tier.floor *= each
      tier.cap = tier.cap.map { $0 * each }
      return tier
    }
    // A family with `_UM` has no swap; its tiers are those of its dated futures.
    let symbol = family.contains("_") ? family : swap
    add(
      .maintenanceTiers(try MaintenanceTiers(unit: unit, tiers: scaled)), about: symbol, known,
      time: nil,
      reason: unit == .contracts ? "the contract size of \(symbol) is unknown" : nil)
  }
}
