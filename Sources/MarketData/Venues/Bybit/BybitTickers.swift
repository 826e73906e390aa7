import Market

/// The tickers that Bybit's deltas change, by symbol: a missing member is unchanged.
struct BybitTickers: Sendable {
  private var bySymbol: [String: [String: JSONValue]] = [:]

  /// Takes a snapshot or a delta and gives the whole ticker.
  mutating func merge(_ data: JSONObject, symbol: String, isSnapshot: Bool) -> JSONObject {
    // The names of symbols come from the venue; a limit keeps nonsense from growing without end.
    if bySymbol.count >= 4_096, bySymbol[symbol] == nil { bySymbol = [:] }
    var merged = isSnapshot ? [:] : bySymbol[symbol] ?? [:]
    for member in data.members where BybitTickers.used.contains(member.name) {
      merged[member.name] = member.value
    }
    bySymbol[symbol] = merged
    return JSONObject(
      members: merged.map { JSONObject.Member(name: $0.key, value: $0.value) })
  }

  private static let used: Set = [
    "markPrice", "indexPrice", "openInterest", "openInterestValue", "singleOpenInterest",
    "singleOpenInterestValue", "fundingRate", "nextFundingTime", "fundingIntervalHour",
  ]
}

extension Decoding {
  /// A ticker, whole or merged. `changed` are the members that the message itself held: only facts
  /// that one of them belongs to are stated anew.
  mutating func bybitTicker(
    _ ticker: JSONObject, changed: JSONObject, symbol: String, time: Timestamp
  ) throws(DecodeProblem) {
    let mark = try ticker.double("markPrice")
    let rate = try ticker.double("fundingRate")
    let next = try ticker.time("nextFundingTime")
    let priced = ["markPrice", "indexPrice", "fundingRate", "nextFundingTime"]
    if priced.contains(where: { changed[$0] != nil }) {
      try addMark(
        about: symbol, time: time, mark: mark, index: try ticker.double("indexPrice"),
        fundingRate: rate, nextFundingTime: next)
    }
    if changed.has("fundingRate") || changed.has("nextFundingTime"), let rate, let next {
      addFunding(
        about: symbol, time: next, rate: rate,
        interval: try ticker.size("fundingIntervalHour").flatMap { Span(hours: $0) })
    }
    let sizes = [
      "openInterest", "singleOpenInterest", "openInterestValue", "singleOpenInterestValue",
    ]
    if sizes.contains(where: { changed[$0] != nil }) {
      try bybitOpenInterest(ticker, about: symbol, time: time, mark: mark)
    }
  }

  /// Open interest of one side: `singleOpenInterest`, else half of `openInterest`, which counts
  /// both. Linear sizes are coins and values USDT; inverse sizes are dollars and values coins.
  mutating func bybitOpenInterest(
    _ row: JSONObject, about symbol: String, time: Timestamp, mark: Double?
  ) throws(DecodeProblem) {
    guard wants(.openInterest) else { return }
    let both = try row.size("openInterest")
    let bothValue = try row.size("openInterestValue")
    let size = try row.size("singleOpenInterest") ?? both.map { $0 / 2 }
    let value = try row.size("singleOpenInterestValue") ?? bothValue.map { $0 / 2 }
    let known = instrument(symbol)
    var result = size.map { amount(known, symbol, size: $0, price: mark) } ?? Amount()
    if let value {
      if known?.kind == .inverse { result.quantity = value } else { result.dollars = value }
    }
    result.reason =
      size == nil
      ? "the delta names no size, and no snapshot came before"
      : result.quantity != nil && result.dollars != nil ? nil : result.reason
    addOpenInterest(about: symbol, time: time, amount: result)
  }
}
