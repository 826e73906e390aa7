import Market

/// One host's queue and what its answers say about limits: pure, time is handed in.
public struct RateKeeper: Sendable {
  /// The requests that wait, before the host's allowances.
  public var queue: RateQueue
  private let dialect: RateDialect
  /// How often in a row the host said that it was asked too often, without saying for how long.
  private var strikes = 0
  /// Until when the last wait lasts that the host didn't state.
  private var unstatedUntil: Timestamp?

  /// A keeper of that queue.
  /// - Parameter dialect: how the host says how much was used and how long to wait.
  public init(queue: RateQueue, dialect: RateDialect) {
    self.queue = queue
    self.dialect = dialect
  }

  /// Takes over what an answer says about limits.
  /// - Parameters:
  ///   - costs: those that the request was sent with.
  ///   - wall: the moment as the world's clocks have it, steady: as the queue counts.
  /// - Returns: how long the host, or the request's endpoint, wants to be left alone; nil where the
  ///   answer is no complaint.
  public mutating func record(
    _ result: HTTPResult, costs: [RateCost], wall: Timestamp, steady: Timestamp
  ) -> Span? {
    var longest: Span?
    for signal in dialect.signals(in: result, now: wall) {
      switch signal {
      case .used(let amount, let bucket, let rest):
        queue.budget.observe(used: amount, of: bucket, rest: rest, now: steady)
      case .exhausted(let span):
        queue.budget.hold(until: steady + span, bucket: costs.last?.bucket)
      case .limited(let told, let fallback, let scope):
        let span = told ?? unstated(fallback, now: steady)
        let bucket = scope == .host ? nil : costs.last?.bucket
        queue.budget.hold(until: steady + span, bucket: bucket)
        longest = max(longest ?? span, span)
      }
    }
    if longest == nil, (200..<300).contains(result.status) {
      strikes = 0
      unstatedUntil = nil
    }
    return longest
  }

  /// How long to wait where the host doesn't say: longer each time that it complains again after
  /// such a wait. What was under way when it complained counts as the same complaint.
  private mutating func unstated(_ fallback: Span, now: Timestamp) -> Span {
    if let until = unstatedUntil, until > now { return until - now }
    let span = fallback.doubled(times: strikes)
    strikes = min(strikes + 1, 10)
    unstatedUntil = now + span
    return span
  }
}

extension Span {
  /// The span doubled so often, at most an hour.
  fileprivate func doubled(times: Int) -> Span {
    min(Span(milliseconds: milliseconds << min(times, 20)), max(self, .hours(1)))
  }
}
