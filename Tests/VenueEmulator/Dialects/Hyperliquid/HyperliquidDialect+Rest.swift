import Market

extension HyperliquidDialect {
  func answer(_ request: EmulatedRequest, _ desk: Desk) -> DialectReply {
    guard request.path == "/info" else {
      return DialectReply(.text("", status: 404, type: "text/plain"))
    }
    let isJSON = request.headers.contains {
      $0.name.lowercased() == "content-type" && $0.value.hasPrefix("application/json")
    }
    guard request.method == "POST", isJSON else {
      return DialectReply(
        .text(
          "Expected request with `Content-Type: application/json`", status: 415,
          type: "text/plain; charset=utf-8"))
    }
    guard let body = ClientJSON(request.body), let type = body["type"]?.string else {
      return Self.unreadable
    }
    // Builder markets are other houses: they list nothing here.
    if let dex = body["dex"]?.string, !dex.isEmpty {
      return DialectReply("null", status: 500)
    }
    switch type {
    case "meta": return DialectReply(meta(desk))
    case "metaAndAssetCtxs":
      let contexts = desk.listings.map { context($0, desk) }.joined(separator: ",")
      return DialectReply("[\(meta(desk)),[\(contexts)]]")
    case "allMids":
      let mids = desk.trading.map { "\"\($0.symbol)\":\"\(middle($0, desk))\"" }
      return DialectReply("{\(mids.joined(separator: ","))}")
    case "candleSnapshot": return candles(body, desk)
    case "fundingHistory": return fundingHistory(body, desk)
    case "recentTrades":
      guard let listing = desk.listing(body["coin"]?.string), desk.isTrading(listing) else {
        return DialectReply("null", status: 500)
      }
      let found = desk.series(listing).trades(
        after: desk.now - 10_000, through: desk.now, most: 20)
      let rows = found.reversed().map { trade($0, listing) }
      return DialectReply("[\(rows.joined(separator: ","))]", rows: rows.count)
    case "perpDexs": return DialectReply("[null]")
    case "perpsAtOpenInterestCap": return DialectReply("[]")
    case "marginTable":
      guard let id = body["id"]?.integer, let table = Self.tables.first(where: { $0.id == id })
      else { return DialectReply("null", status: 500) }
      return DialectReply(table.text)
    case "clearinghouseState":
      guard let user = body["user"]?.string, user.hasPrefix("0x"), user.count == 42 else {
        return Self.unreadable
      }
      return DialectReply(account(user, desk))
    default: return Self.unreadable
    }
  }

  private func candles(_ body: ClientJSON, _ desk: Desk) -> DialectReply {
    guard let request = body["req"], let coin = request["coin"]?.string,
      let interval = request["interval"]?.string, let clock = Self.clock(interval),
      let from = request["startTime"]?.integer
    else { return Self.unreadable }
    let to = request["endTime"]?.integer ?? desk.now
    guard let listing = desk.listing(coin), desk.isTrading(listing) else {
      return DialectReply("null", status: 500)
    }
    // The bar that the start lies in is among them.
    let newest = clock.last(to: min(to, desk.now))
    let latest = clock.last(to: desk.now)
    let oldest = max(clock.last(to: max(from, 0)), latest - 4_999)
    let bars = desk.series(listing).bars(clock, from: oldest, through: newest, now: desk.now)
    let rows = bars.map { candle($0, listing, interval) }
    return DialectReply("[\(rows.joined(separator: ","))]", rows: rows.count)
  }

  func candle(_ bar: EmulatedBar, _ listing: Listing, _ interval: String) -> String {
    let row = bar.row
    func price(_ units: Int64) -> String { Self.text(units, listing.price) }
    return #"""
      {"t":\#(bar.open),"T":\#(bar.end - 1),"s":"\#(listing.symbol)",\#
      "i":"\#(interval)","o":"\#(price(row.open))","c":"\#(price(row.close))",\#
      "h":"\#(price(row.high))","l":"\#(price(row.low))",\#
      "v":"\#(Self.text(row.volume, listing.size))","n":\#(row.trades)}
      """#
  }

  private func fundingHistory(_ body: ClientJSON, _ desk: Desk) -> DialectReply {
    guard let coin = body["coin"]?.string, let from = body["startTime"]?.integer else {
      return Self.unreadable
    }
    guard let listing = desk.listing(coin), desk.isTrading(listing) else {
      return DialectReply("null", status: 500)
    }
    let series = desk.series(listing)
    let selection = Selection(
      from: from, to: body["endTime"]?.integer, limit: 500, startsAtBeginning: true)
    let times = selection.marks(
      every: 3_600_000, publishedAfter: 0, oldest: 0, series, now: desk.now)
    let rows = times.map { time in
      let rate = Digits.trimmed(series.fundingRate(settlement: time / 28_800_000) / 8, 10)
      let premium = Digits.fixed(series.noise.normal(time, 61) * 0.000_2, 10)
      return "{\"coin\":\"\(coin)\",\"fundingRate\":\"\(rate)\",\"premium\":\"\(premium)\","
        + "\"time\":\(time + 15 + series.noise.below(32, time, 62))}"
    }
    return DialectReply("[\(rows.joined(separator: ","))]", rows: rows.count)
  }

  private func middle(_ listing: Listing, _ desk: Desk) -> String {
    Self.text(desk.series(listing).price(at: desk.now), listing.price)
  }

  /// Open interest counts both sides here. A delisted coin keeps its place.
  func context(_ listing: Listing, _ desk: Desk) -> String {
    guard desk.isTrading(listing) else {
      return #"""
        {"funding":"0.0","openInterest":"0.0","prevDayPx":"0.37621",\#
        "dayNtlVlm":"0.0","premium":null,"oraclePx":"0.3754","markPx":"0.37621",\#
        "midPx":null,"impactPxs":null,"dayBaseVlm":"0.0"}
        """#
    }
    let series = desk.series(listing)
    let minute = BarClock.floored(desk.now, 60_000) * 60_000
    let day = series.day(to: minute)
    let last = series.price(at: desk.now)
    let mark = Digits.pointed(series.mark(at: desk.now), listing.price.decimals)
    let index = Digits.pointed(series.index(at: desk.now), listing.price.decimals + 1)
    let rate = Digits.pointed(series.runningFunding(at: desk.now) / 8, 10)
    let step = listing.price.step
    let premium = Digits.fixed(series.noise.normal(minute, 63) * 0.000_2, 10)
    return #"""
      {"funding":"\#(rate)",\#
      "openInterest":"\#(Self.text(series.openInterest(at: desk.now) * 2, listing.size))",\#
      "prevDayPx":"\#(Self.text(day.open, listing.price))",\#
      "dayNtlVlm":"\#(Digits.pointed(day.turnover, 4))","premium":"\#(premium)",\#
      "oraclePx":"\#(index)","markPx":"\#(mark)",\#
      "midPx":"\#(Self.text(last, listing.price))",\#
      "impactPxs":["\#(Self.text(last - step, listing.price))",\#
      "\#(Self.text(last + step, listing.price))"],\#
      "dayBaseVlm":"\#(Self.text(day.volume, listing.size))"}
      """#
  }

  func trade(_ trade: SeriesTrade, _ listing: Listing) -> String {
    let hash = "0x" + Self.hexadecimal(UInt64(trade.number), digits: 64)
    let buyer = "0x" + Self.hexadecimal(UInt64(trade.number % 40) + 1, digits: 40)
    let seller = "0x" + Self.hexadecimal(UInt64(trade.number % 23) + 1, digits: 40)
    return #"""
      {"coin":"\#(listing.symbol)","side":"\#(trade.takerBought ? "B" : "A")",\#
      "px":"\#(Self.text(trade.price, listing.price))",\#
      "sz":"\#(Self.text(trade.size, listing.size))","time":\#(trade.time),\#
      "hash":"\#(hash)","tid":\#(trade.number),"users":["\#(buyer)","\#(seller)"]}
      """#
  }

  static func hexadecimal(_ value: UInt64, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: digits - text.utf8.count) + text
  }
}
