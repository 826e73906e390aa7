import Synchronization

/// A bounded queue with a few workers. What it is offered is taken at once or not at all.
final class AlertLane<Job: Sendable>: Sendable {
  private let offers: AsyncStream<Job>.Continuation
  private let work: Task<Void, Never>

  /// A lane that holds `limit` jobs besides the ones that at most `workers` are busy with.
  init(limit: Int, workers: Int, _ perform: @escaping @Sendable (Job) async -> Void) {
    let (jobs, offers) = AsyncStream<Job>.makeStream(bufferingPolicy: .bufferingOldest(limit))
    self.offers = offers
    work = Task {
      await withTaskGroup(of: Void.self) { group in
        var busy = 0
        for await job in jobs {
          if busy == workers {
            await group.next()
            busy -= 1
          }
          group.addTask { await perform(job) }
          busy += 1
        }
      }
    }
  }

  /// Takes a job, or returns false where the queue is full. Returns at once.
  func offer(_ job: Job) -> Bool {
    if case .enqueued = offers.yield(job) { return true }
    return false
  }

  /// Takes no more; returns once everything that was taken is done, or cancelled after a time.
  func finish(within patience: Duration) async {
    offers.finish()
    let work = work
    let limit = Task {
      do {
        try await Task.sleep(for: patience)
        work.cancel()
      } catch {
        // The work was done in time.
      }
    }
    await work.value
    limit.cancel()
  }
}
