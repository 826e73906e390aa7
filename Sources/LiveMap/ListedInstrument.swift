import Market
import MarketData

/// An instrument that can be chosen on live venues.
public struct ListedInstrument: Hashable, Sendable {
  /// The coin, in the usual quote currency.
  public let instrument: Instrument
  /// How many venues list it as a perpetual that trades.
  public let venueCount: Int
}

/// What the venues list, as far as they have said so.
struct Listings {
  private var byVenue: [Venue: Set<String>] = [:]
  /// The instruments that most venues list come first, then by name.
  private(set) var all: [ListedInstrument] = []

  /// Takes a venue's list, which replaces its earlier one; true where that changed anything.
  mutating func take(_ listed: [VenueInstrument], of venue: Venue) -> Bool {
    let coins = Set(
      listed.filter { $0.isPerpetual && $0.isTrading }.map(\.instrument.base))
    guard byVenue[venue] != coins else { return false }
    byVenue[venue] = coins
    var counts: [String: Int] = [:]
    for coins in byVenue.values {
      for coin in coins { counts[coin, default: 0] += 1 }
    }
    all = counts.map {
      ListedInstrument(instrument: Instrument(base: $0.key), venueCount: $0.value)
    }
    .sorted { ($1.venueCount, $0.instrument.base) < ($0.venueCount, $1.instrument.base) }
    return true
  }
}
