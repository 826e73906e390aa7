import Market
import RealModule

/// What a minute is like for those who think about entering.
struct Mood: Sendable {
  /// The present volatility over its average.
  var volatility = 1.0
  /// How fresh a break above the last day's range is, 0 to 1.
  var breakUp = 0.0
  /// How fresh a break below it is, 0 to 1.
  var breakDown = 0.0
}

/// A position that was closed by force within a step.
struct ForcedClose: Sendable {
  var isLong: Bool
  var lots: Int64
  /// Log price of the fill.
  var price: Double
}

/// One venue of one instrument: its crowd, its last and mark price, its volume.
struct SimulatedVenue: Sendable {
  let venue: Venue
  let instrument: SimulatedInstrument
  let profile: BehaviourProfile
  let rule: MarginRule
  let openingsPerMinute: Double
  /// Log of this venue's price over the fair price when nothing presses.
  let offset: Double

  var random: RandomStream
  var book: TraderBook
  var contracts = ContractCount()
  /// Open interest that the venue tends to, in lots.
  var usualOpenInterest: Double
  /// Log of the present tendency over the usual open interest.
  var tide: Reverting

  /// Log of the last traded price and of the mark price.
  var last: Double
  var mark: Double
  /// Log of the venue's price over the fair price: noise, and what forced orders pressed.
  private var noise = 0.0
  private var pressure = 0.0
  private var smoothedBasis: Double

  var candle: CandleBuilder
  private var mood = Mood()
  private var openingsDue = 0.0
  private var nextOpening = 0.0
  private var closingsDue = 0
  private var makerRate = 0.0
  private(set) var fundingPremium = 0.0
  /// Log entry price of the liquidity provider.
  private(set) var providerEntry: Double
  private var providerLots: Int64 = 0
  /// What was closed by force in the last step, in order.
  private(set) var forced: [ForcedClose] = []

  init(
    _ venue: Venue, index: Int, instrument: SimulatedInstrument, profile: BehaviourProfile,
    rule: MarginRule, openingsPerMinute: Double, seed: UInt64, price: Double, start: Timestamp
  ) {
    self.venue = venue
    self.instrument = instrument
    self.profile = profile
    self.rule = rule
    self.openingsPerMinute = openingsPerMinute
    var random = RandomStream(
      seed: seed, name: "crowd \(instrument.instrument.symbol) \(venue.rawValue)")
    offset = Double(index) * -0.000_25
    last = price + offset
    mark = last
    smoothedBasis = offset
    providerEntry = last
    candle = CandleBuilder(openTime: start, price: last, mark: last)
    book = TraderBook(around: price)
    let dollars = instrument.openInterest[index]
    usualOpenInterest = dollars / Double.exp(price) / instrument.lotSize
    tide = Reverting(deviation: 0.10, minutes: 9_000, first: 0)
    nextOpening = -Double.log(1 - random.uniform())
    self.random = random
  }

  /// Draws what the minute brings to this venue.
  mutating func beginMinute(_ minute: Int64, mood: Mood) {
    self.mood = mood
    tide.step(random.normal())
    closingsDue = book.dueCount(minute: minute)
    let activity = max(mood.volatility, 0.05)
    let size = Double(contracts.openInterest)
    makerRate =
      profile.marketMaking / 1_440 * size * activity * (0.25 + 0.75 * activity.squareRoot())
      * Double.exp(0.55 * random.normal() - 0.15)
    fundingPremium = fundingPremium * 0.998 + 0.002 * (noise + pressure)
    meetProvider()
  }

  /// The funding rate of the eight hours that end now: the mean premium and the crowd's lean.
  var fundingRate: Double {
    let rate = 0.000_1 + 0.5 * fundingPremium + 0.001_5 * contracts.imbalance
    return (min(max(rate, -0.003), 0.003) * 1e8).rounded() / 1e8
  }

  /// Moves the venue on by one of `steps` equal steps of the minute, `seconds` long.
  mutating func step(
    path: inout PricePath, minute: Int64, stepsLeft: Int, steps: Int, decay: StepDecay
  ) {
    forced.removeAll(keepingCapacity: true)
    noise = noise * decay.noise + decay.noiseKick * random.normal()
    pressure *= decay.pressure
    let basis = offset + noise + pressure
    smoothedBasis += (basis - smoothedBasis) * decay.smoothing
    let halfSpread = random.next() & 1 == 0 ? 0.000_03 : -0.000_03
    last = path.price + basis + halfSpread
    mark = path.price + smoothedBasis
    candle.trade(at: last)
    candle.mark(at: mark)
    trade(shock: path.shock, steps: Double(steps))

    let crossed = book.crossed(by: mark)
    if !crossed.isEmpty {
      for slot in crossed where book.isOpen[slot] { trigger(slot, path: &path) }
      last = path.price + offset + noise + pressure
      candle.trade(at: last)
    }
    closeDue(minute: minute, stepsLeft: stepsLeft)
    openNew(minute: minute, steps: Double(steps))
  }

  /// Market makers' and arbitrageurs' volume: more when the price moves, and with it.
  private mutating func trade(shock: Double, steps: Double) {
    let volume = makerRate / steps * (0.4 + 0.75 * abs(shock))
    let buyShare = min(max(0.5 + 0.16 * shock, 0.08), 0.92)
    candle.add(
      buys: volume * buyShare, sells: volume * (1 - buyShare))
  }

  private mutating func trigger(_ slot: Int, path: inout PricePath) {
    let position = book.positions[slot]
    let moved = position.sign * (mark - position.entry)
    let isAdverse = position.sign * (mark - position.adversePrice) <= 0
    if !isAdverse {
      close(slot, .closed)
      return
    }
    let isLiquidated = position.sign * (mark - position.liquidation) <= 0
    if isLiquidated {
      forced.append(ForcedClose(isLong: position.isLong, lots: position.quantity, price: last))
      close(slot, .liquidated)
      push(position, by: 1, path: &path)
    } else if position.adverse == .topUp {
      let added = position.margin * (0.5 + 0.5 * random.uniform())
      let margin = min(max(position.margin + added, -moved + 0.7 * position.margin), 2)
      book.topUp(slot, margin: margin, rule: rule, triggerAt: 0.6 + 0.25 * random.uniform())
    } else {
      close(slot, .closed)
      push(position, by: 0.5, path: &path)
    }
  }

  /// The impact of a forced or stopped market order: a third stays in the fair price and so
  /// reaches the other venue, the rest presses this venue for a while.
  private mutating func push(_ position: TraderPosition, by weight: Double, path: inout PricePath) {
    let part = Double(position.quantity) / Double(max(contracts.openInterest, 1))
    let impact = -position.sign * weight * profile.impact * part
    path.push(impact * 0.35)
    pressure += impact * 0.65
    last += impact
    candle.trade(at: last)
  }

  private mutating func close(_ slot: Int, _ change: ContractCount.Change) {
    let position = book.positions[slot]
    contracts.book(change, isLong: position.isLong, lots: position.quantity)
    book.remove(slot)
    // Half of the willing exits wait for a taker; forced ones are takers.
    count(position.quantity, buys: !position.isLong, isTaker: change == .liquidated)
  }

  private mutating func count(_ lots: Int64, buys: Bool, isTaker: Bool) {
    let taker = isTaker || random.next() & 1 == 0
    let isBuy = taker ? buys : !buys
    candle.add(buys: isBuy ? Double(lots) : 0, sells: isBuy ? 0 : Double(lots))
  }

  private mutating func closeDue(minute: Int64, stepsLeft: Int) {
    guard closingsDue > 0 else { return }
    var quota = Int(Double(closingsDue) / Double(stepsLeft) + random.uniform())
    if stepsLeft == 1 { quota = closingsDue }
    while quota > 0 {
      quota -= 1
      closingsDue -= 1
      guard let slot = book.popDue(minute: minute) else { return }
      let position = book.positions[slot]
      let due = Int64(position.dueMinute)
      if due > minute {
        book.postpone(slot, to: due, minute: minute)
      } else if position.sign * (last - position.entry) < 0,
        random.uniform() < Double(position.keepsLosers)
      {
        let longer = max(Double(position.holdMinutes) * (0.4 + 0.8 * random.uniform()), 2)
        book.postpone(slot, to: minute + Int64(longer), minute: minute)
      } else {
        close(slot, .closed)
      }
    }
  }

  private mutating func openNew(minute: Int64, steps: Double) {
    let wanted = usualOpenInterest * (1 + tide.value)
    let gap = wanted / Double(max(contracts.openInterest, 1)) - 1
    let pull = min(max(1 + 4 * gap, 0.2), 3)
    let fresh = 1 + 2 * max(mood.breakUp, mood.breakDown)
    let rate = openingsPerMinute * pull * fresh * (0.3 + 0.7 * min(mood.volatility, 4))
    openingsDue += rate / steps
    while openingsDue >= nextOpening {
      openingsDue -= nextOpening
      nextOpening = -Double.log(1 - random.uniform())
      open(minute: minute)
    }
  }

  private mutating func open(minute: Int64) {
    let kind = drawClass()
    let traders = profile.classes[kind]
    let chase = 0.22 * (mood.breakUp - mood.breakDown)
    let lean = traders.leansAgainst * contracts.imbalance
    let longShare = min(max(traders.longShare + chase - lean, 0.04), 0.96)
    let sign = random.uniform() < longShare ? 1.0 : -1.0
    let deviation = averageDayDeviation * (0.5 + 0.5 * min(mood.volatility, 4))
    var position = traders.enters(
      sign: sign, entry: last, minute: minute, volatility: mood.volatility,
      dayDeviation: deviation, rule: rule, random: &random)
    // No venue opens a position that its own mark would liquidate at once.
    guard sign * (mark - position.liquidation) > 0.001 else { return }
    position.quantity = drawLots(kind)
    contracts.book(.opened, isLong: position.isLong, lots: position.quantity)
    count(position.quantity, buys: position.isLong, isTaker: false)
    book.add(position, minute: minute)
  }

  /// Standard deviation of a day's log return, on average.
  var averageDayDeviation: Double {
    instrument.minuteVolatility * profile.restlessness * 37.95
  }

  /// The index of the class that the next opening belongs to.
  mutating func drawClass() -> Int {
    var rest = random.uniform()
    for index in 0..<(profile.classes.count - 1) {
      rest -= profile.classes[index].openings
      if rest < 0 { return index }
    }
    return profile.classes.count - 1
  }

  /// Lots that a class holds on both sides together when the venue is as full as it tends to be.
  func usualStock(_ kind: Int) -> Double {
    2 * profile.classes[kind].stock * usualOpenInterest
  }

  /// The size of an opening: a class's daily flow (its stock over its mean holding time) over its
  /// openings a day, with a lognormal spread.
  mutating func drawLots(_ kind: Int) -> Int64 {
    let traders = profile.classes[kind]
    let flow = usualStock(kind) / traders.meanHoldDays
    let mean = flow / (openingsPerMinute * 1_440 * traders.openings)
    let spread = traders.sizeSpread
    let size = mean * Double.exp(spread * random.normal() - spread * spread / 2)
    return max(Int64(size), 1)
  }

  private mutating func meetProvider() {
    let lots = contracts.provider
    let isSameSide = (lots > 0) == (providerLots > 0)
    if !isSameSide || providerLots == 0 {
      providerEntry = mark
    } else if abs(lots) > abs(providerLots) {
      let kept = Double(abs(providerLots)) / Double(abs(lots))
      providerEntry = providerEntry * kept + mark * (1 - kept)
    }
    providerLots = lots
  }
}

/// What a step of a given length does to a venue's basis.
struct StepDecay: Sendable {
  let noise: Double
  let noiseKick: Double
  let pressure: Double
  let smoothing: Double

  init(seconds: Double) {
    noise = Double.exp(-seconds / 200)
    noiseKick = 0.000_12 * (1 - noise * noise).squareRoot()
    pressure = Double.exp(-seconds / 60)
    smoothing = 1 - Double.exp(-seconds / 45)
  }
}
