import Foundation
import MapUI
import TestSupport
import Testing

@testable import LiveMap

extension OnScreen {
  /// Alerts and the watchlist, from the keys to what the terminal shows and is told.
  @MainActor @Suite struct AlertScreenTests {
    private static let window = Window(width: 120, height: 35, isDirect: true)

    /// Whether a sequence stands in the output outside of every frame.
    private func stands(_ sequence: String, in output: [UInt8]) -> Bool {
      let wanted = Array(sequence.utf8)
      var isWithinFrame = false
      for index in output.indices {
        let rest = output[index...]
        if rest.starts(with: "\u{1b}[?2026h".utf8) { isWithinFrame = true }
        if rest.starts(with: "\u{1b}[?2026l".utf8) { isWithinFrame = false }
        if !isWithinFrame, rest.starts(with: wanted) { return true }
      }
      return false
    }

    @Test func `An alert is set by keys, fires on the demo, and is listed, silenced and deleted`()
      throws
    {
      let terminal = try OnScreen.open(Self.window, ["--no-state"])
      terminal.send("a")
      #expect(terminal.shows("Set an alert"))
      #expect(terminal.screen.text.contains("on=BTCUSDT"), "\(terminal.screen.text)")
      terminal.send("\u{15}price:above=nothing\r")
      #expect(terminal.shows("write a price above zero"), "\(terminal.screen.text)")
      terminal.send("\u{15}price:above=1,on=BTC,to=toast+bell+desktop\r")
      #expect(
        terminal.waits {
          $0.screen.text.contains(" ALERT ") && $0.screen.text.contains("is above 1.00")
        }, "\(terminal.screen.text)")
      let toast = terminal.screen.lines.first { $0.contains(" ALERT ") }
      #expect(toast?.contains("SIMULATED") == true)
      #expect(terminal.screen.text.contains("measured,"))
      #expect(terminal.screen.cutRows == [])
      #expect(
        terminal.waits {
          stands("\u{07}\u{1b}]9;Lodestone BTCUSDT (SIMULATED): BTCUSDT at ", in: $0.output)
        })
      terminal.send("A")
      #expect(terminal.waits { $0.screen.text.contains("0 armed of 1") }, "\(terminal.screen.text)")
      #expect(terminal.screen.text.contains("fired 00:"))
      terminal.send("z")
      #expect(terminal.shows("snoozed to 01:"), "\(terminal.screen.text)")
      terminal.send("l")
      #expect(terminal.shows("Alerts that fired  1"))
      terminal.send("lx")
      #expect(terminal.shows("No alert is set"))
      terminal.send("q")
      #expect(terminal.end() == .exited(0))
      try OnScreen.expectGivenBack(terminal)
    }

    @Test func `An alert of the command line is judged from the start, and runs the program`()
      throws
    {
      let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      let program = file.appendingPathExtension("sh")
      try "#!/bin/sh\nprintf '%s' \"$1\" > '\(file.path)'\n".write(
        to: program, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: program.path)
      defer { for path in [file, program] { _ = try? FileManager.default.removeItem(at: path) } }
      let terminal = try OnScreen.open(
        Self.window,
        ["--no-state", "--alert", "price:below=900k,to=none", "--exec", program.path])
      #expect(
        terminal.waits { _ in
          (try? String(contentsOf: file, encoding: .utf8))?.contains("is below 900,000") == true
        })
      // It asked for no toast.
      #expect(!terminal.screen.text.contains(" ALERT "))
      terminal.send("q")
      #expect(terminal.end() == .exited(0))
    }

    @Test func `The watchlist fills in, and Enter goes to another instrument`() throws {
      let terminal = try OnScreen.open(Self.window, ["--no-state"])
      terminal.send("o")
      #expect(terminal.shows("Watchlist"))
      func row(_ coin: String) -> String? {
        terminal.screen.lines.first { $0.contains("│") && $0.contains("  \(coin) ") }
      }
      #expect(terminal.screen.text.contains("no map yet"), "\(terminal.screen.text)")
      #expect(
        terminal.waits(limitMilliseconds: 120_000) { _ in
          row("ETH")?.contains("%") == true && row("BTC")?.contains("%") == true
        }, "\(terminal.screen.text)")
      terminal.send("\u{1b}[B\r")
      #expect(terminal.waits { $0.screen.title.contains("ETHUSDT") }, "\(terminal.screen.text)")
      terminal.send("q")
      #expect(terminal.end() == .exited(0))
    }

    @Test func `A watchlist holds as many as the background keeps warm`() {
      #expect(AppState.watchlistLimit == LiveMap.watchlistCapacity)
    }
  }
}
