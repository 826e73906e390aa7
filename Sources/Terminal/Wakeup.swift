internal import CTerminal
import Glibc

/// Wakes the thread that waits in ``Screen/wait(timeoutMilliseconds:)``. Any thread may signal it,
/// and it outlives the screen as long as one does.
public final class Wakeup: Sendable {
  /// The eventfd, readable between a signal and the next wake-up.
  let descriptor: Int32

  /// A new wake-up, not signalled. Throws when the process has no descriptor left.
  public init() throws(TerminalError) {
    descriptor = terminal_wakeup_open()
    guard descriptor >= 0 else {
      throw .systemCallFailed(attempt: "make a wake-up descriptor", code: errno)
    }
  }

  deinit {
    close(descriptor)
  }

  /// Wakes the waiting thread, or lets its next wait return at once. Many signals before a wake-up
  /// are one.
  public func signal() {
    terminal_wakeup_signal(descriptor)
  }

  /// Takes the signal back; whether there was one.
  func clear() -> Bool {
    terminal_wakeup_clear(descriptor) != 0
  }
}
