import Foundation
import Glibc
import TestSupport
import Testing

extension OnTerminal {
  @MainActor @Suite struct ScreenLifeCycleTests {
    // MARK: - Ways out

    @Test func `The end gives the terminal back`() throws {
      let modes = try OnTerminal.untouchedModes()
      let terminal = try OnTerminal.probe()
      #expect(terminal.modes != modes)
      terminal.send("q")
      #expect(terminal.end() == .exited(0))
      OnTerminal.expectGivenBack(terminal, modes: modes)
      #expect(terminal.screen.text.contains("closed after"))
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
    func `A signal that asks for the end is an event, and the terminal is given back`(
      signal: Int32
    ) throws {
      let modes = try OnTerminal.untouchedModes()
      let terminal = try OnTerminal.probe()
      terminal.signal(signal)
      #expect(terminal.end() == .exited(128 + signal))
      OnTerminal.expectGivenBack(terminal, modes: modes)
    }

    @Test func `A terminal whose window is closed ends the program`() throws {
      let terminal = try OnTerminal.probe()
      terminal.hangUp()
      #expect(terminal.end() == .exited(128 + SIGHUP))
    }

    @Test func `An exit with the screen open gives the terminal back`() throws {
      let modes = try OnTerminal.untouchedModes()
      let terminal = try OnTerminal.probe()
      terminal.send("X")
      #expect(terminal.end() == .exited(3))
      OnTerminal.expectGivenBack(terminal, modes: modes)
    }

    @Test(arguments: [SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGQUIT])
    func `A crash gives the terminal back and stays a crash`(signal: Int32) throws {
      let modes = try OnTerminal.untouchedModes()
      let terminal = try OnTerminal.probe()
      terminal.signal(signal)
      #expect(terminal.end() == .killed(signal: signal))
      OnTerminal.expectGivenBack(terminal, modes: modes)
    }

    @Test(arguments: ["!", "a", "o"])
    func `A trap, an abort and a full stack give the terminal back`(key: String) throws {
      let modes = try OnTerminal.untouchedModes()
      let terminal = try OnTerminal.probe()
      terminal.send(key)
      let ending = terminal.end()
      let signals = [SIGILL, SIGTRAP, SIGABRT, SIGSEGV]
      #expect(signals.map { .killed(signal: $0) }.contains(ending))
      OnTerminal.expectGivenBack(terminal, modes: modes)
    }

    @Test func `The standard error goes to the log, and its tail is shown after a crash`() throws {
      let folder = FileManager.default.temporaryDirectory.path
      let path = "\(folder)/lodestone-screen-test-\(getpid()).log"
      defer { unlink(path) }
      let terminal = try OnTerminal.probe(["PROBE_LOG": path])
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

    @Test func `Control-Z stops the job with the terminal given back, and fg takes it again`()
      throws
    {
      let modes = try OnTerminal.untouchedModes()
      let program = try BuildProducts.executable("TerminalProbe")
      let terminal = try OnTerminal.shell()
      terminal.send("'\(program)'\n")
      #expect(terminal.shows("◢"))
      let raw = terminal.modes
      terminal.send("\u{1a}")
      #expect(terminal.shows("Stopped"), "\(terminal.screen.text)")
      OnTerminal.expectGivenBack(terminal, modes: modes)
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
      OnTerminal.expectGivenBack(terminal, modes: modes)
      terminal.send("exit\n")
      #expect(terminal.end() == .exited(0))
    }

    @Test func `SIGTSTP in a session without job control stops nothing for good`() throws {
      let terminal = try OnTerminal.probe()
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
      let modes = try OnTerminal.untouchedModes()
      let terminal = try PseudoTerminal(
        executable: BuildProducts.executable("TerminalProbe"),
        environment: PseudoTerminal.environment(environment), width: 150, height: 24)
      #expect(terminal.end() == .exited(2))
      #expect(terminal.screen.text.contains(sentence))
      OnTerminal.expectGivenBack(terminal, modes: modes)
    }

    @Test func `A locale without UTF-8 falls back on C.UTF-8`() throws {
      let terminal = try OnTerminal.probe(["LC_ALL": "POSIX"])
      #expect(terminal.screen[3, 1]?.character == "▄")
    }

    @Test func `An output that is no terminal is refused, and snapshot is named`() throws {
      let program = try BuildProducts.executable("TerminalProbe")
      let terminal = try PseudoTerminal(
        executable: "/bin/sh", arguments: ["-c", "'\(program)' | cat"],
        environment: PseudoTerminal.environment(), width: 150, height: 24)
      #expect(terminal.end() == .exited(0))
      #expect(terminal.screen.text.contains("The output is not a terminal"))
      #expect(terminal.screen.text.contains("`snapshot`"))
    }

    @Test func `Keys come from the terminal although the input is a pipe`() throws {
      let program = try BuildProducts.executable("TerminalProbe")
      let terminal = try PseudoTerminal(
        executable: "/bin/sh", arguments: ["-c", "echo data | '\(program)'"],
        environment: PseudoTerminal.environment(), width: 80, height: 24)
      #expect(terminal.shows("◢"))
      terminal.send("x")
      #expect(terminal.shows("key character(\"x\")"))
      terminal.send("q")
      #expect(terminal.end() == .exited(0))
    }
  }
}
