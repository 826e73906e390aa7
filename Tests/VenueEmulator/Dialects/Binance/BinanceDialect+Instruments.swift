extension BinanceDialect {
  func exchangeInfo(_ desk: Desk) -> String {
    let assets = ["USDT", "BTC", "BNB", "ETH", "USDC"].map {
      "{\"asset\":\"\($0)\",\"marginAvailable\":true,\"autoAssetExchange\":\"-10000\"}"
    }
    let symbols = desk.listings.map { symbol($0, desk) }
    return #"""
      {"timezone":"UTC","serverTime":\#(desk.stamp),"futuresType":"U_MARGINED",\#
      "rateLimits":[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE",\#
      "intervalNum":1,"limit":2400},{"rateLimitType":"ORDERS","interval":"MINUTE",\#
      "intervalNum":1,"limit":1200},{"rateLimitType":"ORDERS","interval":"SECOND",\#
      "intervalNum":10,"limit":300}],"exchangeFilters":[],\#
      "assets":[\#(assets.joined(separator: ","))],\#
      "symbols":[\#(symbols.joined(separator: ","))]}
      """#
  }

  private func symbol(_ listing: Listing, _ desk: Desk) -> String {
    let quote = listing.symbol.contains("USDC") ? "USDC" : "USDT"
    let pair = String(listing.symbol.split(separator: "_")[0])
    let base = String(pair.dropLast(4))
    let tick = Digits.fixed(listing.price.step, listing.price.decimals)
    let step = Digits.trimmed(listing.size.step, listing.size.decimals)
    let status = desk.isTrading(listing) ? "TRADING" : "SETTLING"
    let kind = listing.expiry == nil ? "PERPETUAL" : "CURRENT_QUARTER"
    let delivery = listing.expiry == nil ? 4_133_404_800_000 : 1_806_134_400_000
    return #"""
      {"symbol":"\#(listing.symbol)","pair":"\#(pair)","contractType":"\#(kind)",\#
      "deliveryDate":\#(delivery),"onboardDate":\#(desk.listed(listing)),\#
      "status":"\#(status)","maintMarginPercent":"2.5000",\#
      "requiredMarginPercent":"5.0000","baseAsset":"\#(base)",\#
      "quoteAsset":"\#(quote)","marginAsset":"\#(quote)",\#
      "pricePrecision":\#(listing.price.decimals),\#
      "quantityPrecision":\#(listing.size.decimals),"baseAssetPrecision":8,\#
      "quotePrecision":8,"underlyingType":"COIN","underlyingSubType":["PoW"],\#
      "triggerProtect":"0.0500","liquidationFee":"0.012500",\#
      "marketTakeBound":"0.05","maxMoveOrderLimit":10000,\#
      "permissionSets":["GRID","COPY"],"filters":[\#
      {"filterType":"PRICE_FILTER","maxPrice":"4529764","minPrice":"\#(tick)",\#
      "tickSize":"\#(tick)"},\#
      {"filterType":"LOT_SIZE","maxQty":"1000","minQty":"\#(step)",\#
      "stepSize":"\#(step)"},\#
      {"filterType":"MARKET_LOT_SIZE","maxQty":"120","minQty":"\#(step)",\#
      "stepSize":"\#(step)"},{"filterType":"MAX_NUM_ORDERS","limit":200},\#
      {"filterType":"MAX_NUM_ALGO_ORDERS","limit":10},\#
      {"filterType":"MIN_NOTIONAL","notional":"100"},\#
      {"filterType":"PERCENT_PRICE","multiplierDecimal":"4",\#
      "multiplierDown":"0.9500","multiplierUp":"1.0500"},\#
      {"filterType":"POSITION_RISK_CONTROL","positionControlSide":"NONE"}],\#
      "orderTypes":["LIMIT","MARKET","STOP","STOP_MARKET","TAKE_PROFIT",\#
      "TAKE_PROFIT_MARKET","TRAILING_STOP_MARKET"],\#
      "timeInForce":["GTC","IOC","FOK","GTX","GTD"]}
      """#
  }

  func fundingInfo(_ desk: Desk) -> String {
    let rows = desk.trading.filter { $0.coin.name == "PEPE" }.map {
      #"""
      {"symbol":"\#($0.symbol)","adjustedFundingRateCap":"0.02000000",\#
      "adjustedFundingRateFloor":"-0.02000000","fundingIntervalHours":8,\#
      "disclaimer":false,"updateTime":\#(desk.listed($0))}
      """#
    }
    return "[" + rows.joined(separator: ",") + "]"
  }
}
