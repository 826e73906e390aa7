extension BybitDialect {
  func instruments(
    _ request: EmulatedRequest, _ category: String, _ desk: Desk
  ) -> DialectReply {
    var found = listings(category, desk)
    let status = request.parameter("status") ?? "Trading"
    found = found.filter { desk.isTrading($0) == (status == "Trading") }
    if let symbol = request.parameter("symbol") {
      found = listings(category, desk).filter { $0.symbol == symbol }
      if found.isEmpty { return error("params error: Symbol Is Invalid", desk) }
    }
    if let base = request.parameter("baseCoin") {
      found = found.filter { $0.symbol.hasPrefix(base) }
    }
    guard let limit = request.limit(standard: 500, most: 1_000) else {
      return error("params error: Limit Is Invalid", desk)
    }
    let start = Int(request.parameter("cursor").flatMap(Self.number) ?? 0)
    let page = found.dropFirst(start).prefix(limit)
    let cursor = start + limit < found.count ? "first%3D\(start + limit)" : ""
    let rows = page.map { instrument($0, desk) }
    return DialectReply(
      envelope(
        "{\"category\":\"\(category)\",\"list\":[\(rows.joined(separator: ","))],"
          + "\"nextPageCursor\":\"\(cursor)\"}", desk), rows: rows.count)
  }

  private func instrument(_ listing: Listing, _ desk: Desk) -> String {
    let isUSDC = listing.symbol == "BTCPERP"
    let quote = listing.kind == .inverse ? "USD" : isUSDC ? "USDC" : "USDT"
    let isDated = listing.expiry != nil
    let base =
      listing.kind == .inverse
      ? "BTC" : isUSDC ? "BTC" : String(listing.symbol.split(separator: "-")[0].dropLast(4))
    let kind =
      (listing.kind == .inverse ? "Inverse" : "Linear") + (isDated ? "Futures" : "Perpetual")
    let step = Digits.fixed(listing.size.step, listing.size.decimals)
    let tick = Digits.fixed(listing.price.step, listing.price.decimals)
    return #"""
      {"symbol":"\#(listing.symbol)","symbolId":5,"contractType":"\#(kind)",\#
      "status":"\#(desk.isTrading(listing) ? "Trading" : "Closed")","baseCoin":"\#(base)",\#
      "quoteCoin":"\#(quote)","launchTime":"\#(desk.listed(listing))",\#
      "deliveryTime":"\#(listing.expiry ?? "0")","deliveryFeeRate":"",\#
      "priceScale":"\#(listing.price.decimals)","leverageFilter":{"minLeverage":"1",\#
      "maxLeverage":"100.00","leverageStep":"0.01"},"priceFilter":{\#
      "minPrice":"\#(tick)","maxPrice":"1999999.80","tickSize":"\#(tick)"},\#
      "lotSizeFilter":{"maxOrderQty":"1190.000","minOrderQty":"\#(step)",\#
      "qtyStep":"\#(step)","postOnlyMaxOrderQty":"1190.000",\#
      "maxMktOrderQty":"500.000","minNotionalValue":"5"},"unifiedMarginTrade":true,\#
      "fundingInterval":480,"settleCoin":"\#(listing.kind == .inverse ? base : quote)",\#
      "copyTrading":"both","upperFundingRate":"0.00375",\#
      "lowerFundingRate":"-0.00375","isPreListing":false,"preListingInfo":null,\#
      "riskParameters":{"priceLimitRatioX":"0.01","priceLimitRatioY":"0.02"},\#
      "symbolType":""}
      """#
  }

  /// The tiers of one symbol, or of 15 symbols a page; in no order, as the venue gives them.
  func riskLimit(
    _ request: EmulatedRequest, _ category: String, _ desk: Desk
  ) -> DialectReply {
    let all = listings(category, desk).filter { desk.isTrading($0) }
    var found = all
    var cursor = ""
    if let symbol = request.parameter("symbol") {
      found = all.filter { $0.symbol == symbol }
      if found.isEmpty { return error("params error: Symbol Is Invalid", desk) }
    } else {
      let start = Int(request.parameter("cursor").flatMap(Self.number) ?? 0)
      found = Array(all.dropFirst(start).prefix(15))
      cursor = start + 15 < all.count ? "start%3D\(start + 15)" : ""
    }
    let rows = found.flatMap { tiers($0) }
    return DialectReply(
      envelope(
        "{\"category\":\"\(category)\",\"list\":[\(rows.joined(separator: ","))],"
          + "\"nextPageCursor\":\"\(cursor)\"}", desk), rows: rows.count)
  }

  private func tiers(_ listing: Listing) -> [String] {
    // Cap, maintenance, initial margin, leverage, deduction by continuity.
    let linear: [(String, String, String, String, String?)] = [
      ("2000000", "0.005", "0.01", "100.00", "3400"),
      ("300000", "0.0033", "0.0066", "150.00", ""),
      ("10000000", "0.01", "0.02", "50.00", "13400"),
      ("50000000", "0.025", "0.05", "20.00", "163400"),
      ("200000000", "0.1", "0.2", "5.00", "3913400"),
      ("800000000", "0.42", "0.6993", "1.43", "67913400"),
    ]
    let inverse: [(String, String, String, String, String?)] = [
      ("300", "1", "2", "50.00", "0.75"), ("150", "0.5", "1", "100.00", ""),
      ("450", "1.5", "3", "33.33", "2.25"),
    ]
    let rows = listing.kind == .linear ? linear : inverse
    return rows.enumerated().map { place, tier in
      let deduction = tier.4.map { ",\"mmDeduction\":\"\($0)\"" } ?? ""
      return
        #"""
        {"id":\#(place + 1),"symbol":"\#(listing.symbol)","riskLimitValue":"\#(tier.0)",\#
        "maintenanceMargin":"\#(tier.1)","initialMargin":"\#(tier.2)",\#
        "isLowestRisk":\#(place == 1 ? 1 : 0),"maxLeverage":"\#(tier.3)"\#(deduction)}
        """#
    }
  }
}
