extension GateDialect {
  /// The maintenance tiers of every contract.
  static let tiers = [
    "\"deduction\":\"0\",\"initial_rate\":\"0.008\",\"leverage_max\":\"125\","
      + "\"maintenance_rate\":\"0.004\",\"risk_limit\":\"1000000\",\"tier\":1",
    "\"deduction\":\"500\",\"initial_rate\":\"0.009009\",\"leverage_max\":\"111\","
      + "\"maintenance_rate\":\"0.0045\",\"risk_limit\":\"1500000\",\"tier\":2",
    "\"deduction\":\"1250\",\"initial_rate\":\"0.01\",\"leverage_max\":\"100\","
      + "\"maintenance_rate\":\"0.005\",\"risk_limit\":\"2000000\",\"tier\":3",
    "\"deduction\":\"5250\",\"initial_rate\":\"0.013333\",\"leverage_max\":\"75\","
      + "\"maintenance_rate\":\"0.007\",\"risk_limit\":\"3000000\",\"tier\":4",
    "\"deduction\":\"6750\",\"initial_rate\":\"0.01515\",\"leverage_max\":\"66\","
      + "\"maintenance_rate\":\"0.0075\",\"risk_limit\":\"5000000\",\"tier\":5",
  ]

  func contract(_ listing: Listing, _ desk: Desk) -> String {
    let isTrading = desk.isTrading(listing)
    let series = isTrading ? desk.series(listing) : nil
    let decimals = listing.price.decimals
    let mark = series.map { Digits.trimmed($0.mark(at: desk.now), decimals + 1) } ?? "0"
    let index = series.map { Digits.trimmed($0.index(at: desk.now), decimals + 1) } ?? "0"
    let last = series.map { Digits.trimmed($0.price(at: desk.now), decimals) } ?? "0"
    let rate = series.map { Digits.trimmed($0.runningFunding(at: desk.now), 6) } ?? "0"
    let interest = series.map { whole($0.openInterest(at: desk.now), listing, desk) } ?? 0
    let isInverse = listing.kind == .inverse
    let unit = isInverse ? "0" : Digits.trimmed(desk.unit(listing), 6)
    let next = desk.settlement(after: desk.now) / 1_000
    return #"""
      {"funding_rate_indicative":"\#(rate)",\#
      "mark_price_round":"\#(Digits.trimmed(Int64(1), decimals + 1))",\#
      "in_delisting":\#(!isTrading),"risk_limit_base":"500000",\#
      "interest_rate":"0.0003","index_price":"\#(index)",\#
      "order_price_round":"\#(Digits.trimmed(listing.price.step, decimals))",\#
      "order_size_min":1,"enable_decimal":false,"name":"\#(listing.symbol)",\#
      "maintenance_rate":"0.004","mark_type":"index","funding_interval":28800,\#
      "type":"\#(isInverse ? "inverse" : "direct")","leverage_min":"1",\#
      "funding_rate":"\#(rate)","last_price":"\#(last)","mark_price":"\#(mark)",\#
      "order_size_max":12000000,"funding_next_apply":\#(next),"short_users":15558,\#
      "trade_size":664685004030,"position_size":\#(interest),"long_users":18268,\#
      "quanto_multiplier":"\#(unit)","leverage_max":"125",\#
      "risk_limit_max":"1500000000","maker_fee_rate":"-0.0001",\#
      "taker_fee_rate":"0.00075","status":"\#(isTrading ? "trading" : "delisted")",\#
      "create_time":\#(desk.listed(listing) / 1_000)}
      """#
  }

  /// A ticker. Its total size counts both sides.
  func ticker(_ listing: Listing, _ desk: Desk) -> String {
    let series = desk.series(listing)
    let decimals = listing.price.decimals
    let minute = BarClock.floored(desk.now, 60_000) * 60_000
    let day = series.day(to: minute)
    let last = series.price(at: desk.now)
    func price(_ units: Int64) -> String { Digits.trimmed(units, decimals) }
    let mark = Digits.trimmed(series.mark(at: desk.now), decimals)
    let rate = Digits.trimmed(series.runningFunding(at: desk.now), 6)
    let change = Double(last - day.open) / Double(max(day.open, 1)) * 100
    let size = whole(day.volume, listing, desk)
    let coins = Digits.trimmed(
      listing.coins(ofSize: day.volume, price: listing.price.value(last)), 4)
    let turnover = Digits.trimmed(day.turnover / 10_000, 0)
    let next = desk.settlement(after: desk.now) / 1_000
    return #"""
      {"contract":"\#(listing.symbol)","last":"\#(price(last))",\#
      "change_percentage":"\#(Digits.fixed(change, 4))",\#
      "total_size":"\#(whole(series.openInterest(at: desk.now) * 2, listing, desk))",\#
      "volume_24h":"\#(size)","volume_24h_base":"\#(coins)",\#
      "volume_24h_quote":"\#(turnover)","volume_24h_settle":"\#(turnover)",\#
      "mark_price":"\#(mark)","funding_rate":"\#(rate)",\#
      "funding_rate_indicative":"\#(rate)","funding_interval":28800,\#
      "funding_offset":0,"funding_next_apply":\#(next),\#
      "index_price":"\#(Digits.trimmed(series.index(at: desk.now), decimals))",\#
      "quanto_base_rate":"","low_24h":"\#(price(day.low))",\#
      "high_24h":"\#(price(day.high))","price_type":"last","change_from":"24h",\#
      "change_price":"\#(price(last - day.open))","t":\#(desk.stamp)}
      """#
  }

  /// A trade: a negative size is a taker's sale. REST has milliseconds as a fraction of seconds.
  func trade(
    _ trade: SeriesTrade, _ listing: Listing, isStream: Bool, _ desk: Desk
  ) -> String {
    let size = max(whole(trade.size, listing, desk), 1) * (trade.takerBought ? 1 : -1)
    let price = Digits.trimmed(trade.price, listing.price.decimals)
    let seconds = Digits.fixed(trade.time, 3)
    let times =
      isStream
      ? "\"create_time\":\(trade.time / 1_000),\"create_time_ms\":\(trade.time)"
      : "\"create_time\":\(seconds),\"create_time_ms\":\(seconds)"
    return "{\"id\":\(trade.number),\"contract\":\"\(listing.symbol)\",\(times),\"size\":\(size),"
      + "\"price\":\"\(price)\"}"
  }
}
