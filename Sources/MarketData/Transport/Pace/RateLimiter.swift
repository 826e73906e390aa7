import Market
import Synchronization

/// Makes requests to one host wait for their turn and for the host's limits.
public final class RateLimiter: Sendable {
  private struct State {
    var keeper: RateKeeper
    var lastID = 0
    var turns: [Int: CheckedContinuation<Bool, Never>] = [:]
    /// Cancelled between asking for a turn and waiting for it.
    var cancelled: Set<Int> = []
    /// When the timer next looks at the queue.
    var wakeUp: Timestamp?
    var timer: Task<Void, Never>?
  }

  /// The host's name, for errors.
  public let host: String
  private let clock: TransportClock
  private let state: Mutex<State>

  /// A limiter for a host.
  /// - Parameters:
  ///   - rules: the host's allowances.
  ///   - dialect: how the host says how much was used and how long to wait.
  ///   - share: how much of each limit is used at most, 0 to 1.
  public init(
    host: String, rules: [RateRule], dialect: RateDialect,
    share: Double = RateBudget.defaultShare, clock: TransportClock = .system
  ) {
    self.host = host
    self.clock = clock
    let budget = RateBudget(rules: rules, share: share, now: clock.steady())
    state = Mutex(
      State(keeper: RateKeeper(queue: RateQueue(budget: budget), dialect: dialect)))
  }

  deinit {
    state.withLock { $0.timer?.cancel() }
  }

  /// Returns when a request of these costs may be sent.
  /// - Parameter costs: from the host's general allowance to the endpoint's own.
  /// - Throws: a `TransportError` when the task is cancelled.
  public func acquire(_ costs: [RateCost]) async throws(TransportError) {
    let id = state.withLock { state in
      state.lastID += 1
      return state.lastID
    }
    let hasTurn = await withTaskCancellationHandler {
      await withCheckedContinuation { turn in
        let isCancelled = state.withLock { state in
          if state.cancelled.remove(id) != nil { return true }
          state.turns[id] = turn
          state.keeper.queue.enter(id, costs: costs)
          return false
        }
        if isCancelled { turn.resume(returning: false) } else { admit() }
      }
    } onCancel: {
      let turn = state.withLock { state in
        state.keeper.queue.leave(id)
        let turn = state.turns.removeValue(forKey: id)
        if turn == nil { state.cancelled.insert(id) }
        return turn
      }
      turn?.resume(returning: false)
      admit()
    }
    // A cancellation that came after the turn leaves its mark behind.
    state.withLock { _ = $0.cancelled.remove(id) }
    guard hasTurn else { throw TransportError(host: host, .cancelled) }
  }

  /// Takes further costs that only the answer showed, e.g. Hyperliquid's weight per row.
  public func charge(_ costs: [RateCost]) {
    let now = clock.steady()
    state.withLock { $0.keeper.queue.budget.spend(costs, now: now) }
  }

  /// Takes over what an answer says about limits.
  /// - Parameter costs: those that the request was sent with.
  /// - Returns: how long the host, or the request's endpoint, wants to be left alone; nil where the
  ///   answer is no complaint.
  @discardableResult
  public func record(_ result: HTTPResult, costs: [RateCost]) -> Span? {
    let (wall, steady) = (clock.now(), clock.steady())
    let wait = state.withLock {
      $0.keeper.record(result, costs: costs, wall: wall, steady: steady)
    }
    admit()
    return wait
  }

  /// Takes over a rule from the host's own description.
  public func set(_ rule: RateRule) {
    let now = clock.steady()
    state.withLock { $0.keeper.queue.budget.set(rule, now: now) }
    admit()
  }

  /// Lets nothing go to the host for the span.
  public func hold(for span: Span) {
    let now = clock.steady()
    state.withLock { $0.keeper.queue.budget.hold(until: now + span) }
  }

  /// How long the whole host is still held; nil when it isn't.
  public var remainingHold: Span? {
    let now = clock.steady()
    return state.withLock { $0.keeper.queue.budget.hold(now: now) }
  }

  /// Resumes whoever may go, and sets the timer for whoever comes next.
  private func admit() {
    let now = clock.steady()
    let turns = state.withLock { state in
      let admission = state.keeper.queue.admit(now: now)
      schedule(admission.next, now, &state)
      return admission.admitted.compactMap { state.turns.removeValue(forKey: $0) }
    }
    for turn in turns { turn.resume(returning: true) }
  }

  private func schedule(_ next: Span?, _ now: Timestamp, _ state: inout State) {
    let wakeUp = next.map { now + $0 }
    if state.wakeUp == wakeUp { return }
    state.timer?.cancel()
    state.wakeUp = wakeUp
    state.timer = next.map { span in
      Task { [weak self, clock] in
        do { try await clock.sleep(span) } catch { return }  // Another timer took its place.
        self?.wake(wakeUp)
      }
    }
  }

  private func wake(_ moment: Timestamp?) {
    state.withLock { if $0.wakeUp == moment { $0.wakeUp = nil } }
    admit()
  }
}
