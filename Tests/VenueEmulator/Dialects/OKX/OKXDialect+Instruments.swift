extension OKXDialect {
  func instruments(_ request: EmulatedRequest, _ desk: Desk) -> DialectReply {
    guard let kind = request.parameter("instType") else { return Self.broken("instType") }
    guard ["SWAP", "FUTURES"].contains(kind) else { return Self.broken("instType") }
    guard kind == "SWAP" else { return Self.data([]) }
    var found = desk.listings
    if let id = request.parameter("instId") { found = found.filter { $0.symbol == id } }
    if let family = request.parameter("instFamily") {
      found = found.filter { Self.family($0) == family }
    }
    return found.isEmpty ? Self.unknown : Self.data(found.map { instrument($0, desk) })
  }

  private func instrument(_ listing: Listing, _ desk: Desk) -> String {
    let family = Self.family(listing)
    let parts = family.split(separator: "-").map(String.init)
    let isLinear = listing.kind == .linear
    let unit = Digits.trimmed(desk.unit(listing), 6)
    let lot = Digits.trimmed(listing.size.step, listing.size.decimals)
    let tick = Digits.trimmed(listing.price.step, listing.price.decimals)
    return #"""
      {"alias":"","auctionEndTime":"","baseCcy":"","category":"1",\#
      "contTdSwTime":"1611916860000","ctMult":"1",\#
      "ctType":"\#(isLinear ? "linear" : "inverse")","ctVal":"\#(unit)",\#
      "ctValCcy":"\#(isLinear ? parts[0] : "USD")","expTime":"",\#
      "floatPxLmtPct":"0.005","freq":"","futureSettlement":false,"groupId":"4",\#
      "initPxLmtPct":"0.02","instCategory":"1","instFamily":"\#(family)",\#
      "instId":"\#(listing.symbol)","instIdCode":10459,"instType":"SWAP",\#
      "lever":"100","listTime":"\#(desk.listed(listing))","longPosRemainingQuota":"",\#
      "lotSz":"\#(lot)","maxIcebergSz":"100000000.0000000000000000",\#
      "maxLmtAmt":"20000000","maxLmtSz":"100000000","maxMktAmt":"",\#
      "maxMktSz":"35000","maxPlatOICoinLmt":"","maxPlatOILmt":"",\#
      "maxPxLmtPct":"0.01","maxStopSz":"35000",\#
      "maxTriggerSz":"100000000.0000000000000000",\#
      "maxTwapSz":"100000000.0000000000000000","method":"","minSz":"\#(lot)",\#
      "openType":"call_auction","optType":"","posLmtAmt":"250000",\#
      "posLmtPct":"30","preMktSwTime":"","quoteCcy":"","rpiMinLevel":"3",\#
      "rpiMinPxBand":"20","ruleType":"normal","seriesId":"",\#
      "settleCcy":"\#(isLinear ? parts[1] : parts[0])","shortPosRemainingQuota":"",\#
      "state":"\#(desk.isTrading(listing) ? "live" : "suspend")","stk":"",\#
      "tickSz":"\#(tick)","tradeQuoteCcyList":[],"uly":"\#(family)","upcChg":[]}
      """#
  }

  func tiers(_ request: EmulatedRequest, _ desk: Desk) -> DialectReply {
    guard request.parameter("instType") == "SWAP" else { return Self.broken("instType") }
    guard ["cross", "isolated"].contains(request.parameter("tdMode")) else {
      return Self.broken("tdMode")
    }
    let names = (request.parameter("instFamily") ?? "").split(separator: ",").map(String.init)
    guard !names.isEmpty, names.count <= 5 else { return Self.broken("instFamily") }
    let found = desk.trading.filter { names.contains(Self.family($0)) }
    guard !found.isEmpty else { return Self.unknown }
    // Largest size in coins of the first tier by coin, then growing.
    let rates = [
      ("0.004", "0.01", "100"), ("0.005", "0.0133", "75"), ("0.01", "0.02", "50"),
      ("0.025", "0.05", "20"), ("0.05", "0.1", "10"), ("0.1", "0.2", "5"),
    ]
    let rows = found.flatMap { listing -> [String] in
      let price = desk.series(listing).mark(at: desk.now)
      let contract = listing.kind == .linear ? listing.unit * price : listing.unit
      var from = "0"
      return rates.enumerated().map { place, rate in
        let dollars = 1_000_000 * Double(place * place * 4 + 1)
        let to = String(Int64((dollars / contract).rounded(.up)) + 1)
        defer { from = to }
        return
          #"""
          {"baseMaxLoan":"","imr":"\#(rate.1)","instFamily":"\#(Self.family(listing))",\#
          "instId":"","maxLever":"\#(rate.2)","maxSz":"\#(to)","minSz":"\#(from)",\#
          "mmr":"\#(rate.0)","optMgnFactor":"0","quoteMaxLoan":"",\#
          "tier":"\#(place + 1)","uly":"\#(Self.family(listing))"}
          """#
      }
    }
    return Self.data(rows)
  }
}
