import TestSupport
import Testing

/// The tests on a real pty, with libvterm as its terminal. Serial, because each waits for a program,
/// and on the main thread, because a wait on one of the few threads that tests share would starve
/// those that wait for each other.
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

  /// A shell with job control on a terminal, once it is ready.
  static func shell() throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      executable: "/bin/sh", arguments: ["-i"],
      environment: PseudoTerminal.environment(["PS1": "ready> "]), width: 80, height: 24)
    try #require(terminal.shows("ready>"), "\(terminal.screen.text)")
    return terminal
  }

  /// The modes of a terminal that nobody has touched.
  static func untouchedModes() throws -> String {
    let terminal = try PseudoTerminal(
      executable: "/bin/true", environment: [:], width: 80, height: 24)
    #expect(terminal.end() == .exited(0))
    return terminal.modes
  }

  /// Expects the terminal to be as it was before the program.
  static func expectGivenBack(
    _ terminal: PseudoTerminal, modes: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(terminal.modes == modes, sourceLocation: sourceLocation)
    #expect(!terminal.screen.isAlternate, sourceLocation: sourceLocation)
    #expect(terminal.screen.isCursorVisible, sourceLocation: sourceLocation)
    #expect(!terminal.screen.reportsMouse, sourceLocation: sourceLocation)
    for mode in [1002, 1004, 1006, 1049, 2004, 2026] {
      #expect(!terminal.isOn(mode: mode), "mode \(mode)", sourceLocation: sourceLocation)
    }
  }
}
