import Market

/// Binance USD-M and COIN-M: REST answers and stream frames.
extension Decoding {
  mutating func binance(_ value: JSONValue) {
    switch value {
    case .array(let elements):
      if let first = elements.first?.array {
        if first.contains(where: { $0.object != nil || $0.array != nil }) {
          rows(elements, "message") { decoding, element in decoding.binance(element) }
        } else {
          binanceKlines(elements)
        }
      } else {
        unnamed = BinanceInstruments.unnamed(elements)
        rows(elements) { decoding, element throws(DecodeProblem) in
          guard let object = element.object else {
            throw DecodeProblem(reason: "\(element.kind), which no message is")
          }
          try decoding.binance(object)
        }
      }
    case .object(let object):
      attempt("") { decoding throws(DecodeProblem) in try decoding.binance(object) }
    default: fail("", "\(value.kind), which no message is")
    }
  }

  private mutating func binance(_ object: JSONObject) throws(DecodeProblem) {
    if object.has("stream"), let data = object["data"] {
      binance(data)
    } else if let event = object["e"] {
      try binanceEvent(try Field.needText(event, "e"), object)
    } else if let error = VenueError.stated(in: .object(object), venue: .binance) {
      refuse(error)
    } else {
      try binanceAnswer(object)
    }
  }

  private mutating func binanceEvent(
    _ event: String, _ data: JSONObject
  ) throws(DecodeProblem) {
    switch event {
    case "kline": try binanceKline(data)
    case "markPriceUpdate": try binanceMark(data)
    case "aggTrade", "trade":
      try binanceTrade(data, about: try data.needText("s"))
    case "forceOrder": try binanceForceOrder(data)
    case "contractInfo": try binanceContractInfo(data)
    case "depthUpdate", "bookTicker", "24hrTicker", "24hrMiniTicker", "continuous_kline",
      "compositeIndex", "assetIndexUpdate", "tradingSession", "listenKeyExpired":
      ignore(event)
    default: throw DecodeProblem(reason: "the event \(event) is unknown")
    }
  }

  /// REST answers, told apart by their members.
  private mutating func binanceAnswer(_ row: JSONObject) throws(DecodeProblem) {
    if row.has("symbols") {
      let time = try row.time("serverTime")
      rows(try row.list("symbols"), "symbol") { decoding, element throws(DecodeProblem) in
        guard let listing = element.object else {
          throw DecodeProblem(reason: "\(element.kind); it must be an object")
        }
        try decoding.binanceListing(listing, serverTime: time)
      }
    } else if row.has("sumOpenInterest") {
      try binanceOpenInterestHistory(row)
    } else if row.has("openInterest") {
      let symbol = try row.needText("symbol")
      let size = try row.needSize("openInterest")
      addOpenInterest(
        about: symbol, time: try row.needTime("time"),
        amount: amount(instrument(symbol), symbol, size: size, price: nil))
    } else if row.has("markPrice", "nextFundingTime") {
      try binanceMark(row)
    } else if row.has("fundingTime") {
      addFunding(
        about: try row.needText("symbol"),
        time: try row.needTime("fundingTime").roundedToMinute, rate: try row.need("fundingRate"))
    } else if row.has("fundingIntervalHours") {
      addFunding(
        about: try row.needText("symbol"), time: try row.time("updateTime"), rate: nil,
        interval: try row.size("fundingIntervalHours").flatMap { Span(hours: $0) },
        reason: "the message holds the interval only")
    } else if row.has("longShortRatio") || row.has("buySellRatio") || row.has("takerBuyVol") {
      try binanceRatio(row)
    } else if row.has("a", "p", "q") {
      try binanceTrade(row, about: nil)
    } else if row.has("brackets") || row.has("riskBrackets") {
      try binanceBracketRow(row)
    } else if let data = row["data"]?.object, data.has("brackets") {
      rows(try data.list("brackets"), "bracket list") { decoding, element in
        decoding.binance(element)
      }
    } else if let first = row.members.first?.value.array?.first?.object, first.has("bracket") {
      for member in row.members {
        attempt(member.name) { decoding throws(DecodeProblem) in
          guard let brackets = member.value.array else {
            throw DecodeProblem(reason: "\(member.value.kind); it must be a list")
          }
          let pair = member.name.prefix { $0 != ":" }.filter { $0 != "/" }
          try decoding.binanceTiers(brackets, about: pair, time: nil, names: .keyed)
        }
      }
    } else if let name = binanceUseless(row) {
      ignore(name)
    } else {
      throw DecodeProblem(reason: "a message of unknown shape")
    }
  }

  private func binanceUseless(_ row: JSONObject) -> String? {
    if row.members.isEmpty { return "ping" }
    if row.has("result", "id") { return "acknowledgement" }
    if row.has("bids", "asks") { return "depth" }
    if row.has("priceChangePercent") { return "ticker24hr" }
    if row.has("bidPrice", "askPrice") { return "bookTicker" }
    if row.has("symbol", "price") { return "ticker price" }
    if row.has("serverTime") { return "server time" }
    return nil
  }

  private mutating func binanceBracketRow(_ row: JSONObject) throws(DecodeProblem) {
    guard wants(.maintenanceTiers) else { return }
    let symbol = try row.needText(row.present("symbol", "pair"))
    if row.has("riskBrackets") {
      try binanceTiers(
        try row.list("riskBrackets"), about: symbol, time: nil, names: .website)
      return
    }
    let brackets = try row.list("brackets")
    let inCoins = brackets.first?.object?.has("qtyCap") ?? false
    try binanceTiers(
      brackets, about: symbol, time: nil, names: inCoins ? .keyedCoins : .keyed)
  }
}

extension Timestamp {
  /// The nearest full minute: venues stamp fundings some milliseconds late.
  var roundedToMinute: Timestamp {
    Timestamp(milliseconds: (milliseconds + 30_000) / 60_000 * 60_000)
  }
}

extension Span {
  /// So many hours; nil where that is no span longer than zero and shorter than a year.
  init?(hours: Double) { self.init(milliseconds: hours * 3_600_000) }

  /// So many milliseconds; nil where that is no span longer than zero and shorter than ten years.
  init?(milliseconds: Double) {
    guard milliseconds >= 1, milliseconds <= 315_360_000_000 else { return nil }
    self.init(milliseconds: Int64(milliseconds.rounded()))
  }
}
