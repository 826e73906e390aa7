import Market

/// The marks of open interest after the watch began, as the venue's history keeps them. Pure.
struct MarkJoin: Sendable {
  /// The time between marks.
  let step: Span
  /// The first mark that hasn't come.
  private(set) var next: Timestamp
  private var last: OpenInterest?

  init(step: Span, from: Timestamp) {
    self.step = step
    next = from.ceiling(to: step)
  }

  /// From where history is asked: the last mark again, which may have been told too early.
  var from: Timestamp { last?.time ?? next }

  /// Takes readings of history, the oldest first: those on marks that are new or have changed.
  mutating func take(_ readings: [OpenInterest]) -> [OpenInterest] {
    var taken: [OpenInterest] = []
    for reading in readings where reading.time == reading.time.floor(to: step) {
      if let last, reading.time == last.time {
        if reading != last { taken.append(reading) }
      } else if reading.time >= next {
        taken.append(reading)
      } else {
        continue
      }
      last = reading
      next = reading.time + step
    }
    return taken
  }

  /// Asks for the marks since the moment again.
  mutating func reopen(from moment: Timestamp) {
    next = min(next, moment.floor(to: step))
    last = nil
  }

  /// Gives up the marks before the moment: history no longer holds them.
  mutating func skip(to moment: Timestamp) {
    guard moment > next else { return }
    next = moment.ceiling(to: step)
    last = nil
  }
}
