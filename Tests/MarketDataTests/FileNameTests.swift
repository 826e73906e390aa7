import Market
import Testing

@testable import MarketData

@Suite struct FileNameTests {
  @Test(
    "names of the perpetual future match",
    arguments: [
      "W1_BTCUSDT_5m_kline_oi_20251201_20260219.csv", "BTCUSDT-1m-2024-08.zip",
      "BTCUSDT-metrics-2024-08-05.zip", "btcusdt.csv", "btc.csv", "BTC-USDT-SWAP.csv.gz",
      "btc_usdt_5m.csv", "binance-btc-5m.csv", "BTCUSDT_202408.csv", "BTCUSDT_20240805.csv",
      "folder/ETHUSDT/BTCUSDT-1m.csv",
    ])
  func own(_ name: String) {
    #expect(FileName(name).isAbout(btc))
  }

  @Test(
    "names of anything else don't",
    arguments: [
      "ETHBTC-1m-2024-08.zip", "ETH_BTC_1h.csv", "1000BTCUSDT-1m.zip", "1000BTC.csv",
      "BTCDOMUSDT-1m.zip", "WBTCUSDT.csv", "BTCUSDC-1m.zip", "BTCUSD_PERP-1m.zip",
      "BTC_USDC_1m.csv", "BTCUSDT_240927-1m-2024-08.zip", "ETHUSDT-1m.zip", "candles.csv",
      "BTCST.csv", "BTC/candles.csv", "",
    ])
  func others(_ name: String) {
    #expect(!FileName(name).isAbout(btc))
  }

  @Test func `each instrument matches its own name`() {
    #expect(FileName("1000PEPEUSDT-1m.zip").isAbout(Instrument(base: "1000PEPE")))
    #expect(!FileName("1000PEPEUSDT-1m.zip").isAbout(Instrument(base: "PEPE")))
    #expect(FileName("BTCUSDC-1m.zip").isAbout(Instrument(base: "BTC", quote: "USDC")))
    #expect(FileName("BTCUSD_PERP-1m.zip").isAbout(Instrument(base: "BTC", quote: "USD")))
    #expect(FileName("ETH_BTC_1h.csv").isAbout(Instrument(base: "ETH")))
  }

  @Test func `names list the instruments that they are about`() {
    #expect(FileName("AVAXUSDT-oi-5m.csv.gz").listed == [Instrument(base: "AVAX")])
    #expect(FileName("sol_1h.csv").listed == [Instrument(base: "SOL")])
    #expect(FileName("BTCUSDT_240927-1m.zip").listed.isEmpty)
    #expect(FileName("candles.csv").listed.isEmpty)
  }

  @Test func `names say the length of a candle and what else they hold`() {
    #expect(FileName("BTCUSDT-1d-2024-08-05.zip").interval == 86_400_000)
    #expect(FileName("BTCUSDT-15m-2024-08-05.zip").interval == 900_000)
    #expect(FileName("BTCUSDT-2024-08-05.zip").interval == nil)
    #expect(FileName("allsymbols-forceOrder-20240817.csv").eventKind == "single liquidations")
    #expect(FileName("BTCUSDT-aggTrades-2024-08-05.zip").eventKind == "single trades")
    #expect(FileName("BTCUSDT-metrics-2024-08-05.zip").eventKind == nil)
  }

  @Test func `tables are known by the ends of their names`() {
    #expect(["a.csv", "a.CSV", "a.csv.gz", "a.zip"].allSatisfy(FileName.isTable))
    #expect(
      !["a.txt", "a.gz", "a.zip.CHECKSUM", "csv", "a.csv.bak"].contains { FileName.isTable($0) })
  }
}
