/// What the user interface's loop wakes up for.
public enum ScreenEvent: Hashable, Sendable {
  /// The user did something, or the window has a new size.
  case input(InputEvent)
  /// Another thread signalled the screen's ``Wakeup``.
  case wakeup
  /// The program was suspended and goes on; the screen is drawn again already.
  case resumed
  /// The program is asked to end: by SIGTERM, SIGINT, or SIGHUP, which also stands for a terminal
  /// that is gone.
  case terminate(signal: Int32)
}
