extension HyperliquidDialect {
  func open(
    _ stream: inout StreamState, query: [EmulatedRequest.Pair], _ desk: Desk
  ) -> Bool { stream.path == "/ws" }

  func hear(_ text: String, _ stream: inout StreamState, _ desk: Desk) -> DialectHearing {
    func error(_ message: String) -> String {
      "{\"channel\":\"error\",\"data\":\"\(message)\"}"
    }
    let plain = String(text.prefix(120).filter { $0 != "\"" && $0 != "\\" })
    guard let request = ClientJSON(text.utf8), let method = request["method"]?.string else {
      return DialectHearing(
        replies: [error("Error parsing JSON into valid websocket request: \(plain)")],
        complaint: "no request: \(plain)")
    }
    if method == "ping" { return DialectHearing(replies: ["{\"channel\":\"pong\"}"]) }
    guard let wanted = request["subscription"], wanted["type"]?.string != nil,
      method == "subscribe" || method == "unsubscribe"
    else {
      return DialectHearing(
        replies: [error("Error parsing JSON into valid websocket request: \(plain)")],
        complaint: "no request: \(plain)")
    }
    let key = wanted.text
    if method == "unsubscribe" {
      guard stream.topics.contains(where: { $0.key == key }) else {
        return DialectHearing(replies: [error("Already unsubscribed: \(plain)")])
      }
      stream.topics.removeAll { $0.key == key }
    } else {
      if stream.topics.contains(where: { $0.key == key }) {
        return DialectHearing(
          replies: [error("Already subscribed: \(plain)")], complaint: "\(plain) twice")
      }
      guard let topic = topic(wanted, key, desk) else {
        return DialectHearing(replies: [error("Invalid subscription \(plain)")])
      }
      stream.topics.append(topic)
      if stream.topics.count > 1_000 {
        return DialectHearing(complaint: "more than 1000 subscriptions", isLast: true)
      }
    }
    return DialectHearing(replies: [
      "{\"channel\":\"subscriptionResponse\",\"data\":{\"method\":\"\(method)\","
        + "\"subscription\":\(key)}}"
    ])
  }

  private func topic(_ wanted: ClientJSON, _ key: String, _ desk: Desk) -> StreamTopic? {
    let type = wanted["type"]?.string ?? ""
    let symbol = wanted["coin"]?.string
    switch type {
    case "allMids", "allDexsAssetCtxs":
      return StreamTopic(
        key: key, channel: type, symbol: nil, period: desk.period(documented: 1_000), at: desk.now)
    case "candle", "activeAssetCtx", "trades":
      guard let listing = desk.listing(symbol), desk.isTrading(listing) else { return nil }
      let period = type == "trades" ? 1_000 : desk.period(documented: 1_000)
      var topic = StreamTopic(
        key: key, channel: type, symbol: listing.symbol, period: period, at: desk.now)
      if type == "candle" {
        guard let interval = wanted["interval"]?.string, let clock = Self.clock(interval) else {
          return nil
        }
        topic.interval = interval
        topic.clock = clock
      }
      // The first trades are from before the subscription.
      if type == "trades" { topic.told -= 8_000 }
      return topic
    default: return nil
    }
  }

  func messages(
    _ topic: inout StreamTopic, _ stream: StreamState, _ desk: Desk
  ) -> [String] {
    topic.count += 1
    func message(_ data: String) -> String {
      "{\"channel\":\"\(topic.channel)\",\"data\":\(data)}"
    }
    switch topic.channel {
    case "allMids":
      let mids = desk.trading.map { listing in
        let price = desk.series(listing).price(at: desk.now)
        return "\"\(listing.symbol)\":\"\(Self.text(price, listing.price))\""
      }
      return [message("{\"mids\":{\(mids.joined(separator: ","))}}")]
    case "allDexsAssetCtxs":
      let contexts = desk.listings.map { context($0, desk) }.joined(separator: ",")
      return [message("{\"ctxs\":[[\"\",[\(contexts)]]]}")]
    default: break
    }
    guard let listing = desk.listing(topic.symbol) else { return [] }
    switch topic.channel {
    case "candle":
      return desk.candles(topic, listing).map { message(candle($0, listing, topic.interval)) }
    case "trades":
      let found = desk.series(listing).trades(after: topic.told, through: desk.now, most: 200)
      let rows = found.map { trade($0, listing) }
      return rows.isEmpty ? [] : [message("[\(rows.joined(separator: ","))]")]
    default:
      return [message("{\"coin\":\"\(listing.symbol)\",\"ctx\":\(context(listing, desk))}")]
    }
  }
}
