extension OKXDialect {
  /// Open interest in contracts, coins and dollars.
  func interest(
    _ listing: Listing, _ series: InstrumentSeries, at time: Int64, _ desk: Desk
  ) -> [String] {
    let size = series.openInterest(at: time)
    let mark = series.mark(at: time)
    let coins = listing.coins(ofSize: size, price: mark)
    // The venue itself writes noise behind the last digit that means something.
    let noise = listing.kind == .linear ? "0000000309" : ""
    let text = Digits.fixed(coins, 4) + noise
    return [
      desk.size(size, listing), text, Digits.fixed(series.value(ofSize: size, price: mark), 4),
    ]
  }

  func interest(_ listing: Listing, _ desk: Desk) -> String {
    let figures = interest(listing, desk.series(listing), at: desk.now, desk)
    return "{\"instId\":\"\(listing.symbol)\",\"instType\":\"SWAP\",\"oi\":\"\(figures[0])\","
      + "\"oiCcy\":\"\(figures[1])\",\"oiUsd\":\"\(figures[2])\",\"ts\":\"\(desk.stamp)\"}"
  }

  func mark(_ listing: Listing, _ desk: Desk) -> String {
    let mark = Digits.trimmed(desk.series(listing).mark(at: desk.now), listing.price.decimals)
    return "{\"instId\":\"\(listing.symbol)\",\"instType\":\"SWAP\",\"markPx\":\"\(mark)\","
      + "\"ts\":\"\(desk.stamp)\"}"
  }

  func index(_ listing: Listing, _ desk: Desk) -> String {
    let series = desk.series(listing)
    let decimals = listing.price.decimals
    let day = series.day(to: desk.now)
    func price(_ units: Int64) -> String { Digits.trimmed(units, decimals) }
    return #"""
      {"instId":"\#(Self.family(listing))",\#
      "idxPx":"\#(Digits.trimmed(series.index(at: desk.now), decimals))",\#
      "high24h":"\#(price(day.high))","low24h":"\#(price(day.low))",\#
      "open24h":"\#(price(day.open))","sodUtc0":"\#(price(day.open))",\#
      "sodUtc8":"\#(price(day.open))","ts":"\#(desk.stamp)"}
      """#
  }

  func funding(_ listing: Listing, _ desk: Desk) -> String {
    let series = desk.series(listing)
    let next = desk.settlement(after: desk.now)
    let rate = Digits.fixed(series.runningFunding(at: desk.now), 14)
    let settled = Digits.fixed(series.fundingRate(settlement: next / 28_800_000 - 1), 14)
    return #"""
      {"formulaType":"withRate","fundingRate":"\#(rate)","fundingTime":"\#(next)",\#
      "impactValue":"20000.0000000000000000","instId":"\#(listing.symbol)",\#
      "instType":"SWAP","interestRate":"0.0001000000000000",\#
      "maxFundingRate":"0.00375","method":"current_period",\#
      "minFundingRate":"-0.00375","nextFundingRate":"",\#
      "nextFundingTime":"\#(next + 28_800_000)","premium":"-0.0004010920207754",\#
      "prevFundingTime":"\#(next - 28_800_000)","settFundingRate":"\#(settled)",\#
      "settState":"settled","ts":"\#(desk.stamp)"}
      """#
  }

  func ticker(_ listing: Listing, _ desk: Desk) -> String {
    let day = desk.series(listing).day(to: desk.now)
    func price(_ units: Int64) -> String { Digits.trimmed(units, listing.price.decimals) }
    let coins = listing.coins(ofSize: day.volume, price: listing.price.value(day.close))
    return
      #"""
      {"instType":"SWAP","instId":"\#(listing.symbol)","last":"\#(price(day.close))",\#
      "lastSz":"1","askPx":"\#(price(day.close + listing.price.step))","askSz":"3",\#
      "bidPx":"\#(price(day.close))","bidSz":"4","open24h":"\#(price(day.open))",\#
      "high24h":"\#(price(day.high))","low24h":"\#(price(day.low))",\#
      "sodUtc0":"\#(price(day.open))","sodUtc8":"\#(price(day.open))",\#
      "volCcy24h":"\#(Digits.trimmed(coins, 4))","vol24h":"\#(desk.size(day.volume, listing))",\#
      "ts":"\#(desk.stamp)"}
      """#
  }

  func trade(_ trade: SeriesTrade, _ listing: Listing, _ desk: Desk) -> String {
    #"""
    {"instId":"\#(listing.symbol)","tradeId":"\#(trade.number)",\#
    "px":"\#(Digits.trimmed(trade.price, listing.price.decimals))",\#
    "sz":"\#(desk.size(trade.size, listing))",\#
    "side":"\#(trade.takerBought ? "buy" : "sell")","ts":"\#(trade.time)","count":"1",\#
    "source":"0","seqId":\#(trade.number)}
    """#
  }

  /// One instrument's forced closings as REST and streams have them.
  func liquidations(
    _ events: [SeriesLiquidation], _ listing: Listing, _ desk: Desk
  ) -> String {
    let details = events.map { event in
      // Half of the accounts hold net positions: then only the order's side tells.
      let isNet = event.time / 7 % 2 == 0
      let side = isNet ? "net" : event.isLong ? "long" : "short"
      return
        #"""
        {"bkLoss":"0","bkPx":"\#(Digits.trimmed(event.price, listing.price.decimals))",\#
        "ccy":"","posSide":"\#(side)","side":"\#(event.isLong ? "sell" : "buy")",\#
        "sz":"\#(desk.size(event.size, listing))","ts":"\#(event.time)"}
        """#
    }
    let family = Self.family(listing)
    return "{\"details\":[\(details.joined(separator: ","))],\"instFamily\":\"\(family)\","
      + "\"instId\":\"\(listing.symbol)\",\"instType\":\"SWAP\",\"uly\":\"\(family)\"}"
  }

  /// About a day of liquidations, newest first.
  func liquidationOrders(_ request: EmulatedRequest, _ desk: Desk) -> DialectReply {
    guard request.parameter("instType") == "SWAP" else { return Self.broken("instType") }
    guard let family = request.parameter("instFamily") ?? request.parameter("uly") else {
      return Self.broken("instFamily")
    }
    guard let listing = desk.trading.first(where: { Self.family($0) == family }) else {
      return Self.unknown
    }
    let limit = request.limit(standard: 100, most: 100) ?? 100
    var from = desk.now - 86_400_000
    var to = desk.now
    if let after = request.integer("after") { to = min(to, after - 1) }
    if let before = request.integer("before") { from = max(from, before) }
    guard from < to else { return Self.data([]) }
    let found = desk.series(listing).liquidations(after: from, through: to).suffix(limit)
    guard !found.isEmpty else { return Self.data([]) }
    return Self.data([liquidations(found.reversed(), listing, desk)])
  }
}
