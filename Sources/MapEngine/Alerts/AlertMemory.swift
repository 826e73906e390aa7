import Market

/// What is remembered of an instrument from one observation to the next.
struct AlertMemory: Sendable {
  /// What a map is made of: maps of other parts can't be compared.
  private struct Basis: Hashable, Sendable {
    let timeframe: Timeframe
    let venues: [Venue]
    let weights: MapWeights
    let isSimulated: Bool
  }

  /// Published liquidations, in the order in which they became known.
  private(set) var liquidations: [LiquidationPrint] = []
  /// The price of the last observation.
  private(set) var lastPrice: Double?
  /// Everything that traded since then, this observation's price included.
  private(set) var traded: ClosedRange<Double>?
  /// The magnets that this observation's prices have gone through.
  private(set) var sweeps: [Magnet] = []
  /// Whether the map can be compared with the one before.
  private(set) var isComparable = false

  private var basis: Basis?
  private var frame: MapFrame?
  private var ledger = MagnetLedger()
  private var ledgerTime: Timestamp?
  private var time: Timestamp?
  private var step = Span.minutes(1)

  /// The most liquidations that are held; a market has fewer in an hour.
  private static let mostLiquidations = 50_000
  /// The least time between two looks of the ledger, which believes what it sees three times.
  private static let ledgerStep = Span.minutes(1)
  /// A silence that is longer, and longer than the steps before, breaks off what was followed.
  private static let silence = Span.minutes(15)

  /// Takes an observation. `memory` is how long liquidations are held.
  mutating func take(_ observation: AlertObservation, memory: Span) {
    remember(observation, memory: memory)
    if let time {
      let passed = observation.time - time
      if passed > Self.silence, passed.milliseconds > 3 * step.milliseconds { forgetMap() }
      if passed.milliseconds > 0 { step = passed }
    }
    time = observation.time
    traded = observation.price.map { price in
      let last = observation.traded == nil ? lastPrice ?? price : price
      let low = min(price, last, observation.traded?.lowerBound ?? price)
      let high = max(price, last, observation.traded?.upperBound ?? price)
      return low...high
    }
    sweeps = []
    isComparable = false
    if let snapshot = observation.snapshot {
      if observation.isFillingIn { forgetMap() } else { follow(snapshot, observation) }
    }
    if let price = observation.price { lastPrice = price }
  }

  /// Liquidations of a side, or of both, since a moment.
  func liquidations(of side: Side?, since moment: Timestamp) -> [LiquidationPrint] {
    liquidations.filter { $0.time > moment && (side == nil || $0.side == side) }
  }

  private mutating func remember(_ observation: AlertObservation, memory: Span) {
    let horizon = observation.time - memory
    liquidations.removeAll { $0.time <= horizon }
    liquidations += observation.liquidations.filter { $0.time > horizon }
    if liquidations.count > Self.mostLiquidations {
      liquidations.removeFirst(liquidations.count - Self.mostLiquidations)
    }
  }

  private mutating func forgetMap() {
    basis = nil
    frame = nil
    ledger = MagnetLedger()
    ledgerTime = nil
  }

  private mutating func follow(_ snapshot: MapSnapshot, _ observation: AlertObservation) {
    let new = Basis(
      timeframe: snapshot.timeframe, venues: snapshot.map.venues, weights: snapshot.weights,
      isSimulated: snapshot.isSimulated)
    if basis != new { forgetMap() }
    isComparable = basis != nil
    basis = new
    let price = snapshot.price
    let living = Set(ledger.alive.map { ledger.magnets[$0].number })
    if let frame, let traded {
      ledger.cross(bar(traded, price, observation, frame), frame: frame)
    }
    let next = MapFrame(snapshot.map)
    if ledgerTime.map({ observation.time >= $0 + Self.ledgerStep }) ?? true {
      ledger.observe(next, reading: snapshot.reading, at: observation.time)
      ledgerTime = observation.time
    }
    sweeps = ledger.magnets.filter { $0.state == .swept && living.contains($0.number) }
    frame = next
  }

  /// What traded, as the ledger takes it.
  private func bar(
    _ traded: ClosedRange<Double>, _ price: Double, _ observation: AlertObservation,
    _ frame: MapFrame
  ) -> StoryBar {
    let start = frame.map.price
    let low = traded.lowerBound
    let high = traded.upperBound
    return StoryBar(
      price: PriceBar(
        openTime: observation.time - step, span: step, open: min(max(start, low), high), high: high,
        low: low, close: price),
      crossLow: low, crossHigh: high, volatility: nil, atr: nil,
      eaten: BySide { side in
        side == .long
          ? frame.usd(.long, from: low, to: start) : frame.usd(.short, from: start, to: high)
      },
      printed: BySide { side in
        let own = observation.liquidations.filter { $0.side == side }
        return own.isEmpty ? nil : own.reduce(0) { $0 + $1.usd }
      }, openInterest: 0)
  }
}
