import Market

extension Decoding {
  /// A candle. The venue gives no flag: a later one closes it.
  mutating func hyperliquidCandle(_ row: JSONObject) throws(DecodeProblem) {
    guard wants(.candle) else { return }
    let symbol = try row.needText("s")
    if HyperliquidInstruments.isSpot(symbol) { return ignore("spot candle") }
    let known = instrument(symbol)
    let (start, end) = (try row.needTime("t"), try row.needTime("T"))
    guard end > start else { throw DecodeProblem(reason: "T isn't after t") }
    var candle = try candle(
      open: try row.need("o"), high: try row.need("h"), low: try row.need("l"),
      close: try row.need("c"), known, isClosed: nil)
    candle.interval = Span(milliseconds: (end - start).milliseconds + 1)
    candle.baseVolume = try row.size("v").map { $0 * (known?.multiplier ?? 1) }
    try add(candle, about: symbol, known, time: start)
  }

  /// A trade; `B` says that the taker bought, `A` that it sold.
  mutating func hyperliquidTrade(_ row: JSONObject) throws(DecodeProblem) {
    guard wants(.trade) else { return }
    let symbol = try row.needText("coin")
    if HyperliquidInstruments.isSpot(symbol) { return ignore("spot trade") }
    try addTrade(
      about: symbol, time: try row.needTime("time"), takerBought: try hyperliquidIsBid(row),
      size: try row.needSize("sz"), price: try row.need("px"))
  }

  private func hyperliquidIsBid(_ row: JSONObject) throws(DecodeProblem) -> Bool {
    switch try row.needText("side") {
    case "B": true
    case "A": false
    default: throw Field.problem(row["side"], "side", "A or B")
    }
  }

  /// A fill of a followed account. One that is party to a liquidation says so: `dir` begins with
  /// `Liquidated` where the account itself was liquidated, else it took the other side.
  mutating func hyperliquidFill(_ row: JSONObject) throws(DecodeProblem) {
    guard row["liquidation"] != nil else { return ignore("fill") }
    guard wants(.liquidation) else { return }
    let direction = try row.text("dir") ?? ""
    let bought = try hyperliquidIsBid(row)
    // Whoever is liquidated sells a long or buys back a short.
    let liquidatedBought = direction.hasPrefix("Liquidated") ? bought : !bought
    try addLiquidation(
      about: try row.needText("coin"), time: try row.needTime("time"),
      side: liquidatedBought ? .short : .long, size: try row.needSize("sz"),
      price: try row.need("px"))
  }

  /// `metaAndAssetCtxs`: the contexts stand in the order of the universe, delisted coins included.
  mutating func hyperliquidContexts(
    _ meta: JSONObject, _ contexts: [JSONValue]
  ) throws(DecodeProblem) {
    try hyperliquidMeta(meta)
    let universe = try meta.list("universe")
    guard universe.count == contexts.count else {
      throw DecodeProblem(reason: "\(contexts.count) contexts for \(universe.count) coins")
    }
    for (index, element) in contexts.enumerated() {
      attempt("context \(index)") { decoding throws(DecodeProblem) in
        let coin = try universe[index].needObject().needText("name")
        try decoding.hyperliquidContext(try element.needObject(), coin)
      }
    }
  }

  /// `allDexsAssetCtxs`: pairs of a dex and its contexts, named by their places only.
  mutating func hyperliquidAllContexts(_ data: JSONObject) throws(DecodeProblem) {
    for element in try data.list("ctxs") {
      guard let pair = element.array, pair.count == 2, let dex = pair[0].string,
        let contexts = pair[1].array
      else { throw DecodeProblem(reason: "contexts that are no pair of dex and list") }
      for (slot, context) in contexts.enumerated() {
        attempt("dex \"\(dex)\", context \(slot)") { decoding throws(DecodeProblem) in
          let known = dex.isEmpty ? decoding.catalog.instrument(slot: slot) : nil
          try decoding.hyperliquidContext(
            try context.needObject(), known?.symbol,
            reason: known == nil ? "coin \(slot) of dex \"\(dex)\" isn't named" : nil)
        }
      }
    }
  }

  /// What stands for one coin now. The venue sends no time with it. Its open interest counts both
  /// sides, as far as is known, so half of it is stated.
  mutating func hyperliquidContext(
    _ row: JSONObject, _ coin: String?, reason: String? = nil
  ) throws(DecodeProblem) {
    if let coin, HyperliquidInstruments.isSpot(coin) { return ignore("spot context") }
    let known = coin.flatMap { catalog.instrument($0) }
    let now = context.receivedAt
    let mark = try row.double("markPx")
    let oracle = try row.double("oraclePx")
    let rate = try row.double("funding")
    let unit = known?.multiplier ?? 1
    for price in [mark, oracle] {
      if let price, price <= 0 { throw DecodeProblem(reason: "a price of \(price)") }
    }
    if mark != nil || oracle != nil {
      let reading = MarkReading(
        mark: mark.map { $0 / unit }, index: oracle.map { $0 / unit }, fundingRate: rate)
      add(.markPrice(reading), about: coin, known, time: now, reason: reason)
    }
    if let rate {
      add(
        .funding(FundingReading(rate: rate, interval: .hours(1))), about: coin, known,
        time: now.map(\.nextHour), reason: reason)
    }
    guard let both = try row.size("openInterest") else { return }
    var amount = known?.amount(both / 2, at: mark) ?? Amount(quantity: both / 2)
    if known == nil { amount.dollars = mark.map { both / 2 * $0 } }
    add(
      .openInterest(quantity: amount.quantity, dollars: amount.dollars), about: coin, known,
      time: now, reason: reason ?? amount.reason)
  }
}

extension Timestamp {
  /// The next full hour.
  var nextHour: Timestamp {
    Timestamp(milliseconds: (milliseconds / 3_600_000 + 1) * 3_600_000)
  }
}
