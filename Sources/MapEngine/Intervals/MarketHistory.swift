import Market

/// Facts about one instrument, kept in order of time whatever order they came in, and read back
/// as the intervals that the estimator takes.
///
/// Only facts known by the moment asked for take part, so a map of the past is the same whether
/// or not later facts are held.
public struct MarketHistory: Sendable {
  private var byVenue: [Venue: VenueFacts] = [:]

  /// No facts yet.
  public init() {}

  /// The venues with at least one closed candle, in a fixed order.
  public var venues: [Venue] {
    Venue.allCases.filter { byVenue[$0].map { !$0.candles.isEmpty } ?? false }
  }

  /// How much time lies between the first and the last closed candle of a venue.
  public func held(of venue: Venue) -> Span? {
    guard let candles = byVenue[venue]?.candles, let first = candles.first,
      let last = candles.last
    else { return nil }
    return last.closeTime - first.openTime
  }

  /// The open time of the earliest closed candle.
  public var first: Timestamp? { byVenue.values.compactMap { $0.candles.first?.openTime }.min() }

  /// The close time of the latest closed candle.
  public var last: Timestamp? { byVenue.values.compactMap { $0.candles.last?.closeTime }.max() }

  /// The last price known by a moment: the close of the candle that ended there or before, on the
  /// venue with the most candles. Nil where none of it reaches so far back.
  public func close(before moment: Timestamp) -> Double? {
    let longest = venues.max {
      (byVenue[$0]?.candles.count ?? 0) < (byVenue[$1]?.candles.count ?? 0)
    }
    guard let longest, let candles = byVenue[longest]?.candles else { return nil }
    let next = candles.partitioningIndex { $0.closeTime > moment }
    return next > 0 ? candles[next - 1].close : nil
  }

  /// Takes facts. A candle, closed or forming, replaces what is held of its open time.
  public mutating func append(_ events: some Sequence<MarketEvent>) {
    for event in events { byVenue[event.venue, default: VenueFacts()].take(event.fact) }
    for venue in byVenue.keys { byVenue[venue]?.settle() }
  }

  /// Whether a fact is of the interval that forms now, so that it changes nothing about the closed
  /// ones: it is as new as that, and no stand-in for open interest hangs on it.
  public func concernsForming(_ event: MarketEvent) -> Bool {
    guard let facts = byVenue[event.venue], let last = facts.candles.last else { return false }
    switch event.fact {
    case .candle(let candle, let isClosed): return !isClosed && candle.openTime >= last.closeTime
    case .openInterest(let observation):
      return observation.time > last.closeTime && facts.interest.count > 1
    case .liquidation(let liquidation): return liquidation.time > last.closeTime
    case .liquidatedTotal: return false
    case .markPrice, .funding, .trade, .longShortRatio: return true
    }
  }

  /// Lets go of candles that were closed by a moment and of liquidations before it. Open interest
  /// stays: it is small, and a venue's only reading is compared with the others' of its own time.
  public mutating func forget(before moment: Timestamp) {
    for venue in byVenue.keys { byVenue[venue]?.forget(before: moment) }
  }

  /// The intervals of each venue that were closed by `asOf`, or all; venues without any are left
  /// out. `from` leaves aside what was over by then, and `only` restricts the venues.
  public func series(
    from start: Timestamp? = nil, asOf: Timestamp? = nil, only: Set<Venue>? = nil
  ) -> [VenueSeries] {
    let chosen = venues.filter { only?.contains($0) ?? true }
    let facts = chosen.compactMap { venue in
      byVenue[venue].map { (venue, $0.known(by: asOf).beginning(at: start)) }
    }
    .filter { !$0.1.candles.isEmpty }
    let leaders = facts.map(\.1).filter { $0.interest.count > 1 }
    return facts.map { venue, facts in
      VenueSeries(venue: venue, facts: facts, leaders: leaders)
    }
  }

  /// The forming interval of a venue, where it is known and newer than the last closed one.
  public func forming(_ venue: Venue) -> MarketInterval? {
    guard let facts = byVenue[venue], let candle = facts.forming,
      let last = facts.candles.last, candle.openTime >= last.closeTime
    else { return nil }
    let interest = facts.interest.last?.quantity
    guard let interest else { return nil }
    return MarketInterval(candle: candle, openInterest: interest)
  }
}

/// The facts of one venue, each kind sorted by time.
struct VenueFacts: Sendable {
  var candles: [Candle] { candlesByTime.facts }
  var interest: [OpenInterest] { interestByTime.facts }
  var liquidations: [PublishedSize] { liquidationsByTime.facts }
  private(set) var forming: Candle?
  private var candlesByTime = FactsByTime<Candle>(time: \.openTime, replaces: true)
  private var interestByTime = FactsByTime<OpenInterest>(time: \.time, replaces: true)
  private var liquidationsByTime = FactsByTime<PublishedSize>(time: \.time, replaces: false)

  mutating func take(_ fact: MarketEvent.Fact) {
    switch fact {
    case .candle(let candle, isClosed: true):
      candlesByTime.take(candle)
      if let held = forming, held.openTime <= candle.openTime { forming = nil }
    case .candle(let candle, isClosed: false):
      forming = candle
    case .openInterest(let observation):
      interestByTime.take(observation)
    case .liquidation, .liquidatedTotal:
      if let size = PublishedSize(fact) { liquidationsByTime.take(size) }
    case .markPrice, .funding, .trade, .longShortRatio:
      break
    }
  }

  /// Puts facts that came late in their places.
  mutating func settle() {
    candlesByTime.settle()
    interestByTime.settle()
    liquidationsByTime.settle()
  }

  /// Lets go of what was over by a moment.
  mutating func forget(before moment: Timestamp) {
    candlesByTime.keep { $0.closeTime > moment }
    liquidationsByTime.keep { $0.time >= moment }
  }

  /// The facts known by a moment: candles closed by then, observations made by then.
  func known(by moment: Timestamp?) -> VenueFacts {
    guard let moment else { return self }
    var known = self
    known.forming = nil
    known.candlesByTime.keep { $0.closeTime <= moment }
    known.interestByTime.keep { $0.knownFrom <= moment }
    known.liquidationsByTime.keep { $0.time <= moment }
    return known
  }

  /// The facts without what was over by a moment: candles that opened before it, observations made
  /// by then and sizes of intervals that ended with it.
  func beginning(at moment: Timestamp?) -> VenueFacts {
    guard let moment, candles.first.map({ $0.openTime < moment }) ?? false else { return self }
    var rest = self
    rest.candlesByTime.keep { $0.openTime >= moment }
    rest.interestByTime.keep { $0.time > moment }
    rest.liquidationsByTime.keep { $0.time >= moment }
    return rest
  }
}

/// Facts of one kind in order of time. Late ones wait until `settle`, so that a batch of them
/// costs one merge.
private struct FactsByTime<Fact: Sendable>: Sendable {
  private(set) var facts: [Fact] = []
  private var late: [Fact] = []
  private let time: @Sendable (Fact) -> Timestamp
  private let replaces: Bool

  /// With `replaces`, the last fact taken of a moment stands for it.
  init(time: @escaping @Sendable (Fact) -> Timestamp, replaces: Bool) {
    self.time = time
    self.replaces = replaces
  }

  mutating func take(_ fact: Fact) {
    guard late.isEmpty else {
      late.append(fact)
      return
    }
    guard let last = facts.last else {
      facts.append(fact)
      return
    }
    if time(last) < time(fact) || (!replaces && time(last) == time(fact)) {
      facts.append(fact)
    } else if replaces, time(last) == time(fact) {
      facts[facts.count - 1] = fact
    } else {
      late.append(fact)
    }
  }

  mutating func keep(where isKnown: (Fact) -> Bool) {
    facts = facts.filter(isKnown)
  }

  mutating func settle() {
    guard !late.isEmpty else { return }
    // Swift's sort is stable: of one moment, what was taken last comes last.
    let sorted = (facts + late).sorted { time($0) < time($1) }
    late = []
    facts = []
    facts.reserveCapacity(sorted.count)
    for fact in sorted {
      if replaces, let last = facts.last, time(last) == time(fact) {
        facts[facts.count - 1] = fact
      } else {
        facts.append(fact)
      }
    }
  }
}
