import LiveMap
import Market
import MarketData
import Synchronization

/// Feeds that say what a test tells them to, and remember what they were asked.
final class ScriptedFeeds: MarketFeeds {
  enum Call: Equatable {
    case watch(Instrument, back: Span?)
    case unwatch(Instrument)
    case enable(Venue, Bool)
    case retry
    case shutdown
  }

  let updates: AsyncStream<FeedUpdate>
  private let said: AsyncStream<FeedUpdate>.Continuation
  private let log = Mutex<[Call]>([])

  init() {
    (updates, said) = AsyncStream.makeStream()
  }

  var calls: [Call] { log.withLock { $0 } }

  func watch(_ instrument: Instrument, back: Span?) { note(.watch(instrument, back: back)) }
  func unwatch(_ instrument: Instrument) { note(.unwatch(instrument)) }
  func setEnabled(_ isEnabled: Bool, _ venue: Venue) { note(.enable(venue, isEnabled)) }
  func retry() { note(.retry) }
  func shutdown() async { note(.shutdown) }

  private func note(_ call: Call) { log.withLock { $0.append(call) } }

  func say(_ update: FeedUpdate) { said.yield(update) }

  func say(
    _ venue: Venue, _ instrument: Instrument, _ health: FeedHealth, progress: Double? = nil,
    dropped: Int = 0, gaps: [String] = []
  ) {
    say(
      .status(
        venue, instrument,
        FeedStatus(health: health, progress: progress, dropped: dropped, gaps: gaps)))
  }

  /// The moment that scripted markets have reached.
  static let now = Timestamp(milliseconds: 1_771_511_520_000)

  /// A source of these feeds.
  func source(_ venues: Venue..., off: [Venue] = []) -> LiveSource {
    var list: [Venue: Bool] = [:]
    for venue in venues { list[venue] = true }
    for venue in off { list[venue] = false }
    return LiveSource(feeds: self, venues: list, now: { Self.now })
  }

  /// Minutes of a market that waves around a price, the newest closing at `end`, with open
  /// interest every five minutes.
  static func page(
    _ venue: Venue, _ instrument: Instrument, minutes: Int, until end: Timestamp = now,
    price: Double = 100, interest: Double = 5_000
  ) throws -> FeedUpdate {
    var events: [MarketEvent] = []
    for back in (1...minutes).reversed() {
      let open = end - .minutes(Int64(back))
      let step = Double((minutes - back) % 17) - 8
      let close = price * (1 + step * 0.0004)
      let candle = try Candle(
        openTime: open, interval: .minutes(1), open: close, high: close * 1.0006,
        low: close * 0.9994, close: close, volume: 40)
      events.append(
        MarketEvent(venue: venue, instrument: instrument, fact: .candle(candle, isClosed: true)))
      if back % 5 == 0 {
        let reading = try OpenInterest(time: open, quantity: interest + Double(back))
        events.append(
          MarketEvent(venue: venue, instrument: instrument, fact: .openInterest(reading)))
      }
    }
    return .facts(venue, instrument, events)
  }

  /// The minute after `now`, still forming, at a price.
  static func forming(_ venue: Venue, _ instrument: Instrument, at price: Double) throws
    -> FeedUpdate
  {
    let candle = try Candle(
      openTime: now, interval: .minutes(1), open: price, high: price, low: price, close: price,
      volume: 1)
    return .facts(
      venue, instrument,
      [MarketEvent(venue: venue, instrument: instrument, fact: .candle(candle, isClosed: false))])
  }
}
