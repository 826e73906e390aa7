import Market
import RealModule

/// What one venue published of its liquidations, in windows of fixed length that begin with 1970.
///
/// Most feeds are samples: Binance and OKX tell of one liquidation a second and instrument, the last
/// one. So within a minute of which m seconds are occupied, -60 ln(1 - m / 60) events are expected
/// to have happened, and the sizes of the minute's prints are weighted up by that over m. A full
/// minute counts as 59.5 seconds: what it hides has no bound.
public struct PrintedLiquidations: Hashable, Sendable {
  /// What was published in a window, in coins.
  public struct Window: Hashable, Sendable {
    /// Longs, weighted up.
    public internal(set) var long = 0.0
    /// Shorts, weighted up.
    public internal(set) var short = 0.0
    /// Milliseconds of the window that archived totals cover.
    var covered: Int64 = 0
  }

  /// The length of a window.
  public let length: Span
  /// Whether the feed tells of one liquidation a second at most.
  public let isThrottled: Bool
  /// Windows in which something was published or covered, by their number since 1970.
  public private(set) var windows: [Int64: Window] = [:]
  /// The first and the last window with a single liquidation: the feed ran between them.
  private var firstSingle: Int64?
  private var lastSingle: Int64?
  /// Sum, sum of squares and number of the sizes of single liquidations, in coins.
  private var singles = Sizes()
  /// Sizes of totals that aren't zero, in coins.
  private var totals: [Double] = []

  private struct Sizes: Hashable, Sendable {
    var sum = 0.0
    var squares = 0.0
    var count = 0.0
  }

  /// Nothing published yet, in windows of `length`.
  public init(length: Span = Self.standardLength, isThrottled: Bool) {
    precondition(length.milliseconds > 0, "a window has a length")
    self.length = length
    self.isThrottled = isThrottled
  }

  /// Half an hour.
  public static let standardLength = Span.minutes(30)

  /// Takes the liquidations of a venue among `events`, which must be in order of time and end with
  /// a whole minute: the seconds of a minute are counted together.
  public mutating func append(_ events: some Sequence<MarketEvent>) {
    append(events.compactMap { PublishedSize($0.fact) })
  }

  /// Takes published sizes, in order of time and in whole minutes.
  mutating func append(_ sizes: some Sequence<PublishedSize>) {
    var minute: [PublishedSize] = []
    for size in sizes {
      if let span = size.span {
        take(total: size, span: span)
        continue
      }
      if let last = minute.last, Self.unit(last, 60_000) != Self.unit(size, 60_000) {
        take(minute: minute)
        minute = []
      }
      minute.append(size)
    }
    take(minute: minute)
  }

  private mutating func take(minute: [PublishedSize]) {
    guard let first = minute.first else { return }
    var seconds = 0.0
    var last: Int64?
    for size in minute where Self.unit(size, 1_000) != last {
      seconds += 1
      last = Self.unit(size, 1_000)
    }
    let seen = min(seconds, 59.5)
    let weight = isThrottled ? -60 * Double.log(onePlus: -seen / 60) / seconds : 1
    let number = number(first.time)
    var window = windows[number, default: Window()]
    for size in minute {
      window.long += size.long * weight
      window.short += size.short * weight
      let coins = size.long + size.short
      singles.sum += coins
      singles.squares += coins * coins
      singles.count += 1
    }
    windows[number] = window
    firstSingle = min(firstSingle ?? number, number)
    lastSingle = max(lastSingle ?? number, number)
  }

  private mutating func take(total: PublishedSize, span: Span) {
    // By its beginning, as an interval's crossings are.
    let number = number(total.time + Span(milliseconds: 1) - span)
    var window = windows[number, default: Window()]
    window.long += total.long
    window.short += total.short
    window.covered += span.milliseconds
    windows[number] = window
    for coins in [total.long, total.short] where coins > 0 { totals.append(coins) }
  }

  /// The number of the window that a moment lies in.
  func number(_ time: Timestamp) -> Int64 {
    Self.floor(time.milliseconds, length.milliseconds)
  }

  private static func unit(_ size: PublishedSize, _ milliseconds: Int64) -> Int64 {
    floor(size.time.milliseconds, milliseconds)
  }

  private static func floor(_ value: Int64, _ divisor: Int64) -> Int64 {
    let (quotient, rest) = value.quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? quotient - 1 : quotient
  }

  /// What was published in a window; nil where nobody looked.
  func seen(_ number: Int64) -> Window? {
    let window = windows[number]
    if let window, window.covered >= length.milliseconds { return window }
    if let firstSingle, let lastSingle, firstSingle...lastSingle ~= number {
      return window ?? Window()
    }
    return nil
  }

  /// The coins that count as one event: the mean single liquidation, or, where only totals were
  /// published, their median. Nil where nothing was published.
  public var unit: Double? {
    if singles.count > 0, singles.sum > 0 { return singles.sum / singles.count }
    guard !totals.isEmpty else { return nil }
    return totals.sorted()[totals.count / 2]
  }

  /// Whether all that was published are totals of a feed that leaves events out: how many it left
  /// out can't be told from totals.
  public var mayUnderstate: Bool { isThrottled && singles.count == 0 && !totals.isEmpty }

  /// The mean size of what a coin stands in when it is liquidated: how coarse a bin's dollars are.
  var lump: Double? {
    if singles.sum > 0 { return singles.squares / singles.sum }
    return unit
  }
}

/// A published liquidation, or a total of them.
struct PublishedSize: Hashable, Sendable {
  /// A moment of it: of a total the last millisecond of its interval.
  let time: Timestamp
  /// Coins of longs.
  let long: Double
  /// Coins of shorts.
  let short: Double
  /// The interval that a total is over; nil for a single liquidation.
  let span: Span?

  /// What a fact says of liquidations; nil where it says nothing.
  init?(_ fact: MarketEvent.Fact) {
    switch fact {
    case .liquidation(let liquidation):
      let isLong = liquidation.side == .long
      time = liquidation.time
      long = isLong ? liquidation.quantity : 0
      short = isLong ? 0 : liquidation.quantity
      span = nil
    case .liquidatedTotal(let close, let interval, let long, let short):
      // A total stands for the interval that closes at `close`; a moment before it is inside.
      time = close - Span(milliseconds: 1)
      self.long = long
      self.short = short
      span = interval
    case .candle, .openInterest, .markPrice, .funding, .trade, .longShortRatio:
      return nil
    }
  }
}

extension Venue {
  /// Whether the venue's public feed tells of one liquidation a second and instrument at most.
  public var throttlesLiquidations: Bool {
    switch self {
    case .binance, .okx, .simulatedA, .simulatedB: true
    case .bybit, .hyperliquid, .gate: false
    }
  }
}
