import Market

extension BinanceDialect {
  func answer(_ request: EmulatedRequest, _ desk: Desk) -> DialectReply {
    guard request.method == "GET" else {
      return DialectReply(.text("", status: 405, type: "text/plain"))
    }
    for name in ["startTime", "endTime", "limit"] where request.isBroken(name) {
      return Self.error(-1130, "Data sent for parameter '\(name)' is not valid.")
    }
    switch request.path {
    case "/fapi/v1/ping": return DialectReply("{}")
    case "/fapi/v1/time": return DialectReply("{\"serverTime\":\(desk.stamp)}")
    case "/fapi/v1/exchangeInfo": return DialectReply(exchangeInfo(desk))
    case "/fapi/v1/fundingInfo": return DialectReply(fundingInfo(desk))
    case "/fapi/v1/leverageBracket":
      return Self.error(-2014, "API-key format invalid.", status: 401)
    case "/fapi/v1/forceOrders":
      return Self.error(-2014, "API-key format invalid.", status: 401)
    case "/fapi/v1/premiumIndex" where request.parameter("symbol") == nil:
      let rows = desk.trading.filter { $0.expiry == nil }.map { premium($0, desk) }
      return DialectReply("[" + rows.joined(separator: ",") + "]", rows: rows.count)
    case "/fapi/v1/klines", "/fapi/v1/markPriceKlines", "/fapi/v1/indexPriceKlines",
      "/fapi/v1/openInterest", "/fapi/v1/premiumIndex", "/fapi/v1/fundingRate",
      "/fapi/v1/aggTrades", "/fapi/v1/ticker/24hr", "/futures/data/openInterestHist",
      "/futures/data/globalLongShortAccountRatio", "/futures/data/topLongShortAccountRatio",
      "/futures/data/topLongShortPositionRatio", "/futures/data/takerlongshortRatio":
      let name = request.path == "/fapi/v1/indexPriceKlines" ? "pair" : "symbol"
      guard let symbol = request.parameter(name) else {
        return Self.error(
          -1102, "Mandatory parameter '\(name)' was not sent, was empty/null, or malformed.")
      }
      guard let listing = desk.listing(symbol), desk.isTrading(listing) else {
        return Self.badSymbol
      }
      return answer(request, listing, desk)
    default:
      return DialectReply(.text("<html><body>404</body></html>", status: 404))
    }
  }

  private func answer(
    _ request: EmulatedRequest, _ listing: Listing, _ desk: Desk
  ) -> DialectReply {
    switch request.path {
    case "/fapi/v1/klines", "/fapi/v1/markPriceKlines", "/fapi/v1/indexPriceKlines":
      return klines(request, listing, desk)
    case "/fapi/v1/openInterest":
      let interest = desk.series(listing).openInterest(at: desk.now)
      return DialectReply(
        "{\"symbol\":\"\(listing.symbol)\",\"openInterest\":\"\(size(interest, listing))\","
          + "\"time\":\(desk.stamp)}")
    case "/fapi/v1/premiumIndex": return DialectReply(premium(listing, desk))
    case "/fapi/v1/fundingRate": return funding(request, listing, desk)
    case "/fapi/v1/aggTrades": return trades(request, listing, desk)
    case "/fapi/v1/ticker/24hr": return DialectReply(ticker(listing, desk))
    default: return statistics(request, listing, desk)
    }
  }

  private func size(_ units: Int64, _ listing: Listing) -> String {
    Digits.fixed(units, listing.size.decimals)
  }

  private func price(_ units: Int64, _ listing: Listing) -> String {
    Digits.fixed(units, listing.price.decimals)
  }

  private func klines(
    _ request: EmulatedRequest, _ listing: Listing, _ desk: Desk
  ) -> DialectReply {
    guard let clock = request.parameter("interval").flatMap(Self.clock) else {
      return Self.error(-1120, "Invalid interval.")
    }
    guard let limit = request.limit(standard: 500, most: 1_500) else {
      return Self.error(-1130, "Data sent for parameter 'limit' is not valid.")
    }
    let selection = Selection(
      from: request.integer("startTime"), to: request.integer("endTime"), limit: limit,
      startsAtBeginning: true)
    let series = desk.series(listing)
    let bars = selection.bars(clock, series, now: desk.now)
    let isTraded = request.path == "/fapi/v1/klines"
    let isMark = request.path == "/fapi/v1/markPriceKlines"
    let rows = bars.map { bar in
      if isTraded { return row(bar, listing) }
      let range = series.range(
        of: { isMark ? series.mark(at: $0) : series.index(at: $0) }, from: bar.open / 60_000,
        to: bar.end / 60_000, now: desk.now)
      let prices = [range.open, range.high, range.low, range.close].map {
        "\"" + Digits.fixed($0, 8) + "\""
      }
      return "[\(bar.open)," + prices.joined(separator: ",")
        + ",\"0\",\(bar.end - 1),\"0\",\((bar.end - bar.open) / 1_000),\"0\",\"0\",\"0\"]"
    }
    return DialectReply("[" + rows.joined(separator: ",") + "]", rows: rows.count)
  }

  private func row(_ bar: EmulatedBar, _ listing: Listing) -> String {
    let row = bar.row
    let prices = [row.open, row.high, row.low, row.close].map { "\"\(price($0, listing))\"" }
    return "[\(bar.open)," + prices.joined(separator: ",") + #"""
      ,"\#(size(row.volume, listing))",\#
      \#(bar.end - 1),"\#(Digits.fixed(row.turnover, 4))0",\#(row.trades),\#
      "\#(size(row.buy, listing))","\#(Digits.fixed(row.buyTurnover, 4))0","0"]
      """#
  }

  private func premium(_ listing: Listing, _ desk: Desk) -> String {
    let series = desk.series(listing)
    let isPerpetual = listing.expiry == nil
    let rate = isPerpetual ? Digits.fixed(series.runningFunding(at: desk.now), 8) : ""
    let mark = Digits.fixed(series.mark(at: desk.now), 8)
    let index = Digits.fixed(series.index(at: desk.now), 8)
    return
      #"""
      {"symbol":"\#(listing.symbol)","markPrice":"\#(mark)","indexPrice":"\#(index)",\#
      "estimatedSettlePrice":"\#(index)","lastFundingRate":"\#(rate)",\#
      "interestRate":"\#(isPerpetual ? "0.00010000" : "")",\#
      "nextFundingTime":\#(isPerpetual ? desk.settlement(after: desk.now) : 0),\#
      "time":\#(desk.stamp)}
      """#
  }

  private func funding(
    _ request: EmulatedRequest, _ listing: Listing, _ desk: Desk
  ) -> DialectReply {
    guard let limit = request.limit(standard: 100, most: 1_000) else {
      return Self.error(-1130, "Data sent for parameter 'limit' is not valid.")
    }
    let series = desk.series(listing)
    let selection = Selection(
      from: request.integer("startTime"), to: request.integer("endTime"), limit: limit,
      startsAtBeginning: true)
    let times = selection.marks(
      every: 28_800_000, publishedAfter: 0, oldest: 0, series, now: desk.now)
    let rows = times.map { time in
      let jitter = series.noise.below(21, time, 31)
      let rate = Digits.fixed(series.fundingRate(settlement: time / 28_800_000), 8)
      return #"""
        {"symbol":"\#(listing.symbol)","fundingTime":\#(time + jitter),\#
        "fundingRate":"\#(rate)","markPrice":"\#(Digits.fixed(series.mark(at: time), 8))",\#
        "rateType":"Regular"}
        """#
    }
    return DialectReply("[" + rows.joined(separator: ",") + "]", rows: rows.count)
  }

  private func trades(
    _ request: EmulatedRequest, _ listing: Listing, _ desk: Desk
  ) -> DialectReply {
    let limit = request.limit(standard: 500, most: 1_000) ?? 500
    let end = min(request.integer("endTime") ?? desk.now, desk.now)
    let begin = request.integer("startTime") ?? end - Int64(limit) * 1_000
    guard end - begin <= 3_600_000 || request.parameter("endTime") == nil else {
      return Self.error(-1127, "More than 1 hours between startTime and endTime.")
    }
    let found = desk.series(listing).trades(after: begin, through: end, most: limit)
    let rows = found.map { trade in
      #"""
      {"a":\#(trade.number),"p":"\#(price(trade.price, listing))",\#
      "q":"\#(size(trade.size, listing))","f":\#(trade.number),"l":\#(trade.number),\#
      "T":\#(trade.time),"m":\#(!trade.takerBought)}
      """#
    }
    return DialectReply("[" + rows.joined(separator: ",") + "]", rows: rows.count)
  }

  private func ticker(_ listing: Listing, _ desk: Desk) -> String {
    let day = desk.series(listing).day(to: desk.now)
    let change = listing.price.value(day.close - day.open)
    let share = change / listing.price.value(day.open) * 100
    let average = Digits.fixed((day.high + day.low) / 2, listing.price.decimals)
    return #"""
      {"symbol":"\#(listing.symbol)",\#
      "priceChange":"\#(Digits.fixed(change, listing.price.decimals))",\#
      "priceChangePercent":"\#(Digits.fixed(share, 3))","weightedAvgPrice":"\#(average)",\#
      "lastPrice":"\#(price(day.close, listing))","lastQty":"\#(size(1, listing))",\#
      "openPrice":"\#(price(day.open, listing))","highPrice":"\#(price(day.high, listing))",\#
      "lowPrice":"\#(price(day.low, listing))","volume":"\#(size(day.volume, listing))",\#
      "quoteVolume":"\#(Digits.fixed(day.turnover, 4))","openTime":\#(desk.now - 86_400_000),\#
      "closeTime":\#(desk.stamp),"firstId":1,"lastId":\#(day.trades),"count":\#(day.trades)}
      """#
  }

  private func statistics(
    _ request: EmulatedRequest, _ listing: Listing, _ desk: Desk
  ) -> DialectReply {
    let periods: [String: Int64] = [
      "5m": 5, "15m": 15, "30m": 30, "1h": 60, "2h": 120, "4h": 240, "6h": 360, "12h": 720,
      "1d": 1_440,
    ]
    guard let minutes = request.parameter("period").flatMap({ periods[$0] }) else {
      return Self.error(-1130, "Data sent for parameter 'period' is not valid.")
    }
    let limit = request.integer("limit") ?? 30
    guard (1...500).contains(limit) else {
      return Self.error(-1130, "Data sent for parameter 'limit' is not valid.")
    }
    let oldest = desk.now - 30 * 86_400_000
    if let from = request.integer("startTime"), from < oldest - 86_400_000 {
      return Self.error(-1130, "parameter 'startTime' is invalid.")
    }
    let series = desk.series(listing)
    let selection = Selection(
      from: request.integer("startTime"), to: request.integer("endTime"), limit: Int(limit),
      startsAtBeginning: true)
    let times = selection.marks(
      every: minutes * 60_000, publishedAfter: 12_000, oldest: oldest, series, now: desk.now)
    let rows = times.map { time in
      statistic(request.path, listing, series, minutes: minutes, at: time)
    }
    return DialectReply("[" + rows.joined(separator: ",") + "]", rows: rows.count)
  }

  private func statistic(
    _ path: String, _ listing: Listing, _ series: InstrumentSeries, minutes: Int64, at time: Int64
  ) -> String {
    switch path {
    case "/futures/data/openInterestHist":
      let interest = series.openInterest(at: time)
      let value = series.value(ofSize: interest, price: series.mark(at: time))
      let size = Digits.padded(
        listing.size.value(interest), listing.size.decimals, to: 8)
      return #"""
        {"symbol":"\#(listing.symbol)","sumOpenInterest":"\#(size)",\#
        "sumOpenInterestValue":"\#(Digits.padded(value, 4, to: 8))",\#
        "CMCCirculatingSupply":"20086328.00000000","timestamp":\#(time)}
        """#
    case "/futures/data/takerlongshortRatio":
      let takers = series.takers(minutes: minutes, to: time)
      let ratio = takers.sell > 0 ? Double(takers.buy) / Double(takers.sell) : 1
      return #"""
        {"buySellRatio":"\#(Digits.fixed(ratio, 4))",\#
        "buyVol":"\#(Digits.fixed(listing.size.value(takers.buy), 4))",\#
        "sellVol":"\#(Digits.fixed(listing.size.value(takers.sell), 4))",\#
        "timestamp":\#(time)}
        """#
    default:
      let which: UInt64 =
        switch path {
        case "/futures/data/topLongShortAccountRatio": 1
        case "/futures/data/topLongShortPositionRatio": 2
        default: 0
        }
      let ratio = series.ratio(at: time, which: which)
      let long = ratio / (1 + ratio)
      return #"""
        {"symbol":"\#(listing.symbol)","longAccount":"\#(Digits.fixed(long, 4))",\#
        "longShortRatio":"\#(Digits.fixed(ratio, 4))",\#
        "shortAccount":"\#(Digits.fixed(1 - long, 4))","timestamp":\#(time)}
        """#
    }
  }
}
