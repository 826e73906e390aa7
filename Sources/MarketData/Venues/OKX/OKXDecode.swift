import Market

/// OKX v5 swaps and futures: REST answers and stream frames, whose rows are the same.
extension Decoding {
  mutating func okx(_ value: JSONValue) {
    switch value {
    case .array(let elements):
      rows(elements, "message") { decoding, element throws(DecodeProblem) in
        try decoding.okx(try element.needObject())
      }
    case .object(let object):
      attempt("") { decoding throws(DecodeProblem) in try decoding.okx(object) }
    default: fail("", "\(value.kind), which no message is")
    }
  }

  private mutating func okx(_ object: JSONObject) throws(DecodeProblem) {
    if let event = try object.text("event") {
      guard event == "error", let error = VenueError.stated(in: .object(object), venue: .okx)
      else { return ignore(event) }
      return refuse(error)
    }
    if let argument = object["arg"] {
      return try okxFrame(try argument.needObject(), try object.list("data"))
    }
    if let error = VenueError.stated(in: .object(object), venue: .okx) { return refuse(error) }
    guard object.has("code", "data") else {
      throw DecodeProblem(reason: "a message of unknown shape")
    }
    try okxRows(try object.list("data"), about: nil)
  }

  private mutating func okxFrame(
    _ argument: JSONObject, _ data: [JSONValue]
  ) throws(DecodeProblem) {
    let channel = try argument.needText("channel")
    let symbol = try argument.text("instId")
    for (prefix, source) in [
      ("candle", CandleReading.Source.trades), ("mark-price-candle", .mark),
      ("index-candle", .index),
    ] where channel.hasPrefix(prefix) {
      let interval = Self.okxInterval(channel.dropFirst(prefix.count))
      rows(data) { decoding, row throws(DecodeProblem) in
        try decoding.okxCandle(row, about: symbol, interval: interval, source: source)
      }
      return
    }
    switch channel {
    case "tickers", "bbo-tbt", "books", "books5", "books-l2-tbt", "books50-l2-tbt", "status",
      "estimated-price", "price-limit", "opt-summary", "option-trades", "adl-warning",
      "economic-calendar":
      ignore(channel)
    default: try okxRows(data, about: symbol)
    }
  }

  /// The length of a bar: `1m`, `1H`, `1Dutc`; nil for months, whose lengths differ.
  private static func okxInterval(_ bar: Substring) -> Span? {
    let name = bar.hasSuffix("utc") ? bar.dropLast(3) : bar
    guard let unit = name.last, let count = Int64(name.dropLast()), (1...1_000).contains(count)
    else { return nil }
    return switch unit {
    case "s": .seconds(count)
    case "m": .minutes(count)
    case "H": .hours(count)
    case "D": .days(count)
    case "W": .days(7 * count)
    default: nil
    }
  }

  private mutating func okxRows(_ data: [JSONValue], about symbol: String?) throws(DecodeProblem) {
    guard let first = data.first else { return ignore("no data") }
    if let row = first.object, row.has("mmr", "tier") { return try okxTiers(data) }
    rows(data) { decoding, element throws(DecodeProblem) in
      if let object = element.object {
        try decoding.okxRow(object, about: symbol)
      } else {
        try decoding.okxColumns(element, about: symbol)
      }
    }
  }

  /// Rows without names, told apart by their number of columns.
  private mutating func okxColumns(
    _ value: JSONValue, about symbol: String?
  ) throws(DecodeProblem) {
    guard let row = value.array else { throw DecodeProblem(reason: "\(value.kind); no row") }
    switch row.count {
    case 2:
      let reading = try RatioReading(
        measure: context.ratioMeasure ?? .accounts, ratio: try Field.need(row[1], "ratio"))
      add(.longShortRatio(reading), about: symbol, time: try Field.needTime(row[0], "ts"))
    case 3: try okxThreeColumns(row, about: symbol)
    case 4:
      let time = try Field.needTime(row[0], "ts")
      addOpenInterest(
        about: symbol, time: time,
        amount: Amount(
          quantity: try Field.size(row[2], "oiCcy"), dollars: try Field.size(row[3], "oiUsd")))
    case 6: try okxCandle(value, about: symbol, interval: nil, source: .mark)
    case 7...: try okxCandle(value, about: symbol, interval: nil, source: .trades)
    default: throw DecodeProblem(reason: "a row of \(row.count) columns")
    }
  }

  /// Two answers of one shape: `[ts, open interest, volume]` in dollars, of all contracts of a
  /// coin, and `[ts, sold, bought]` of takers. What was asked for tells which.
  private mutating func okxThreeColumns(
    _ row: [JSONValue], about symbol: String?
  ) throws(DecodeProblem) {
    let time = try Field.needTime(row[0], "ts")
    let (second, third) = (try Field.size(row[1], "column 1"), try Field.size(row[2], "column 2"))
    switch channel {
    case .openInterest?:
      addOpenInterest(
        about: symbol, time: time,
        amount: Amount(dollars: second, reason: "the message holds dollars only"))
    case .longShortRatio?:
      guard let sold = second, let bought = third else {
        throw DecodeProblem(reason: "a taker volume is missing")
      }
      var reading = try RatioReading(measure: .takerVolume, long: bought, short: sold)
      (reading.buyVolume, reading.sellVolume) = (bought, sold)
      add(.longShortRatio(reading), about: symbol, time: time)
    case nil:
      throw DecodeProblem(
        reason: "three columns are open interest or taker volume; name the channel")
    default: ignore("open interest or taker volume")
    }
  }

  /// `[ts, open, high, low, close, contracts, coins, quote, confirm]`; older rows end after the
  /// coins, those of mark and index are the first five and the flag.
  private mutating func okxCandle(
    _ value: JSONValue, about symbol: String?, interval: Span?, source: CandleReading.Source
  ) throws(DecodeProblem) {
    guard wants(.candle) else { return }
    guard let row = value.array, row.count >= 5 else {
      throw DecodeProblem(reason: "a candle that is no list of 5 columns at least")
    }
    let known = instrument(symbol)
    let isTraded = row.count >= 7 && source == .trades
    let flag: JSONValue? =
      isTraded ? (row.count >= 9 ? row[8] : nil) : row.count == 6 ? row[5] : nil
    var candle = try candle(
      open: try Field.need(row[1], "open"), high: try Field.need(row[2], "high"),
      low: try Field.need(row[3], "low"), close: try Field.need(row[4], "close"), known,
      isClosed: try Field.flag(flag, "confirm"))
    candle.interval = interval ?? context.interval
    candle.source = context.candleSource ?? source
    if isTraded {
      candle.baseVolume = try Field.double(row[6], "volume in coins")
      candle.quoteVolume = row.count >= 9 ? try Field.double(row[7], "volume in quote") : nil
      if candle.quoteVolume == nil, case .dollars(let each)? = known?.unit {
        candle.quoteVolume = try Field.double(row[5], "volume").map { $0 * each }
      }
    }
    try add(candle, about: symbol, known, time: try Field.needTime(row[0], "ts"))
  }
}
