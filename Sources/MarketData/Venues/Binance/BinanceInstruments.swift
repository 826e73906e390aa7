import Market

/// Binance's symbols: `BTCUSDT`, `1000PEPEUSDT`, dated `BTCUSDT_261225` (USD-M, sizes in coins);
/// `BTCUSD_PERP`, `BTCUSD_261225` (COIN-M, sizes in contracts of 100 US dollars for BTC and 10 for
/// all others, read 2021-07 and still so in 2026-10).
enum BinanceInstruments {
  private static let quotes = ["USDT", "USDC", "FDUSD", "BUSD", "USD1", "USD", "BTC", "ETH", "BNB"]

  /// What a symbol tells by itself.
  static func understood(_ symbol: String) -> VenueInstrument? {
    let parts = symbol.split(separator: "_", omittingEmptySubsequences: false)
    guard let pair = parts.first, parts.count <= 2,
      let quote = quotes.first(where: { pair.hasSuffix($0) && pair.count > $0.count })
    else { return nil }
    let isInverse = quote == "USD"
    let isPerpetual = isInverse ? parts.last == "PERP" : parts.count == 1
    return instrument(
      symbol: symbol, base: String(pair.dropLast(quote.count)), quote: quote,
      isInverse: isInverse, isPerpetual: isPerpetual, contractSize: nil)
  }

  /// What the sizes of trades without symbol count: coins of USD-M as soon as one isn't whole, since
  /// COIN-M trades whole contracts; nil where that can't be told.
  static func unnamed(_ trades: [JSONValue]) -> VenueInstrument? {
    let isFraction = trades.contains { trade in
      guard let size = try? Field.double(trade.object?["q"], "q") else { return false }
      return size != size.rounded()
    }
    return isFraction
      ? instrument(
        symbol: "", base: "", quote: "USDT", isInverse: false, isPerpetual: true,
        contractSize: nil) : nil
  }

  /// An instrument from what is listed or understood of it.
  static func instrument(
    symbol: String, base: String, quote: String, isInverse: Bool, isPerpetual: Bool,
    contractSize: Double?
  ) -> VenueInstrument {
    let name = CoinName(base)
    let dollars = contractSize ?? (base == "BTC" ? 100 : 10)
    return VenueInstrument(
      venue: .binance, symbol: symbol, instrument: Instrument(base: name.coin, quote: quote),
      kind: isInverse ? .inverse : .linear, isPerpetual: isPerpetual,
      unit: isInverse ? .dollars(dollars) : .coins(name.multiplier), multiplier: name.multiplier)
  }
}

extension Decoding {
  /// `exchangeInfo`: one row of `symbols`.
  mutating func binanceListing(
    _ row: JSONObject, serverTime: Timestamp?
  ) throws(DecodeProblem) {
    let symbol = try row.needText("symbol")
    let contractType = try row.needText("contractType")
    var listed = BinanceInstruments.instrument(
      symbol: symbol, base: try row.needText("baseAsset"), quote: try row.needText("quoteAsset"),
      isInverse: row.has("contractSize"), isPerpetual: contractType.hasSuffix("PERPETUAL"),
      contractSize: try row.size("contractSize"))
    for filter in try row.list("filters") {
      guard let filter = filter.object, filter["filterType"]?.string == "PRICE_FILTER" else {
        continue
      }
      listed.tickSize = try filter.size("tickSize")
    }
    // What isn't in the list of other intervals is paid every 8 hours.
    if listed.isPerpetual { listed.fundingInterval = .hours(8) }
    listed.state = try row.text(row.present("status", "contractStatus"))
    listed.isTrading = listed.state == "TRADING"
    if !listed.isPerpetual { listed.expiry = try row.time("deliveryDate") }
    add(.instrument(listed), about: symbol, listed, time: serverTime)
  }

  /// `!contractInfo`: a changed state, and the brackets where they changed.
  mutating func binanceContractInfo(_ data: JSONObject) throws(DecodeProblem) {
    let symbol = try data.needText("s")
    let time = try data.time("E")
    if var listed = catalog.instrument(symbol) {
      listed.state = try data.text("cs")
      listed.isTrading = listed.state == nil || listed.state == "TRADING"
      if !listed.isPerpetual { listed.expiry = try data.time("dt") }
      add(.instrument(listed), about: symbol, listed, time: time)
    }
    guard data.has("bks"), wants(.maintenanceTiers) else { return }
    try binanceTiers(
      try data.list("bks"), about: symbol, time: time,
      names: BinanceBracketNames(
        floor: "bnf", cap: "bnc", rate: "mmr", leverage: "ma", amount: "cf"))
  }

  /// Brackets under one of the names that Binance's answers give them.
  mutating func binanceTiers(
    _ rows: [JSONValue], about symbol: String, time: Timestamp?, names: BinanceBracketNames
  ) throws(DecodeProblem) {
    var tiers: [MaintenanceTiers.Tier] = []
    for row in rows {
      guard let row = row.object else {
        throw DecodeProblem(reason: "a bracket is \(row.kind); it must be an object")
      }
      tiers.append(
        MaintenanceTiers.Tier(
          number: 0, floor: try row.needSize(names.floor), cap: try row.size(names.cap),
          rate: try row.needSize(names.rate), maxLeverage: try row.size(names.leverage),
          deduction: try row.size(names.amount)))
    }
    let isInverse = catalog.instrument(symbol)?.kind == .inverse
    let table = try MaintenanceTiers(unit: isInverse ? .coins : .dollars, tiers: tiers)
    if let tier = table.discontinuity {
      throw DecodeProblem(
        reason: "the brackets of \(symbol) don't join: margin jumps where tier \(tier) begins")
    }
    add(.maintenanceTiers(table), about: symbol, time: time)
  }
}

/// What the members of a bracket are called.
struct BinanceBracketNames {
  let floor, cap, rate, leverage, amount: String

  /// `/fapi/v1/leverageBracket`.
  static let keyed = BinanceBracketNames(
    floor: "notionalFloor", cap: "notionalCap", rate: "maintMarginRatio",
    leverage: "initialLeverage", amount: "cum")
  /// The same of COIN-M, which counts coins.
  static let keyedCoins = BinanceBracketNames(
    floor: "qtyFloor", cap: "qtyCap", rate: "maintMarginRatio", leverage: "initialLeverage",
    amount: "cum")
  /// The website's own answer.
  static let website = BinanceBracketNames(
    floor: "bracketNotionalFloor", cap: "bracketNotionalCap",
    rate: "bracketMaintenanceMarginRate", leverage: "maxOpenPosLeverage",
    amount: "cumFastMaintenanceAmount")
}
