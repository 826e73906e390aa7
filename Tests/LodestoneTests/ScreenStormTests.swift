import Glibc
import TestSupport
import Testing

@testable import MapUI

extension OnScreen {
  /// What the whole program must live through on a bad day.
  @MainActor @Suite struct ScreenStormTests {
    /// The program on a map that stands still.
    private func held(width: Int, height: Int) throws -> PseudoTerminal {
      let terminal = try OnScreen.open(Window(width: width, height: height, isDirect: true))
      terminal.send(" ")
      // A market that stands still goes on filling in its past.
      try #require(
        terminal.waits(limitMilliseconds: 60_000) {
          $0.screen.text.contains("PAUSED") && !$0.screen.text.contains("catching up")
        }, "\(terminal.screen.text)")
      return terminal
    }

    private func end(_ terminal: PseudoTerminal) throws {
      terminal.send("q")
      #expect(terminal.end() == .exited(0))
      try OnScreen.expectGivenBack(terminal)
    }

    @Test func `A storm of two hundred sizes, across all views, leaves no stale cell`() throws {
      // A file has no news: whatever changes is the window's or a key's doing.
      let file = try RecordedWalk(days: 4)
      let terminal = try PseudoTerminal(
        executable: BuildProducts.executable("lodestone"),
        arguments: ["BTC", "--timeframe", "1d", "--no-state", "--source", file.path],
        environment: PseudoTerminal.environment(), width: 120, height: 35)
      try #require(terminal.shows("Total Long Liq"), "\(terminal.screen.text)")
      let views: [ViewKind] = [.map, .heatmap, .ledger, .accuracy]
      var random = SeededRandom(seed: 7)
      for number in 1...200 {
        // Where the frame is inspected it is large enough for a view.
        let isInspected = number % 25 == 0
        let width = Int.random(in: (isInspected ? 60 : 1)...220, using: &random)
        let height = Int.random(in: (isInspected ? 24 : 1)...60, using: &random)
        terminal.resize(width: width, height: height)
        terminal.send(
          ["1", "2", "3", "4", "5", "6", "+", "-"].randomElement(using: &random) ?? "1")
        if Bool.random(using: &random) { terminal.settle(quietMilliseconds: 2) }
        guard isInspected else { continue }
        let view = views[number / 25 % views.count]
        terminal.send("\(view.rawValue)")
        #expect(
          terminal.waits { view.isNamed(by: $0.screen.text) },
          "\(view) at \(width)x\(height)\n\(terminal.screen.text)")
        terminal.expectNothingStale("\(view) at \(width)x\(height)", fromNothing: true) {
          $0.resize(width: width - 1, height: height)
          $0.resize(width: width, height: height)
        }
        let screen = terminal.screen
        #expect(screen.cutRows == [], "\(view) at \(width)x\(height)\n\(screen.text)")
      }
      #expect(!terminal.hasEnded)
      try end(terminal)
    }

    @Test func `The mouse is understood beyond column 223, byte by byte`() throws {
      let terminal = try held(width: 400, height: 60)
      let (x, y) = (300, 30)
      try #require(terminal.screen.layout.plotX.contains(x))
      func report(_ button: Int, x: Int, released: Bool = false) {
        for byte in "\u{1b}[<\(button);\(x + 1);\(y + 1)\(released ? "m" : "M")".utf8 {
          terminal.send([byte])
          terminal.settle(quietMilliseconds: 2)
        }
      }
      report(0, x: x)
      report(0, x: x, released: true)
      #expect(terminal.waits { $0.screen.crosshair == x }, "\(terminal.screen.text)")
      let whole = terminal.screen.prices
      report(64, x: x)
      #expect(terminal.waits { $0.screen.prices != whole }, "the wheel zooms in")
      let near = terminal.screen.prices
      report(0, x: x)
      report(32, x: x + 20)
      report(0, x: x + 20, released: true)
      #expect(terminal.waits { $0.screen.prices != near }, "a drag pans")
      terminal.send("0")
      #expect(terminal.waits { $0.screen.prices == whole })
      try end(terminal)
    }

    @Test func `A megabyte that is pasted is no keys, and a prompt keeps what it can show`() throws
    {
      let terminal = try held(width: 120, height: 35)
      func paste(_ text: String) { terminal.send("\u{1b}[200~" + text + "\u{1b}[201~") }
      let before = terminal.screen.text
      // Among others the keys that quit, suspend, and change the view.
      let keys = "q\u{03}\u{1a}2?\t\r"
      paste(String(repeating: keys, count: (1 << 20) / keys.utf8.count + 1))
      #expect(terminal.catchUp())
      #expect(terminal.screen.text == before)
      terminal.send(":")
      #expect(terminal.waits { $0.screen.text != before })
      paste("theme light" + String(repeating: " ", count: 1 << 20))
      #expect(
        terminal.waits(limitMilliseconds: 60_000) { $0.screen.text.contains("theme light") },
        "\(terminal.screen.text)")
      let ground = terminal.screen[0, 0]?.background
      terminal.send("\r")
      #expect(
        terminal.waits {
          $0.screen.footer.contains("Theme: light") && $0.screen[0, 0]?.background != ground
        }, "\(terminal.screen.text)")
      try end(terminal)
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGSEGV])
    func `A signal amid the frames of a moving market gives the terminal back`(
      signal: Int32
    ) throws {
      let terminal = try OnScreen.open(
        Window(width: 120, height: 35, isDirect: true), ["--speed", "600"])
      let start = terminal.output.count
      terminal.send("2")
      #expect(terminal.waits { $0.output.count > start })
      terminal.signal(signal)
      let ending = terminal.end()
      #expect(ending == (signal == SIGSEGV ? .killed(signal: signal) : .exited(128 + signal)))
      try OnScreen.expectGivenBack(terminal)
    }
  }
}
