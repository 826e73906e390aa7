import RealModule

/// A mean-reverting number in minutes: an Ornstein-Uhlenbeck process.
struct Reverting: Sendable {
  private(set) var value: Double
  private let decay: Double
  private let kick: Double

  /// A process of that standard deviation which forgets with that time constant, in minutes.
  init(deviation: Double, minutes: Double, first: Double) {
    decay = Double.exp(-1 / minutes)
    kick = deviation * (1 - decay * decay).squareRoot()
    value = deviation * first
  }

  /// Moves on by one minute.
  mutating func step(_ normal: Double) {
    value = value * decay + kick * normal
  }
}

/// What moves all instruments together: restlessness, the common return, common shocks.
struct CommonMarket: Sendable {
  private var random: RandomStream
  /// Drawn from once a step, so that the minutes' draws don't depend on the length of a step.
  private var steps: RandomStream
  private var slow: Reverting
  private var fast: Reverting
  /// Log of the common volatility over its average.
  private(set) var restlessness = 0.0
  /// This step's common return, of mean 0 and standard deviation 1.
  private(set) var shock = 0.0
  /// A jump that begins this minute, in daily standard deviations; mostly 0.
  private(set) var jump = 0.0

  init(seed: UInt64) {
    var random = RandomStream(seed: seed, name: "common market")
    slow = Reverting(deviation: 0.30, minutes: 4_300, first: random.normal())
    fast = Reverting(deviation: 0.38, minutes: 170, first: random.normal())
    self.random = random
    steps = RandomStream(seed: seed, name: "common steps")
  }

  mutating func beginMinute() {
    slow.step(random.normal())
    fast.step(random.normal())
    restlessness = slow.value + fast.value
    jump = 0
    if random.uniform() < PricePath.commonJumpsPerDay / 1_440 {
      jump = PricePath.jumpSize(&random)
    }
  }

  mutating func step() {
    shock = steps.normal()
  }
}

/// The fair price of one instrument: common and own returns under a volatility that clusters on
/// two time scales and answers large moves, jumps that take minutes, slow momentum, and the
/// lasting part of the price impact of forced orders.
struct PricePath: Sendable {
  static let commonJumpsPerDay = 1.2
  static let ownJumpsPerDay = 0.6
  /// The part of the average variance that diffusion is given; jumps, momentum, answers to
  /// large moves and cascades bring the rest.
  private static let diffusionShare = 0.74
  /// Per minute, the part of a jump that is still to come which happens.
  private static let jumpSpeed = 0.45
  /// The part of jumps and impacts that is taken back, and how much of it per minute.
  private static let overshootShare = 0.4
  private static let returnSpeed = 0.06

  /// Natural logarithm of the fair price.
  private(set) var price: Double
  /// Log of the present volatility over its average, the hour of the day included.
  private(set) var volatility = 1.0
  /// The last step's move in standard deviations of a quiet step, at most 15 of them.
  private(set) var shock = 0.0
  /// Slow drift of a minute, in average minutes' standard deviations.
  private(set) var momentum: Reverting

  private var random: RandomStream
  private let common: Double
  private let ownPart: Double
  private let average: Double
  private var unrest: Reverting
  private var excitement = 0.0
  private var jumpLeft = 0.0
  private var overshoot = 0.0
  private var drift = 0.0
  private var deviation = 0.0
  private var minuteOpen: Double

  init(
    instrument: SimulatedInstrument, restlessness: Double, seed: UInt64, price: Double
  ) {
    var random = RandomStream(seed: seed, name: "price \(instrument.instrument.symbol)")
    self.price = price
    minuteOpen = price
    common = instrument.marketCorrelation
    ownPart = (1 - common * common).squareRoot()
    average = instrument.minuteVolatility * restlessness
    unrest = Reverting(deviation: 0.2, minutes: 600, first: random.normal())
    momentum = Reverting(deviation: 0.006, minutes: 500, first: random.normal())
    self.random = random
  }

  /// A jump's size in daily standard deviations: two-sided exponential, a little more often down.
  static func jumpSize(_ random: inout RandomStream) -> Double {
    let sign = random.uniform() < 0.54 ? -1.0 : 1.0
    return sign * -Double.log(1 - random.uniform()) * 0.17
  }

  /// Draws what the minute that starts at `minute` (since 1970) holds.
  mutating func beginMinute(_ minute: Int64, market: CommonMarket) {
    // A minute of more than three standard deviations excites the following hour.
    let moved = (price - minuteOpen) / (average * volatility)
    minuteOpen = price
    excitement = min(excitement * 0.987 + max(0, moved * moved - 9) * 0.03, 6)
    unrest.step(random.normal())
    momentum.step(random.normal())
    // The logarithms' variances sum to 0.2744; subtracting it keeps the mean square at 1.
    let level = market.restlessness + unrest.value - 0.2744
    volatility =
      Double.exp(level) * (1 + excitement).squareRoot() * PricePath.season(minute: minute)
    let scale = average * volatility * PricePath.diffusionShare.squareRoot()
    drift = average * momentum.value
    deviation = scale
    var jump = market.jump * common
    if random.uniform() < PricePath.ownJumpsPerDay / 1_440 {
      jump += PricePath.jumpSize(&random)
    }
    if jump != 0 {
      jumpLeft += jump * average * 37.95
      excitement = min(excitement + abs(jump) * 4, 6)
    }
  }

  /// Moves the price on by one of `steps` equal steps of the minute.
  mutating func step(of steps: Double, market: CommonMarket) {
    let diffusion =
      deviation / steps.squareRoot() * (common * market.shock + ownPart * random.normal())
    let jump = jumpLeft * min(PricePath.jumpSpeed / steps, 1)
    jumpLeft -= jump
    let back = overshoot * PricePath.returnSpeed / steps
    overshoot += jump * PricePath.overshootShare - back
    let move = drift / steps + jump - back + diffusion
    price += move
    shock = min(max(move / deviation * steps.squareRoot(), -15), 15)
  }

  /// Adds an order's impact, part of which the market takes back within the half hour.
  mutating func push(_ impact: Double) {
    price += impact
    overshoot += impact * PricePath.overshootShare
  }

  /// How busy the hour is: Europe's and America's day above the average, nights and weekends
  /// below; the mean square over a week is near 1.
  static func season(minute: Int64) -> Double {
    let hour = Double(minute % 1_440) / 60
    let day = (minute / 1_440 + 4) % 7
    let weekend = day == 0 || day == 6
    let distance = abs(hour - 14.5) < 12 ? abs(hour - 14.5) : 24 - abs(hour - 14.5)
    let bump = 1.42 - 0.075 * distance
    return weekend ? 0.78 * bump : 1.12 * bump
  }
}
