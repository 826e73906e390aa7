import Market
import MarketSimulator

/// Markets that the tests run, and what they measure of them.
enum Crowd {
  /// Monday, 5 January 2026, 00:00 UTC.
  static let monday = Timestamp(milliseconds: 1_767_571_200_000)

  /// A market in BTC that is cheap to run.
  static func market(
    _ behaviour: Behaviour = .ordinary, seed: UInt64 = 1,
    instrument: SimulatedInstrument = .bitcoin, step: Span = .seconds(10), openings: Double = 2
  ) -> SimulatedMarket {
    var options = SimulationOptions()
    options.step = step
    options.openingsPerMinute = openings
    return SimulatedMarket(
      instrument: instrument, behaviour: behaviour, seed: seed, start: monday, options: options)
  }

  /// The closed candles of a venue.
  static func candles(_ events: [MarketEvent], _ venue: Venue) -> [Candle] {
    events.compactMap { event in
      guard event.venue == venue, case .candle(let candle, isClosed: true) = event.fact
      else { return nil }
      return candle
    }
  }

  /// The published liquidations of a venue.
  static func prints(_ events: [MarketEvent], _ venue: Venue) -> [Liquidation] {
    events.compactMap { event in
      guard event.venue == venue, case .liquidation(let liquidation) = event.fact
      else { return nil }
      return liquidation
    }
  }

  /// The open interest that a venue tells.
  static func openInterest(_ events: [MarketEvent], _ venue: Venue) -> [OpenInterest] {
    events.compactMap { event in
      guard event.venue == venue, case .openInterest(let seen) = event.fact else { return nil }
      return seen
    }
  }
}
