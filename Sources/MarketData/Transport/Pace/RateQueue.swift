import Market

/// The requests that wait for one host, in their order: pure, time is handed in.
///
/// First come, first served; a request passes an earlier one only where the two share no allowance,
/// so that a slow endpoint doesn't stop the others.
public struct RateQueue: Sendable {
  private struct Waiter {
    let id: Int
    let costs: [RateCost]
  }

  /// Whom the queue lets go now.
  public struct Admission: Hashable, Sendable {
    /// The requests that may go, in their order. Their costs are spent.
    public let admitted: [Int]
    /// How long until the next may go; nil when nobody waits.
    public let next: Span?
  }

  /// The host's allowances.
  public var budget: RateBudget
  private var waiters: [Waiter] = []

  /// An empty queue before the budget.
  public init(budget: RateBudget) {
    self.budget = budget
  }

  /// How many wait.
  public var count: Int { waiters.count }

  /// Puts a request at the end.
  public mutating func enter(_ id: Int, costs: [RateCost]) {
    waiters.append(Waiter(id: id, costs: costs))
  }

  /// Takes a request out that no longer wants to go.
  public mutating func leave(_ id: Int) {
    waiters.removeAll { $0.id == id }
  }

  /// Lets go whoever may.
  public mutating func admit(now: Timestamp) -> Admission {
    var admitted: [Int] = []
    var staying: [Waiter] = []
    var blocked: Set<String> = []
    var next: Span?
    for waiter in waiters {
      let isBehind = waiter.costs.contains { blocked.contains($0.bucket) }
      let wait = budget.wait(for: waiter.costs, now: now)
      if !isBehind && wait.milliseconds == 0 {
        budget.spend(waiter.costs, now: now)
        admitted.append(waiter.id)
      } else {
        staying.append(waiter)
        blocked.formUnion(waiter.costs.map(\.bucket))
        if !isBehind { next = min(next ?? wait, wait) }
      }
    }
    waiters = staying
    return Admission(admitted: admitted, next: next)
  }
}
