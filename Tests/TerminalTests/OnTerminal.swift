import TestSupport
import Testing

/// The tests on a real pty, with libvterm as its terminal. Serial, because each waits for a program.
@Suite(.serialized) enum OnTerminal {
  /// The probe on a terminal, once it has drawn.
  static func probe(
    _ more: [String: String] = [:], width: Int = 80, height: Int = 24
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      executable: BuildProducts.executable("TerminalProbe"),
      environment: PseudoTerminal.environment(more), width: width, height: height)
    try #require(terminal.shows("◢"), "\(terminal.screen.text)")
    return terminal
  }
}
