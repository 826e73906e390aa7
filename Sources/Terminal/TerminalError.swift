import Glibc

/// Why the screen can't be opened. Each is said to the user in sentences.
public enum TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The standard output is a file or a pipe.
  case outputIsNoTerminal
  /// There is no terminal to read keys from.
  case inputIsNoTerminal
  /// `TERM` is unset or empty.
  case terminalTypeUnset
  /// The terminfo database has no entry for this `TERM`.
  case terminalTypeUnknown(String)
  /// The terminal of this `TERM` can't place its cursor, so nothing can be drawn on it.
  case terminalCannotAddressCursor(String)
  /// Neither the locale of the environment, named here, nor C.UTF-8 speaks UTF-8.
  case localeIsNotUTF8(String)
  /// ncurses refused the terminal of this `TERM`.
  case cursesRefused(String)
  /// A screen is open in this process already.
  case alreadyOpen
  /// A call to the system failed: what was tried, and the value of `errno`.
  case systemCallFailed(attempt: String, code: Int32)

  public var description: String {
    switch self {
    case .outputIsNoTerminal:
      "The output is not a terminal. Use `snapshot` to print a map into a file or a pipe."
    case .inputIsNoTerminal:
      "There is no terminal to read keys from. Use `snapshot` to print a map without one."
    case .terminalTypeUnset:
      "The environment variable TERM is not set, so the kind of terminal is unknown. "
        + "Set it, for example to xterm-256color."
    case .terminalTypeUnknown(let name):
      "The terminal type '\(name)' (TERM) is unknown on this machine. "
        + "Set TERM to a known one, for example to xterm-256color."
    case .terminalCannotAddressCursor(let name):
      "The terminal type '\(name)' (TERM) can't move its cursor, so no map can be drawn on it. "
        + "Use `snapshot` instead."
    case .localeIsNotUTF8(let name):
      "The locale '\(name)' is not UTF-8, and this machine has no C.UTF-8 to fall back on. "
        + "Set LC_ALL to a UTF-8 locale."
    case .cursesRefused(let name):
      "ncurses can't use the terminal type '\(name)' (TERM). "
        + "Set TERM to another one, for example to xterm-256color."
    case .alreadyOpen:
      "A screen is open already."
    case .systemCallFailed(let attempt, let code):
      "It was not possible to \(attempt): \(String(cString: strerror(code)))."
    }
  }
}
