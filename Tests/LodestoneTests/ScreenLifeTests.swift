import Foundation
import Glibc
import TestSupport
import Testing

@testable import MapUI

extension OnScreen {
  @MainActor @Suite struct ScreenLifeTests {
    static let window = Window(width: 120, height: 35, isDirect: true)

    @Test func `A window of any size is filled, and one too small says what it needs`() throws {
      let terminal = try OnScreen.open(Self.window)
      for (width, height) in [(60, 20), (59, 19), (400, 120), (59, 20), (60, 19), (120, 35)] {
        terminal.resize(width: width, height: height)
        let isTooSmall = width < 60 || height < 20
        #expect(
          terminal.waits { terminal in
            isTooSmall
              ? terminal.screen.text.contains("needs 60x20, this window is \(width)x\(height)")
              : terminal.screen.title.contains("BTCUSDT 1d")
                && terminal.screen.footer.contains("q quit")
                && terminal.screen.cutRows.isEmpty
          }, "\(width)x\(height)\n\(terminal.screen.text)")
        guard !isTooSmall else { continue }
        let layout = terminal.screen.layout
        let half = layout.plotX.count / 2
        #expect(terminal.screen.bars(in: layout.plotX.lowerBound..<half) > 20)
        #expect(terminal.screen.bars(in: half..<layout.plotX.upperBound) > 20)
      }
      terminal.send("q")
      #expect(terminal.end() == .exited(0))
    }

    @Test func `Space stops the time of the market, and lets it go on`() throws {
      let terminal = try OnScreen.open(Self.window, ["--speed", "600"])
      func clock(_ terminal: PseudoTerminal) -> Substring { terminal.screen.title.suffix(20) }
      let start = clock(terminal)
      #expect(terminal.waits { clock($0) != start })
      terminal.send(" ")
      #expect(terminal.shows("PAUSED"))
      let held = clock(terminal)
      #expect(!terminal.waits(limitMilliseconds: 1_500) { clock($0) != held })
      terminal.send(" ")
      #expect(terminal.waits { clock($0) != held })
    }

    @Test func `Longer timeframes fill in behind, and tell why they can't be shown yet`() throws {
      let terminal = try OnScreen.open(Self.window)
      #expect(terminal.shows("(1y)"))
      #expect(terminal.waits { $0.screen.lines[1].contains(" 30d ") }, "\(terminal.screen.text)")
      terminal.send("]]]]")
      #expect(terminal.waits { $0.screen.title.contains("BTCUSDT 30d") })
      terminal.send("]]]]")
      #expect(
        terminal.waits {
          $0.screen.footer.contains("can't be shown: history is still filling in")
            || $0.screen.title.contains("BTCUSDT all")
        })
    }

    @Test func `Control-C is a way out`() throws {
      let terminal = try OnScreen.begin()
      terminal.send("\u{03}")
      #expect(terminal.end() == .exited(0))
      try OnScreen.expectGivenBack(terminal)
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGSEGV])
    func `A signal gives the terminal back`(signal: Int32) throws {
      let terminal = try OnScreen.begin()
      terminal.signal(signal)
      let ending = terminal.end()
      #expect(ending == (signal == SIGSEGV ? .killed(signal: signal) : .exited(128 + signal)))
      try OnScreen.expectGivenBack(terminal)
    }

    @Test func `Control-Z stops the job with the terminal given back, and fg takes it again`()
      throws
    {
      func isAtPrompt(_ terminal: PseudoTerminal) -> Bool {
        !terminal.screen.isAlternate && terminal.screen.lines.last { !$0.isEmpty } == "ready>"
      }
      let program = try BuildProducts.executable("lodestone")
      let terminal = try PseudoTerminal(
        executable: "/bin/sh", arguments: ["-i"],
        environment: PseudoTerminal.environment(["PS1": "ready> "]), width: 120, height: 35)
      #expect(terminal.shows("ready>"))
      terminal.send("'\(program)' BTC --source demo --timeframe 1d\n")
      #expect(terminal.shows("Total Long Liq"))
      terminal.send("\u{1a}")
      // What is typed before the shell's next prompt could be flushed with the modes.
      #expect(terminal.waits(until: isAtPrompt))
      #expect(terminal.screen.isCursorVisible)
      #expect(!terminal.screen.reportsMouse)
      terminal.send("fg\n")
      #expect(terminal.waits { $0.screen.isAlternate && $0.screen.text.contains("q quit") })
      terminal.send("q")
      #expect(terminal.waits(until: isAtPrompt))
      terminal.send("exit\n")
      #expect(terminal.end() == .exited(0))
    }

    @Test(arguments: [
      (["TERM": ""], "TERM is not set"), (["TERM": "no-such-terminal"], "is unknown"),
      (["TERM": "dumb"], "can't move its cursor"),
    ])
    func `A terminal that can't be drawn upon is refused`(
      environment: [String: String], words: String
    ) throws {
      let terminal = try PseudoTerminal(
        executable: BuildProducts.executable("lodestone"),
        environment: PseudoTerminal.environment(environment), width: 150, height: 24)
      #expect(terminal.end() == .exited(2))
      #expect(terminal.screen.text.contains(words), "\(terminal.screen.text)")
      try OnScreen.expectGivenBack(terminal)
    }
  }
}
