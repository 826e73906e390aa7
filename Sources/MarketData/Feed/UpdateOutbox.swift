import Market
import Synchronization

/// The updates that wait for whoever reads them. Nothing is lost and memory stays flat: what a later
/// update replaces isn't kept, so a reader that lags finds what holds, not all that held.
final class UpdateOutbox: Sendable {
  private struct Slot: Hashable {
    let venue: Venue
    let instrument: Instrument
  }

  private struct State {
    var facts: [Slot: [MarketEvent]] = [:]
    var standing: [Slot: VenueStanding] = [:]
    var status: [Slot: FeedStatus] = [:]
    var tiers: [Slot: (VenueInstrument, MaintenanceTiers)] = [:]
    var lists: [Venue: [VenueInstrument]] = [:]
    var isFinished = false
    var reader: CheckedContinuation<Void, Never>?
    /// A wake-up that came while nobody read.
    var isAwake = false

    var isEmpty: Bool {
      facts.isEmpty && standing.isEmpty && status.isEmpty && tiers.isEmpty && lists.isEmpty
    }
  }

  private let state = Mutex(State())

  /// Puts an update.
  func put(_ update: FeedUpdate) {
    let reader = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard !state.isFinished else { return nil }
      switch update {
      case .facts(let venue, let instrument, let events):
        let slot = Slot(venue: venue, instrument: instrument)
        Self.append(events, to: &state.facts[slot, default: []])
      case .standing(let venue, let instrument, let standing):
        state.standing[Slot(venue: venue, instrument: instrument)] = standing
      case .status(let venue, let instrument, let status):
        state.status[Slot(venue: venue, instrument: instrument)] = status
      case .maintenanceTiers(let venue, let instrument, let listed, let tiers):
        state.tiers[Slot(venue: venue, instrument: instrument)] = (listed, tiers)
      case .instruments(let venue, let list):
        state.lists[venue] = list
      }
      return Self.wake(&state)
    }
    reader?.resume()
  }

  /// Adds facts; a forming candle takes the place of the one before it.
  private static func append(_ events: [MarketEvent], to facts: inout [MarketEvent]) {
    for event in events {
      if case .candle(let new, isClosed: false) = event.fact,
        case .candle(let old, isClosed: false)? = facts.last?.fact, new.openTime == old.openTime
      {
        facts[facts.count - 1] = event
      } else {
        facts.append(event)
      }
    }
  }

  /// No more will come; what waits is still given.
  func finish() {
    let reader = state.withLock { state in
      state.isFinished = true
      return Self.wake(&state)
    }
    reader?.resume()
  }

  private static func wake(_ state: inout State) -> CheckedContinuation<Void, Never>? {
    guard let reader = state.reader else {
      state.isAwake = true
      return nil
    }
    state.reader = nil
    return reader
  }

  /// All that waits: what an instrument is, then facts, what holds now, and how feeds stand. Nil
  /// when nothing more will come, or the task is cancelled.
  func next() async -> [FeedUpdate]? {
    while true {
      let batch: [FeedUpdate]? = state.withLock { state in
        if !state.isEmpty { return Self.take(&state) }
        state.isAwake = false
        return state.isFinished ? nil : []
      }
      guard let batch else { return nil }
      if !batch.isEmpty { return batch }
      if Task.isCancelled { return nil }
      await waitForMore()
    }
  }

  private func waitForMore() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isReady = state.withLock { state in
          if state.isAwake || state.isFinished { return true }
          state.reader = continuation
          return false
        }
        if isReady || Task.isCancelled { wakeReader(otherwise: isReady ? continuation : nil) }
      }
    } onCancel: {
      wakeReader(otherwise: nil)
    }
  }

  private func wakeReader(otherwise own: CheckedContinuation<Void, Never>?) {
    if let own { return own.resume() }
    let reader = state.withLock { state in
      defer { state.reader = nil }
      return state.reader
    }
    reader?.resume()
  }

  private static func take(_ state: inout State) -> [FeedUpdate] {
    func order(_ left: Slot, _ right: Slot) -> Bool {
      (left.venue.rawValue, left.instrument.symbol)
        < (right.venue.rawValue, right.instrument.symbol)
    }
    var batch: [FeedUpdate] = []
    for (venue, list) in state.lists.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      batch.append(.instruments(venue, list))
    }
    for (slot, tiers) in state.tiers.sorted(by: { order($0.key, $1.key) }) {
      batch.append(.maintenanceTiers(slot.venue, slot.instrument, tiers.0, tiers.1))
    }
    for (slot, events) in state.facts.sorted(by: { order($0.key, $1.key) }) {
      batch.append(.facts(slot.venue, slot.instrument, events))
    }
    for (slot, standing) in state.standing.sorted(by: { order($0.key, $1.key) }) {
      batch.append(.standing(slot.venue, slot.instrument, standing))
    }
    for (slot, status) in state.status.sorted(by: { order($0.key, $1.key) }) {
      batch.append(.status(slot.venue, slot.instrument, status))
    }
    state.facts = [:]
    state.standing = [:]
    state.status = [:]
    state.tiers = [:]
    state.lists = [:]
    state.isAwake = false
    return batch
  }
}
