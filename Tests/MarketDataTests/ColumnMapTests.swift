import Market
import Testing

@testable import MarketData

@Suite struct ColumnMapTests {
  /// What each name of a header is taken for; ignored ones are missing.
  static func meanings(_ header: String, of instrument: Instrument = btc) -> [String: String] {
    let map = ColumnMap(
      header: header.split(separator: ",").map(String.init), instrument: instrument)
    return Dictionary(map.found.map { ($0.header, $0.name) }) { first, _ in first }
  }

  static func reasons(_ header: String) -> [String: String] {
    let map = ColumnMap(header: header.split(separator: ",").map(String.init), instrument: btc)
    return Dictionary(map.ignored.map { ($0.header, $0.reason) }) { first, _ in first }
  }

  @Test func `every canonical name means itself`() {
    let header =
      "open_time,open,high,low,close,volume,taker_buy_volume,open_interest,"
      + "liquidated_long,liquidated_short,mark_high,mark_low"
    for (name, meaning) in Self.meanings(header) { #expect(name == meaning) }
    #expect(Self.meanings(header).count == 12)
    let usd =
      "open_time,open,high,low,close,volume,open_interest_usd,liquidated_long_usd,"
      + "liquidated_short_usd"
    for (name, meaning) in Self.meanings(usd) { #expect(name == meaning) }
    #expect(Self.meanings(usd).count == 9)
  }

  @Test(
    "the names that archives use are understood",
    arguments: [
      ("fut_open", "open"), ("fut_high", "high"), ("fut_low", "low"), ("fut_close", "close"),
      ("fut_volume", "volume"), ("buy_volume", "taker_buy_volume"), ("Open", "open"),
      ("Date", "open_time"), ("Open time", "open_time"), ("timestamp", "open_time"),
      ("oi", "open_interest"), ("oi_close", "open_interest"), ("oi_usd", "open_interest_usd"),
      ("sum_open_interest", "open_interest"), ("sum_open_interest_value", "open_interest_usd"),
      ("open_interest_close", "open_interest"), ("oi_open", "open_interest_at_open"),
      ("oi_at_open", "open_interest_at_open"), ("oi_btc_open", "open_interest_at_open"),
      ("oi_usd_at_open", "open_interest_at_open_usd"),
      ("oi_usd_open", "open_interest_at_open_usd"),
      ("open_interest_open", "open_interest_at_open"),
      ("open_interest_at_open", "open_interest_at_open"),
      ("open_interest_usd_at_open", "open_interest_at_open_usd"),
      ("open_interest_at_open_usd", "open_interest_at_open_usd"),
    ])
  func aliases(_ name: String, _ meaning: String) {
    let found = Self.meanings("x1,\(name),x2")
    #expect(found[name] == meaning)
  }

  @Test func `liquidations of either side are read in coins or in USD`() {
    let coins = Self.meanings("liq_long,liq_short")
    #expect(coins == ["liq_long": "liquidated_long", "liq_short": "liquidated_short"])
    let usd = Self.meanings("liq_long_usd,liq_short_usd")
    #expect(
      usd == ["liq_long_usd": "liquidated_long_usd", "liq_short_usd": "liquidated_short_usd"])
  }

  @Test func `liquidations of one side alone are ignored`() {
    #expect(Self.meanings("liq_long,volume") == ["volume": "volume"])
    #expect(Self.reasons("liq_long,volume")["liq_long"] == "liquidations need both sides")
  }

  @Test(
    "what isn't the venue's own open interest of this coin is ignored",
    arguments: [
      "cg_oi_open", "cg_oi_close", "oi_eth_open", "oi_high", "oi_low", "oi_change_pct",
      "count_toptrader_long_short_ratio", "spot_close", "quote_volume", "taker_buy_quote_volume",
      "ls_ratio", "trades", "funding_close_pct", "close_price_time", "Tickvol",
    ])
  func ignored(_ name: String) {
    #expect(Self.meanings("\(name),open").keys.sorted() == ["open"])
    #expect(Self.reasons("\(name),open")[name] != nil)
  }

  @Test func `an aggregator's open interest is told from the venue's own`() {
    let reasons = Self.reasons("cg_oi_open,oi_eth_open,oi_high,open")
    #expect(reasons["cg_oi_open"] == "an aggregator's, not the venue's own")
    #expect(reasons["oi_eth_open"] == "not known to be this instrument's open interest")
    #expect(reasons["oi_high"] == "open interest within the interval isn't used")
  }

  @Test func `coins are preferred to USD, and the first name to a second one`() {
    #expect(
      Self.reasons("oi_at_open,oi_usd_at_open") == ["oi_usd_at_open": "oi_at_open says it in coins"]
    )
    #expect(
      Self.reasons("oi_usd_at_open,oi_at_open") == ["oi_usd_at_open": "oi_at_open says it in coins"]
    )
    #expect(Self.reasons("open,fut_open") == ["fut_open": "open says the same"])
    #expect(Self.reasons("fut_open,open") == ["fut_open": "open says the same"])
    #expect(Self.reasons("volume,volume") == ["volume": "volume says the same"])
    #expect(Self.meanings("oi_open,oi_close").count == 2)
  }

  @Test func `a time beside open interest alone is a moment unless it is called an opening`() {
    #expect(Self.meanings("t,oi,oi_usd") == ["t": "time", "oi": "open_interest"])
    #expect(Self.meanings("open_time,oi") == ["open_time": "open_time", "oi": "open_interest"])
  }

  @Test func `liquidations beside an aggregator's columns may be of several venues`() {
    let map = ColumnMap(
      header: ["open_time", "cg_oi_close", "liq_long_usd", "liq_short_usd"], instrument: btc)
    #expect(map.liquidationsMayCoverOtherVenues)
    let own = ColumnMap(header: ["open_time", "liq_long_usd", "liq_short_usd"], instrument: btc)
    #expect(!own.liquidationsMayCoverOtherVenues)
  }
}
