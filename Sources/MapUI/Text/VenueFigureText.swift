import MapEngine
import Market

/// What a venue says besides candles, in words from the longest wording to the shortest. What it
/// hasn't said gives no words.
enum VenueFigureText {
  /// Open interest in coins and dollars.
  static func openInterest(_ figures: VenueFigures, coin: String) -> [String] {
    guard let interest = figures.openInterest else { return [] }
    return openInterest(coins: interest.quantity, usd: figures.openInterestUSD, coin: coin)
  }

  static func openInterest(coins: Double, usd: Double?, coin: String) -> [String] {
    let amount = NumberText.decimal(coins, places: coins < 100 ? 2 : 0, grouped: true)
    guard let usd else { return ["OI \(amount) \(coin)", "OI \(amount)"] }
    let dollars = NumberText.usd(usd)
    return ["OI \(amount) \(coin) \(dollars)", "OI \(dollars)"]
  }

  /// Open interest of several venues, and how many of them tell it.
  static func openInterest(_ figures: [VenueFigures], of venues: Int, coin: String) -> [String] {
    let told = figures.filter { $0.openInterest != nil }
    guard !told.isEmpty else { return [] }
    let coins = told.reduce(0) { $0 + ($1.openInterest?.quantity ?? 0) }
    let priced = told.compactMap(\.openInterestUSD)
    let words = openInterest(
      coins: coins, usd: priced.count == told.count ? priced.reduce(0, +) : nil, coin: coin)
    guard told.count < venues else { return words }
    return words.map { "\($0) of \(told.count) venues" }
  }

  /// Funding: the rate, when it is paid, and what it comes to in a year.
  static func funding(_ figures: VenueFigures, now: Timestamp?) -> [String] {
    guard let funding = figures.funding else { return [] }
    let rate = signed(funding.rate * 100, places: 4) + "%"
    let when = now.map { due(funding.time, now: $0) } ?? ""
    guard let year = annual(funding) else {
      return [
        "funding \(rate)\(when), interval not told", "funding \(rate)\(when)", "funding \(rate)",
      ]
    }
    let annual = signed(year * 100, places: 1) + "% a year"
    return ["funding \(rate)\(when), \(annual)", "funding \(rate)\(when)", "funding \(rate)"]
  }

  /// The rate times the payments of a year of 365 days; nil where the interval isn't told.
  static func annual(_ funding: Funding) -> Double? {
    funding.interval.map { funding.rate * Span.days(365).days / $0.days }
  }

  /// Funding of several venues a year, weighted by open interest; nil where none tells both.
  static func meanFunding(_ figures: [VenueFigures]) -> Double? {
    var sum = 0.0
    var weight = 0.0
    for figure in figures {
      guard let funding = figure.funding, let annual = annual(funding),
        let interest = figure.openInterest?.quantity, interest > 0
      else { continue }
      sum += annual * interest
      weight += interest
    }
    return weight > 0 ? sum / weight : nil
  }

  /// Long over short, by what is counted.
  static func ratio(_ figures: VenueFigures) -> [String] {
    for measure in LongShortRatio.Measure.allCases {
      guard let ratio = figures.ratios[measure] else { continue }
      let value = NumberText.decimal(ratio.ratio, places: 2)
      return ["long/short \(value) by \(words(measure))", "L/S \(value)"]
    }
    return []
  }

  private static func words(_ measure: LongShortRatio.Measure) -> String {
    switch measure {
    case .accounts: "accounts"
    case .topAccounts: "top accounts"
    case .topPositions: "top positions"
    case .takerVolume: "taker volume"
    }
  }

  /// ` in 1h28m`; ` paid 14:00` where the moment has gone by.
  private static func due(_ moment: Timestamp, now: Timestamp) -> String {
    let minutes = ((moment - now).milliseconds + 59_999) / 60_000
    guard minutes > 0 else { return " paid \(ClockText.dayAndTime(moment).suffix(5))" }
    let rest = minutes % 60
    return minutes < 60 ? " in \(minutes)m" : " in \(minutes / 60)h\(rest < 10 ? "0" : "")\(rest)m"
  }

  private static func signed(_ value: Double, places: Int) -> String {
    let text = NumberText.decimal(abs(value), places: places)
    let isZero = text.allSatisfy { $0 == "0" || $0 == "." }
    return (isZero ? "" : value < 0 ? "−" : "+") + text
  }
}
