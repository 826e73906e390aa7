import Foundation
import Glibc
import Market
import TestSupport
import Testing

@testable import MapUI

/// Where no venue can be reached: every endpoint is a port of this machine that nobody listens at.
enum NoNetwork {
  static let options = Venue.real.flatMap { venue in
    [
      "--rest-url", "\(venue.rawValue)=http://127.0.0.1:1",
      "--stream-url", "\(venue.rawValue)=ws://127.0.0.1:1",
    ]
  }
}

@Suite("lodestone snapshot without a network")
struct NoNetworkSnapshotTests {
  @Test func `no map is no success, and each venue's reason is told`() throws {
    let run = try ProgramRun(
      "lodestone", ["snapshot", "BTC", "--wait", "1s"] + NoNetwork.options)
    #expect(run.status == 1)
    #expect(run.output.isEmpty)
    #expect(run.complaint.hasPrefix("lodestone: no venue answered for BTCUSDT\n"))
    for venue in Venue.real {
      #expect(run.complaint.contains("  \(venue.displayName): 127.0.0.1"), "\(run.complaint)")
    }
  }

  @Test func `only the chosen venues are waited for`() throws {
    let run = try ProgramRun(
      "lodestone",
      ["snapshot", "BTC", "--wait", "1s", "--venues", "okx,gate"] + NoNetwork.options)
    #expect(run.status == 1)
    #expect(run.complaint.contains("OKX") && run.complaint.contains("Gate"))
    #expect(!run.complaint.contains("Binance"))
  }

  @Test func `with every venue switched off there is nothing to wait for`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { _ = try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "config.toml")
    try Venue.real.map { "[venues.\($0.rawValue)]\nenabled = false\n" }.joined()
      .write(to: file, atomically: true, encoding: .utf8)
    let run = try ProgramRun("lodestone", ["snapshot", "BTC", "--config", file.path])
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(run.complaint.contains("every venue is switched off"))
  }
}

extension OnScreen {
  @MainActor @Suite struct NoNetworkScreenTests {
    @Test(arguments: [(60, 20), (80, 24), (120, 35)])
    func `The screen says why no venue answers, and what can be done`(
      width: Int, height: Int
    ) throws {
      let terminal = try PseudoTerminal(
        executable: BuildProducts.executable("lodestone"), arguments: ["BTC"] + NoNetwork.options,
        environment: PseudoTerminal.environment(), width: width, height: height)
      #expect(
        terminal.shows("No venue answers for BTCUSDT 7d"), "\(terminal.screen.text)")
      for words in ["Hyperliquid", "127.0.0.1", "r ask again", "e venues", "d a simulated"] {
        let short = words.replacing("d a simulated", with: "d simulated")
        #expect(
          terminal.screen.text.contains(words) || terminal.screen.text.contains(short),
          "\(words)\n\(terminal.screen.text)")
      }
      #expect(!terminal.screen.text.contains("SIMULATED"))
      terminal.send("r")
      #expect(terminal.shows("Asking the venues again"))
      terminal.send("e")
      #expect(terminal.shows("on or off"))
      terminal.send("1")
      #expect(terminal.shows("1 – Binance      off"), "\(terminal.screen.text)")
      terminal.send("e")
      #expect(terminal.waits { !$0.screen.text.contains("on or off ·") })
      terminal.send("q")
      #expect(terminal.end() == .exited(0))
      try OnScreen.expectGivenBack(terminal)
    }

    @Test func `The simulator comes by a key only, says so, and goes by the same key`() throws {
      let terminal = try PseudoTerminal(
        executable: BuildProducts.executable("lodestone"),
        arguments: ["BTC", "--timeframe", "12h"] + NoNetwork.options,
        environment: PseudoTerminal.environment(), width: 120, height: 35)
      #expect(terminal.shows("No venue answers"), "\(terminal.screen.text)")
      terminal.send("d")
      #expect(terminal.shows("SIMULATED"))
      #expect(terminal.shows("Total Long Liq"), "\(terminal.screen.text)")
      #expect(terminal.screen.title.contains("SIMULATED"))
      terminal.send("d")
      #expect(terminal.shows("No venue answers"), "\(terminal.screen.text)")
      #expect(!terminal.screen.text.contains("SIMULATED"))
      #expect(!terminal.screen.text.contains("Total Long Liq"))
      terminal.signal(SIGTERM)
      #expect(terminal.end() == .exited(128 + SIGTERM))
      try OnScreen.expectGivenBack(terminal)
    }
  }
}
