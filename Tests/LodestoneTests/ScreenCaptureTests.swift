import Foundation
import MapUI
import Market
import Terminal
import TestSupport
import Testing

@testable import lodestone

@Suite("Pictures of the screen") struct ScreenCaptureTests {
  private static let moment = Date(timeIntervalSince1970: 1_771_511_527)

  private func state() throws -> AppState {
    let themes = try Theme.builtIn()
    return AppState(
      symbols: [Instrument(base: "BTC")], symbol: Instrument(base: "BTC"),
      timeframes: [TimeframeChoice(.days7)], timeframe: .days7,
      source: SourceState(name: "demo (seed 1)", health: .live, isSimulated: true),
      themes: themes, theme: "default", depth: .truecolor, glyphs: .full, width: 80, height: 24)
  }

  private func inFolder(_ work: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try work(folder)
  }

  @Test func `a screen is saved as SVG and as ANSI text under a name that says what it is`() throws
  {
    try inFolder { folder in
      let message = ScreenCapture(try state(), at: Self.moment, folder: folder.path).save()
      let name = "lodestone-BTCUSDT-7d-20260219T143207Z"
      #expect(!message.isWarning && message.text.hasPrefix("Saved \(name).svg and .ans in "))
      let svg = try String(contentsOf: folder.appending(path: "\(name).svg"), encoding: .utf8)
      #expect(svg.contains("<title>Simulated liquidation map of BTCUSDT, 7d</title>"))
      #expect(svg.contains("Waiting") && svg.hasSuffix("</svg>\n"))
      let text = try String(contentsOf: folder.appending(path: "\(name).ans"), encoding: .utf8)
      #expect(text.contains("\u{1b}[") && text.contains("Waiting for BTCUSDT 7d"))
    }
  }

  @Test func `a second picture of the same second replaces nothing`() throws {
    try inFolder { folder in
      for _ in 0..<3 {
        let capture = ScreenCapture(try state(), at: Self.moment, folder: folder.path)
        #expect(!capture.save().isWarning)
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(names.count == 6 && names.contains { $0.hasSuffix("Z-3.svg") })
    }
  }

  @Test func `a folder that can't be written to is said in a sentence`() throws {
    let capture = ScreenCapture(try state(), at: Self.moment, folder: "/proc/no-such-folder")
    let message = capture.save()
    #expect(message.isWarning)
    #expect(
      message.text.hasPrefix("The screen can't be saved in /proc/no-such-folder: "),
      "\(message.text)")
  }
}

extension OnScreen {
  @Suite struct SavingTests {
    @Test func `S saves what is seen into the current folder and says where`() throws {
      let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let program = try BuildProducts.executable("lodestone")
      let terminal = try PseudoTerminal(
        executable: "/bin/sh",
        arguments: [
          "-c", "cd '\(folder.path)' && exec '\(program)' BTC --source demo --timeframe 1d",
        ],
        environment: PseudoTerminal.environment(), width: 120, height: 35)
      try #require(terminal.shows("Total Long Liq"))
      terminal.send("S")
      #expect(terminal.waits { $0.screen.text.contains("Saved lodestone-BTCUSDT-1d-") })
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      let svg = try #require(names.first { $0.hasSuffix(".svg") })
      let text = try String(contentsOf: folder.appending(path: svg), encoding: .utf8)
      #expect(text.contains("BTCUSDT") && text.contains("Liq") && !text.contains("Saving"))
      terminal.send("q")
      #expect(terminal.end() == .exited(0))
    }
  }
}
