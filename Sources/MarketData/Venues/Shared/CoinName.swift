/// A coin as venues write it, with the multiplier that they put before or after its name.
struct CoinName: Hashable {
  let coin: String
  let multiplier: Double

  /// Parses `1000PEPE`, `10000SATS`, `1000000MOG`, `1MBABYDOGE`, `SHIB1000`; with `allowsK` also
  /// `kPEPE`. A number that isn't followed by a name (`1INCH` isn't one of these) is no multiplier.
  init(_ text: String, allowsK: Bool = false) {
    if allowsK, text.first == "k", let second = text.dropFirst().first, second.isUppercase {
      self.init(coin: String(text.dropFirst()), multiplier: 1_000)
      return
    }
    for (factor, multiplier) in [("1000000", 1e6), ("10000", 1e4), ("1000", 1e3), ("1M", 1e6)]
    where text.hasPrefix(factor) {
      let rest = text.dropFirst(factor.count)
      if rest.count >= 2, let first = rest.first, first.isLetter {
        self.init(coin: String(rest), multiplier: multiplier)
        return
      }
    }
    if text.hasSuffix("1000"), text.count >= 6, let first = text.first, first.isLetter {
      self.init(coin: String(text.dropLast(4)), multiplier: 1_000)
      return
    }
    self.init(coin: text, multiplier: 1)
  }

  private init(coin: String, multiplier: Double) {
    self.coin = coin
    self.multiplier = multiplier
  }
}
