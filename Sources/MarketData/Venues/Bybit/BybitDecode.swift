import Market

/// Bybit v5, linear and inverse: REST answers and stream frames.
extension Decoding {
  mutating func bybit(_ value: JSONValue, _ tickers: inout BybitTickers) {
    switch value {
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        var one = self
        one.found = DecodedMessage()
        if element.object == nil {
          one.fail("", "\(element.kind), which no message is")
        } else {
          one.bybit(element, &tickers)
        }
        found.observations += one.found.observations
        found.ignored += one.found.ignored
        found.problems += one.found.problems.map { $0.within("message \(index)") }
        found.error = one.found.error ?? found.error
      }
    case .object(let object):
      do {
        try bybit(object, &tickers)
      } catch {
        found.problems.append(error)
      }
    default: fail("", "\(value.kind), which no message is")
    }
  }

  private mutating func bybit(
    _ object: JSONObject, _ tickers: inout BybitTickers
  ) throws(DecodeProblem) {
    if let topic = try object.text("topic") {
      try bybitFrame(topic, object, &tickers)
    } else if let error = VenueError.stated(in: .object(object), venue: .bybit) {
      refuse(error)
    } else if object.has("success") || object.has("op") {
      ignore(try object.text("op") ?? "acknowledgement")
    } else if object.has("retCode") {
      guard let result = object["result"]?.object else {
        throw Field.problem(object["result"], "result", "an object")
      }
      try bybitAnswer(result, time: try object.time("time"))
    } else if object.has("ret_code") {
      throw DecodeProblem(reason: "an answer of the version 2 that Bybit has closed")
    } else {
      throw DecodeProblem(reason: "a message of unknown shape")
    }
  }

  // MARK: Stream

  private mutating func bybitFrame(
    _ topic: String, _ frame: JSONObject, _ tickers: inout BybitTickers
  ) throws(DecodeProblem) {
    let words = topic.split(separator: ".").map(String.init)
    let data = frame["data"]
    switch words.first {
    case "tickers":
      guard let change = data?.object else { throw Field.problem(data, "data", "an object") }
      guard let symbol = try change.text("symbol") ?? words.last else {
        throw DecodeProblem(reason: "a ticker without symbol")
      }
      let isSnapshot = frame["type"] == .string("snapshot")
      let whole = tickers.merge(change, symbol: symbol, isSnapshot: isSnapshot)
      try bybitTicker(whole, changed: change, symbol: symbol, time: try frame.needTime("ts"))
    case "kline":
      guard words.count == 3 else { throw DecodeProblem(reason: "the topic \(topic) is unknown") }
      rows(try frame.list("data")) { decoding, row throws(DecodeProblem) in
        try decoding.bybitKline(try row.needObject(), about: words[2])
      }
    case "publicTrade":
      rows(try frame.list("data")) { decoding, row throws(DecodeProblem) in
        let row = try row.needObject()
        try decoding.addTrade(
          about: try row.needText("s"), time: try row.needTime("T"),
          takerBought: try Self.bybitIsBuy(row, "S"), size: try row.needSize("v"),
          price: try row.need("p"))
      }
    case "allLiquidation":
      rows(try frame.list("data")) { decoding, row throws(DecodeProblem) in
        let row = try row.needObject()
        try decoding.addLiquidation(
          about: try row.needText("s"), time: try row.needTime("T"),
          side: try Self.bybitIsBuy(row, "S") ? .long : .short, size: try row.needSize("v"),
          price: try row.need("p"))
      }
    case "liquidation":
      // The topic before 2025: one object, the same side of the position.
      guard let row = data?.object else { throw Field.problem(data, "data", "an object") }
      try addLiquidation(
        about: try row.needText("symbol"), time: try row.needTime("updatedTime"),
        side: try Self.bybitIsBuy(row, "side") ? .long : .short, size: try row.needSize("size"),
        price: try row.need("price"))
    case "orderbook", "adlAlert", "insurance", "priceLimit", "rpiOrderbook", "lt", "tickers_lt",
      "kline_lt":
      ignore(words[0])
    default: throw DecodeProblem(reason: "the topic \(topic) is unknown")
    }
  }

  /// `Buy` of a liquidation is the side of the POSITION; of a trade, of the taker.
  private static func bybitIsBuy(_ row: JSONObject, _ name: String) throws(DecodeProblem) -> Bool {
    switch try row.needText(name) {
    case "Buy": true
    case "Sell": false
    default: throw Field.problem(row[name], name, "Buy or Sell")
    }
  }

  private mutating func bybitKline(
    _ row: JSONObject, about symbol: String
  ) throws(DecodeProblem) {
    guard wants(.candle) else { return }
    let known = instrument(symbol)
    let (start, end) = (try row.needTime("start"), try row.needTime("end"))
    guard end > start else { throw DecodeProblem(reason: "the end isn't after the start") }
    guard let isClosed = try row.flag("confirm") else {
      throw DecodeProblem(reason: "confirm is missing")
    }
    var candle = try candle(
      open: try row.need("open"), high: try row.need("high"), low: try row.need("low"),
      close: try row.need("close"), known, isClosed: isClosed)
    candle.interval = Span(milliseconds: (end - start).milliseconds + 1)
    BybitVolumes(
      volume: try row.double("volume"), turnover: try row.double("turnover")
    ).fill(&candle, known, isInverse: known?.kind == .inverse)
    try add(candle, about: symbol, known, time: start)
  }

  // MARK: REST

  private mutating func bybitAnswer(
    _ result: JSONObject, time: Timestamp?
  ) throws(DecodeProblem) {
    if result.has("list") {
      let list = try result.list("list")
      let symbol = try result.text("symbol")
      let isInverse = try result.text("category") == "inverse"
      guard let first = list.first else { return ignore("empty list") }
      if first.array != nil {
        rows(list) { decoding, row throws(DecodeProblem) in
          try decoding.bybitKlineRow(row, about: symbol, isInverse: isInverse)
        }
      } else if first.object?.has("riskLimitValue") ?? false {
        try bybitTiers(list, isInverse: isInverse, time: time)
      } else {
        rows(list) { decoding, row throws(DecodeProblem) in
          try decoding.bybitRow(try row.needObject(), about: symbol, time: time)
        }
      }
    } else if result.has("a", "b") {
      ignore("orderbook")
    } else if result.members.isEmpty || result.has("timeSecond") {
      ignore("empty result")
    } else {
      throw DecodeProblem(reason: "a result of unknown shape")
    }
  }

  private mutating func bybitRow(
    _ row: JSONObject, about symbol: String?, time: Timestamp?
  ) throws(DecodeProblem) {
    if row.has("contractType", "baseCoin") {
      try bybitListing(row, time: time)
    } else if row.has("markPrice") {
      guard let time = time ?? context.receivedAt else {
        throw DecodeProblem(reason: "a ticker without time")
      }
      try bybitTicker(row, changed: row, symbol: try row.needText("symbol"), time: time)
    } else if row.has("openInterest", "timestamp") {
      guard let symbol = symbol ?? context.symbol else {
        throw DecodeProblem(reason: "open interest without symbol")
      }
      try bybitOpenInterest(row, about: symbol, time: try row.needTime("timestamp"), mark: nil)
    } else if row.has("fundingRateTimestamp") {
      addFunding(
        about: try row.needText("symbol"),
        time: try row.needTime("fundingRateTimestamp").roundedToMinute,
        rate: try row.need("fundingRate"))
    } else if row.has("buyRatio") {
      let reading = try RatioReading(
        measure: context.ratioMeasure ?? .accounts, long: try row.needSize("buyRatio"),
        short: try row.needSize("sellRatio"))
      add(
        .longShortRatio(reading), about: try row.text("symbol") ?? symbol,
        time: try row.needTime("timestamp"))
    } else if row.has("execId") {
      try addTrade(
        about: try row.needText("symbol"), time: try row.needTime("time"),
        takerBought: try Self.bybitIsBuy(row, "side"), size: try row.needSize("size"),
        price: try row.need("price"))
    } else if row.has("bid1Price") || row.has("coin") || row.has("balance") {
      ignore("ticker")
    } else {
      throw DecodeProblem(reason: "a row of unknown shape")
    }
  }

  /// `kline`: `[start, open, high, low, close, volume, turnover]`; candles of the mark, index and
  /// premium price have the first five only.
  private mutating func bybitKlineRow(
    _ value: JSONValue, about symbol: String?, isInverse: Bool
  ) throws(DecodeProblem) {
    guard wants(.candle) else { return }
    guard let row = value.array, row.count >= 5 else {
      throw DecodeProblem(reason: "a kline that is no list of 5 columns at least")
    }
    let known = instrument(symbol)
    let time = try Field.needTime(row[0], "start")
    var candle = try candle(
      open: try Field.need(row[1], "open"), high: try Field.need(row[2], "high"),
      low: try Field.need(row[3], "low"), close: try Field.need(row[4], "close"), known,
      isClosed: nil)
    if row.count >= 7 {
      BybitVolumes(
        volume: try Field.double(row[5], "volume"), turnover: try Field.double(row[6], "turnover")
      ).fill(&candle, known, isInverse: isInverse)
    } else {
      candle.source = context.candleSource ?? .mark
    }
    try add(candle, about: symbol, known, time: time)
  }
}

/// Volume and turnover as Bybit gives them: coins and quote currency, of an inverse contract
/// dollars and coins.
struct BybitVolumes {
  let volume, turnover: Double?

  func fill(_ candle: inout CandleReading, _ known: VenueInstrument?, isInverse: Bool) {
    let multiplier = known?.multiplier ?? 1
    candle.baseVolume = isInverse ? turnover : volume.map { $0 * multiplier }
    candle.quoteVolume = isInverse ? volume : turnover
  }
}

extension JSONValue {
  /// The object that a row must be.
  func needObject() throws(DecodeProblem) -> JSONObject {
    guard let object else { throw DecodeProblem(reason: "\(kind); it must be an object") }
    return object
  }
}
