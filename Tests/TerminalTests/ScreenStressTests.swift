import Glibc
import TestSupport
import Testing

extension OnTerminal {
  /// What a screen must live through on a bad day.
  @MainActor @Suite struct ScreenStressTests {
    /// All that is seen, cell by cell.
    private func cells(_ terminal: PseudoTerminal) -> [VirtualTerminal.Cell?] {
      let screen = terminal.screen
      return (0..<screen.height).flatMap { y in (0..<screen.width).map { screen[$0, y] } }
    }

    /// Waits until the program has drawn what follows from all that was sent: until a click that is
    /// sent last is told of in a frame that has arrived to its end.
    private func expectCaughtUp(
      _ terminal: PseudoTerminal, sourceLocation: SourceLocation = #_sourceLocation
    ) {
      let click = terminal.output.count
      terminal.send("\u{1b}[<0;\(click + 1);1M")
      #expect(
        terminal.waits {
          $0.screen.text.contains("press left at \(click),0") && isAtEndOfFrame($0)
        },
        "\(terminal.screen.text)", sourceLocation: sourceLocation)
    }

    private func isAtEndOfFrame(_ terminal: PseudoTerminal) -> Bool {
      terminal.output.suffix(8).elementsEqual("\u{1b}[?2026l".utf8)
    }

    /// Expects what is seen to be what a whole redraw shows, in a window of 40 columns or more.
    private func expectNothingStale(
      _ terminal: PseudoTerminal, sourceLocation: SourceLocation = #_sourceLocation
    ) {
      let (width, height) = (terminal.screen.width, terminal.screen.height)
      expectCaughtUp(terminal, sourceLocation: sourceLocation)
      #expect(
        terminal.screen[width - 1, height - 1]?.character == "◢", "\(width)x\(height)",
        sourceLocation: sourceLocation)
      let seen = cells(terminal)
      let before = terminal.output.count
      terminal.send("l")
      #expect(
        terminal.waits { $0.output.count > before && isAtEndOfFrame($0) },
        sourceLocation: sourceLocation)
      let stale = zip(seen, cells(terminal)).enumerated().filter { $0.element.0 != $0.element.1 }
      let places = stale.prefix(3).map { "\($0.offset % width), \($0.offset / width)" }
      #expect(
        places == [], "\(stale.count) stale cells at \(width)x\(height)",
        sourceLocation: sourceLocation)
    }

    /// Whether a process runs or is stopped; what has ended but nobody waits for is no more.
    private func isAlive(_ process: pid_t) -> Bool {
      guard let file = fopen("/proc/\(process)/stat", "r") else { return false }
      defer { fclose(file) }
      var line = [CChar](repeating: 0, count: 512)
      guard fgets(&line, Int32(line.count), file) != nil else { return false }
      let text = String(decoding: line.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      return text.split(separator: ")").last?.split(separator: " ").first != "Z"
    }

    // MARK: - Sizes

    @Test func `A storm of two hundred sizes ends in a whole frame, with no stale cell`() throws {
      let terminal = try OnTerminal.probe()
      terminal.send("f")
      #expect(terminal.shows("fill 1"))
      var random = SeededRandom(seed: 5)
      for number in 1...200 {
        // Where the frame is inspected it is large enough to tell of a click.
        let isInspected = number % 20 == 0
        terminal.resize(
          width: Int.random(in: (isInspected ? 40 : 1)...320, using: &random),
          height: Int.random(in: (isInspected ? 8 : 1)...100, using: &random))
        if Bool.random(using: &random) { terminal.send("f") }
        if Int.random(in: 0..<4, using: &random) == 0 { terminal.settle(quietMilliseconds: 2) }
        if isInspected { expectNothingStale(terminal) }
      }
      #expect(!terminal.hasEnded)
      terminal.send("q")
      #expect(terminal.end() == .exited(0))
    }

    @Test func `A size that changes and changes back at once leaves no stale cell`() throws {
      let terminal = try OnTerminal.probe()
      terminal.send("f")
      #expect(terminal.shows("fill 1"))
      for _ in 0..<10 {
        terminal.settle(quietMilliseconds: 30)
        terminal.resize(width: 30, height: 9)
        terminal.resize(width: 80, height: 24)
        expectNothingStale(terminal)
      }
    }

    @Test func `A window of one cell is lived through`() throws {
      let terminal = try OnTerminal.probe()
      for (width, height) in [(1, 1), (2, 1), (1, 40), (200, 1), (80, 24)] {
        terminal.resize(width: width, height: height)
        #expect(terminal.waits { $0.screen[width - 1, height - 1]?.character == "◢" })
      }
      expectNothingStale(terminal)
    }

    // MARK: - Input

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `Garbage from the terminal neither ends nor confuses the program`(seed: UInt64) throws {
      let terminal = try OnTerminal.probe(width: 120, height: 40)
      var random = SeededRandom(seed: seed)
      // The probe's own keys that end it, stop it or write over its frame are tested elsewhere.
      let forbidden = Set("q!aoesX\u{1a}".utf8)
      let openers = Array("\u{1b}[<M;0123456789~OPI".utf8)
      var bytes: [UInt8] = []
      while bytes.count < 12_000 {
        let byte: UInt8 =
          Bool.random(using: &random)
          ? openers.randomElement(using: &random) ?? 0x1b
          : UInt8.random(in: 0...255, using: &random)
        if !forbidden.contains(byte) { bytes.append(byte) }
      }
      terminal.send(bytes)
      // The end of a paste, of a string and of any sequence; then time for what is left.
      terminal.send("\u{1b}[201~\u{1b}\\\u{7}")
      terminal.settle(quietMilliseconds: 300)
      terminal.send("\u{1b}[<0;119;1M")
      #expect(terminal.shows("press left at 118,0"), "\(terminal.screen.text)")
      expectNothingStale(terminal)
      terminal.send("q")
      #expect(terminal.end() == .exited(0))
    }

    @Test func `A report that arrives byte by byte is one, also beyond column 223`() throws {
      let terminal = try OnTerminal.probe(width: 400, height: 20)
      for byte in "\u{1b}[<0;399;20M\u{1b}[<32;300;2M\u{1b}[<0;224;3m\u{1b}[<64;398;4M".utf8 {
        terminal.send([byte])
        terminal.settle(quietMilliseconds: 3)
      }
      #expect(terminal.shows("press left at 398,19"))
      #expect(terminal.shows("drag left at 299,1"))
      #expect(terminal.shows("release left at 223,2"))
      #expect(terminal.shows("scrollUp none at 397,3"))
      #expect(!terminal.screen.text.contains("key"), "\(terminal.screen.text)")
    }

    // MARK: - Ways out at bad moments

    @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGSEGV])
    func `A signal amid frames that the terminal doesn't take gives it back, too`(
      signal: Int32
    ) throws {
      let modes = try OnTerminal.untouchedModes()
      let terminal = try OnTerminal.probe(width: 200, height: 60)
      for _ in 0..<20 {
        #expect(terminal.sendWithoutReading("f"))
        usleep(3_000)
      }
      terminal.signal(signal)
      let ending = terminal.end()
      #expect(ending == (signal == SIGSEGV ? .killed(signal: signal) : .exited(128 + signal)))
      OnTerminal.expectGivenBack(terminal, modes: modes)
    }

    /// The probe started by a shell, then stopped: by ^Z, which it handles, or by a signal that
    /// nobody can handle.
    private func stoppedJob(by stop: Stop, command: String = "%") throws -> PseudoTerminal {
      let terminal = try OnTerminal.shell()
      let program = try BuildProducts.executable("TerminalProbe")
      terminal.send(command.replacing("%", with: "'\(program)'") + "\n")
      #expect(terminal.shows("◢"))
      terminal.settle()
      expectPrompt(terminal) { $0.send(stop.keys) }
      return terminal
    }

    enum Stop: CaseIterable {
      case handled, unhandled
      var keys: String { self == .handled ? "\u{1a}" : "s" }
    }

    private func output(_ terminal: PseudoTerminal) -> String {
      String(decoding: terminal.output.filter { $0 != 0x0d }, as: UTF8.self)
    }

    /// Does something, and waits for the shell's next prompt.
    private func expectPrompt(
      _ terminal: PseudoTerminal, sourceLocation: SourceLocation = #_sourceLocation,
      after act: (PseudoTerminal) -> Void
    ) {
      func prompts() -> Int { output(terminal).split(separator: "ready> ").count }
      let before = prompts()
      act(terminal)
      // The shell's answer to what was typed ends in a prompt, behind which the next is typed.
      #expect(
        terminal.waits { _ in prompts() > before || output(terminal).hasSuffix("\nready> ") },
        "\(output(terminal).suffix(300))", sourceLocation: sourceLocation)
      terminal.settle()
    }

    @Test(arguments: ["TERM", "HUP", "INT"], Stop.allCases)
    func `A job that is ended while it is stopped leaves the shell's terminal as it was`(
      signal: String, stop: Stop
    ) throws {
      let modes = try OnTerminal.untouchedModes()
      let terminal = try stoppedJob(by: stop)
      terminal.send("kill -\(signal) %1; kill -CONT %1\n")
      #expect(
        terminal.waits { output($0).contains("closed after") },
        "\(output(terminal).suffix(300))")
      #expect(terminal.waits { $0.modes == modes })
      OnTerminal.expectGivenBack(terminal, modes: modes)
      // A shell warns once of jobs whose end it hasn't noticed yet.
      terminal.send("exit\nexit\n")
      #expect(terminal.end() != nil, "\(output(terminal).suffix(300))")
    }

    @Test func `A shell that ends takes a stopped job with it`() throws {
      let terminal = try stoppedJob(by: .handled, command: "% & echo job=$!.; fg")
      let text = output(terminal)
      let start = try #require(text.firstRange(of: "\njob=")).upperBound
      let job = try #require(pid_t(text[start...].prefix { $0 != "." }))
      #expect(isAlive(job))
      terminal.send("exit\nexit\n")
      #expect(terminal.end() != nil)
      terminal.hangUp()
      #expect(terminal.waits { _ in !isAlive(job) }, "the job lives on")
    }

    @Test(arguments: Stop.allCases)
    func `A job sent to the background stops again, and fg takes the terminal`(stop: Stop) throws {
      let modes = try OnTerminal.untouchedModes()
      let terminal = try stoppedJob(by: stop)
      expectPrompt(terminal) { $0.send("bg\n") }
      terminal.settle(quietMilliseconds: 300)
      expectPrompt(terminal) { $0.send("jobs\n") }
      #expect(output(terminal).suffix(300).contains("Stopped"), "\(output(terminal).suffix(300))")
      OnTerminal.expectGivenBack(terminal, modes: modes)
      terminal.send("fg\n")
      #expect(terminal.waits { $0.screen.isAlternate && $0.screen.text.contains("◢") })
      expectNothingStale(terminal)
      // What is typed before the prompt may be thrown away with the program's unread input.
      terminal.send("q")
      #expect(
        terminal.waits {
          !$0.screen.isAlternate && $0.screen.lines.last { !$0.isEmpty } == "ready>"
        })
      terminal.send("exit\n")
      #expect(terminal.end() == .exited(0))
    }

    @Test func `Many suspensions in a row keep the terminal and the frame whole`() throws {
      let terminal = try OnTerminal.shell()
      let modes = terminal.modes
      terminal.send("'\(try BuildProducts.executable("TerminalProbe"))'\n")
      #expect(terminal.shows("◢"))
      for number in 1...5 {
        terminal.send("f\u{1a}")
        #expect(terminal.waits { $0.screen.lines.last { !$0.isEmpty } == "ready>" })
        OnTerminal.expectGivenBack(terminal, modes: modes)
        terminal.send("fg\n")
        #expect(terminal.shows("fill \(number)"))
        expectNothingStale(terminal)
      }
      // What is typed before the prompt may be thrown away with the program's unread input.
      terminal.send("q")
      #expect(
        terminal.waits {
          !$0.screen.isAlternate && $0.screen.lines.last { !$0.isEmpty } == "ready>"
        })
      terminal.send("exit\n")
      #expect(terminal.end() == .exited(0))
    }
  }
}
