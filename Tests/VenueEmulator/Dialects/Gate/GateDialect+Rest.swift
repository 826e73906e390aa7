import Market

extension GateDialect {
  func answer(_ request: EmulatedRequest, _ desk: Desk) -> DialectReply {
    guard request.method == "GET", let parts = Self.parts(request.path),
      Self.endpoints.contains(parts.name)
    else {
      return DialectReply(
        .json("{\"label\":\"NOT_FOUND\",\"message\":\"path not found\"}", status: 404))
    }
    for name in ["from", "to", "limit", "offset"] where request.isBroken(name) {
      return Self.error("invalid \(name)")
    }
    let known = Self.listings(parts.settle, desk)
    if parts.name == "contracts" {
      guard let name = parts.rest.first else {
        return list(known.map { contract($0, desk) })
      }
      guard let listing = known.first(where: { $0.symbol == name }) else { return Self.unknown }
      return DialectReply(contract(listing, desk))
    }
    if parts.name == "tickers", request.parameter("contract") == nil {
      return list(known.filter { desk.isTrading($0) }.map { ticker($0, desk) })
    }
    if parts.name == "risk_limit_table" {
      return list(Self.tiers.map { "{\($0)}" })
    }
    var name = request.parameter("contract") ?? ""
    var prefix = ""
    if parts.name == "candlesticks" {
      for known in ["mark_", "index_"] where name.hasPrefix(known) {
        prefix = known
        name = String(name.dropFirst(known.count))
      }
    }
    guard let listing = known.first(where: { $0.symbol == name }), desk.isTrading(listing) else {
      return request.parameter("contract") == nil
        ? Self.error("Missing required parameter: contract", label: "MISSING_REQUIRED_PARAM")
        : Self.unknown
    }
    switch parts.name {
    case "candlesticks": return candlesticks(request, listing, prefix, desk)
    case "contract_stats": return statistics(request, listing, desk)
    case "liq_orders": return liquidations(request, listing, desk)
    case "tickers": return list([ticker(listing, desk)])
    case "risk_limit_tiers":
      return list(Self.tiers.map { "{\($0),\"contract\":\"\(listing.symbol)\"}" })
    case "funding_rate": return funding(request, listing, desk)
    case "trades":
      let limit = request.limit(standard: 100, most: 1_000) ?? 100
      let found = desk.series(listing).trades(
        after: desk.now - Int64(limit) * 1_000, through: desk.now, most: limit * 2)
      return list(found.suffix(limit).reversed().map { trade($0, listing, isStream: false, desk) })
    default: return list([])
    }
  }

  private func list(_ rows: [String]) -> DialectReply {
    DialectReply("[\(rows.joined(separator: ","))]", rows: rows.count)
  }

  private func candlesticks(
    _ request: EmulatedRequest, _ listing: Listing, _ prefix: String, _ desk: Desk
  ) -> DialectReply {
    let interval = request.parameter("interval") ?? "5m"
    guard let clock = Self.clock(interval) else { return Self.error("invalid interval") }
    let hasRange = request.parameter("from") != nil || request.parameter("to") != nil
    if hasRange, request.parameter("limit") != nil {
      return Self.error("limit conflicts with from and to")
    }
    guard let limit = request.limit(standard: 100, most: 2_000) else {
      return Self.error("invalid limit")
    }
    let to = request.integer("to").map { $0 * 1_000 }
    let from = request.integer("from").map { $0 * 1_000 }
    let newest = clock.last(to: min(to ?? desk.now, desk.now))
    var oldest = newest - Int64(limit) + 1
    if let from { oldest = clock.first(from: from) }
    guard newest - oldest < 2_000 else { return Self.error("Candlestick too many points") }
    guard oldest > clock.last(to: desk.now) - 10_000 else {
      return Self.error("Candlestick too long ago. Maximum 10000 points ago are allowed")
    }
    let series = desk.series(listing)
    let bars = series.bars(clock, from: oldest, through: newest, now: desk.now)
    return list(
      bars.map { bar in
        guard !prefix.isEmpty else { return candle(bar, listing, name: nil, desk) }
        let range = series.range(
          of: { prefix == "index_" ? series.index(at: $0) : series.mark(at: $0) },
          from: bar.open / 60_000, to: bar.end / 60_000, now: desk.now)
        func price(_ value: Double) -> String { Digits.trimmed(value, listing.price.decimals) }
        return #"""
          {"o":"\#(price(range.open))","t":\#(bar.open / 1_000),\#
          "c":"\#(price(range.close))","l":"\#(price(range.low))",\#
          "h":"\#(price(range.high))"}
          """#
      })
  }

  /// A candle as REST and, with its name, streams have it.
  func candle(
    _ bar: EmulatedBar, _ listing: Listing, name: String?, _ desk: Desk
  ) -> String {
    let row = bar.row
    func price(_ units: Int64) -> String { Digits.trimmed(units, listing.price.decimals) }
    let sum = Digits.trimmed(row.turnover, listing.kind == .linear ? 4 : 8)
    let own = name.map { ",\"n\":\"\($0)\"" } ?? ""
    return #"""
      {"o":"\#(price(row.open))","v":\#(whole(row.volume, listing, desk)),\#
      "t":\#(bar.open / 1_000),"c":"\#(price(row.close))","l":"\#(price(row.low))",\#
      "h":"\#(price(row.high))","sum":"\#(sum)"\#(own)}
      """#
  }

  /// A size in contracts as they are now: whole ones.
  func whole(_ units: Int64, _ listing: Listing, _ desk: Desk) -> Int64 {
    let factor = desk.contractFactors[listing.symbol] ?? 1
    return Int64((listing.size.value(units) / factor).rounded())
  }

  private func statistics(
    _ request: EmulatedRequest, _ listing: Listing, _ desk: Desk
  ) -> DialectReply {
    let interval = request.parameter("interval") ?? "5m"
    guard let clock = Self.clock(interval), case .minutes(let minutes) = clock, minutes >= 5 else {
      return Self.error("invalid interval")
    }
    guard let limit = request.limit(standard: 30, most: 100) else {
      return Self.error("invalid limit")
    }
    let oldest = desk.now - 180 * 86_400_000
    let from = request.integer("from").map { $0 * 1_000 }
    if let from, from < oldest { return Self.error("from time exceeds 180-day limit") }
    let series = desk.series(listing)
    let times = Selection(from: from, to: nil, limit: limit, startsAtBeginning: true).marks(
      every: minutes * 60_000, publishedAfter: 6_000, oldest: oldest, series, now: desk.now)
    return list(times.map { statistic(listing, series, minutes: minutes, at: $0, desk) })
  }

  /// The facts of a moment, and what was liquidated within the interval up to it.
  func statistic(
    _ listing: Listing, _ series: InstrumentSeries, minutes: Int64, at time: Int64, _ desk: Desk
  ) -> String {
    var sums: (long: Int64, short: Int64, longValue: Double, shortValue: Double) = (0, 0, 0, 0)
    for event in series.liquidations(after: time - minutes * 60_000, through: time) {
      let value = series.value(ofSize: event.size, price: listing.price.value(event.price))
      if event.isLong {
        sums.long += event.size
        sums.longValue += value
      } else {
        sums.short += event.size
        sums.shortValue += value
      }
    }
    let mark = series.mark(at: time)
    let interest = series.openInterest(at: time)
    let takers = series.takers(minutes: minutes, to: time)
    let taker = takers.sell > 0 ? Double(takers.buy) / Double(takers.sell) : 1
    func coins(_ size: Int64) -> String {
      Digits.trimmed(listing.coins(ofSize: size, price: mark), 8)
    }
    let longs = whole(sums.long, listing, desk)
    let shorts = whole(sums.short, listing, desk)
    return #"""
      {"long_liq_size":\#(longs),"short_liq_size":\#(shorts),\#
      "short_liq_usd":\#(Digits.trimmed(sums.shortValue, 4)),\#
      "lsr_account":\#(Digits.trimmed(series.ratio(at: time, which: 0), 13)),\#
      "mark_price":\#(Digits.trimmed(mark, listing.price.decimals + 1)),\#
      "top_lsr_size":\#(Digits.trimmed(series.ratio(at: time, which: 2), 13)),\#
      "time":\#(time / 1_000),"short_liq_amount":\#(coins(sums.short)),\#
      "long_liq_amount":\#(coins(sums.long)),\#
      "open_interest_usd":\#(Digits.trimmed(series.value(ofSize: interest, price: mark), 4)),\#
      "top_lsr_account":\#(Digits.trimmed(series.ratio(at: time, which: 1), 13)),\#
      "open_interest":\#(whole(interest, listing, desk)),\#
      "long_liq_usd":\#(Digits.trimmed(sums.longValue, 4)),\#
      "lsr_taker":\#(Digits.trimmed(taker, 13))}
      """#
  }

  private func liquidations(
    _ request: EmulatedRequest, _ listing: Listing, _ desk: Desk
  ) -> DialectReply {
    let to = min(request.integer("to").map { $0 * 1_000 } ?? desk.now, desk.now)
    let from = request.integer("from").map { $0 * 1_000 } ?? to - 3_600_000
    guard to - from <= 3_600_000 else {
      return Self.error("The time range between from and to cannot exceed 3600 seconds")
    }
    let limit = request.limit(standard: 100, most: 1_000) ?? 100
    guard from < to else { return list([]) }
    // Both ends are whole seconds, and included.
    let end = min(to + 999, desk.now)
    let found = desk.series(listing).liquidations(after: from - 1, through: end).suffix(limit)
    return list(
      found.reversed().map { event in
        let size = whole(event.size, listing, desk)
        let sign: Int64 = event.isLong ? 1 : -1
        let decimals = listing.price.decimals
        return #"""
          {"time":\#(event.time / 1_000),"contract":"\#(listing.symbol)",\#
          "size":\#(size * sign),"order_size":\#(-size * sign),\#
          "order_price":"\#(Digits.trimmed(desk.bankruptcy(event, listing), decimals))",\#
          "fill_price":"\#(Digits.trimmed(event.price, decimals))","left":0}
          """#
      })
  }

  private func funding(
    _ request: EmulatedRequest, _ listing: Listing, _ desk: Desk
  ) -> DialectReply {
    let limit = request.limit(standard: 100, most: 1_000) ?? 100
    let series = desk.series(listing)
    let selection = Selection(
      from: request.integer("from").map { $0 * 1_000 },
      to: request.integer("to").map { $0 * 1_000 }, limit: limit, startsAtBeginning: false)
    let times = selection.marks(
      every: 28_800_000, publishedAfter: 0, oldest: 0, series, now: desk.now)
    return list(
      times.reversed().map { time in
        let rate = Digits.trimmed(series.fundingRate(settlement: time / 28_800_000), 6)
        return "{\"r\":\"\(rate)\",\"t\":\(time / 1_000)}"
      })
  }
}
