import Market

/// Gate's symbols: `BTC_USDT` (linear), `BTC_USD` (inverse, contracts of 1 US dollar), other coins
/// against USD settled in bitcoin. All sizes count contracts.
enum GateInstruments {
  /// Contract sizes, read from the venue's list on 2026-09-25.
  static let shippedUnits: [String: UnitSize] = [
    "BTC_USDT": .coins(0.0001), "ETH_USDT": .coins(0.01), "BTC_USD": .dollars(1),
  ]

  /// What a symbol tells by itself.
  static func understood(_ symbol: String) -> VenueInstrument? {
    let parts = symbol.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 || parts.count == 3, !parts[0].isEmpty, !parts[1].isEmpty else {
      return nil
    }
    return instrument(
      symbol, base: parts[0], quote: parts[1], isPerpetual: parts.count == 2,
      unit: shippedUnits[symbol])
  }

  static func instrument(
    _ symbol: String, base: String, quote: String, isPerpetual: Bool, unit: UnitSize?
  ) -> VenueInstrument {
    // Contract sizes count what the symbol names, so a multiplier in it scales them, too.
    let name = CoinName(base)
    var coins = unit
    if case .coins(let count)? = unit { coins = .coins(count * name.multiplier) }
    return VenueInstrument(
      venue: .gate, symbol: symbol, instrument: Instrument(base: name.coin, quote: quote),
      kind: quote == "USD" ? .inverse : .linear, isPerpetual: isPerpetual, unit: coins,
      multiplier: name.multiplier)
  }
}

extension Decoding {
  /// A row of `contracts`: the instrument and what stands for it now. The row has no time.
  mutating func gateContract(_ row: JSONObject) throws(DecodeProblem) {
    let symbol = try row.needText("name")
    guard let named = GateInstruments.understood(symbol) else {
      throw DecodeProblem(reason: "\(symbol) names no contract")
    }
    let size = try row.needSize("quanto_multiplier")
    let parts = symbol.split(separator: "_").map(String.init)
    let isInverse = try row.text("type") == "inverse" || size == 0
    var listed = GateInstruments.instrument(
      symbol, base: parts[0], quote: parts[1], isPerpetual: named.isPerpetual,
      unit: isInverse ? .dollars(size > 0 ? size : 1) : .coins(size))
    listed.tickSize = try row.size("order_price_round")
    listed.maxLeverage = try row.size("leverage_max")
    listed.fundingInterval = try row.size("funding_interval").flatMap { Span(hours: $0 / 3_600) }
    listed.state = try row.text("status") ?? "trading"
    let isTrading = try row.flag("in_delisting") != true
    listed.isTrading = isTrading && listed.state == "trading"
    listed.expiry = try row.time("expire_time", unit: 1_000)
    add(.instrument(listed), about: symbol, listed, time: context.receivedAt)
    try gateNow(row, about: symbol, listed, time: context.receivedAt)
    guard wants(.openInterest), let contracts = try row.size("position_size") else { return }
    // `position_size` counts one side, the tickers' `total_size` both.
    let amount = listed.amount(contracts, at: try row.double("mark_price"))
    add(
      .openInterest(quantity: amount.quantity, dollars: amount.dollars), about: symbol, listed,
      time: context.receivedAt, reason: amount.reason)
  }

  /// Mark, index and funding of a contract or ticker.
  mutating func gateNow(
    _ row: JSONObject, about symbol: String, _ known: VenueInstrument?, time: Timestamp?
  ) throws(DecodeProblem) {
    let next = try row.time("funding_next_apply", unit: 1_000)
    let rate = try row.double("funding_rate")
    try addMark(
      about: symbol, time: time, mark: try row.double("mark_price"),
      index: try row.double("index_price"), fundingRate: rate, nextFundingTime: next)
    guard let rate else { return }
    let interval = try row.size("funding_interval").flatMap { Span(hours: $0 / 3_600) }
    addFunding(
      about: symbol, time: next, rate: rate, interval: interval,
      reason: next == nil ? "the message names no time of payment" : nil)
  }

  /// `risk_limit_tiers` and `risk_limit_table`: tiers by their caps, in the settlement currency.
  mutating func gateTiers(_ list: [JSONValue]) throws(DecodeProblem) {
    guard wants(.maintenanceTiers) else { return }
    var byContract: [(symbol: String?, tiers: [MaintenanceTiers.Tier])] = []
    for element in list {
      let row = try element.needObject()
      let symbol = try row.text("contract")
      let tier = MaintenanceTiers.Tier(
        number: 0, floor: 0, cap: try row.needSize("risk_limit"),
        rate: try row.needSize("maintenance_rate"), maxLeverage: try row.size("leverage_max"),
        deduction: try row.size("deduction"))
      if let index = byContract.firstIndex(where: { $0.symbol == symbol }) {
        byContract[index].tiers.append(tier)
      } else {
        byContract.append((symbol, [tier]))
      }
    }
    for (symbol, tiers) in byContract {
      attempt(symbol ?? "") { decoding throws(DecodeProblem) in
        let isInverse = decoding.instrument(symbol)?.kind == .inverse
        let table = try MaintenanceTiers(
          unit: isInverse ? .coins : .dollars, tiers: MaintenanceTiers.joined(tiers))
        decoding.add(.maintenanceTiers(table), about: symbol, time: nil)
      }
    }
  }
}
