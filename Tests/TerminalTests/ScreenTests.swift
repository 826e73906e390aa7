import Glibc
import TestSupport
import Testing

/// The screen on a real pty, with libvterm as its terminal. Serial, because each test waits for a
/// program.
@Suite(.serialized) struct ScreenTests {
  /// The environment of a terminal with that many colours.
  static func environment(_ more: [String: String] = [:]) -> [String: String] {
    // Swift's backtracer would ask at the terminal what to do next.
    let base = [
      "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "COLORTERM": "truecolor",
      "PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no",
    ]
    return base.merging(more) { $1 }
  }

  /// The probe on a terminal, once it has drawn.
  private func probe(
    _ more: [String: String] = [:], width: Int = 80, height: Int = 24
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      executable: BuildProducts.executable("TerminalProbe"),
      environment: Self.environment(more), width: width, height: height)
    try #require(terminal.waits { $0.screen.text.contains("◢") }, "\(terminal.screen.text)")
    return terminal
  }

  /// Expects the terminal to be as it was before the program.
  private func expectGivenBack(
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

  /// The modes of a terminal that nobody has touched.
  private func untouchedModes() throws -> String {
    let terminal = try PseudoTerminal(
      executable: "/bin/true", environment: [:], width: 80, height: 24)
    #expect(terminal.end() == .exited(0))
    return terminal.modes
  }

  // MARK: - Drawing

  @Test func `Eighth blocks have two exact colours in truecolor`() throws {
    let terminal = try probe()
    #expect(terminal.screen.lines[0] == "PROBE 80x24 truecolor")
    for step in 0..<8 {
      let cell = try #require(terminal.screen[step, 1])
      #expect(cell.character.value == UInt32(0x2581 + step))
      #expect(cell.foreground == 0x7aa2f7)
      #expect(cell.background == 0x000005)
    }
    #expect(terminal.screen[79, 23]?.character == "◢")
    #expect(terminal.screen[20, 1]?.character == "?")
    #expect(terminal.isOn(mode: 1049) && terminal.screen.isAlternate)
    #expect(!terminal.screen.isCursorVisible)
  }

  @Test func `Without COLORTERM they have the nearest of 256 colours`() throws {
    let terminal = try probe(["COLORTERM": ""])
    #expect(terminal.screen.lines[0] == "PROBE 80x24 256")
    let cell = try #require(terminal.screen[3, 1])
    #expect(cell.foregroundIndex == 75)
    #expect(cell.backgroundIndex == 16)
  }

  @Test func `Sixteen colours use the bright ones too`() throws {
    let terminal = try probe(["PROBE_DEPTH": "16"])
    let cell = try #require(terminal.screen[3, 1])
    #expect(cell.foregroundIndex == 12)
    #expect(cell.backgroundIndex == 0)
  }

  @Test func `NO_COLOR sends no colour, but attributes`() throws {
    let terminal = try probe(["NO_COLOR": "1"])
    #expect(terminal.screen.lines[0] == "PROBE 80x24 mono")
    #expect(terminal.screen[0, 0]?.isBold == true)
    let cell = try #require(terminal.screen[10, 1])
    #expect(cell.isReversed && cell.isUnderlined)
    #expect(terminal.screen[3, 1]?.foreground == nil)
    #expect(terminal.screen[3, 1]?.background == nil)
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("38;"))
  }

  @Test(arguments: ["tmux-256color", "screen-256color", "xterm", "linux", "rxvt-unicode-256color"])
  func `Other kinds of terminals show truecolor too when they say so`(kind: String) throws {
    let terminal = try probe(["TERM": kind])
    #expect(terminal.screen[3, 1]?.foreground == 0x7aa2f7)
    #expect(terminal.screen[3, 1]?.background == 0x000005)
  }

  @Test func `A frame that shows already is not sent`() throws {
    let terminal = try probe()
    terminal.send("=")
    #expect(terminal.shows("same frame: 0 bytes"))
    terminal.settle()
    let count = terminal.output.count
    terminal.settle(quietMilliseconds: 200)
    #expect(terminal.output.count == count)
  }

  @Test func `A changed frame sends little, within a synchronized update, and never clears`() throws
  {
    let terminal = try probe()
    terminal.settle()
    let before = terminal.output.count
    terminal.send("x")
    #expect(terminal.shows("key character(\"x\")"))
    terminal.settle()
    let sent = String(decoding: terminal.output[before...], as: UTF8.self)
    #expect(sent.hasPrefix("\u{1b}[?2026h") && sent.hasSuffix("\u{1b}[?2026l"))
    #expect(!sent.contains("\u{1b}[2J") && !sent.contains("\u{1b}[J"))
    #expect(sent.utf8.count < 80)
  }

  @Test func `Synchronized updates can be switched off`() throws {
    let terminal = try probe(["PROBE_PLAIN_UPDATES": "1"])
    terminal.send("xq")
    #expect(terminal.end() == .exited(0))
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("?2026"))
  }

  @Test func `More colour pairs than ncurses has are shown right`() throws {
    let terminal = try probe(width: 200, height: 60)
    // Eight frames of 12,000 new pairs each: more than the 65,535 that there may be.
    for number in 1...8 {
      terminal.send("f")
      #expect(terminal.shows("fill \(number)"))
    }
    terminal.settle()
    terminal.send("=")
    #expect(terminal.shows("same frame: 0 bytes"))
    for (x, y) in [(0, 40), (199, 30), (57, 58)] {
      let code = (8 * 7919 + y * 200 + x) &* 2_654_435_761
      let expected =
        UInt32(code & 0xff) << 16 | UInt32(code >> 8 & 0xff) << 8 | UInt32(code >> 16 & 0xff)
      #expect(terminal.screen[x, y]?.foreground == expected)
      #expect(terminal.screen[x, y]?.background == 0x010203)
    }
  }

  @Test func `Control-L's redraw repairs what another program wrote`() throws {
    let terminal = try probe()
    terminal.screen.write(Array("\u{1b}[H\u{1b}[41mGARBAGE".utf8))
    #expect(terminal.screen.lines[0].hasPrefix("GARBAGE"))
    terminal.send("l")
    #expect(terminal.shows("PROBE 80x24 truecolor"))
    #expect(!terminal.screen.text.contains("GARBAGE"))
    #expect(terminal.screen[30, 10]?.background == nil)
  }

  @Test func `A resized window is drawn whole in its new size`() throws {
    let terminal = try probe()
    for (width, height) in [(120, 35), (61, 21), (230, 60)] {
      terminal.resize(width: width, height: height)
      #expect(terminal.shows("resize \(width)x\(height)"))
      #expect(terminal.waits { $0.screen[width - 1, height - 1]?.character == "◢" })
      #expect(terminal.screen.lines[0] == "PROBE \(width)x\(height) truecolor")
      #expect(terminal.screen.text.unicodeScalars.filter { $0 == "◢" }.count == 1)
    }
  }

  @Test func `A terminal that takes nothing loses frames, never keys`() throws {
    let terminal = try probe(width: 200, height: 60)
    // Nothing is read here while the program draws far more than a pty holds.
    for _ in 0..<30 {
      #expect(terminal.sendWithoutReading("f"))
      usleep(5000)
    }
    #expect(terminal.sendWithoutReading("z"))
    #expect(terminal.shows("key character(\"z\")"))
    terminal.send("q")
    #expect(terminal.end() == .exited(0))
  }

  // MARK: - Events

  @Test func `Keys, focus, pastes and the mouse arrive, also beyond column 223`() throws {
    let terminal = try probe(width: 300, height: 30)
    terminal.send("\u{1b}[A\u{1b}OBé")
    #expect(terminal.shows("key up"))
    #expect(terminal.shows("key down"))
    #expect(terminal.shows("key character(\"é\")"))
    terminal.send("\u{1b}[<0;290;7M\u{1b}[<32;291;8M\u{1b}[<0;291;8m\u{1b}[<65;1;1M")
    #expect(terminal.shows("press left at 289,6"))
    #expect(terminal.shows("drag left at 290,7"))
    #expect(terminal.shows("release left at 290,7"))
    #expect(terminal.shows("scrollDown none at 0,0"))
    terminal.send("\u{1b}[O\u{1b}[I")
    #expect(terminal.shows("focus false"))
    #expect(terminal.shows("focus true"))
    for mode in [1002, 1004, 1006, 2004] { #expect(terminal.isOn(mode: mode)) }
  }

  @Test func `A sequence that arrives in pieces is one, and a lone ESC is the Escape key`() throws {
    let terminal = try probe()
    terminal.send("\u{1b}[<64;1")
    terminal.settle(quietMilliseconds: 80)
    terminal.send("2;5M")
    #expect(terminal.shows("scrollUp none at 11,4"))
    terminal.send("\u{1b}")
    #expect(terminal.shows("key escape"))
    #expect(!terminal.screen.text.contains("character"))
  }

  @Test func `A paste of a megabyte arrives whole`() throws {
    let terminal = try probe()
    let text = "begin..." + String(repeating: "x", count: 1 << 20) + "...theend"
    terminal.send("\u{1b}[200~" + text + "\u{1b}[201~")
    #expect(
      terminal.shows("paste of \(text.utf8.count) bytes, begin...", limitMilliseconds: 60_000))
  }

  @Test func `Another thread wakes the loop`() throws {
    let terminal = try probe()
    terminal.send("w")
    #expect(terminal.shows("wakeup"))
  }

  // MARK: - Ways out

  @Test func `The end gives the terminal back`() throws {
    let modes = try untouchedModes()
    let terminal = try probe()
    #expect(terminal.modes != modes)
    terminal.send("q")
    #expect(terminal.end() == .exited(0))
    expectGivenBack(terminal, modes: modes)
    #expect(terminal.screen.text.contains("closed after"))
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
  func `A signal that asks for the end is an event, and the terminal is given back`(
    signal: Int32
  ) throws {
    let modes = try untouchedModes()
    let terminal = try probe()
    terminal.signal(signal)
    #expect(terminal.end() == .exited(128 + signal))
    expectGivenBack(terminal, modes: modes)
  }

  @Test func `A terminal whose window is closed ends the program`() throws {
    let terminal = try probe()
    terminal.hangUp()
    #expect(terminal.end() == .exited(128 + SIGHUP))
  }

  @Test func `An exit with the screen open gives the terminal back`() throws {
    let modes = try untouchedModes()
    let terminal = try probe()
    terminal.send("X")
    #expect(terminal.end() == .exited(3))
    expectGivenBack(terminal, modes: modes)
  }

  @Test(arguments: [SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGQUIT])
  func `A crash gives the terminal back and stays a crash`(signal: Int32) throws {
    let modes = try untouchedModes()
    let terminal = try probe()
    terminal.signal(signal)
    #expect(terminal.end() == .killed(signal: signal))
    expectGivenBack(terminal, modes: modes)
  }

  @Test(arguments: ["!", "a", "o"])
  func `A trap, an abort and a full stack give the terminal back`(key: String) throws {
    let modes = try untouchedModes()
    let terminal = try probe()
    terminal.send(key)
    let ending = terminal.end()
    let signals = [SIGILL, SIGTRAP, SIGABRT, SIGSEGV]
    #expect(signals.map { .killed(signal: $0) }.contains(ending))
    expectGivenBack(terminal, modes: modes)
  }

  @Test func `The standard error goes to the log, and its tail is shown after a crash`() throws {
    let path = "/tmp/lodestone-screen-test-\(getpid()).log"
    defer { unlink(path) }
    let terminal = try probe(["PROBE_LOG": path])
    terminal.send("e")
    #expect(terminal.shows("wrote to the log"))
    terminal.settle()
    #expect(!terminal.screen.text.contains("a word for the log"))
    terminal.send("!")
    _ = terminal.end()
    let shown = String(decoding: terminal.output, as: UTF8.self)
    #expect(shown.contains("a word for the log\r\n"))
    #expect(shown.contains("Fatal error"))
  }

  @Test func `Control-Z stops the job with the terminal given back, and fg takes it again`() throws
  {
    let modes = try untouchedModes()
    let program = try BuildProducts.executable("TerminalProbe")
    let terminal = try PseudoTerminal(
      executable: "/bin/sh", arguments: ["-i"], environment: Self.environment(["PS1": "ready> "]),
      width: 80, height: 24)
    #expect(terminal.shows("ready>"))
    terminal.send("'\(program)'\n")
    #expect(terminal.waits { $0.screen.text.contains("◢") })
    let raw = terminal.modes
    terminal.send("\u{1a}")
    #expect(terminal.shows("Stopped"), "\(terminal.screen.text)")
    expectGivenBack(terminal, modes: modes)
    terminal.resize(width: 100, height: 30)
    terminal.send("fg\n")
    #expect(terminal.shows("resumed"))
    #expect(terminal.shows("resize 100x30"))
    #expect(terminal.waits { $0.screen[99, 29]?.character == "◢" })
    #expect(terminal.modes == raw)
    #expect(terminal.screen.isAlternate && terminal.screen.reportsMouse)
    #expect(!terminal.screen.isCursorVisible)
    terminal.send("q")
    #expect(terminal.waits { !$0.screen.isAlternate })
    expectGivenBack(terminal, modes: modes)
    terminal.send("exit\n")
    #expect(terminal.end() == .exited(0))
  }

  @Test func `SIGTSTP in a session without job control stops nothing for good`() throws {
    let terminal = try probe()
    terminal.signal(SIGTSTP)
    #expect(terminal.shows("resumed"))
    #expect(terminal.screen.isAlternate)
    terminal.signal(SIGSTOP)
    terminal.signal(SIGCONT)
    #expect(terminal.waits { $0.screen.text.split(separator: "resumed").count > 2 })
    terminal.send("q")
    #expect(terminal.end() == .exited(0))
  }

  // MARK: - Refusals

  @Test(arguments: [
    (["TERM": ""], "TERM is not set"),
    (["TERM": "no-such-terminal"], "'no-such-terminal' (TERM) is unknown"),
    (["TERM": "dumb"], "can't move its cursor"),
  ])
  func `A terminal that can't be drawn upon is refused in a sentence`(
    environment: [String: String], sentence: String
  ) throws {
    let modes = try untouchedModes()
    let terminal = try PseudoTerminal(
      executable: BuildProducts.executable("TerminalProbe"),
      environment: Self.environment(environment), width: 150, height: 24)
    #expect(terminal.end() == .exited(2))
    #expect(terminal.screen.text.contains(sentence))
    expectGivenBack(terminal, modes: modes)
  }

  @Test func `A locale without UTF-8 falls back on C.UTF-8`() throws {
    let terminal = try probe(["LC_ALL": "POSIX"])
    #expect(terminal.screen[3, 1]?.character == "▄")
  }

  @Test func `An output that is no terminal is refused, and snapshot is named`() throws {
    let program = try BuildProducts.executable("TerminalProbe")
    let terminal = try PseudoTerminal(
      executable: "/bin/sh", arguments: ["-c", "'\(program)' | cat"],
      environment: Self.environment(), width: 150, height: 24)
    #expect(terminal.end() == .exited(0))
    #expect(terminal.screen.text.contains("The output is not a terminal"))
    #expect(terminal.screen.text.contains("`snapshot`"))
  }

  @Test func `Keys come from the terminal although the input is a pipe`() throws {
    let program = try BuildProducts.executable("TerminalProbe")
    let terminal = try PseudoTerminal(
      executable: "/bin/sh", arguments: ["-c", "echo data | '\(program)'"],
      environment: Self.environment(), width: 80, height: 24)
    #expect(terminal.waits { $0.screen.text.contains("◢") })
    terminal.send("x")
    #expect(terminal.shows("key character(\"x\")"))
    terminal.send("q")
    #expect(terminal.end() == .exited(0))
  }
}
