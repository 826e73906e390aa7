import Market

/// The closed intervals of one venue in order of time, with open interest at each close.
public struct VenueSeries: Sendable {
  /// The venue.
  public let venue: Venue
  /// The intervals; at least one.
  public let intervals: [MarketInterval]
  /// Intervals missing between the first and the last.
  public let gaps: Int
  /// From which interval on open interest is known; `intervals.count` where it never is.
  public let firstKnownInterest: Int

  /// Liquidations published by the moment asked for, in order of time, one by one or as totals.
  let published: [PublishedSize]

  /// The length of the longest interval.
  var longest: Span { intervals.map(\.span).max() ?? .minutes(1) }

  /// Joins candles with the last open interest known at each close.
  ///
  /// Where a venue has no history of it, the first known value is held and moved with the summed
  /// open interest of the venues that have one; with none known, one day's mean volume stands in.
  init(venue: Venue, facts: VenueFacts, leaders: [VenueFacts]) {
    self.venue = venue
    published = facts.liquidations
    var joined: [MarketInterval] = []
    joined.reserveCapacity(facts.candles.count)
    var interestIndex = 0
    var liquidationIndex = 0
    var missing = 0
    var known = facts.candles.count
    var stand = StandInInterest(facts: facts, leaders: leaders)
    var previousClose: Timestamp?
    for (index, candle) in facts.candles.enumerated() {
      let close = candle.closeTime
      if let previousClose, candle.openTime > previousClose {
        let hole = (candle.openTime - previousClose).milliseconds
        missing += Int(hole / candle.interval.milliseconds)
      }
      previousClose = close
      while interestIndex < facts.interest.count, facts.interest[interestIndex].time <= close {
        interestIndex += 1
      }
      let quantity: Double
      if interestIndex > 0, facts.interest.count > 1 {
        quantity = facts.interest[interestIndex - 1].quantity
        known = min(known, index)
      } else {
        quantity = stand.value(at: candle)
      }
      var long: Double?
      var short: Double?
      while liquidationIndex < facts.liquidations.count,
        facts.liquidations[liquidationIndex].time < close
      {
        let size = facts.liquidations[liquidationIndex]
        if size.time >= candle.openTime {
          long = (long ?? 0) + size.long
          short = (short ?? 0) + size.short
        }
        liquidationIndex += 1
      }
      joined.append(
        MarketInterval(
          candle: candle, openInterest: quantity, liquidatedLong: long, liquidatedShort: short))
    }
    intervals = joined
    gaps = missing
    firstKnownInterest = known
  }
}

/// Open interest of a venue that doesn't say.
private struct StandInInterest {
  private let held: OpenInterest?
  private let leaders: [VenueFacts]
  private let reference: Double?
  private let start: Timestamp?
  private var volume = 0.0
  private var meanDayVolume = 0.0
  private var cursors: [Int]

  init(facts: VenueFacts, leaders: [VenueFacts]) {
    held = facts.interest.first
    self.leaders = leaders
    start = facts.candles.first?.openTime
    cursors = leaders.map { _ in 0 }
    if let held {
      let sums = leaders.compactMap { leader in
        leader.interest.last { $0.time <= held.time }?.quantity
          ?? leader.interest.first?.quantity
      }
      reference = sums.isEmpty ? nil : sums.reduce(0, +)
    } else {
      reference = nil
    }
  }

  /// The value at an interval's close. Intervals must be asked for in order.
  mutating func value(at candle: Candle) -> Double {
    if let held {
      guard let reference, reference > 0 else { return held.quantity }
      var sum = 0.0
      for (index, leader) in leaders.enumerated() {
        while cursors[index] + 1 < leader.interest.count,
          leader.interest[cursors[index] + 1].time <= candle.closeTime
        {
          cursors[index] += 1
        }
        sum += leader.interest[cursors[index]].quantity
      }
      return held.quantity * sum / reference
    }
    // The mean volume of a day, settled by the end of the first one so that nothing later moves
    // what was drawn before.
    if let start, (candle.openTime - start).days < 1 {
      volume += candle.volume
      meanDayVolume = volume / (candle.closeTime - start).days
    }
    return meanDayVolume
  }
}
