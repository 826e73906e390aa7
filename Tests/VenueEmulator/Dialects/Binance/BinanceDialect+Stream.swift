extension BinanceDialect {
  private static let marketChannels: Set<String> = [
    "aggTrade", "markPrice", "kline", "continuousKline", "ticker", "miniTicker", "forceOrder",
    "contractInfo", "compositeIndex", "assetIndex", "tradingSession",
  ]

  func open(
    _ stream: inout StreamState, query: [EmulatedRequest.Pair], _ desk: Desk
  ) -> Bool {
    var parts = stream.path.split(separator: "/").map(String.init)
    if let route = parts.first, ["market", "public", "private"].contains(route) {
      parts.removeFirst()
    }
    guard let kind = parts.first else { return false }
    switch kind {
    case "ws":
      for name in parts.dropFirst() { subscribe(name, &stream, desk) }
    case "stream" where parts.count == 1:
      stream.isCombined = true
      let names = query.first { $0.name == "streams" }?.value ?? ""
      for name in names.split(separator: "/") { subscribe(String(name), &stream, desk) }
    default: return false
    }
    return true
  }

  func hear(_ text: String, _ stream: inout StreamState, _ desk: Desk) -> DialectHearing {
    guard let request = ClientJSON(text.utf8), let method = request["method"]?.string else {
      return DialectHearing(
        replies: ["{\"error\":{\"code\":3,\"msg\":\"Invalid JSON\"}}"],
        complaint: "no request: \(text.prefix(80))")
    }
    let id = request["id"].map(\.text) ?? "null"
    let names = request["params"]?.array?.compactMap(\.string) ?? []
    switch method {
    case "SUBSCRIBE":
      for name in names { subscribe(name, &stream, desk) }
      if stream.topics.count > 1_024 {
        return DialectHearing(
          replies: ["{\"error\":{\"code\":2,\"msg\":\"Too many streams\"},\"id\":\(id)}"],
          complaint: "\(stream.topics.count) streams on one connection")
      }
    case "UNSUBSCRIBE": stream.topics.removeAll { names.contains($0.key) }
    case "LIST_SUBSCRIPTIONS":
      let listed = stream.topics.map { "\"\($0.key)\"" }.joined(separator: ",")
      return DialectHearing(replies: ["{\"result\":[\(listed)],\"id\":\(id)}"])
    default:
      let message = "Invalid request: unknown variant `\(method)`"
      return DialectHearing(
        replies: ["{\"error\":{\"code\":2,\"msg\":\"\(message)\"},\"id\":\(id)}"],
        complaint: "the method \(method)")
    }
    return DialectHearing(replies: ["{\"result\":null,\"id\":\(id)}"])
  }

  /// Binance acknowledges any name; one that it doesn't know or doesn't carry here stays silent.
  private func subscribe(_ name: String, _ stream: inout StreamState, _ desk: Desk) {
    guard !stream.topics.contains(where: { $0.key == name }) else { return }
    let parts = name.split(separator: "@").map(String.init)
    let isAll = name.hasPrefix("!")
    let subject = isAll ? "" : parts[0]
    let kind = isAll ? String(parts[0].dropFirst()) : parts.count > 1 ? parts[1] : ""
    let words = kind.split(separator: "_", maxSplits: 1).map(String.init)
    let channel = words.first ?? ""
    let isRouted = stream.path.hasPrefix("/market/")
    let period: Int64 =
      switch channel {
      case "kline": desk.period(documented: 250)
      case "markPrice": desk.period(documented: parts.contains("1s") ? 1_000 : 3_000)
      case "aggTrade": 1_000
      case "forceOrder", "contractInfo": 1_000
      default: 1_000
      }
    var topic = StreamTopic(
      key: name, channel: channel,
      symbol: isAll ? nil : subject.uppercased(), period: period, at: desk.now)
    if channel == "kline", let clock = words.dropFirst().first.flatMap(Self.clock) {
      topic.clock = clock
      topic.interval = words[1]
    } else if channel == "kline" {
      topic.isStarved = true
    }
    if !Self.marketChannels.contains(channel) || !isRouted { topic.isStarved = true }
    // Stream names are lower case; others never get anything.
    if !isAll, subject != subject.lowercased() { topic.isStarved = true }
    stream.topics.append(topic)
  }

  func messages(
    _ topic: inout StreamTopic, _ stream: StreamState, _ desk: Desk
  ) -> [String] {
    let listings =
      topic.symbol == nil
      ? desk.trading
      : desk.trading.filter {
        $0.symbol == topic.symbol
      }
    topic.count += 1
    var texts: [String] = []
    switch topic.channel {
    case "kline":
      for listing in listings {
        texts += desk.candles(topic, listing).map { kline($0, listing, topic.interval, desk) }
      }
    case "markPrice":
      let marks = listings.map { mark($0, desk) }
      texts = topic.symbol == nil ? ["[" + marks.joined(separator: ",") + "]"] : marks
    case "forceOrder":
      for listing in listings {
        texts += desk.largestLiquidations(topic, listing).map { order($0, listing, desk) }
      }
    case "aggTrade":
      for listing in listings {
        let found = desk.series(listing).trades(after: topic.told, through: desk.now, most: 200)
        texts += found.map { trade($0, listing, desk) }
      }
    case "contractInfo":
      // A change is told once a minute for as long as it is one.
      let minute = BarClock.floored(desk.now, 60_000)
      if topic.count == 1 || minute != BarClock.floored(topic.told, 60_000) {
        texts = desk.delisted.sorted().map { contract($0, desk) }
      }
    default: break
    }
    guard stream.isCombined else { return texts }
    return texts.map { "{\"stream\":\"\(topic.key)\",\"data\":\($0)}" }
  }

  private func kline(
    _ bar: EmulatedBar, _ listing: Listing, _ interval: String, _ desk: Desk
  ) -> String {
    let row = bar.row
    func price(_ units: Int64) -> String { Digits.fixed(units, listing.price.decimals) }
    func size(_ units: Int64) -> String { Digits.fixed(units, listing.size.decimals) }
    let first = bar.open / 1_000 * 7
    return
      #"""
      {"e":"kline","E":\#(desk.stamp),"s":"\#(listing.symbol)","k":{"t":\#(bar.open),\#
      "T":\#(bar.end - 1),"s":"\#(listing.symbol)","i":"\#(interval)","f":\#(first),\#
      "L":\#(first + max(row.trades, 1) - 1),"o":"\#(price(row.open))",\#
      "c":"\#(price(row.close))","h":"\#(price(row.high))","l":"\#(price(row.low))",\#
      "v":"\#(size(row.volume))","n":\#(row.trades),"x":\#(bar.isClosed),\#
      "q":"\#(Digits.fixed(row.turnover, 4))0","V":"\#(size(row.buy))",\#
      "Q":"\#(Digits.fixed(row.buyTurnover, 4))0","B":"0"}}
      """#
  }

  private func mark(_ listing: Listing, _ desk: Desk) -> String {
    let series = desk.series(listing)
    let mark = Digits.fixed(series.mark(at: desk.now), 8)
    let index = Digits.fixed(series.index(at: desk.now), 8)
    let isPerpetual = listing.expiry == nil
    let rate = isPerpetual ? Digits.fixed(series.runningFunding(at: desk.now), 8) : "0.00000000"
    return #"""
      {"e":"markPriceUpdate","E":\#(desk.stamp),"s":"\#(listing.symbol)",\#
      "p":"\#(mark)","ap":"\#(mark)","P":"\#(index)","i":"\#(index)",\#
      "r":"\#(rate)","T":\#(isPerpetual ? desk.settlement(after: desk.now) : 0),"st":1}
      """#
  }

  private func order(_ event: SeriesLiquidation, _ listing: Listing, _ desk: Desk) -> String {
    let decimals = listing.price.decimals
    let size = Digits.fixed(event.size, listing.size.decimals)
    let last = Digits.fixed(max(event.size / 3, 1), listing.size.decimals)
    return #"""
      {"e":"forceOrder","E":\#(desk.stamp),"o":{"s":"\#(listing.symbol)",\#
      "S":"\#(event.isLong ? "SELL" : "BUY")","o":"LIMIT","f":"IOC","q":"\#(size)",\#
      "p":"\#(Digits.fixed(desk.bankruptcy(event, listing), decimals))",\#
      "ap":"\#(Digits.fixed(event.price, decimals))","X":"FILLED","l":"\#(last)",\#
      "z":"\#(size)","T":\#(event.time),"ps":"\#(listing.symbol)","st":1}}
      """#
  }

  private func trade(_ trade: SeriesTrade, _ listing: Listing, _ desk: Desk) -> String {
    let size = Digits.fixed(trade.size, listing.size.decimals)
    return #"""
      {"e":"aggTrade","E":\#(desk.stamp),"a":\#(trade.number),\#
      "s":"\#(listing.symbol)","p":"\#(Digits.fixed(trade.price, listing.price.decimals))",\#
      "q":"\#(size)","nq":"\#(size)","f":\#(trade.number),"l":\#(trade.number),\#
      "T":\#(trade.time),"m":\#(!trade.takerBought),"st":1}
      """#
  }

  private func contract(_ symbol: String, _ desk: Desk) -> String {
    "{\"e\":\"contractInfo\",\"E\":\(desk.stamp),\"s\":\"\(symbol)\",\"ps\":\"\(symbol)\","
      + "\"ct\":\"PERPETUAL\",\"dt\":\(desk.now),\"ot\":1569398400000,\"cs\":\"SETTLING\",\"st\":1}"
  }
}
