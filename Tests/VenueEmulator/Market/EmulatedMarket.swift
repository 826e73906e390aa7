import MapEngine
import Market
import MarketSimulator
import Synchronization

/// One simulated market with known positions, which five venues tell of, each in its own words.
///
/// It is made once and shared: a coin is simulated when a venue is first asked about it, and goes
/// on living as later moments are asked about. The same seed, coins and beginning give the same
/// market, whatever is asked and when.
public final class EmulatedMarket: Sendable {
  /// The seed that everything follows from.
  public let seed: UInt64
  /// The coins that trade.
  public let coins: [EmulatedCoin]
  /// The beginning of the simulated days: a midnight. Before it there is only depth.
  public let start: Timestamp

  private let state = Mutex(State())

  private struct State {
    var recorders: [EmulatedCoin: TapeRecorder] = [:]
    var pasts: [EmulatedCoin: PastHours] = [:]
    var builders: [String: SeriesBuilder] = [:]
    var series: [String: InstrumentSeries] = [:]
  }

  /// A market whose simulated days begin at the midnight before a moment.
  public init(seed: UInt64, start: Timestamp, coins: [EmulatedCoin] = EmulatedCoin.all) {
    self.seed = seed
    self.coins = coins
    self.start = Timestamp(minute: BarClock.floored(start.milliseconds, 86_400_000) * 1_440)
  }

  /// A market that has been simulated for so many whole days, and the hours of the present one,
  /// by the moment `now`.
  public convenience init(
    seed: UInt64, days: Int, now: Timestamp, coins: [EmulatedCoin] = EmulatedCoin.all
  ) {
    self.init(seed: seed, start: now - .days(Int64(max(days, 0))), coins: coins)
  }

  /// Simulates every coin up to a moment, so that nobody waits for it later.
  public func prepare(to moment: Timestamp) {
    state.withLock { state in
      for coin in coins { _ = record(coin, to: moment.milliseconds, &state) }
    }
  }

  /// The open positions of a venue's share in a coin, at the end of what has been simulated by
  /// now, and that moment. Each side adds up to the venue's open interest in all its instruments
  /// of the coin.
  public func positions(
    of coin: EmulatedCoin, symbol: String, on venue: Venue
  ) -> (time: Timestamp, positions: [StandingPosition]) {
    guard let listing = Listings.all(of: venue).first(where: { $0.symbol == symbol }) else {
      return (start, [])
    }
    return state.withLock { state in
      let recorder = record(coin, to: 0, &state)
      let known = recorder.positions(side: listing.side).map { known in
        StandingPosition(
          venue: venue, side: known.position.side,
          quantity: known.position.quantity / coin.priceScale * listing.weight,
          liquidationPrice: known.position.liquidationPrice * coin.priceScale * listing.offset,
          effectiveLeverage: known.position.effectiveLeverage)
      }
      return (Timestamp(minute: recorder.tape.end), known)
    }
  }

  /// What an instrument has done, up to a moment at least.
  func series(_ listing: Listing, to now: Int64) -> InstrumentSeries {
    let key = listing.key
    return state.withLock { state in
      if let known = state.series[key], known.end * 60_000 > now + 60_000 { return known }
      let tape = record(listing.coin, to: now, &state).tape
      if var builder = state.builders[key] {
        // Taken out, so that the arrays grow in place.
        state.builders[key] = nil
        builder.append(tape)
        state.builders[key] = builder
        let series = InstrumentSeries(builder)
        state.series[key] = series
        return series
      }
      let builder = SeriesBuilder(
        listing: listing, seed: seed, tape: tape, past: past(listing.coin, &state))
      let series = InstrumentSeries(builder)
      state.builders[key] = builder
      state.series[key] = series
      return series
    }
  }

  private func past(_ coin: EmulatedCoin, _ state: inout State) -> PastHours {
    if let known = state.pasts[coin] { return known }
    let past = PastHours(count: 900 * 24, seed: seed, coin: coin.name)
    state.pasts[coin] = past
    return past
  }

  private func record(
    _ coin: EmulatedCoin, to now: Int64, _ state: inout State
  ) -> TapeRecorder {
    var recorder =
      state.recorders[coin]
      ?? TapeRecorder(coin: coin, seed: seed, start: start.milliseconds / 60_000)
    // Half an hour ahead, so that it is seldom done; a day at least, so that what the past is
    // measured by doesn't depend on when it is asked for.
    let begin = start.milliseconds / 60_000
    let wanted = max(BarClock.floored(now, 60_000) + 30, begin + 1_440)
    if recorder.tape.end < wanted {
      state.recorders[coin] = nil
      recorder.advance(to: wanted)
    }
    if state.recorders[coin] == nil { state.recorders[coin] = recorder }
    return recorder
  }
}
