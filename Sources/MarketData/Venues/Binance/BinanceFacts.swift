import Market

extension Decoding {
  /// `/klines`: rows of twelve. Of USD-M [5] and [9] count coins, [7] and [10] the quote currency;
  /// of COIN-M [5] and [9] count contracts, [7] and [10] coins.
  mutating func binanceKlines(_ elements: [JSONValue]) {
    guard wants(.candle) else { return }
    let known = instrument(nil) ?? binanceGuess(elements)
    rows(elements) { decoding, element throws(DecodeProblem) in
      guard let row = element.array else {
        throw DecodeProblem(reason: "\(element.kind); it must be a list")
      }
      guard row.count >= 6 else {
        throw DecodeProblem(reason: "a kline of \(row.count) columns; it must have 6 at least")
      }
      let time = try Field.needTime(row[0], "open time")
      var candle = try decoding.candle(
        open: try Field.need(row[1], "open"), high: try Field.need(row[2], "high"),
        low: try Field.need(row[3], "low"), close: try Field.need(row[4], "close"), known,
        isClosed: nil)
      if row.count > 6, let end = try Field.time(row[6], "close time") {
        guard end > time else { throw DecodeProblem(reason: "the close time isn't after the open") }
        candle.interval = Span(milliseconds: (end - time).milliseconds + 1)
      }
      let volumes = BinanceVolumes(
        size: try Field.need(row[5], "volume"),
        value: row.count > 7 ? try Field.double(row[7], "quote volume") : nil,
        takerSize: row.count > 9 ? try Field.double(row[9], "taker buy volume") : nil,
        takerValue: row.count > 10 ? try Field.double(row[10], "taker buy quote volume") : nil)
      volumes.fill(&candle, known)
      try decoding.add(candle, about: nil, decoding.instrument(nil), time: time)
    }
  }

  /// Whether rows without a symbol are of COIN-M: there contracts of 100 or 10 dollars divided by
  /// coins give the price, elsewhere the quote value divided by coins does.
  private func binanceGuess(_ elements: [JSONValue]) -> VenueInstrument? {
    for element in elements {
      guard let row = element.array, row.count > 7,
        let low = try? Field.double(row[3], ""), let high = try? Field.double(row[2], ""),
        let size = try? Field.double(row[5], ""), let value = try? Field.double(row[7], ""),
        size > 0, value > 0
      else { continue }
      let range = low * 0.99...max(low, high) * 1.01
      if range.contains(value / size) { return nil }
      for dollars in [100.0, 10] where range.contains(size * dollars / value) {
        return BinanceInstruments.instrument(
          symbol: "", base: "", quote: "USD", isInverse: true, isPerpetual: true,
          contractSize: dollars)
      }
      return nil
    }
    return nil
  }

  /// `<symbol>@kline_<interval>`.
  mutating func binanceKline(_ data: JSONObject) throws(DecodeProblem) {
    guard wants(.candle) else { return }
    guard let row = data["k"]?.object else { throw Field.problem(data["k"], "k", "an object") }
    let symbol = try row["s"] == nil ? data.needText("s") : row.needText("s")
    let known = instrument(symbol)
    let (start, end) = (try row.needTime("t"), try row.needTime("T"))
    guard end > start else { throw DecodeProblem(reason: "the close time isn't after the open") }
    guard let isClosed = try row.flag("x") else { throw DecodeProblem(reason: "x is missing") }
    var candle = try candle(
      open: try row.need("o"), high: try row.need("h"), low: try row.need("l"),
      close: try row.need("c"), known, isClosed: isClosed)
    candle.interval = Span(milliseconds: (end - start).milliseconds + 1)
    BinanceVolumes(
      size: try row.need("v"), value: try row.double("q"), takerSize: try row.double("V"),
      takerValue: try row.double("Q")
    ).fill(&candle, known)
    try add(candle, about: symbol, known, time: start)
  }

  /// `premiumIndex` and `markPriceUpdate`: mark, index and the running funding. Dated contracts say
  /// `""` or 0 for the time of the next funding, and have none.
  mutating func binanceMark(_ row: JSONObject) throws(DecodeProblem) {
    let isEvent = row.has("e")
    let symbol = try row.needText(isEvent ? "s" : "symbol")
    let time = try row.needTime(isEvent ? "E" : "time")
    let next = try row.time(isEvent ? "T" : "nextFundingTime")
    let stated = try row.double(isEvent ? "r" : "lastFundingRate")
    let rate = next == nil ? nil : stated
    try addMark(
      about: symbol, time: time, mark: try row.need(isEvent ? "p" : "markPrice"),
      index: try row.double(isEvent ? "i" : "indexPrice"), fundingRate: rate,
      nextFundingTime: next)
    if let rate, let next { addFunding(about: symbol, time: next, rate: rate) }
  }

  /// `aggTrades` and `aggTrade`: `m` says that the buyer was the maker, so the taker sold.
  mutating func binanceTrade(_ row: JSONObject, about symbol: String?) throws(DecodeProblem) {
    guard wants(.trade) else { return }
    guard let buyerIsMaker = try row.flag("m") else { throw DecodeProblem(reason: "m is missing") }
    try addTrade(
      about: symbol, time: try row.needTime("T"), takerBought: !buyerIsMaker,
      size: try row.needSize("q"), price: try row.need("p"))
  }

  /// `forceOrder`: `S` is the side of the order, so a sale closed a long; `z` is what was filled in
  /// all, `ap` at what average, which is 0 before anything was.
  mutating func binanceForceOrder(_ data: JSONObject) throws(DecodeProblem) {
    guard wants(.liquidation) else { return }
    guard let order = data["o"]?.object else { throw Field.problem(data["o"], "o", "an object") }
    let side: Side
    switch try order.needText("S") {
    case "SELL": side = .long
    case "BUY": side = .short
    default: throw Field.problem(order["S"], "S", "SELL or BUY")
    }
    let average = try order.size("ap") ?? 0
    try addLiquidation(
      about: try order.needText("s"),
      time: try order["T"] == nil ? data.needTime("E") : order.needTime("T"), side: side,
      size: try order.needSize("z"), price: average > 0 ? average : try order.need("p"))
  }

  /// `openInterestHist`. Of USD-M the value is in USDT; of COIN-M the size counts contracts and the
  /// value coins.
  mutating func binanceOpenInterestHistory(_ row: JSONObject) throws(DecodeProblem) {
    guard wants(.openInterest) else { return }
    let time = try row.needTime("timestamp")
    let size = try row.needSize("sumOpenInterest")
    let value = try row.size("sumOpenInterestValue")
    guard let pair = try row.text("pair") else {
      let symbol = try row.needText("symbol")
      let known = instrument(symbol)
      var amount = amount(known, symbol, size: size, price: nil)
      if known?.isQuotedInDollars ?? false {
        amount.dollars = value
        amount.reason = value == nil ? amount.reason : nil
      }
      addOpenInterest(about: symbol, time: time, amount: amount)
      return
    }
    let symbol = try binanceCoinSymbol(pair, row)
    let dollars: Double? =
      if case .dollars(let each)? = catalog.instrument(pair)?.unit { size * each } else { nil }
    addOpenInterest(
      about: symbol, time: time, amount: Amount(quantity: value, dollars: dollars))
  }

  /// COIN-M history names a pair and a contract type.
  private func binanceCoinSymbol(_ pair: String, _ row: JSONObject) throws(DecodeProblem) -> String
  {
    try row.text("contractType") == "PERPETUAL" ? pair + "_PERP" : pair
  }

  /// The four ratios under `/futures/data`. Account and position ratios of USD-M look alike, so the
  /// context says which one was asked for.
  mutating func binanceRatio(_ row: JSONObject) throws(DecodeProblem) {
    guard wants(.longShortRatio) else { return }
    let time = try row.needTime("timestamp")
    var symbol = try row.text("symbol")
    if let pair = try row.text("pair") { symbol = try binanceCoinSymbol(pair, row) }
    var reading: RatioReading
    if row.has("takerBuyVol") {
      // COIN-M: the sizes count contracts, the values coins.
      let (buy, sell) = (
        try row.needSize("takerBuyVolValue"), try row.needSize("takerSellVolValue")
      )
      reading = try RatioReading(measure: .takerVolume, long: buy, short: sell)
      (reading.buyVolume, reading.sellVolume) = (buy, sell)
    } else if row.has("buySellRatio") {
      let (buy, sell) = (try row.needSize("buyVol"), try row.needSize("sellVol"))
      reading = try RatioReading(
        measure: .takerVolume, long: buy, short: sell, ratio: try row.size("buySellRatio"))
      let multiplier = instrument(symbol)?.multiplier ?? 1
      (reading.buyVolume, reading.sellVolume) = (buy * multiplier, sell * multiplier)
    } else {
      let isPosition = row.has("longPosition")
      reading = try RatioReading(
        measure: context.ratioMeasure ?? (isPosition ? .topPositions : .accounts),
        long: try row.needSize(isPosition ? "longPosition" : "longAccount"),
        short: try row.needSize(isPosition ? "shortPosition" : "shortAccount"),
        ratio: try row.size("longShortRatio"))
    }
    add(.longShortRatio(reading), about: symbol, time: time)
  }
}

/// The four volumes of a kline as Binance gives them.
struct BinanceVolumes {
  let size: Double
  let value, takerSize, takerValue: Double?

  /// Puts them into the candle as coins and quote currency.
  func fill(_ candle: inout CandleReading, _ known: VenueInstrument?) {
    // Candles of mark and index carry zeros here.
    guard candle.source == .trades else { return }
    if case .dollars(let dollars)? = known?.unit {
      candle.baseVolume = value
      candle.quoteVolume = size * dollars
      candle.takerBuyBaseVolume = takerValue
    } else {
      let multiplier = known?.multiplier ?? 1
      candle.baseVolume = size * multiplier
      candle.quoteVolume = value
      candle.takerBuyBaseVolume = takerSize.map { $0 * multiplier }
    }
  }
}
