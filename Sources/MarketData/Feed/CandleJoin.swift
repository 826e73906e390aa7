import Market

/// Joins a stream's candles with what the venue's history says of them, of one instrument. Pure.
///
/// History is the truth for what is over: `sealedTo` parts what it has confirmed, which nothing
/// changes any more, from what only the stream has told. Until history first answered, the stream's
/// candles are kept back, so that the map doesn't begin with a hole.
struct CandleJoin: Sendable {
  /// A candle to tell of.
  struct Change: Hashable, Sendable {
    let candle: Candle
    let isClosed: Bool
  }

  /// The length of the candles.
  let interval: Span
  /// What closed by then stands as history has it.
  private(set) var sealedTo: Timestamp
  private(set) var forming: Candle?
  /// Whether history has answered since the watch began.
  private(set) var isJoined = false
  /// What the stream says is over and history hasn't confirmed, by open time.
  private var closed: [Timestamp: Candle] = [:]

  init(interval: Span, from: Timestamp) {
    self.interval = interval
    sealedTo = from
  }

  /// The first interval that neither history nor the stream has told of, though a later one is
  /// known; nil where there is none.
  var hole: Timestamp? {
    guard let newest = [forming?.openTime, closed.keys.max()].compactMap({ $0 }).max() else {
      return nil
    }
    var next = sealedTo
    while closed[next] != nil { next = next + interval }
    return newest > next ? next : nil
  }

  /// Takes a candle of the stream. What is late, repeated or confirmed already changes nothing.
  ///
  /// - Parameter isFinal: the venue itself says that it is closed.
  mutating func take(_ candle: Candle, isFinal: Bool, statesClosed: Bool) -> [Change] {
    let open = candle.openTime
    guard candle.interval == interval, open == open.floor(to: interval), open >= sealedTo else {
      return []
    }
    var changes: [Change] = []
    if let held = closed[open] {
      // Where the venue never says so, a candle counted as over when the next began: what had
      // come in between is still taken.
      guard !statesClosed, candle.volume > held.volume else { return [] }
      changes.append(close(candle))
    } else if isFinal {
      changes.append(close(candle))
    } else if let held = forming, held.openTime > open {
      if !statesClosed { changes.append(close(candle)) }
    } else {
      if let held = forming, held.openTime < open, !statesClosed { changes.append(close(held)) }
      if let held = forming, held.openTime == open {
        guard candle.volume >= held.volume, candle != held else { return [] }
      }
      forming = candle
      changes.append(Change(candle: candle, isClosed: false))
    }
    return isJoined ? changes : []
  }

  private mutating func close(_ candle: Candle) -> Change {
    closed[candle.openTime] = candle
    if let held = forming, held.openTime <= candle.openTime { forming = nil }
    return Change(candle: candle, isClosed: true)
  }

  /// Takes the rows of history of from <= t < to, the oldest first.
  ///
  /// - Parameter answered: when the venue answered, by its own clock.
  /// - Returns: what differs from what was told before.
  mutating func seal(
    _ rows: [Change], from: Timestamp, to: Timestamp, answered: Timestamp
  ) -> [Change] {
    var changes: [Change] = []
    if from <= sealedTo {
      var newest = sealedTo
      for row in rows where row.candle.openTime >= sealedTo && row.candle.openTime < to {
        guard row.candle.interval == interval, row.candle.openTime >= newest else { continue }
        guard row.isClosed else { continue }
        if closed[row.candle.openTime] != row.candle { changes.append(row) }
        newest = row.candle.closeTime
      }
      // Minutes without a trade have no row; where all is long over, none will come. A row that
      // nothing shows to be over yet is asked for again, however late its answer came.
      let open = rows.first { !$0.isClosed }?.candle.openTime ?? to
      let silent = min(to, open, answered - .minutes(10)).floor(to: interval)
      sealedTo = max(newest, silent)
      closed = closed.filter { $0.key >= sealedTo }
      if let held = forming, held.openTime < sealedTo { forming = nil }
      if !isJoined {
        isJoined = true
        changes += closed.values.sorted { $0.openTime < $1.openTime }.map {
          Change(candle: $0, isClosed: true)
        }
        if let forming { changes.append(Change(candle: forming, isClosed: false)) }
      }
    }
    if let last = rows.last, !last.isClosed {
      changes += take(last.candle, isFinal: false, statesClosed: true)
    }
    return changes
  }

  /// Takes back what was confirmed since the moment, so that history is asked for it again.
  mutating func reopen(from moment: Timestamp) {
    sealedTo = min(sealedTo, moment.floor(to: interval))
    closed = [:]
    forming = nil
  }

  /// Gives up what lies before the moment: history no longer holds it.
  mutating func skip(to moment: Timestamp) {
    sealedTo = max(sealedTo, moment)
    closed = closed.filter { $0.key >= sealedTo }
    if let held = forming, held.openTime < sealedTo { forming = nil }
  }
}
