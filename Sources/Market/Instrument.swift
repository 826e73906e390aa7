/// A perpetual future, named by its coin and the currency that it is quoted in.
public struct Instrument: Hashable, Codable, Sendable, CustomStringConvertible {
  /// The coin, upper case: `BTC`.
  public let base: String
  /// The quote currency, upper case: `USDT`.
  public let quote: String

  /// An instrument of that coin and quote currency; letters are made upper case.
  public init(base: String, quote: String = "USDT") {
    self.base = base.uppercased()
    self.quote = quote.uppercased()
  }

  /// The instrument that a trader means by `text`: a coin (`btc`), or a venue's symbol
  /// (`BTCUSDT`, `BTC-USDT-SWAP`, `BTC_USDT`, `BTC/USDT`, `BTCUSD_PERP`). Nil when coin or quote
  /// currency hold something else than letters and digits.
  public init?(named text: String) {
    let upper = text.uppercased()
    let words = upper.split { $0 == "-" || $0 == "_" || $0 == "/" || $0 == ":" }.map(String.init)
    // The words that say that it is a perpetual future are no quote currency.
    let parts = words.prefix(1) + words.dropFirst().filter { $0 != "SWAP" && $0 != "PERP" }
    guard let first = parts.first,
      parts.prefix(2).allSatisfy({ part in
        part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
      })
    else { return nil }
    if parts.count > 1 {
      self.init(base: first, quote: parts[1])
      return
    }
    for quote in ["USDT", "USDC", "USD"] where first.hasSuffix(quote) && first != quote {
      self.init(base: String(first.dropLast(quote.count)), quote: quote)
      return
    }
    self.init(base: first)
  }

  /// Coin and quote in one word: `BTCUSDT`.
  public var symbol: String { base + quote }

  public var description: String { symbol }
}
