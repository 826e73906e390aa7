import Market
import TestSupport
import Testing

@testable import MarketData

/// A coin is asked for by its name; what the venue calls it and how it counts it is found.
struct InstrumentChoiceTests {
  /// A catalog that has learned a recorded list.
  private static func catalog(_ path: String) throws -> InstrumentCatalog {
    let venue = try #require(Venue(rawValue: String(path.prefix { $0 != "/" })))
    var decoder = VenueDecoder(venue: venue)
    let decoded = decoder.learnInstruments(try Recordings.bytes(path))
    #expect(decoded.problems.isEmpty)
    return decoder.catalog
  }

  private static func chosen(_ catalog: InstrumentCatalog, _ text: String) throws -> String? {
    catalog.perpetual(for: try #require(Instrument(named: text)))?.symbol
  }

  @Test(
    .enabled(if: SharedData.isPresent, "\(SharedData.absence)"),
    arguments: [
      (
        "binance/rest_exchangeInfo_trimmed_2025.json",
        ["BTC": "BTCUSDT", "vet": "VETUSDT", "BTCUSDC": nil, "DOGE": nil]
      ),
      (
        "okx/rest_instruments_swap_2022_trimmed.json",
        [
          "BTC": "BTC-USDT-SWAP", "BTCUSD": "BTC-USD-SWAP", "shib": "SHIB-USDT-SWAP",
          "BTC-USD-SWAP": "BTC-USD-SWAP", "ETHUSD": nil,
        ]
      ),
      // MATIC is still in the list, but delisted.
      (
        "hyperliquid/rest_meta_2026.json",
        ["BTC": "BTC", "sol": "SOL", "BTCUSDC": "BTC", "MATIC": nil, "BTCUSD": nil]
      ),
      // Coins of builders are named with their dex and stand for nothing else.
      ("hyperliquid/rest_all_perp_metas_hip3.json", ["BTC": "BTC", "US500": nil]),
      // Dated futures are no perpetuals.
      ("binance/rest_exchangeInfo_coinm_trimmed_2021.json", ["BTCUSD": "BTCUSD_PERP"]),
      ("okx/rest_instruments_futures_2026-09-25.json", ["BTC": nil, "BTCUSD": nil]),
      ("bybit/rest_instruments_linear_doc.json", ["BTC": "BTCUSDT"]),
    ] as [(String, [String: String?])])
  func `every listed perpetual is found by its coin`(
    path: String, wanted: [String: String?]
  ) throws {
    let catalog = try Self.catalog(path)
    for (text, symbol) in wanted {
      #expect(try Self.chosen(catalog, text) == symbol, "\(text)")
    }
    // None is out of reach: coin and quote currency lead to each, or to a twin that comes first.
    for listed in catalog.listed where listed.isPerpetual && listed.isTrading {
      let found = catalog.perpetual(
        of: listed.instrument.base, quote: listed.instrument.quote)
      #expect(found?.instrument == listed.instrument, "\(listed.symbol)")
    }
  }

  @Test(
    arguments: [
      (
        Venue.binance,
        #"""
        {"serverTime":1790296200000,"symbols":[
        {"symbol":"1000PEPEUSDC","contractType":"PERPETUAL","status":"TRADING",
        "baseAsset":"1000PEPE","quoteAsset":"USDC","filters":[]},
        {"symbol":"1000PEPEUSDT","contractType":"PERPETUAL","status":"TRADING",
        "baseAsset":"1000PEPE","quoteAsset":"USDT","filters":[]},
        {"symbol":"1000000MOGUSDT","contractType":"PERPETUAL","status":"TRADING",
        "baseAsset":"1000000MOG","quoteAsset":"USDT","filters":[]},
        {"symbol":"1000SHIBUSDT","contractType":"PERPETUAL","status":"TRADING",
        "baseAsset":"1000SHIB","quoteAsset":"USDT","filters":[]}]}
        """#,
        ["PEPE": "1000PEPEUSDT", "PEPEUSDC": "1000PEPEUSDC", "MOG": "1000000MOGUSDT"],
        [1_000, 1_000, 1_000_000]
      ),
      (
        .bybit,
        #"""
        {"retCode":0,"result":{"category":"linear","list":[
        {"symbol":"SHIB1000USDT","contractType":"LinearPerpetual","status":"Trading",
        "baseCoin":"SHIB1000","quoteCoin":"USDT"},
        {"symbol":"1000PEPEUSDT","contractType":"LinearPerpetual","status":"Trading",
        "baseCoin":"1000PEPE","quoteCoin":"USDT"},
        {"symbol":"BTCPERP","contractType":"LinearPerpetual","status":"Trading",
        "baseCoin":"BTC","quoteCoin":"USDC"}]},"time":1790296200000}
        """#,
        ["SHIB": "SHIB1000USDT", "PEPE": "1000PEPEUSDT", "BTC": "BTCPERP"], [1_000, 1_000, 1]
      ),
      (
        .okx,
        #"""
        {"code":"0","msg":"","data":[
        {"instId":"PEPE-USDT-SWAP","instType":"SWAP","ctType":"linear","ctVal":"10000000",
        "ctMult":"1","state":"live"}]}
        """#,
        ["PEPE": "PEPE-USDT-SWAP"], [1]
      ),
      (
        .hyperliquid,
        #"""
        {"universe":[{"name":"kPEPE","szDecimals":0,"maxLeverage":10,"marginTableId":10},
        {"name":"kSHIB","szDecimals":0,"maxLeverage":10,"marginTableId":10},
        {"name":"KAS","szDecimals":0,"maxLeverage":5,"marginTableId":5}],"marginTables":[],
        "collateralToken":0}
        """#,
        ["pepe": "kPEPE", "SHIB": "kSHIB", "KAS": "KAS"], [1_000, 1_000, 1]
      ),
      (
        .gate,
        #"""
        [{"name":"PEPE_USDT","quanto_multiplier":"10000000","type":"direct",
        "mark_price":"0.00001"},
        {"name":"1000RATS_USDT","quanto_multiplier":"10","type":"direct","mark_price":"0.05"}]
        """#,
        ["PEPE": "PEPE_USDT", "RATS": "1000RATS_USDT"], [1, 1_000]
      ),
    ] as [(Venue, String, KeyValuePairs<String, String>, [Double])])
  func `names with multipliers stand for their coins`(
    venue: Venue, list: String, wanted: KeyValuePairs<String, String>, multipliers: [Double]
  ) throws {
    var decoder = VenueDecoder(venue: venue)
    #expect(decoder.learnInstruments(Array(list.utf8)).problems.isEmpty)
    for ((text, symbol), multiplier) in zip(wanted, multipliers) {
      let instrument = try #require(Instrument(named: text))
      let found = decoder.catalog.perpetual(for: instrument)
      #expect(found?.symbol == symbol, "\(text)")
      #expect(found?.multiplier == multiplier, "\(text)")
    }
  }
}
