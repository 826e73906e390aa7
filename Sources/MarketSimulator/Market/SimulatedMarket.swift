import MapEngine
import Market
import RealModule

/// How a simulated market is run.
public struct SimulationOptions: Hashable, Sendable {
  /// The step of the clock: a whole number of seconds that divides a minute.
  public var step: Span = .seconds(5)
  /// From this moment on (the start of its minute) the clock steps by the second; nil for never.
  public var stepsBySecondFrom: Timestamp?
  /// The length of the candles: a whole number of minutes that divides a day.
  public var candleInterval: Span = .minutes(1)
  /// Whether mark prices are told at the close of each candle. The candles carry the mark's range
  /// in any case.
  public var emitsMarkPrices = true
  /// Openings a minute on each venue in an average minute.
  public var openingsPerMinute = 7.0
  /// The maintenance margin that the venues ask for.
  public var marginRule = MarginRule()

  /// The options of a market whose history is told in one-minute candles.
  public init() {}
}

/// A seeded market of leveraged traders in one instrument on two venues, every position of which
/// is known. The same instrument, behaviour, seed, start and options give the same bytes on
/// every run, whatever the size of the steps that it is advanced by.
///
/// Its traders share none of the estimator's assumptions: holding times are lognormal, leverage
/// is continuous and depends on side and volatility, entries cluster on breaks of the day's
/// range, stops, take-profits, added margin and a dislike of losses decide who is still there.
/// Forced orders move the price and so force others. A liquidity provider takes the other side
/// of what longs and shorts don't share; market makers trade without opening anything. Funding
/// is paid from outside the margin of a position.
public struct SimulatedMarket: Sendable {
  /// What is traded.
  public let instrument: SimulatedInstrument
  /// How the crowd behaves.
  public let behaviour: Behaviour
  /// How it is run.
  public let options: SimulationOptions
  /// The seed that everything follows from.
  public let seed: UInt64
  /// The moment that the market has reached: the end of its last step.
  public private(set) var time: Timestamp
  /// The moment that was asked for; the market has made every whole step up to it.
  public private(set) var requested: Timestamp

  var venues: [SimulatedVenue]
  private(set) var path: PricePath
  private var common: CommonMarket
  private var range: DayRange
  private var truth: [SimulatedLiquidation] = []
  private var observation: RandomStream
  private var steps = 1
  private var stepLength = Span.minutes(1)
  private var decay = StepDecay(seconds: 60)

  /// The venues of every simulated market.
  public static let venues: [Venue] = [.simulatedA, .simulatedB]

  /// A market that begins at the minute of `start` with a full crowd. The instrument's start
  /// price is its first price.
  public init(
    instrument: SimulatedInstrument, behaviour: Behaviour = .ordinary, seed: UInt64,
    start: Timestamp, options: SimulationOptions = SimulationOptions()
  ) {
    let seconds = options.step.milliseconds / 1_000
    precondition(
      seconds > 0 && 60 % seconds == 0 && options.step.milliseconds % 1_000 == 0,
      "a step is a whole number of seconds that divides a minute")
    let minutes = options.candleInterval.milliseconds / 60_000
    precondition(
      minutes > 0 && 1_440 % minutes == 0 && options.candleInterval.milliseconds % 60_000 == 0,
      "a candle is a whole number of minutes that divides a day")
    self.instrument = instrument
    self.behaviour = behaviour
    self.options = options
    self.seed = seed
    let minute = start.minute
    time = Timestamp(minute: minute)
    requested = time
    let price = Double.log(instrument.startPrice)
    let profile = behaviour.profile
    path = PricePath(
      instrument: instrument, restlessness: profile.restlessness, seed: seed, price: price)
    common = CommonMarket(seed: seed)
    range = DayRange(price: price)
    observation = RandomStream(
      seed: seed, name: "observation \(instrument.instrument.symbol)")
    let prehistory = Prehistory(
      instrument: instrument, restlessness: profile.restlessness, seed: seed, price: price)
    venues = []
    for (index, venue) in SimulatedMarket.venues.enumerated() {
      var simulated = SimulatedVenue(
        venue, index: index, instrument: instrument, profile: profile,
        rule: options.marginRule, openingsPerMinute: options.openingsPerMinute, seed: seed,
        price: price, start: time)
      simulated.found(on: prehistory, minute: minute)
      venues.append(simulated)
    }
  }

  /// Lets so many minutes pass; returns what was seen of them, in order of time.
  public mutating func advance(minutes: Int) -> [MarketEvent] {
    advance(to: requested + .minutes(Int64(minutes)), includesForming: false)
  }

  /// Lets so many seconds pass; returns what was seen of them, in order of time. With
  /// `includesForming` the forming candle and the mark price of every step are among it; the
  /// other events are the same without.
  public mutating func advance(seconds: Int, includesForming: Bool = true) -> [MarketEvent] {
    advance(to: requested + .seconds(Int64(seconds)), includesForming: includesForming)
  }

  /// Lets time pass up to a moment; returns what was seen of it, in order of time.
  public mutating func advance(to moment: Timestamp, includesForming: Bool) -> [MarketEvent] {
    requested = max(requested, moment)
    var events: [MarketEvent] = []
    if requested > time {
      let minutes = (requested - time).milliseconds / options.candleInterval.milliseconds
      events.reserveCapacity(Int(minutes) * (options.emitsMarkPrices ? 5 : 3))
    }
    while true {
      let isMinuteStart = time.milliseconds % 60_000 == 0
      let next = isMinuteStart ? lengthOfNextStep : stepLength
      guard time + next <= requested else { return events }
      if isMinuteStart { beginMinute(step: next) }
      step(&events, includesForming: includesForming)
    }
  }

  private var lengthOfNextStep: Span {
    if let from = options.stepsBySecondFrom, time.minute >= from.minute { return .seconds(1) }
    return options.step
  }

  private mutating func beginMinute(step: Span) {
    if step != stepLength {
      stepLength = step
      steps = Int(60_000 / step.milliseconds)
      decay = StepDecay(seconds: Double(step.milliseconds) / 1_000)
    }
    let minute = time.minute
    common.beginMinute()
    path.beginMinute(minute, market: common)
    range.update(price: path.price, minute: minute)
    let mood = Mood(
      volatility: path.volatility, breakUp: range.breakUp, breakDown: range.breakDown)
    for index in venues.indices { venues[index].beginMinute(minute, mood: mood) }
  }

  private mutating func step(_ events: inout [MarketEvent], includesForming: Bool) {
    let minute = time.minute
    let elapsed = Int((time.milliseconds % 60_000) / stepLength.milliseconds)
    common.step()
    path.step(of: Double(steps), market: common)
    for index in venues.indices {
      venues[index].step(
        path: &path, minute: minute, stepsLeft: steps - elapsed, steps: steps, decay: decay)
    }
    publishForced(&events)
    time = time + stepLength
    let isMinuteEnd = time.milliseconds % 60_000 == 0
    let isCandleEnd = isMinuteEnd && time.milliseconds % options.candleInterval.milliseconds == 0
    if isCandleEnd {
      closeCandles(&events)
    } else if includesForming {
      for index in venues.indices {
        emit(&events, index, .candle(formingCandle(index), isClosed: false))
        emitMark(&events, index)
      }
    }
    if isMinuteEnd { observe(&events, isCandleEnd: isCandleEnd) }
  }

  private mutating func closeCandles(_ events: inout [MarketEvent]) {
    for index in venues.indices {
      emit(&events, index, .candle(formingCandle(index), isClosed: true))
      venues[index].candle.restart(at: time, mark: venues[index].mark)
    }
  }

  private mutating func observe(_ events: inout [MarketEvent], isCandleEnd: Bool) {
    if time.minute % 5 == 0 {
      for index in venues.indices {
        // Outsiders see open interest five minutes apart, a hundredth of a percent off.
        let lots = Double(venues[index].contracts.openInterest)
        let seen = lots * (1 + 0.000_1 * observation.normal())
        let size = seen.rounded() * instrument.lotSize
        emit(&events, index) { () throws(MarketValueError) in
          .openInterest(try OpenInterest(time: time, quantity: size))
        }
      }
    }
    if isCandleEnd, options.emitsMarkPrices {
      for index in venues.indices { emitMark(&events, index) }
    }
    if time.minute % 480 == 0 {
      for index in venues.indices {
        let rate = venues[index].fundingRate
        emit(&events, index) { () throws(MarketValueError) in
          .funding(try Funding(time: time, rate: rate))
        }
      }
    }
  }

  /// Records what was force-closed in the step that begins at `time`, and publishes what a
  /// venue would: the last one of each second.
  private mutating func publishForced(_ events: inout [MarketEvent]) {
    var published: [(venue: Int, liquidation: Liquidation)] = []
    for index in venues.indices where !venues[index].forced.isEmpty {
      let forced = venues[index].forced
      var kept: Liquidation?
      for (order, close) in forced.enumerated() {
        let offset = stepLength.milliseconds * Int64(2 * order + 1) / Int64(2 * forced.count)
        let liquidation = Simulated.value { () throws(MarketValueError) in
          try Liquidation(
            time: time + Span(milliseconds: offset), side: close.isLong ? .long : .short,
            price: outside(price: close.price),
            quantity: Double(close.lots) * instrument.lotSize)
        }
        record(SimulatedLiquidation(venue: venues[index].venue, liquidation: liquidation))
        if let before = kept, before.time.second != liquidation.time.second {
          published.append((index, before))
        }
        kept = liquidation
      }
      if let kept { published.append((index, kept)) }
    }
    guard !published.isEmpty else { return }
    published.sort {
      ($0.liquidation.time, $0.venue) < ($1.liquidation.time, $1.venue)
    }
    for (index, liquidation) in published {
      emit(&events, index, .liquidation(liquidation))
    }
  }

  private mutating func record(_ liquidation: SimulatedLiquidation) {
    if truth.count >= SimulatedMarket.recordLimit {
      truth.removeFirst(SimulatedMarket.recordLimit / 2)
    }
    truth.append(liquidation)
  }
}

// MARK: - Truth

extension SimulatedMarket {
  /// How many true liquidations are kept at most; the older half goes when there are more.
  public static let recordLimit = 400_000

  /// Every true liquidation since the start, unthrottled, in order of time within each venue and
  /// step: the newest ones where more than `recordLimit` happened.
  public var liquidations: [SimulatedLiquidation] { truth }

  /// Forgets the true liquidations up to now, and returns them.
  public mutating func takeLiquidations() -> [SimulatedLiquidation] {
    defer { truth.removeAll(keepingCapacity: true) }
    return truth
  }

  /// Every open position at this moment, the liquidity providers' included, venue by venue. Each
  /// side of a venue adds up to its open interest.
  public var positions: [SimulatedPosition] {
    var result: [SimulatedPosition] = []
    for index in venues.indices {
      let venue = venues[index]
      for (slot, position) in venue.book.positions.enumerated() where venue.book.isOpen[slot] {
        result.append(
          simulated(
            index, sign: position.sign, lots: position.quantity, entry: position.entry,
            liquidation: position.liquidation, margin: position.margin,
            isRealisable: position.adverse == .liquidation))
      }
      let lots = venue.contracts.provider
      guard lots != 0 else { continue }
      let sign = lots > 0 ? 1.0 : -1.0
      let margin = 1 / TraderClass.leverageRange.lowerBound
      let distance = options.marginRule.liquidation(sign: sign, margin: margin)
      result.append(
        simulated(
          index, sign: sign, lots: abs(lots), entry: venue.providerEntry,
          liquidation: venue.providerEntry + distance, margin: margin, isRealisable: false))
    }
    return result
  }

  /// The positions of the chosen target.
  public func positions(_ target: TruthTarget) -> [StandingPosition] {
    positions.filter { target == .nominal || $0.isRealisable }.map(\.position)
  }

  /// The mark price of a venue of this market at this moment, in the quote currency.
  public func markPrice(_ venue: Venue) -> Double { outside(price: market(of: venue).mark) }

  /// The last traded price of a venue of this market at this moment, in the quote currency.
  public func lastPrice(_ venue: Venue) -> Double { outside(price: market(of: venue).last) }

  /// True one-sided open interest of a venue of this market at this moment, in coins.
  public func openInterest(_ venue: Venue) -> Double {
    Double(market(of: venue).contracts.openInterest) * instrument.lotSize
  }

  private func market(of venue: Venue) -> SimulatedVenue {
    guard let index = SimulatedMarket.venues.firstIndex(of: venue) else {
      preconditionFailure("\(venue.displayName) is no venue of a simulated market")
    }
    return venues[index]
  }

  private func simulated(
    _ index: Int, sign: Double, lots: Int64, entry: Double, liquidation: Double, margin: Double,
    isRealisable: Bool
  ) -> SimulatedPosition {
    let position = StandingPosition(
      venue: venues[index].venue, side: sign > 0 ? .long : .short,
      quantity: Double(lots) * instrument.lotSize,
      liquidationPrice: Double.exp(liquidation),
      effectiveLeverage: 1 / margin)
    return SimulatedPosition(
      position: position, entryPrice: Double.exp(entry),
      isRealisable: isRealisable)
  }
}

// MARK: - Events

extension SimulatedMarket {
  private func outside(price: Double) -> Double {
    instrument.rounded(price: Double.exp(price))
  }

  private func formingCandle(_ index: Int) -> Candle {
    venues[index].candle.candle(
      interval: options.candleInterval, instrument: instrument)
  }

  private func emitMark(_ events: inout [MarketEvent], _ index: Int) {
    emit(&events, index) { () throws(MarketValueError) in
      .markPrice(
        try MarkPrice(
          time: time, mark: outside(price: venues[index].mark),
          index: outside(price: path.price)))
    }
  }

  private func emit(_ events: inout [MarketEvent], _ index: Int, _ fact: MarketEvent.Fact) {
    events.append(
      MarketEvent(venue: venues[index].venue, instrument: instrument.instrument, fact: fact))
  }

  private func emit(
    _ events: inout [MarketEvent], _ index: Int,
    _ fact: () throws(MarketValueError) -> MarketEvent.Fact
  ) {
    emit(&events, index, Simulated.value(fact))
  }
}
