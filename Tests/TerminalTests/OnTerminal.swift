import TestSupport
import Testing

/// The tests on a real pty, with libvterm as its terminal. Serial, because each waits for a program.
@Suite(.serialized) enum OnTerminal {
  /// The environment of a terminal with direct colour.
  static func environment(_ more: [String: String] = [:]) -> [String: String] {
    // Swift's backtracer would ask at the terminal what to do next.
    let base = [
      "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "COLORTERM": "truecolor",
      "PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no",
    ]
    return base.merging(more) { $1 }
  }

  /// The probe on a terminal, once it has drawn.
  static func probe(
    _ more: [String: String] = [:], width: Int = 80, height: Int = 24
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      executable: BuildProducts.executable("TerminalProbe"),
      environment: environment(more), width: width, height: height)
    try #require(terminal.shows("◢"), "\(terminal.screen.text)")
    return terminal
  }
}
