extension GateDialect {
  func open(
    _ stream: inout StreamState, query: [EmulatedRequest.Pair], _ desk: Desk
  ) -> Bool { ["/v4/ws/usdt", "/v4/ws/btc"].contains(stream.path) }

  func hear(_ text: String, _ stream: inout StreamState, _ desk: Desk) -> DialectHearing {
    let head = "{\"time\":\(desk.stamp / 1_000),\"time_ms\":\(desk.stamp)"
    guard let request = ClientJSON(text.utf8), let channel = request["channel"]?.string,
      request["time"]?.integer != nil
    else {
      let message = "{\"code\":2,\"message\":\"invalid request\"}"
      return DialectHearing(
        replies: ["\(head),\"channel\":\"\",\"event\":\"\",\"error\":\(message),\"result\":null}"],
        complaint: "no request: \(text.prefix(80))")
    }
    if channel == "futures.ping" {
      return DialectHearing(
        replies: ["\(head),\"channel\":\"futures.pong\",\"event\":\"\",\"result\":null}"])
    }
    let event = request["event"]?.string ?? ""
    let payload = request["payload"] ?? .array([])
    let words = payload.array?.compactMap(\.string) ?? []
    let own =
      "\(head),\"channel\":\"\(channel)\",\"event\":\"\(event)\",\"payload\":\(payload.text)"
    func failure(_ code: Int, _ message: String) -> String {
      "\(own),\"error\":{\"code\":\(code),\"message\":\"\(message)\"},"
        + "\"result\":{\"status\":\"fail\"}}"
    }
    switch event {
    case "subscribe":
      guard let topics = topics(channel, words, stream, desk) else {
        return DialectHearing(
          replies: [failure(1, "request payload does not follow json schema")])
      }
      if topics.isEmpty { return DialectHearing(replies: [failure(2, "unknown contract")]) }
      for topic in topics {
        stream.topics.removeAll { $0.key == topic.key }
        stream.topics.append(topic)
      }
    case "unsubscribe":
      let keys = topics(channel, words, stream, desk)?.map(\.key) ?? []
      stream.topics.removeAll { keys.contains($0.key) }
    default:
      return DialectHearing(replies: [failure(2, "unknown event")], complaint: "the event \(event)")
    }
    return DialectHearing(replies: ["\(own),\"result\":{\"status\":\"success\"}}"])
  }

  /// Nil where the payload isn't what the channel wants; empty where a contract isn't known.
  private func topics(
    _ channel: String, _ words: [String], _ stream: StreamState, _ desk: Desk
  ) -> [StreamTopic]? {
    let settle = stream.path.hasSuffix("btc") ? "btc" : "usdt"
    let known = Self.listings(settle, desk).filter { desk.isTrading($0) }
    var symbols = words
    var interval = ""
    let period: Int64
    switch channel {
    case "futures.candlesticks":
      guard words.count == 2, Self.clock(words[0]) != nil else { return nil }
      interval = words[0]
      symbols = [words[1]]
      period = desk.period(documented: 1_000)
    case "futures.contract_stats":
      // The contract first, and then the interval.
      guard words.count == 2, Self.clock(words[1]) != nil else { return nil }
      interval = words[1]
      symbols = [words[0]]
      period = 5_000
    case "futures.tickers": period = desk.period(documented: 1_000)
    case "futures.trades", "futures.public_liquidates": period = 1_000
    default: return nil
    }
    if symbols == ["!all"] { symbols = known.map(\.symbol) }
    guard !symbols.isEmpty else { return nil }
    guard symbols.allSatisfy({ symbol in known.contains { $0.symbol == symbol } }) else {
      return []
    }
    return symbols.map { symbol in
      var topic = StreamTopic(
        key: "\(channel) \(interval) \(symbol)", channel: channel, symbol: symbol, period: period,
        at: desk.now)
      topic.interval = interval
      topic.clock = Self.clock(interval) ?? .minutes(1)
      return topic
    }
  }

  func messages(
    _ topic: inout StreamTopic, _ stream: StreamState, _ desk: Desk
  ) -> [String] {
    guard let listing = desk.listing(topic.symbol) else { return [] }
    topic.count += 1
    let rows: [String]
    switch topic.channel {
    case "futures.candlesticks":
      let name = "\(topic.interval)_\(listing.symbol)"
      rows = desk.candles(topic, listing).map { candle($0, listing, name: name, desk) }
    case "futures.tickers": rows = [ticker(listing, desk)]
    case "futures.trades":
      let found = desk.series(listing).trades(after: topic.told, through: desk.now, most: 200)
      rows = found.map { trade($0, listing, isStream: true, desk) }
    case "futures.public_liquidates":
      rows = desk.largestLiquidations(topic, listing).map { event in
        let size = whole(event.size, listing, desk) * (event.isLong ? 1 : -1)
        let price = Digits.trimmed(event.price, listing.price.decimals)
        return "{\"price\":\"\(price)\",\"size\":\(size),\"time\":\(event.time / 1_000),"
          + "\"time_ms\":\(event.time),\"contract\":\"\(listing.symbol)\"}"
      }
    default:
      guard case .minutes(let minutes) = topic.clock else { return [] }
      let mark = BarClock.floored(desk.now - 6_000, minutes * 60_000) * minutes * 60_000
      guard mark > topic.told - 6_000 else { return [] }
      let series = desk.series(listing)
      let row = statistic(listing, series, minutes: minutes, at: mark, desk)
      rows = [String(row.dropLast()) + ",\"contract\":\"\(listing.symbol)\"}"]
    }
    guard !rows.isEmpty else { return [] }
    let head =
      "{\"time\":\(desk.stamp / 1_000),\"time_ms\":\(desk.stamp),"
      + "\"channel\":\"\(topic.channel)\",\"event\":\"update\",\"result\":"
    // The result has come as a list, as an object, and as a list in a list.
    if topic.channel == "futures.tickers" {
      switch topic.count % 7 {
      case 3: return ["\(head)\(rows[0])}"]
      case 5: return ["\(head)[[\(rows[0])]]}"]
      default: break
      }
    }
    return ["\(head)[\(rows.joined(separator: ","))]}"]
  }
}
