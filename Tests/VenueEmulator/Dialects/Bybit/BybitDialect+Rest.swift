import Market

extension BybitDialect {
  func answer(_ request: EmulatedRequest, _ desk: Desk) -> DialectReply {
    guard request.method == "GET", Self.endpoints.contains(request.path) else {
      return request.path == "/v5/market/time"
        ? DialectReply(
          envelope(
            "{\"timeSecond\":\"\(desk.stamp / 1_000)\",\"timeNano\":\"\(desk.stamp)000000\"}", desk)
        )
        : DialectReply(.text("404 page not found", status: 404, type: "text/plain"))
    }
    guard let category = request.parameter("category"), ["linear", "inverse"].contains(category)
    else {
      // The venue's own default where none is given is linear for these.
      return error("params error: Category is invalid", desk)
    }
    for name in ["start", "end", "startTime", "endTime", "limit"] where request.isBroken(name) {
      return error("params error: \(name) Is Invalid", desk)
    }
    switch request.path {
    case "/v5/market/instruments-info": return instruments(request, category, desk)
    case "/v5/market/tickers" where request.parameter("symbol") == nil:
      let rows = listings(category, desk).filter { desk.isTrading($0) }.map {
        "{" + ticker($0, desk).map { "\"\($0.0)\":\"\($0.1)\"" }.joined(separator: ",") + "}"
      }
      return list(rows, category, desk)
    case "/v5/market/risk-limit": return riskLimit(request, category, desk)
    default: break
    }
    guard let symbol = request.parameter("symbol"),
      let listing = listings(category, desk).first(where: { $0.symbol == symbol }),
      desk.isTrading(listing)
    else { return error("params error: Symbol Is Invalid", desk) }
    switch request.path {
    case "/v5/market/tickers":
      let fields = ticker(listing, desk).map { "\"\($0.0)\":\"\($0.1)\"" }
      return list(["{" + fields.joined(separator: ",") + "}"], category, desk)
    case "/v5/market/open-interest": return openInterest(request, listing, category, desk)
    case "/v5/market/account-ratio": return accountRatio(request, listing, desk)
    case "/v5/market/funding/history": return funding(request, listing, category, desk)
    case "/v5/market/recent-trade": return trades(request, listing, category, desk)
    default: return kline(request, listing, category, desk)
    }
  }

  private func list(
    _ rows: [String], _ category: String, cursor: String? = nil, symbol: String? = nil,
    _ desk: Desk
  ) -> DialectReply {
    let own = symbol.map { "\"symbol\":\"\($0)\"," } ?? ""
    let next = cursor.map { ",\"nextPageCursor\":\"\($0)\"" } ?? ""
    return DialectReply(
      envelope(
        "{\(own)\"category\":\"\(category)\",\"list\":[\(rows.joined(separator: ","))]\(next)}",
        desk),
      rows: rows.count)
  }

  private func kline(
    _ request: EmulatedRequest, _ listing: Listing, _ category: String, _ desk: Desk
  ) -> DialectReply {
    guard let clock = request.parameter("interval").flatMap(Self.clock) else {
      return error("params error: Interval Is Invalid", desk)
    }
    guard let limit = request.limit(standard: 200, most: 1_000) else {
      return error("params error: Limit Is Invalid", desk)
    }
    let selection = Selection(
      from: request.integer("start"), to: request.integer("end"), limit: limit,
      // With a start and no end the venue counts forward, else back from the end.
      startsAtBeginning: request.integer("end") == nil)
    let series = desk.series(listing)
    let bars = selection.bars(clock, series, now: desk.now).reversed()
    let isTraded = request.path == "/v5/market/kline"
    let rows = bars.map { bar in
      if isTraded { return row(bar, listing) }
      let isIndex = request.path == "/v5/market/index-price-kline"
      let range = series.range(
        of: { isIndex ? series.index(at: $0) : series.mark(at: $0) }, from: bar.open / 60_000,
        to: bar.end / 60_000, now: desk.now)
      let prices = [range.open, range.high, range.low, range.close].map {
        "\"" + Digits.trimmed($0, listing.price.decimals) + "\""
      }
      return "[\"\(bar.open)\"," + prices.joined(separator: ",") + "]"
    }
    return list(rows, category, symbol: listing.symbol, desk)
  }

  private func row(_ bar: EmulatedBar, _ listing: Listing) -> String {
    let row = bar.row
    let prices = [row.open, row.high, row.low, row.close].map {
      "\"" + Digits.trimmed($0, listing.price.decimals) + "\""
    }
    let turnover = Digits.trimmed(row.turnover, listing.kind == .linear ? 4 : 8)
    return "[\"\(bar.open)\"," + prices.joined(separator: ",")
      + ",\"\(Digits.trimmed(row.volume, listing.size.decimals))\",\"\(turnover)\"]"
  }

  private func period(_ text: String?) -> Int64? {
    switch text {
    case "5min": 5
    case "15min": 15
    case "30min": 30
    case "1h": 60
    case "4h": 240
    case "1d": 1_440
    default: nil
    }
  }

  /// The number that a cursor ends with.
  static func number(atEndOf cursor: String) -> Int64? {
    Int64(String(cursor.reversed().prefix { $0.isNumber }.reversed()))
  }

  private func marks(
    _ request: EmulatedRequest, minutes: Int64, standard: Int, most: Int, _ listing: Listing,
    _ desk: Desk
  ) -> (times: [Int64], cursor: String)? {
    guard let limit = request.limit(standard: standard, most: most) else { return nil }
    var to = request.integer("endTime")
    if let cursor = request.parameter("cursor") {
      // A cursor names the time of the last row of the page before.
      guard let seconds = Self.number(atEndOf: cursor) else { return nil }
      to = min(to ?? .max, seconds * 1_000 - 1)
    }
    let selection = Selection(
      from: request.integer("startTime"), to: to, limit: limit, startsAtBeginning: false)
    let times = selection.marks(
      every: minutes * 60_000, publishedAfter: 4_000, oldest: 0, desk.series(listing),
      now: desk.now)
    let oldest = times.first.map { $0 / 1_000 } ?? 0
    let hasMore = times.count == limit
    return (times.reversed(), hasMore ? "lastid%3D\(oldest / 7)%26lasttime%3D\(oldest)" : "")
  }

  private func openInterest(
    _ request: EmulatedRequest, _ listing: Listing, _ category: String, _ desk: Desk
  ) -> DialectReply {
    guard let minutes = period(request.parameter("intervalTime")) else {
      return error("params error: IntervalTime Is Invalid", desk)
    }
    guard
      let page = marks(request, minutes: minutes, standard: 50, most: 200, listing, desk)
    else { return error("params error: Limit Is Invalid", desk) }
    let series = desk.series(listing)
    let rows = page.times.map { time in
      let single = series.openInterest(at: time)
      let both = Digits.padded(
        listing.size.value(single * 2), listing.size.decimals, to: 8)
      let text = listing.size.decimals == 0 ? "\(single * 2).00000000" : both
      return #"""
        {"openInterest":"\#(text)",\#
        "singleOpenInterest":"\#(Digits.trimmed(single, listing.size.decimals))",\#
        "timestamp":"\#(time)"}
        """#
    }
    return list(rows, category, cursor: page.cursor, symbol: listing.symbol, desk)
  }

  private func accountRatio(
    _ request: EmulatedRequest, _ listing: Listing, _ desk: Desk
  ) -> DialectReply {
    guard let minutes = period(request.parameter("period")) else {
      return error("params error: Period Is Invalid", desk)
    }
    guard
      let page = marks(request, minutes: minutes, standard: 50, most: 500, listing, desk)
    else { return error("params error: Limit Is Invalid", desk) }
    let series = desk.series(listing)
    let rows = page.times.map { time in
      let ratio = series.ratio(at: time, which: 0)
      let buy = Digits.trimmed(ratio / (1 + ratio), 4)
      let sell = Digits.trimmed(1 - (Double(buy) ?? 0.5), 4)
      return "{\"symbol\":\"\(listing.symbol)\",\"buyRatio\":\"\(buy)\",\"sellRatio\":\"\(sell)\","
        + "\"timestamp\":\"\(time)\"}"
    }
    return DialectReply(
      envelope(
        "{\"list\":[\(rows.joined(separator: ","))],\"nextPageCursor\":\"\(page.cursor)\"}", desk),
      rows: rows.count)
  }

  private func funding(
    _ request: EmulatedRequest, _ listing: Listing, _ category: String, _ desk: Desk
  ) -> DialectReply {
    if request.integer("startTime") != nil, request.integer("endTime") == nil {
      return error("params error: endTime is required with startTime", desk)
    }
    let limit = request.limit(standard: 200, most: 200) ?? 200
    let selection = Selection(
      from: request.integer("startTime"), to: request.integer("endTime"), limit: limit,
      startsAtBeginning: false)
    let series = desk.series(listing)
    let times = selection.marks(
      every: 28_800_000, publishedAfter: 0, oldest: 0, series, now: desk.now)
    let rows = times.reversed().map { time in
      let rate = Digits.trimmed(series.fundingRate(settlement: time / 28_800_000), 8)
      return "{\"symbol\":\"\(listing.symbol)\",\"fundingRate\":\"\(rate)\","
        + "\"fundingRateTimestamp\":\"\(time)\"}"
    }
    return list(rows, category, desk)
  }

  private func trades(
    _ request: EmulatedRequest, _ listing: Listing, _ category: String, _ desk: Desk
  ) -> DialectReply {
    let limit = request.limit(standard: 500, most: 1_000) ?? 500
    let found = desk.series(listing).trades(
      after: desk.now - Int64(limit) * 1_000, through: desk.now, most: limit * 2)
    let rows = found.suffix(limit).reversed().map { trade in
      #"""
      {"execId":"\#(trade.number)","symbol":"\#(listing.symbol)",\#
      "price":"\#(Digits.fixed(trade.price, listing.price.decimals))",\#
      "size":"\#(Digits.trimmed(trade.size, listing.size.decimals))",\#
      "side":"\#(trade.takerBought ? "Buy" : "Sell")","time":"\#(trade.time)",\#
      "isBlockTrade":false,"isRPITrade":false}
      """#
    }
    return list(rows, category, desk)
  }
}
