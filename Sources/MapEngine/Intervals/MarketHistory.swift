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

  /// The open time of the earliest closed candle.
  public var first: Timestamp? { byVenue.values.compactMap { $0.candles.first?.openTime }.min() }

  /// The close time of the latest closed candle.
  public var last: Timestamp? { byVenue.values.compactMap { $0.candles.last?.closeTime }.max() }

  /// Takes facts. A candle, closed or forming, replaces what is held of its open time.
  public mutating func append(_ events: some Sequence<MarketEvent>) {
    for event in events { byVenue[event.venue, default: VenueFacts()].take(event.fact) }
  }

  /// The intervals of each venue that were closed by `asOf`, or all; venues without any are left
  /// out. `only` restricts the venues.
  public func series(asOf: Timestamp? = nil, only: Set<Venue>? = nil) -> [VenueSeries] {
    let chosen = venues.filter { only?.contains($0) ?? true }
    let facts = chosen.compactMap { venue in byVenue[venue].map { (venue, $0.known(by: asOf)) } }
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
  var candles: [Candle] = []
  var interest: [OpenInterest] = []
  var liquidations: [LiquidatedSize] = []
  var forming: Candle?

  /// A liquidation, or a total of them, as of a moment.
  struct LiquidatedSize: Sendable {
    let time: Timestamp
    let long: Double
    let short: Double
  }

  mutating func take(_ fact: MarketEvent.Fact) {
    switch fact {
    case .candle(let candle, isClosed: true):
      insert(candle, into: &candles, at: \.openTime, replaces: true)
      if let held = forming, held.openTime <= candle.openTime { forming = nil }
    case .candle(let candle, isClosed: false):
      forming = candle
    case .openInterest(let observation):
      insert(observation, into: &interest, at: \.time, replaces: true)
    case .liquidation(let liquidation):
      let isLong = liquidation.side == .long
      let size = LiquidatedSize(
        time: liquidation.time, long: isLong ? liquidation.quantity : 0,
        short: isLong ? 0 : liquidation.quantity)
      insert(size, into: &liquidations, at: \.time, replaces: false)
    case .liquidatedTotal(let time, _, let long, let short):
      // A total stands for the interval that closes at `time`; a moment before it is inside.
      let size = LiquidatedSize(
        time: time - Span(milliseconds: 1), long: long, short: short)
      insert(size, into: &liquidations, at: \.time, replaces: false)
    case .markPrice, .funding:
      break
    }
  }

  /// The facts known by a moment: candles closed by then, observations made by then.
  func known(by moment: Timestamp?) -> VenueFacts {
    guard let moment else { return self }
    var known = VenueFacts()
    known.candles = Array(candles.prefix { $0.closeTime <= moment })
    known.interest = Array(interest.prefix { $0.time <= moment })
    known.liquidations = Array(liquidations.prefix { $0.time <= moment })
    return known
  }

  private func insert<Fact>(
    _ fact: Fact, into facts: inout [Fact], at time: KeyPath<Fact, Timestamp>, replaces: Bool
  ) {
    let moment = fact[keyPath: time]
    guard let last = facts.last, last[keyPath: time] >= moment else {
      facts.append(fact)
      return
    }
    var low = 0
    var high = facts.count
    while low < high {
      let middle = (low + high) / 2
      if facts[middle][keyPath: time] < moment { low = middle + 1 } else { high = middle }
    }
    if replaces, low < facts.count, facts[low][keyPath: time] == moment {
      facts[low] = fact
    } else {
      facts.insert(fact, at: low)
    }
  }
}
