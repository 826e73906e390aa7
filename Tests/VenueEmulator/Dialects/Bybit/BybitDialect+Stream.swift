extension BybitDialect {
  func open(
    _ stream: inout StreamState, query: [EmulatedRequest.Pair], _ desk: Desk
  ) -> Bool {
    ["/v5/public/linear", "/v5/public/inverse"].contains(stream.path)
  }

  func hear(_ text: String, _ stream: inout StreamState, _ desk: Desk) -> DialectHearing {
    let connection = "d9tcajmgcca9r5l6sugg-\(stream.id.number)srs"
    guard let request = ClientJSON(text.utf8), let operation = request["op"]?.string else {
      return DialectHearing(
        replies: [reply(false, "error:invalid request", connection, "", "")],
        complaint: "no request: \(text.prefix(80))")
    }
    let id = request["req_id"]?.string ?? ""
    let topics = request["args"]?.array?.compactMap(\.string) ?? []
    switch operation {
    case "ping": return DialectHearing(replies: [reply(true, "pong", connection, id, "ping")])
    case "unsubscribe":
      stream.topics.removeAll { topics.contains($0.key) }
      return DialectHearing(replies: [reply(true, "", connection, id, operation)])
    case "subscribe":
      stream.characters += topics.reduce(0) { $0 + $1.utf8.count }
      if stream.characters > 21_000 {
        return DialectHearing(
          replies: [reply(false, "error:args too long", connection, id, operation)],
          complaint: "\(stream.characters) characters of arguments")
      }
      return subscribe(topics, id, connection, &stream, desk)
    default:
      return DialectHearing(
        replies: [reply(false, "error:unknown op", connection, id, operation)],
        complaint: "the operation \(operation)")
    }
  }

  private func reply(
    _ success: Bool, _ message: String, _ connection: String, _ id: String, _ operation: String
  ) -> String {
    "{\"success\":\(success),\"ret_msg\":\"\(message)\",\"conn_id\":\"\(connection)\","
      + "\"req_id\":\"\(id)\",\"op\":\"\(operation)\"}"
  }

  /// One bad topic refuses the whole request: the documentation leaves it open, and this is the
  /// reading that hurts more.
  private func subscribe(
    _ names: [String], _ id: String, _ connection: String, _ stream: inout StreamState,
    _ desk: Desk
  ) -> DialectHearing {
    var added: [StreamTopic] = []
    for name in names {
      if stream.topics.contains(where: { $0.key == name }) {
        let message = "error:already subscribed,topic:\(name)"
        return DialectHearing(
          replies: [reply(false, message, connection, id, "subscribe")],
          complaint: "\(name) twice")
      }
      guard let topic = topic(name, stream, desk) else {
        let message = "error:handler not found,topic:\(name)"
        return DialectHearing(replies: [reply(false, message, connection, id, "subscribe")])
      }
      added.append(topic)
    }
    stream.topics += added
    return DialectHearing(replies: [reply(true, "", connection, id, "subscribe")])
  }

  private func topic(_ name: String, _ stream: StreamState, _ desk: Desk) -> StreamTopic? {
    let parts = name.split(separator: ".").map(String.init)
    let category = stream.path.hasSuffix("inverse") ? "inverse" : "linear"
    guard parts.count >= 2,
      let listing = listings(category, desk).first(where: { $0.symbol == parts.last }),
      desk.isTrading(listing)
    else { return nil }
    let period: Int64
    switch (parts[0], parts.count) {
    case ("kline", 3): period = desk.period(documented: 1_000)
    case ("tickers", 2): period = desk.period(documented: 100)
    case ("allLiquidation", 2): period = 500
    case ("publicTrade", 2): period = 1_000
    default: return nil
    }
    var topic = StreamTopic(
      key: name, channel: parts[0], symbol: listing.symbol, period: period, at: desk.now)
    if parts[0] == "kline" {
      guard let clock = Self.clock(parts[1]) else { return nil }
      topic.clock = clock
      topic.interval = parts[1]
    }
    return topic
  }

  func messages(
    _ topic: inout StreamTopic, _ stream: StreamState, _ desk: Desk
  ) -> [String] {
    guard let listing = desk.listing(topic.symbol) else { return [] }
    topic.count += 1
    let rows: [String]
    switch topic.channel {
    case "kline": rows = desk.candles(topic, listing).map { kline($0, listing, topic, desk) }
    case "allLiquidation":
      rows = desk.liquidations(topic, listing).map { event in
        #"""
        {"T":\#(event.time),"s":"\#(listing.symbol)","S":"\#(event.isLong ? "Buy" : "Sell")",\#
        "v":"\#(Digits.trimmed(event.size, listing.size.decimals))",\#
        "p":"\#(Digits.fixed(desk.bankruptcy(event, listing), listing.price.decimals))"}
        """#
      }
    case "publicTrade":
      let found = desk.series(listing).trades(after: topic.told, through: desk.now, most: 200)
      rows = found.map { trade in
        #"""
        {"T":\#(trade.time),"s":"\#(listing.symbol)",\#
        "S":"\#(trade.takerBought ? "Buy" : "Sell")",\#
        "v":"\#(Digits.trimmed(trade.size, listing.size.decimals))",\#
        "p":"\#(Digits.fixed(trade.price, listing.price.decimals))",\#
        "L":"ZeroPlusTick","i":"\#(Self.identifier(trade.number))","BT":false,"RPI":false,\#
        "seq":\#(trade.number)}
        """#
      }
    default: return [tickerMessage(listing, topic, desk)]
    }
    guard !rows.isEmpty else { return [] }
    // Confirmed and forming candles come one by one.
    let groups = topic.channel == "kline" ? rows.map { [$0] } : [rows]
    return groups.map {
      "{\"topic\":\"\(topic.key)\",\"type\":\"snapshot\",\"ts\":\(desk.stamp),"
        + "\"data\":[\($0.joined(separator: ","))]}"
    }
  }

  /// A trade's name in the form that the venue gives it.
  static func identifier(_ number: Int64) -> String {
    let digits = String(number, radix: 16)
    return "00000000-0000-5000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
  }

  private func kline(
    _ bar: EmulatedBar, _ listing: Listing, _ topic: StreamTopic, _ desk: Desk
  ) -> String {
    func price(_ units: Int64) -> String { Digits.trimmed(units, listing.price.decimals) }
    let row = bar.row
    return #"""
      {"start":\#(bar.open),"end":\#(bar.end - 1),"interval":"\#(topic.interval)",\#
      "open":"\#(price(row.open))","close":"\#(price(row.close))",\#
      "high":"\#(price(row.high))","low":"\#(price(row.low))",\#
      "volume":"\#(Digits.trimmed(row.volume, listing.size.decimals))",\#
      "turnover":"\#(Digits.trimmed(row.turnover, listing.kind == .linear ? 4 : 8))",\#
      "confirm":\#(bar.isClosed),"timestamp":\#(desk.stamp)}
      """#
  }

  /// A snapshot first, then what has changed; now and then the value of open interest without
  /// open interest itself.
  private func tickerMessage(_ listing: Listing, _ topic: StreamTopic, _ desk: Desk) -> String {
    var fields = ticker(listing, desk).filter { $0.0 != "symbol" }
    let isSnapshot = topic.count == 1
    if isSnapshot {
      fields.insert(("tickDirection", "ZeroPlusTick"), at: 0)
    } else {
      let before = Desk(
        market: desk.market, venue: desk.venue, now: topic.told, stamp: topic.told,
        listings: desk.listings, trading: desk.trading, delisted: desk.delisted,
        contractFactors: desk.contractFactors, pace: desk.pace)
      let old = Dictionary(ticker(listing, before), uniquingKeysWith: { $1 })
      fields = fields.filter { old[$0.0] != $0.1 }
    }
    let pairs = [("symbol", listing.symbol)] + fields
    let data = pairs.map { "\"\($0.0)\":\"\($0.1)\"" }.joined(separator: ",")
    return "{\"topic\":\"\(topic.key)\",\"type\":\"\(isSnapshot ? "snapshot" : "delta")\","
      + "\"data\":{\(data)},\"cs\":\(desk.now * 7 / 10),\"ts\":\(desk.stamp)}"
  }

  /// A ticker, key by key. The hour and day figures move once a minute.
  func ticker(_ listing: Listing, _ desk: Desk) -> [(String, String)] {
    let series = desk.series(listing)
    let decimals = listing.price.decimals
    let minute = BarClock.floored(desk.now, 60_000) * 60_000
    let day = series.day(to: minute)
    let last = series.price(at: desk.now)
    let mark = series.mark(at: desk.now)
    let interest = series.openInterest(at: desk.now)
    let value = series.value(ofSize: interest, price: mark)
    func price(_ units: Int64) -> String { Digits.fixed(units, decimals) }
    func size(_ units: Int64) -> String { Digits.fixed(units, listing.size.decimals) }
    let isInverse = listing.kind == .inverse
    let worth = isInverse ? value / mark : value
    let change = Double(last - day.open) / Double(max(day.open, 1))
    let isPerpetual = listing.expiry == nil
    let rate = isPerpetual ? Digits.trimmed(series.runningFunding(at: desk.now), 8) : ""
    let settlement = isPerpetual ? String(desk.settlement(after: desk.now)) : ""
    return [
      ("symbol", listing.symbol), ("price24hPcnt", Digits.fixed(change, 6)),
      ("lastPrice", price(last)), ("prevPrice24h", price(day.open)),
      ("highPrice24h", price(day.high)), ("lowPrice24h", price(day.low)),
      ("prevPrice1h", price(series.price(at: minute - 3_600_000))),
      ("markPrice", Digits.fixed(mark, decimals)),
      ("indexPrice", Digits.fixed(series.index(at: desk.now), decimals)),
      ("openInterest", size(interest * 2)), ("openInterestValue", Digits.fixed(worth * 2, 2)),
      ("turnover24h", Digits.fixed(day.turnover, isInverse ? 8 : 4)),
      ("volume24h", Digits.fixed(listing.size.value(day.volume), 4)),
      ("fundingIntervalHour", isPerpetual ? "8" : ""), ("fundingCap", isPerpetual ? "0.005" : ""),
      ("singleOpenInterest", size(interest)),
      ("singleOpenInterestValue", Digits.fixed(worth, 2)), ("nextFundingTime", settlement),
      ("fundingRate", rate), ("bid1Price", price(last - listing.price.step)),
      ("bid1Size", size(listing.size.step * 37)), ("ask1Price", price(last)),
      ("ask1Size", size(listing.size.step * 41)), ("preOpenPrice", ""), ("preQty", ""),
      ("curPreListingPhase", ""),
    ]
  }
}
