import Market

extension Decoding {
  /// A ticker. Its `total_size` counts both sides.
  mutating func gateTicker(_ row: JSONObject, time: Timestamp?) throws(DecodeProblem) {
    let symbol = try row.needText("contract")
    var known = instrument(symbol)
    if known?.unit == nil, let size = try row.size("quanto_multiplier"), size > 0 {
      let parts = symbol.split(separator: "_").map(String.init)
      known = GateInstruments.instrument(
        symbol, base: parts[0], quote: parts.count > 1 ? parts[1] : "",
        isPerpetual: known?.isPerpetual ?? false, unit: .coins(size))
    }
    let time = try row.time("t") ?? time ?? context.receivedAt
    try gateNow(row, about: symbol, known, time: time)
    guard wants(.openInterest) else { return }
    let size = try row.needSize("total_size") / 2
    let amount = amount(known, symbol, size: size, price: try row.double("mark_price"))
    add(
      .openInterest(quantity: amount.quantity, dollars: amount.dollars), about: symbol, known,
      time: time, reason: amount.reason)
  }

  /// `contract_stats`: open interest, ratios, mark price and what was liquidated in the bucket. The
  /// value in dollars and the mark price give coins where the contract size isn't known.
  mutating func gateStatistics(_ row: JSONObject) throws(DecodeProblem) {
    let symbol = try row.text("contract")
    let known = instrument(symbol)
    let time = try row.needTime("time", unit: 1_000)
    let mark = try row.double("mark_price")
    try addMark(about: symbol, time: time, mark: mark, index: nil)
    let contracts = try row.needSize("open_interest")
    let value = try row.size("open_interest_usd")
    addOpenInterest(
      about: symbol, time: time,
      amount: gateAmount(known, contracts: contracts, dollars: value, mark: mark))
    for (name, measure) in [
      ("lsr_account", LongShortRatio.Measure.accounts), ("top_lsr_account", .topAccounts),
      ("top_lsr_size", .topPositions), ("lsr_taker", .takerVolume),
    ] {
      guard let ratio = try row.size(name) else { continue }
      add(
        .longShortRatio(try RatioReading(measure: measure, ratio: ratio)), about: symbol,
        time: time)
    }
    guard wants(.liquidation), let long = try row.size("long_liq_size"),
      let short = try row.size("short_liq_size")
    else { return }
    add(
      .liquidatedTotals(
        long: gateAmount(
          known, contracts: long, dollars: try row.size("long_liq_usd"), mark: mark),
        short: gateAmount(
          known, contracts: short, dollars: try row.size("short_liq_usd"), mark: mark),
        interval: context.interval),
      about: symbol, time: time)
  }

  private func gateAmount(
    _ known: VenueInstrument?, contracts: Double, dollars: Double?, mark: Double?
  ) -> Amount {
    var amount = known?.amount(contracts, at: mark) ?? Amount()
    if let dollars { amount.dollars = dollars }
    if amount.quantity == nil, let dollars, let mark, mark > 0 {
      amount.quantity = dollars / (mark / (known?.multiplier ?? 1))
    }
    amount.reason =
      amount.quantity == nil || amount.dollars == nil
      ? amount.reason ?? "the message names no instrument" : nil
    return amount
  }

  /// A candle: `v` counts contracts, `sum` the quote currency. The stream names it `1m_BTC_USDT` and
  /// says with `w` whether it is over.
  mutating func gateCandle(_ row: JSONObject) throws(DecodeProblem) {
    guard wants(.candle) else { return }
    var symbol: String?
    var interval = context.interval
    if let name = try row.text("n"), let split = name.firstIndex(of: "_") {
      symbol = String(name[name.index(after: split)...])
      interval = Self.gateInterval(name[..<split]) ?? interval
    }
    let known = instrument(symbol)
    var candle = try candle(
      open: try row.need("o"), high: try row.need("h"), low: try row.need("l"),
      close: try row.need("c"), known, isClosed: try row.flag("w"))
    candle.interval = interval
    var reason: String?
    if let contracts = try row.size("v") {
      let turnover = try row.size("sum")
      switch known?.unit {
      case .coins(let coins)?:
        candle.baseVolume = contracts * coins
        candle.quoteVolume = turnover
      case .dollars(let dollars)?:
        candle.quoteVolume = contracts * dollars
        // The turnover of an inverse contract counts coins, where it counts anything.
        if let turnover, turnover > 0, let value = candle.quoteVolume,
          (candle.low * 0.99...candle.high * 1.01).contains(value / turnover)
        {
          candle.baseVolume = turnover
        } else {
          reason = "the message holds dollars only"
        }
      case nil:
        candle.quoteVolume = turnover
        reason =
          (symbol ?? context.symbol).map { "the contract size of \($0) is unknown" }
          ?? "the message names no instrument"
      }
    } else {
      candle.source = context.candleSource ?? .mark
    }
    try add(
      candle, about: symbol, known, time: try row.needTime("t", unit: 1_000), reason: reason)
  }

  private static func gateInterval(_ name: Substring) -> Span? {
    guard let unit = name.last, let count = Int64(name.dropLast()), (1...1_000).contains(count)
    else { return nil }
    return switch unit {
    case "s": .seconds(count)
    case "m": .minutes(count)
    case "h": .hours(count)
    case "d": .days(count)
    case "w": .days(7 * count)
    default: nil
    }
  }

  /// A trade: a negative size says that the taker sold.
  mutating func gateTrade(_ row: JSONObject) throws(DecodeProblem) {
    guard wants(.trade) else { return }
    let size = try row.need("size")
    try addTrade(
      about: try row.needText("contract"), time: try gateTime(row, "create_time"),
      takerBought: size > 0, size: abs(size), price: try row.need("price"))
  }

  /// A liquidation. The sign of `size` is taken for the side of the position, as REST documents it;
  /// where the order's own size is given it decides, since an order closes the other way.
  mutating func gateLiquidation(_ row: JSONObject) throws(DecodeProblem) {
    guard wants(.liquidation) else { return }
    let size = try row.need("size")
    let order = try row.double("order_size") ?? 0
    let isLong = order != 0 ? order < 0 : size > 0
    try addLiquidation(
      about: try row.needText("contract"), time: try gateTime(row, "time"),
      side: isLong ? .long : .short, size: abs(size),
      price: try row.need(row.present("fill_price", "price")))
  }

  /// The time under `name` with `_ms`, else under `name`, in seconds or milliseconds: REST gives
  /// seconds under both, the stream milliseconds under the first.
  private func gateTime(_ row: JSONObject, _ name: String) throws(DecodeProblem) -> Timestamp {
    let field = row[name + "_ms"] != nil ? name + "_ms" : name
    let isSeconds = try row.need(field) < 100_000_000_000
    return try row.needTime(field, unit: isSeconds ? 1_000 : 1)
  }
}
