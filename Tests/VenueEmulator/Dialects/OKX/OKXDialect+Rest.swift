import Market

extension OKXDialect {
  func answer(_ request: EmulatedRequest, _ desk: Desk) -> DialectReply {
    guard request.method == "GET", request.path.hasPrefix("/api/v5/") else {
      return DialectReply(.text("<html><body>404</body></html>", status: 404))
    }
    for name in ["after", "before", "begin", "end", "limit"] where request.isBroken(name) {
      return Self.broken(name)
    }
    let name = String(request.path.dropFirst("/api/v5/".count))
    switch name {
    case "public/time": return Self.data(["{\"ts\":\"\(desk.stamp)\"}"])
    case "public/instruments": return instruments(request, desk)
    case "public/position-tiers": return tiers(request, desk)
    case "public/liquidation-orders": return liquidationOrders(request, desk)
    case "public/open-interest", "public/mark-price":
      guard request.parameter("instType") == "SWAP" else { return Self.broken("instType") }
      return swaps(request, desk) { listing in
        name == "public/mark-price" ? self.mark(listing, desk) : self.interest(listing, desk)
      }
    case "public/funding-rate":
      guard let id = request.parameter("instId") else { return Self.broken("instId") }
      let found = desk.trading.filter { id == "ANY" || $0.symbol == id }
      return found.isEmpty ? Self.unknown : Self.data(found.map { funding($0, desk) })
    case "market/ticker", "market/tickers":
      return swaps(request, desk) { ticker($0, desk) }
    case "market/index-tickers":
      let found = desk.trading.filter { Self.family($0) == request.parameter("instId") }
      guard let listing = found.first else { return Self.unknown }
      return Self.data([index(listing, desk)])
    default: break
    }
    let isIndex = name.hasSuffix("index-candles")
    guard let id = request.parameter("instId") else {
      return name.hasPrefix("market/") || name.hasPrefix("rubik/") || name.hasPrefix("public/")
        ? Self.broken("instId") : DialectReply(.text("<html></html>", status: 404))
    }
    guard
      let listing = desk.trading.first(where: { isIndex ? Self.family($0) == id : $0.symbol == id })
    else { return Self.unknown }
    switch name {
    case "market/candles", "market/history-candles", "market/mark-price-candles",
      "market/history-mark-price-candles", "market/index-candles", "market/history-index-candles":
      return candles(request, listing, desk)
    case "public/funding-rate-history": return fundingHistory(request, listing, desk)
    case "market/trades":
      let limit = request.limit(standard: 100, most: 500) ?? 100
      let found = desk.series(listing).trades(
        after: desk.now - Int64(limit) * 1_000, through: desk.now, most: limit * 2)
      return Self.data(found.suffix(limit).reversed().map { trade($0, listing, desk) })
    default:
      guard name.hasPrefix("rubik/stat/") else {
        return DialectReply(.text("<html><body>404</body></html>", status: 404))
      }
      return rubik(request, listing, desk)
    }
  }

  private func swaps(
    _ request: EmulatedRequest, _ desk: Desk, _ row: (Listing) -> String
  ) -> DialectReply {
    var found = desk.trading
    if let id = request.parameter("instId") { found = found.filter { $0.symbol == id } }
    if let family = request.parameter("instFamily") {
      found = found.filter { Self.family($0) == family }
    }
    return found.isEmpty ? Self.unknown : Self.data(found.map(row))
  }

  /// `after` means older than, `before` newer than; both are moments that aren't included.
  private func selection(
    _ request: EmulatedRequest, after: String, before: String, limit: Int
  ) -> Selection {
    Selection(
      from: request.integer(before).map { $0 + 1 }, to: request.integer(after).map { $0 - 1 },
      limit: limit, startsAtBeginning: false)
  }

  private func candles(
    _ request: EmulatedRequest, _ listing: Listing, _ desk: Desk
  ) -> DialectReply {
    let bar = request.parameter("bar") ?? "1m"
    // Days that begin at UTC+8 have no clock here: whoever asks for them gets what they are.
    let shift: Int64 = ["6H", "12H", "1D"].contains(bar) ? 8 * 60 : 0
    guard let clock = Self.clock(shift > 0 ? bar + "utc" : bar) else { return Self.broken("bar") }
    let isHistory = request.path.contains("history-")
    let isTraded =
      request.path.hasSuffix("market/candles")
      || request.path.hasSuffix("market/history-candles")
    guard let limit = request.limit(standard: 100, most: isTraded && !isHistory ? 300 : 100)
    else { return Self.broken("limit") }
    var selection = selection(request, after: "after", before: "before", limit: limit)
    let now = desk.now + shift * 60_000
    let latest = clock.bar(of: BarClock.floored(now, 60_000))
    // The newest 1440 bars, or of minutes a week.
    var depth = isHistory ? Int64.max : 1_440
    if isHistory, clock == .minutes(1) { depth = 7 * 1_440 }
    if depth < .max {
      let oldest = clock.start(latest - depth + 1) * 60_000
      selection.from = max(selection.from ?? oldest, oldest)
    }
    let series = desk.series(listing)
    let bars =
      shift == 0
      ? selection.bars(clock, series, now: desk.now)
      : shifted(
        selection, clock, shift, series, desk)
    let rows = bars.reversed().map { bar in
      isTraded ? row(bar, listing, desk) : priceRow(bar, request.path, series, desk)
    }
    return Self.data(rows)
  }

  /// Bars of a clock that is ahead of UTC.
  private func shifted(
    _ selection: Selection, _ clock: BarClock, _ shift: Int64, _ series: InstrumentSeries,
    _ desk: Desk
  ) -> [EmulatedBar] {
    let newest = clock.last(to: min(selection.to ?? desk.now, desk.now) + shift * 60_000)
    return ((newest - Int64(selection.limit) + 1)...newest).compactMap { bar in
      let from = clock.start(bar) - shift
      let to = clock.start(bar + 1) - shift
      guard from * 60_000 >= selection.from ?? .min,
        let row = series.row(from: from, to: to, now: desk.now)
      else { return nil }
      return EmulatedBar(
        open: from * 60_000, end: to * 60_000, row: row, isClosed: to * 60_000 <= desk.now)
    }
  }

  /// A candle as REST and streams have it.
  func row(_ bar: EmulatedBar, _ listing: Listing, _ desk: Desk) -> String {
    let row = bar.row
    let prices = [row.open, row.high, row.low, row.close].map {
      "\"" + Digits.trimmed($0, listing.price.decimals) + "\""
    }
    let typical = listing.price.value((row.high + row.low) / 2)
    let coins: String
    let dollars: String
    if listing.kind == .linear {
      coins = Digits.trimmed(listing.coins(ofSize: row.volume, price: typical), 6)
      dollars = Digits.trimmed(row.turnover, 4)
    } else {
      coins = Digits.trimmed(row.turnover, 8)
      dollars = Digits.trimmed(listing.size.value(row.volume) * listing.unit, 2)
    }
    return "[\"\(bar.open)\"," + prices.joined(separator: ",")
      + ",\"\(desk.size(row.volume, listing))\",\"\(coins)\",\"\(dollars)\","
      + "\"\(bar.isClosed ? 1 : 0)\"]"
  }

  func priceRow(
    _ bar: EmulatedBar, _ path: String, _ series: InstrumentSeries, _ desk: Desk
  ) -> String {
    let isIndex = path.contains("index-candle")
    let range = series.range(
      of: { isIndex ? series.index(at: $0) : series.mark(at: $0) }, from: bar.open / 60_000,
      to: bar.end / 60_000, now: desk.now)
    let prices = [range.open, range.high, range.low, range.close].map {
      "\"" + Digits.trimmed($0, series.listing.price.decimals) + "\""
    }
    return "[\"\(bar.open)\"," + prices.joined(separator: ",") + ",\"\(bar.isClosed ? 1 : 0)\"]"
  }

  private func fundingHistory(
    _ request: EmulatedRequest, _ listing: Listing, _ desk: Desk
  ) -> DialectReply {
    let limit = request.limit(standard: 100, most: 100) ?? 100
    let series = desk.series(listing)
    let times = selection(request, after: "after", before: "before", limit: limit).marks(
      every: 28_800_000, publishedAfter: 0, oldest: desk.now - 90 * 86_400_000, series,
      now: desk.now)
    return Self.data(
      times.reversed().map { time in
        let rate = Digits.fixed(series.fundingRate(settlement: time / 28_800_000), 16 - 2)
        return #"""
          {"formulaType":"withRate","fundingRate":"\#(rate)",\#
          "fundingTime":"\#(time)","instId":"\#(listing.symbol)","instType":"SWAP",\#
          "method":"current_period","realizedRate":"\#(rate)"}
          """#
      })
  }

  private func rubik(
    _ request: EmulatedRequest, _ listing: Listing, _ desk: Desk
  ) -> DialectReply {
    let periods: [String: Int64] = [
      "5m": 5, "15m": 15, "30m": 30, "1H": 60, "2H": 120, "4H": 240, "6Hutc": 360, "12Hutc": 720,
      "1Dutc": 1_440, "1D": 1_440,
    ]
    guard let minutes = periods[request.parameter("period") ?? "5m"] else {
      return Self.broken("period")
    }
    guard let limit = request.limit(standard: 100, most: 100) else { return Self.broken("limit") }
    let series = desk.series(listing)
    let selection = Selection(
      from: request.integer("begin"), to: request.integer("end"), limit: limit,
      startsAtBeginning: false)
    let times = selection.marks(
      every: minutes * 60_000, publishedAfter: 9_000,
      oldest: desk.now - 1_440 * minutes * 60_000, series, now: desk.now)
    let rows = times.reversed().map { time -> String in
      if request.path.hasSuffix("open-interest-history") {
        return "[\"\(time)\","
          + interest(listing, series, at: time, desk).map { "\"\($0)\"" }
          .joined(separator: ",") + "]"
      }
      if request.path.hasSuffix("taker-volume-contract") {
        let takers = series.takers(minutes: minutes, to: time)
        let unit = request.parameter("unit") ?? "1"
        let parts = [takers.sell, takers.buy].map { size -> String in
          let price = series.mark(at: time)
          switch unit {
          case "0": return Digits.trimmed(listing.coins(ofSize: size, price: price), 4)
          case "2": return Digits.trimmed(series.value(ofSize: size, price: price), 4)
          default: return desk.size(size, listing)
          }
        }
        return "[\"\(time)\",\"\(parts[0])\",\"\(parts[1])\"]"
      }
      let which: UInt64 =
        request.path.hasSuffix("contract") ? 0 : request.path.contains("position") ? 2 : 1
      return "[\"\(time)\",\"\(Digits.trimmed(series.ratio(at: time, which: which), 4))\"]"
    }
    return Self.data(rows)
  }
}
