import Synchronization

/// Hands the latest value from one thread to another: nobody waits, the newest wins.
public final class Mailbox<Value: Sendable>: Sendable {
  private let latest = Mutex<Value?>(nil)
  private let notify: @Sendable () -> Void

  /// An empty mailbox. `notify` is called after every value that is put in, on the putter's
  /// thread.
  public init(notify: @escaping @Sendable () -> Void) {
    self.notify = notify
  }

  /// Replaces whatever is there.
  public func put(_ value: Value) {
    latest.withLock { $0 = value }
    notify()
  }

  /// Takes what is there out.
  public func take() -> Value? {
    latest.withLock { latest in
      defer { latest = nil }
      return latest
    }
  }
}
