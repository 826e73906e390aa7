extension OKXDialect {
  func open(
    _ stream: inout StreamState, query: [EmulatedRequest.Pair], _ desk: Desk
  ) -> Bool {
    ["/ws/v5/public", "/ws/v5/business"].contains(stream.path)
  }

  func hear(_ text: String, _ stream: inout StreamState, _ desk: Desk) -> DialectHearing {
    if text == "ping" { return DialectHearing(replies: ["pong"]) }
    let connection = "76defc\(stream.id.number % 90 + 10)"
    func error(_ code: String, _ message: String) -> String {
      "{\"event\":\"error\",\"msg\":\"\(message)\",\"code\":\"\(code)\",\"connId\":\"\(connection)\"}"
    }
    guard let request = ClientJSON(text.utf8), let operation = request["op"]?.string,
      let arguments = request["args"]?.array, !arguments.isEmpty
    else {
      return DialectHearing(
        replies: [error("60012", "Illegal request: \(text.prefix(40).filter { $0 != "\"" })")],
        complaint: "no request: \(text.prefix(80))")
    }
    guard operation == "subscribe" || operation == "unsubscribe" else {
      return DialectHearing(
        replies: [error("60012", "Illegal request")], complaint: "the operation \(operation)")
    }
    var complaint: String?
    if text.utf8.count > 65_536 { complaint = "\(text.utf8.count) bytes of arguments" }
    stream.operations.removeAll { $0 <= desk.now - 3_600_000 }
    stream.operations.append(desk.now)
    if stream.operations.count > 480 {
      return DialectHearing(
        replies: [error("60014", "Requests too frequent")],
        complaint: "\(stream.operations.count) operations within an hour")
    }
    let replies = arguments.map { argument -> String in
      let channel = argument["channel"]?.string ?? ""
      if operation == "subscribe" {
        guard let topic = topic(argument, stream, desk) else {
          let symbol = argument["instId"]?.string ?? ""
          return error(
            "60018",
            "Subscribe failed, wrong URL or channel:\(channel),instId:\(symbol) doesn't exist. "
              + "Please use the correct URL, channel and parameters referring to API document.")
        }
        stream.topics.removeAll { $0.key == topic.key }
        stream.topics.append(topic)
      } else {
        stream.topics.removeAll { $0.key == argument.text }
      }
      return "{\"event\":\"\(operation)\",\"arg\":\(argument.text),\"connId\":\"\(connection)\"}"
    }
    return DialectHearing(replies: replies, complaint: complaint)
  }

  private func topic(
    _ argument: ClientJSON, _ stream: StreamState, _ desk: Desk
  ) -> StreamTopic? {
    guard let channel = argument["channel"]?.string else { return nil }
    let isBusiness = stream.path.hasSuffix("business")
    if channel == "liquidation-orders" {
      guard !isBusiness, argument["instType"]?.string == "SWAP" else { return nil }
      return StreamTopic(
        key: argument.text, channel: channel, symbol: nil, period: 1_000, at: desk.now)
    }
    let symbol = argument["instId"]?.string
    let isIndex = channel.hasPrefix("index-")
    let found = desk.trading.first { isIndex ? Self.family($0) == symbol : $0.symbol == symbol }
    guard let listing = found else { return nil }
    let period: Int64
    var clock: BarClock?
    switch channel {
    case "mark-price": period = desk.period(documented: 200)
    case "open-interest": period = 3_000
    case "funding-rate": period = 60_000
    case "trades": period = 1_000
    case "tickers", "index-tickers": period = desk.period(documented: 100)
    default:
      guard
        let range = ["mark-price-candle", "index-candle", "candle"].first(where: {
          channel.hasPrefix($0)
        }), let found = Self.clock(String(channel.dropFirst(range.count)))
      else { return nil }
      period = desk.period(documented: 1_000)
      clock = found
    }
    guard isBusiness == (clock != nil) else { return nil }
    var topic = StreamTopic(
      key: argument.text, channel: channel, symbol: listing.symbol, period: period, at: desk.now)
    topic.clock = clock ?? topic.clock
    return topic
  }

  func messages(
    _ topic: inout StreamTopic, _ stream: StreamState, _ desk: Desk
  ) -> [String] {
    topic.count += 1
    func message(_ rows: [String]) -> [String] {
      rows.isEmpty ? [] : ["{\"arg\":\(topic.key),\"data\":[\(rows.joined(separator: ","))]}"]
    }
    guard topic.channel != "liquidation-orders" else {
      return desk.trading.flatMap { listing -> [String] in
        let late = lateLiquidations(topic, listing, desk)
        return late.isEmpty ? [] : message([liquidations(late, listing, desk)])
      }
    }
    guard let listing = desk.listing(topic.symbol) else { return [] }
    switch topic.channel {
    case "mark-price": return message([mark(listing, desk)])
    case "open-interest": return message([interest(listing, desk)])
    case "funding-rate": return message([funding(listing, desk)])
    case "tickers": return message([ticker(listing, desk)])
    case "index-tickers": return message([index(listing, desk)])
    case "trades":
      let found = desk.series(listing).trades(after: topic.told, through: desk.now, most: 200)
      return found.flatMap { message([trade($0, listing, desk)]) }
    default:
      let bars = desk.candles(topic, listing)
      guard topic.channel.hasPrefix("candle") else {
        let series = desk.series(listing)
        return bars.flatMap { message([priceRow($0, topic.channel, series, desk)]) }
      }
      return bars.flatMap { message([row($0, listing, desk)]) }
    }
  }

  /// The forced closings whose turn it is: some come late, and so out of order; at most one a
  /// second of each instrument.
  private func lateLiquidations(
    _ topic: StreamTopic, _ listing: Listing, _ desk: Desk
  ) -> [SeriesLiquidation] {
    let series = desk.series(listing)
    var shifted = topic
    shifted.told = topic.told - 90_000
    return desk.largestLiquidations(shifted, listing).filter { event in
      let isLate = series.noise.below(20, event.time, 51) == 0
      let delay = isLate ? 5_000 + series.noise.below(80_000, event.time, 52) : 1_000
      let due = event.time + delay
      return due > topic.told && due <= desk.now
    }
  }
}
