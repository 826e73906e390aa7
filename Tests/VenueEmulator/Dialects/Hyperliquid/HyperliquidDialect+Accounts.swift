import MapEngine

extension HyperliquidDialect {
  /// The margin tables that are told; a table below 50 that isn't is flat, of its own number.
  static let tables: [(id: Int64, text: String)] = [
    (
      54,
      "{\"description\":\"tiered 20x (2)\",\"marginTiers\":[{\"lowerBound\":\"0.0\","
        + "\"maxLeverage\":20},{\"lowerBound\":\"70000000.0\",\"maxLeverage\":10}]}"
    ),
    (
      55,
      "{\"description\":\"tiered 25x\",\"marginTiers\":[{\"lowerBound\":\"0.0\","
        + "\"maxLeverage\":25},{\"lowerBound\":\"100000000.0\",\"maxLeverage\":15}]}"
    ),
    (
      56,
      "{\"description\":\"tiered 40x\",\"marginTiers\":[{\"lowerBound\":\"0.0\","
        + "\"maxLeverage\":40},{\"lowerBound\":\"150000000.0\",\"maxLeverage\":20}]}"
    ),
  ]

  func meta(_ desk: Desk) -> String {
    let universe = desk.listings.map { listing -> String in
      let table =
        switch listing.symbol {
        case "BTC": (leverage: 40, id: 56)
        case "ETH": (leverage: 25, id: 55)
        case "SOL": (leverage: 20, id: 54)
        default: (leverage: 10, id: 10)
        }
      let delisted = desk.isTrading(listing) ? "" : ",\"isDelisted\":true"
      return "{\"szDecimals\":\(listing.size.decimals),\"name\":\"\(listing.symbol)\","
        + "\"maxLeverage\":\(table.leverage),\"marginTableId\":\(table.id)\(delisted)}"
    }
    let tables = Self.tables.map { "[\($0.id),\($0.text)]" }
    return "{\"universe\":[\(universe.joined(separator: ","))],"
      + "\"marginTables\":[\(tables.joined(separator: ","))],\"collateralToken\":0}"
  }

  /// The state of an address: the addresses 0x…1 to 0x…28 hold the market's largest known
  /// positions in bitcoin, every other one nothing.
  func account(_ user: String, _ desk: Desk) -> String {
    let number = Int(user.suffix(8), radix: 16) ?? 0
    let isKnown = user.dropFirst(2).dropLast(8).allSatisfy { $0 == "0" } && (1...40) ~= number
    var position = ""
    if isKnown, let listing = desk.listing("BTC"), desk.isTrading(listing) {
      let known = desk.market.positions(of: listing.coin, symbol: "BTC", on: .hyperliquid)
      let largest = known.positions.sorted {
        ($0.quantity, $0.liquidationPrice) > ($1.quantity, $1.liquidationPrice)
      }
      if number <= largest.count { position = asset(largest[number - 1], listing, desk) }
    }
    let margin =
      "{\"accountValue\":\"0.0\",\"totalNtlPos\":\"0.0\",\"totalRawUsd\":\"0.0\","
      + "\"totalMarginUsed\":\"0.0\"}"
    return #"""
      {"marginSummary":\#(margin),"crossMarginSummary":\#(margin),\#
      "crossMaintenanceMarginUsed":"0.0","withdrawable":"0.0",\#
      "assetPositions":[\#(position)],"time":\#(desk.stamp)}
      """#
  }

  private func asset(
    _ position: StandingPosition, _ listing: Listing, _ desk: Desk
  ) -> String {
    let mark = desk.series(listing).mark(at: desk.now)
    let size = position.quantity * position.side.sign
    let value = position.quantity * mark
    let leverage = min(max(Int(position.effectiveLeverage), 1), 40)
    let margin = Digits.pointed(value / Double(leverage), 6)
    return #"""
      {"type":"oneWay","position":{"coin":"BTC",\#
      "szi":"\#(Digits.pointed(size, listing.size.decimals))",\#
      "leverage":{"type":"cross","value":\#(leverage)},\#
      "entryPx":"\#(Digits.pointed(mark, 1))","positionValue":"\#(Digits.pointed(value, 5))",\#
      "unrealizedPnl":"0.0","returnOnEquity":"0.0",\#
      "liquidationPx":"\#(Digits.pointed(position.liquidationPrice, 6))",\#
      "marginUsed":"\#(margin)","maxLeverage":40,\#
      "cumFunding":{"allTime":"0.0","sinceOpen":"0.0","sinceChange":"0.0"}}}
      """#
  }
}
