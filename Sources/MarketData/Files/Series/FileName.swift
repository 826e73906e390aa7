import Market

/// What the name of a market data file says about its content.
struct FileName {
  /// Currencies that perpetual futures are quoted in.
  private static let quotes = ["USDT", "USDC", "FDUSD", "BUSD", "TUSD", "USD"]

  /// Coins that spot pairs are quoted in, and coins common enough to be one's other half.
  private static let quoteCoins: Set<String> = ["BTC", "ETH", "BNB", "SOL"]
  private static let commonCoins: Set<String> = [
    "ADA", "APT", "ARB", "ATOM", "AVAX", "BCH", "BNB", "BTC", "DOGE", "DOT", "ETC", "ETH", "FIL",
    "HYPE", "LINK", "LTC", "NEAR", "OP", "PEPE", "SHIB", "SOL", "SUI", "TON", "TRX", "UNI", "XLM",
    "XMR", "XRP",
  ]

  /// The instruments that the name spells with their quote currency: `BTCUSDT`, `BTC-USDT`.
  let instruments: [Instrument]
  /// Whether the name is that of a future with a delivery date, `BTCUSDT_240927`.
  let isDelivery: Bool
  private let words: [String]

  /// Reads the last part of a path.
  init(_ path: String) {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    var words: [String] = []
    var separators: [Character] = []
    var word = ""
    for character in name.uppercased() {
      if character.isASCII, character.isLetter || character.isNumber {
        word.append(character)
      } else if !word.isEmpty {
        words.append(word)
        separators.append(character)
        word = ""
      }
    }
    if !word.isEmpty { words.append(word) }

    var instruments: [Instrument] = []
    var isDelivery = false
    for (index, word) in words.enumerated() {
      let next = index + 1 < words.count ? words[index + 1] : ""
      if let quote = Self.quotes.first(where: { word.hasSuffix($0) && word != $0 }) {
        instruments.append(
          Instrument(base: String(word.dropLast(quote.count)), quote: quote))
        if separators.indices.contains(index), separators[index] == "_", Self.isDelivery(next) {
          isDelivery = true
        }
      } else if Self.quotes.contains(next), !Self.quotes.contains(word) {
        instruments.append(Instrument(base: word, quote: next))
      }
    }
    self.words = words
    self.instruments = instruments
    self.isDelivery = isDelivery
  }

  /// Whether the name is about the perpetual future: it spells it with its quote currency, or
  /// else, where it spells none so, one of its words is the coin.
  func isAbout(_ instrument: Instrument) -> Bool {
    guard !isDelivery else { return false }
    guard instruments.isEmpty else { return instruments.contains(instrument) }
    for (index, word) in words.enumerated() where word == instrument.base {
      // In `ETH_BTC` the bitcoin is the money that ether is counted in.
      if index > 0, Self.quoteCoins.contains(word), Self.commonCoins.contains(words[index - 1]) {
        continue
      }
      return true
    }
    return false
  }

  /// The instruments that the name is about, for a list of what there is: those it spells, else
  /// the first of its words that is a common coin.
  var listed: [Instrument] {
    if isDelivery { return [] }
    if !instruments.isEmpty { return instruments }
    return words.first { Self.commonCoins.contains($0) }.map { [Instrument(base: $0)] } ?? []
  }

  /// Whether the name says that the file holds single liquidations, trades or other events.
  var eventKind: String? {
    let kinds = [
      "FORCEORDER": "single liquidations", "FORCEORDERS": "single liquidations",
      "LIQUIDATIONSNAPSHOT": "single liquidations", "PRINTS": "single liquidations",
      "AGGTRADES": "single trades", "TRADES": "single trades", "BOOKDEPTH": "order books",
      "BOOKTICKER": "order books", "FUNDINGRATE": "funding rates",
    ]
    return words.lazy.compactMap { kinds[$0] }.first
  }

  /// The length of a candle by the name, in milliseconds: `1d` in `BTCUSDT-1d-2024-08-05`.
  var interval: Int64? {
    let units: [Character: Int64] = ["S": 1_000, "M": 60_000, "H": 3_600_000, "D": 86_400_000]
    for word in words {
      if let unit = word.last.flatMap({ units[$0] }), let count = Int64(word.dropLast()),
        (1...1_000).contains(count)
      {
        return count * unit
      }
    }
    return nil
  }

  /// Whether a word is a date of delivery, year, month and day in two digits each.
  private static func isDelivery(_ word: String) -> Bool {
    guard word.count == 6, let number = Int(word) else { return false }
    return (1...12).contains(number / 100 % 100) && (1...31).contains(number % 100)
  }

  /// Whether a path ends like a table: `.csv`, `.csv.gz` or `.zip`.
  static func isTable(_ path: String) -> Bool {
    let lower = path.lowercased()
    return [".csv", ".csv.gz", ".zip"].contains { lower.hasSuffix($0) }
  }
}
