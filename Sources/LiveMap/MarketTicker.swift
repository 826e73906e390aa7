import MapEngine
import Market
import MarketData

/// What a screen tells of an instrument beside its map: single liquidations, and the newest figures
/// of each venue.
struct MarketTicker: Sendable {
  /// Single liquidations.
  private(set) var tape = LiquidationTape()
  private var byVenue: [Venue: VenueFigures] = [:]

  /// What each venue says, in a fixed order.
  var figures: [VenueFigures] { Venue.allCases.compactMap { byVenue[$0] } }

  /// Takes facts.
  mutating func take(_ events: some Sequence<MarketEvent>) {
    tape.append(events)
    for event in events {
      byVenue[event.venue, default: VenueFigures(venue: event.venue)].take(event.fact)
    }
  }

  /// Takes what a venue says of now.
  mutating func take(_ standing: VenueStanding, of venue: Venue) {
    guard let time = standing.time else { return }
    var figures = byVenue[venue] ?? VenueFigures(venue: venue)
    // What no market can say is left out, as on the way into the feed.
    if let mark = standing.mark,
      let price = try? MarkPrice(time: time, mark: mark, index: standing.index)
    {
      figures.take(.markPrice(price))
    }
    if let coins = standing.openInterest,
      let interest = try? OpenInterest(time: time, quantity: coins)
    {
      figures.take(.openInterest(interest))
    }
    if let funding = standing.funding { figures.take(.funding(funding)) }
    if let ratio = standing.longShortRatio { figures.take(.longShortRatio(ratio)) }
    byVenue[venue] = figures
  }
}
