import Market
import Testing

@Suite struct InstrumentTests {
  @Test(
    "a trader's and a venue's names mean the same instrument",
    arguments: [
      "btc", "BTC", "BTCUSDT", "btcusdt", "BTC-USDT", "BTC_USDT", "BTC/USDT", "BTC-USDT-SWAP",
      "BTC/USDT:USDT", "BTC-PERP", "BTCUSDT_PERP",
    ])
  func names(_ text: String) {
    #expect(Instrument(named: text) == Instrument(base: "BTC", quote: "USDT"))
  }

  @Test(
    "other quote currencies are kept",
    arguments: [
      ("BTCUSDC", "BTC", "USDC"), ("ETH-USDC", "ETH", "USDC"), ("BTCUSD", "BTC", "USD"),
      ("BTCUSD_PERP", "BTC", "USD"), ("ETHBTC", "ETHBTC", "USDT"), ("SOL_EUR", "SOL", "EUR"),
      ("1000PEPEUSDT", "1000PEPE", "USDT"), ("USDC", "USDC", "USDT"), ("USDT", "USDT", "USDT"),
      ("PERP", "PERP", "USDT"),
    ])
  func quotes(_ text: String, _ base: String, _ quote: String) {
    #expect(Instrument(named: text) == Instrument(base: base, quote: quote))
  }

  @Test(
    "what holds no coin names nothing",
    arguments: ["", "-", "_/", "B T C", "BTC!", "₿", "биткойн", "BTC-$", "\u{1B}[31m"])
  func nothing(_ text: String) {
    #expect(Instrument(named: text) == nil)
  }

  @Test func `letters become upper case, and the symbol joins coin and quote`() {
    let instrument = Instrument(base: "btc", quote: "usdt")
    #expect(instrument.base == "BTC")
    #expect(instrument.quote == "USDT")
    #expect(instrument.symbol == "BTCUSDT")
    #expect("\(instrument)" == "BTCUSDT")
  }
}
