import Market
import Synchronization

/// Makes requests to one host wait for their turn and for the host's limits.
public final class RateLimiter: Sendable {
  private struct State {
    var queue: RateQueue
    var lastID = 0
    var turns: [Int: CheckedContinuation<Bool, Never>] = [:]
    /// Cancelled between asking for a turn and waiting for it.
    var cancelled: Set<Int> = []
    /// How often in a row the host said that it was asked too often, without saying for how long.
    var strikes = 0
    /// When the timer next looks at the queue.
    var wakeUp: Timestamp?
    var timer: Task<Void, Never>?
  }

  /// The host's name, for errors.
  public let host: String
  private let dialect: RateDialect
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
    self.dialect = dialect
    self.clock = clock
    let budget = RateBudget(rules: rules, share: share, now: clock.steady())
    state = Mutex(State(queue: RateQueue(budget: budget)))
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
          state.queue.enter(id, costs: costs)
          return false
        }
        if isCancelled { turn.resume(returning: false) } else { admit() }
      }
    } onCancel: {
      let turn = state.withLock { state in
        state.queue.leave(id)
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
    state.withLock { $0.queue.budget.spend(costs, now: now) }
  }

  /// Takes over what an answer says about limits.
  /// - Parameter costs: those that the request was sent with.
  /// - Returns: how long the host, or the request's endpoint, wants to be left alone; nil where the
  ///   answer is no complaint.
  @discardableResult
  public func record(_ result: HTTPResult, costs: [RateCost]) -> Span? {
    let signals = dialect.signals(in: result, now: clock.now())
    let now = clock.steady()
    let wait: Span? = state.withLock { state in
      var longest: Span?
      for signal in signals {
        switch signal {
        case .used(let amount, let bucket, let rest):
          state.queue.budget.observe(used: amount, of: bucket, rest: rest, now: now)
        case .exhausted(let span):
          state.queue.budget.hold(until: now + span, bucket: costs.last?.bucket)
        case .limited(let told, let fallback, let scope):
          let span = told ?? fallback.doubled(times: state.strikes)
          state.strikes = min(state.strikes + 1, 10)
          let bucket = scope == .host ? nil : costs.last?.bucket
          state.queue.budget.hold(until: now + span, bucket: bucket)
          longest = max(longest ?? span, span)
        }
      }
      if longest == nil, (200..<300).contains(result.status) { state.strikes = 0 }
      return longest
    }
    admit()
    return wait
  }

  /// Takes over a rule from the host's own description.
  public func set(_ rule: RateRule) {
    let now = clock.steady()
    state.withLock { $0.queue.budget.set(rule, now: now) }
    admit()
  }

  /// Lets nothing go to the host for the span.
  public func hold(for span: Span) {
    let now = clock.steady()
    state.withLock { $0.queue.budget.hold(until: now + span) }
  }

  /// How long the whole host is still held; nil when it isn't.
  public var remainingHold: Span? {
    let now = clock.steady()
    return state.withLock { $0.queue.budget.hold(now: now) }
  }

  /// Resumes whoever may go, and sets the timer for whoever comes next.
  private func admit() {
    let now = clock.steady()
    let turns = state.withLock { state in
      let admission = state.queue.admit(now: now)
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

extension Span {
  /// The span doubled so often, at most an hour.
  fileprivate func doubled(times: Int) -> Span {
    min(Span(milliseconds: milliseconds << min(times, 20)), max(self, .hours(1)))
  }
}
