import Market
import RealModule

/// A simulated market that ends at a given moment and goes on living from there, with more than a
/// year behind it that is made only as it is asked for.
///
///     segment 13 ... segment 2    segment 1       segment 0        live
///     |-- 30 days --|-- 30 days --|-- 30 days --|-- 14 to 15 days --|----->
///                                                                  now
///
/// The newest segment is one market with a warm-up that nobody sees; the live market goes on from
/// its end, so its positions are known: `market` holds the truth of the newest segment and of
/// what follows, and only of that. Each older segment is a market of its own under a seed that
/// follows from this one's, its prices and sizes scaled so that its last close and its open
/// interest meet the beginning of the newer segment. The same instrument, behaviour, seed, moment
/// and options give the same bytes, whichever order the segments are asked for in.
public struct SimulatedHistory: Sendable {
  /// How many segments there are, the newest included: more than 400 days in all.
  public static let segmentCount = 14
  /// The least length of the newest segment, and the length of an older one.
  static let newestSpan = Span.days(14)
  static let olderSpan = Span.days(30)
  /// How long a market runs before it is shown.
  static let warmUp = Span.days(3)

  /// What is traded.
  public let instrument: SimulatedInstrument
  /// How the crowd behaves.
  public let behaviour: Behaviour
  /// The seed that everything follows from.
  public let seed: UInt64
  /// Where the history ends and the live market begins: the start of a minute.
  public let now: Timestamp
  /// The length of the older segments' candles.
  public let olderCandleInterval: Span
  /// The market, wherever it has come to: at the start of the newest segment until `segment(0)`
  /// or `advance` takes it on.
  public private(set) var market: SimulatedMarket

  private let opening: SimulatedMarket
  private var joins: [Join]

  /// What an older segment must meet, venue by venue.
  private struct Join: Sendable {
    var prices: [Double]
    var openInterest: [Double]
  }

  /// A history that ends at the minute of `now`. The live market steps by the second from there.
  /// This simulates the warm-up of the newest segment and nothing else.
  public init(
    instrument: SimulatedInstrument, behaviour: Behaviour = .ordinary, seed: UInt64,
    now: Timestamp, options: SimulationOptions = SimulationOptions(),
    olderCandleInterval: Span = .minutes(1)
  ) {
    self.instrument = instrument
    self.behaviour = behaviour
    self.seed = seed
    self.now = Timestamp(minute: now.minute)
    self.olderCandleInterval = olderCandleInterval
    var options = options
    options.stepsBySecondFrom = self.now
    let start = SimulatedHistory.newestStart(now: self.now)
    opening = SimulatedHistory.warmedUp(
      SimulatedMarket(
        instrument: instrument, behaviour: behaviour, seed: seed,
        start: start - SimulatedHistory.warmUp, options: options))
    market = opening
    joins = [SimulatedHistory.join(at: opening)]
  }

  /// The first moment of a segment and the moment at which the next newer one begins (for the
  /// newest: `now`).
  public func bounds(ofSegment index: Int) -> (start: Timestamp, end: Timestamp) {
    (
      Self.start(ofSegment: index, now: now),
      index > 0 ? Self.start(ofSegment: index - 1, now: now) : now
    )
  }

  /// The beginning of the newest segment that begins at a moment or before; nil where the history
  /// of that end doesn't reach so far back.
  public static func start(holding moment: Timestamp, now: Timestamp) -> Timestamp? {
    let end = Timestamp(minute: now.minute)
    return (0..<segmentCount).lazy.map { start(ofSegment: $0, now: end) }.first { $0 <= moment }
  }

  private static func start(ofSegment index: Int, now: Timestamp) -> Timestamp {
    newestStart(now: now) - Span(milliseconds: olderSpan.milliseconds * Int64(index))
  }

  /// What was seen of a segment, in order of time: 0 is the newest, `segmentCount - 1` the oldest.
  /// An older one needs every newer older one, so ask for them from the newest on: then each is
  /// simulated once. Asking for the newest takes the market on to `now`.
  public mutating func segment(_ index: Int) -> [MarketEvent] {
    precondition(
      (0..<SimulatedHistory.segmentCount).contains(index), "there is no segment \(index)")
    if index == 0 {
      var newest = opening
      let events = newest.advance(to: now, includesForming: false)
      if market.time < now { market = newest }
      return events
    }
    while joins.count < index {
      let older = olderSegment(joins.count)
      joins.append(older.join)
    }
    let older = olderSegment(index)
    if joins.count == index { joins.append(older.join) }
    return older.events
  }

  /// Lets the market go on to a moment; returns what was seen on the way, in order of time, with
  /// the forming candles and mark prices of each step if asked for.
  public mutating func advance(to moment: Timestamp, includesForming: Bool) -> [MarketEvent] {
    market.advance(to: moment, includesForming: includesForming)
  }

  /// Forgets the market's true liquidations up to now, and returns them.
  public mutating func takeLiquidations() -> [SimulatedLiquidation] {
    market.takeLiquidations()
  }

  // MARK: - Segments

  /// The newest segment begins with a day, so that candles of any interval fit.
  private static func newestStart(now: Timestamp) -> Timestamp {
    Timestamp(minute: now.day * 1_440) - newestSpan
  }

  private static func warmedUp(_ market: SimulatedMarket) -> SimulatedMarket {
    var market = market
    _ = market.advance(to: market.time + warmUp, includesForming: false)
    _ = market.takeLiquidations()
    return market
  }

  private static func join(at market: SimulatedMarket) -> Join {
    Join(
      prices: SimulatedMarket.venues.map { market.lastPrice($0) },
      openInterest: SimulatedMarket.venues.map { market.openInterest($0) })
  }

  /// Simulates the older segment and fits its end to the beginning of the next newer one.
  private func olderSegment(_ index: Int) -> (events: [MarketEvent], join: Join) {
    var options = market.options
    options.stepsBySecondFrom = nil
    options.candleInterval = olderCandleInterval
    options.emitsMarkPrices = false
    let bounds = bounds(ofSegment: index)
    var older = SimulatedHistory.warmedUp(
      SimulatedMarket(
        instrument: instrument, behaviour: behaviour,
        seed: RandomStream.derivedSeed(seed, "segment \(index)"),
        start: bounds.start - SimulatedHistory.warmUp, options: options))
    let first = SimulatedHistory.join(at: older)
    let events = older.advance(to: bounds.end, includesForming: false)
    let last = SimulatedHistory.join(at: older)
    let newer = joins[index - 1]
    let scales = SimulatedMarket.venues.indices.map {
      VenueScale(
        price: newer.prices[$0] / last.prices[$0],
        size: newer.openInterest[$0] / last.openInterest[$0], instrument: instrument)
    }
    let scaled = events.map { event in
      scales[event.venue == .simulatedA ? 0 : 1].applied(to: event)
    }
    let join = Join(
      prices: scales.indices.map { scales[$0].scaled(price: first.prices[$0]) },
      openInterest: scales.indices.map { first.openInterest[$0] * scales[$0].size })
    return (scaled, join)
  }
}
