import MapEngine
import Market

/// One liquidation, or a cascade of them told as one.
///
/// A cascade is a run of at least three liquidations of one side, of whatever venue, each at most
/// five seconds after the one before: forced selling that brings about the next. Venues that tell of
/// one liquidation a second at most still make a run of it. Shorter runs stay single.
struct TapeEvent: Hashable, Sendable, Identifiable {
  /// The longest time between two liquidations of a cascade.
  static let gap = Span.seconds(5)
  /// The fewest liquidations of a cascade.
  static let leastPrints = 3

  /// The liquidations, oldest first; never empty.
  let prints: [LiquidationTape.Print]
  /// The sum in US dollars.
  let usd: Double

  init(_ prints: [LiquidationTape.Print]) {
    precondition(!prints.isEmpty, "an event has a liquidation")
    self.prints = prints
    usd = prints.reduce(0) { $0 + $1.usd }
  }

  /// Its number: that of its first liquidation, which stays while it goes on.
  var id: Int { prints[0].id }

  /// Whether several are told as one.
  var isCascade: Bool { prints.count > 1 }

  /// Whose positions.
  var side: Side { prints[0].liquidation.side }

  /// When it began.
  var start: Timestamp { prints[0].liquidation.time }

  /// When it ended.
  var end: Timestamp { prints[prints.count - 1].liquidation.time }

  /// The price of the last of them.
  var price: Double { prints[prints.count - 1].liquidation.price }

  /// The venues, in a fixed order.
  var venues: [Venue] {
    Venue.allCases.filter { venue in prints.contains { $0.venue == venue } }
  }

  /// Prints in order of time as events, newest first. Every print is in exactly one event.
  static func events(_ prints: some Sequence<LiquidationTape.Print>) -> [TapeEvent] {
    var events: [TapeEvent] = []
    // By side, longs first: appended to in place.
    var runs: [[LiquidationTape.Print]] = [[], []]
    func close(_ run: [LiquidationTape.Print]) {
      if run.count >= leastPrints {
        events.append(TapeEvent(run))
      } else {
        events += run.map { TapeEvent([$0]) }
      }
    }
    for print in prints {
      let side = print.liquidation.side == .long ? 0 : 1
      if let last = runs[side].last, print.liquidation.time - last.liquidation.time > gap {
        close(runs[side])
        runs[side] = []
      }
      runs[side].append(print)
    }
    for run in runs { close(run) }
    return events.sorted { ($0.end, $0.id) > ($1.end, $1.id) }
  }
}

/// Sums of published liquidations in equal stretches of time, the running one last.
struct TapeTotals: Hashable, Sendable {
  /// The length of a stretch.
  let span: Span
  /// US dollars of each stretch, oldest first.
  let sums: BySide<[Double]>

  /// The sums of prints in order of time, in `count` stretches, the last of which holds `now`.
  init(_ prints: [LiquidationTape.Print], span: Span, count: Int, now: Timestamp) {
    self.span = span
    func number(_ time: Timestamp) -> Int64 {
      let (quotient, rest) = time.milliseconds.quotientAndRemainder(
        dividingBy: span.milliseconds)
      return rest < 0 ? quotient - 1 : quotient
    }
    let last = number(now)
    var sums = Array(repeating: Array(repeating: 0.0, count: count), count: 2)
    for print in prints.reversed() {
      let back = last - number(print.liquidation.time)
      if back >= count { break }
      guard back >= 0 else { continue }
      sums[print.liquidation.side == .long ? 0 : 1][count - 1 - Int(back)] += print.usd
    }
    self.sums = BySide(long: sums[0], short: sums[1])
  }

  /// The largest sum of a stretch and a side.
  var peak: Double { max(sums.long.max() ?? 0, sums.short.max() ?? 0) }

  /// The sum of a side over all stretches.
  func total(_ side: Side) -> Double { sums[side].reduce(0, +) }
}
