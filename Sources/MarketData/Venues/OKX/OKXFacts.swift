import Market

extension Decoding {
  /// A row with names, told by them what it states.
  mutating func okxRow(_ row: JSONObject, about named: String?) throws(DecodeProblem) {
    let symbol = try row.text("instId") ?? named
    if row.has("details") {
      try okxLiquidations(row)
    } else if row.has("ctVal") {
      try okxListing(row)
    } else if row.has("tradeId") || row.has("sz", "px") {
      try okxTrade(row, about: symbol)
    } else if row.has("markPx") {
      try addMark(
        about: symbol, time: try row.needTime("ts"), mark: try row.need("markPx"), index: nil)
    } else if row.has("idxPx") {
      let index = try row.need("idxPx")
      guard index > 0 else { throw DecodeProblem(reason: "an index price of \(index)") }
      // An index bears the name of its pair, not of the contracts that follow it.
      add(
        .markPrice(MarkReading(index: index)), about: symbol,
        symbol.flatMap(OKXInstruments.pair) ?? instrument(symbol), time: try row.needTime("ts"))
    } else if row.has("fundingTime") {
      try okxFunding(row, about: symbol)
    } else if row.has("oi") {
      try okxOpenInterest(row, about: symbol)
    } else if row.has("last") || row.has("asks") {
      ignore(row.has("last") ? "ticker" : "book")
    } else {
      throw DecodeProblem(reason: "a row of unknown shape")
    }
  }

  /// `oiCcy` counts coins and `oiUsd` dollars; `oi` counts contracts.
  private mutating func okxOpenInterest(
    _ row: JSONObject, about symbol: String?
  ) throws(DecodeProblem) {
    guard wants(.openInterest) else { return }
    let contracts = try row.needSize("oi")
    var result = amount(instrument(symbol), symbol, size: contracts, price: nil)
    if let coins = try row.size("oiCcy") { result.quantity = coins }
    if let dollars = try row.size("oiUsd") { result.dollars = dollars }
    if result.quantity != nil, result.dollars != nil { result.reason = nil }
    addOpenInterest(about: symbol, time: try row.needTime("ts"), amount: result)
  }

  /// `fundingTime` is when the rate will be paid, `nextFundingTime` the payment after it. In a
  /// history, `realizedRate` is what was paid.
  private mutating func okxFunding(
    _ row: JSONObject, about symbol: String?
  ) throws(DecodeProblem) {
    let time = try row.needTime("fundingTime")
    let interval = try row.time("nextFundingTime").flatMap {
      Span(milliseconds: Double(($0 - time).milliseconds))
    }
    let rate = try row.double(row.present("realizedRate", "fundingRate"))
    addFunding(
      about: symbol, time: time.roundedToMinute, rate: rate, interval: interval,
      reason: rate == nil ? "the message holds no rate" : nil)
  }

  private mutating func okxTrade(_ row: JSONObject, about symbol: String?) throws(DecodeProblem) {
    guard wants(.trade) else { return }
    if let symbol, OKXInstruments.pair(symbol) != nil { return ignore("spot trade") }
    try addTrade(
      about: symbol, time: try row.needTime("ts"), takerBought: try okxIsBuy(row),
      size: try row.needSize("sz"), price: try row.need("px"))
  }

  private func okxIsBuy(_ row: JSONObject) throws(DecodeProblem) -> Bool {
    switch try row.needText("side") {
    case "buy": true
    case "sell": false
    default: throw Field.problem(row["side"], "side", "buy or sell")
    }
  }

  /// `liquidation-orders`: `posSide` is the position's side, or `net`, where the order's side tells:
  /// a sale closed a long.
  private mutating func okxLiquidations(_ row: JSONObject) throws(DecodeProblem) {
    guard wants(.liquidation) else { return }
    let symbol = try row.needText("instId")
    rows(try row.list("details"), "detail") { decoding, element throws(DecodeProblem) in
      let detail = try element.needObject()
      let side: Side
      switch try detail.text("posSide") {
      case "long"?: side = .long
      case "short"?: side = .short
      case nil, "net"?: side = try decoding.okxIsBuy(detail) ? .short : .long
      default: throw Field.problem(detail["posSide"], "posSide", "long, short or net")
      }
      try decoding.addLiquidation(
        about: symbol, time: try detail.needTime("ts"), side: side,
        size: try detail.needSize("sz"), price: try detail.need("bkPx"))
    }
  }
}
