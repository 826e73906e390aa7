import Foundation
import TestSupport
import Testing

@testable import MapUI

/// The program inside of tmux, whose own terminal type and colours it has to live with.
@MainActor
@Suite(
  "lodestone inside of tmux",
  .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/tmux"), "no tmux here"))
struct TmuxTests {
  /// A tmux server of the test's own.
  private struct Server {
    let socket = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString)").path

    func run(_ arguments: [String]) throws -> String {
      try ProgramRun(
        path: "/usr/bin/tmux", ["-S", socket, "-f", "/dev/null"] + arguments,
        environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"]
      ).output
    }

    /// What the pane shows, once it is as wanted; nil when it isn't within 40 seconds.
    func pane(_ options: [String] = [], where isWanted: (String) -> Bool) throws -> String? {
      let deadline = ContinuousClock.now + .seconds(40)
      while ContinuousClock.now < deadline {
        let shown = try run(["capture-pane", "-p"] + options)
        if isWanted(shown) { return shown }
        usleep(50_000)
      }
      return nil
    }

    /// Whether the pane looks the same, colours too, before and behind a key that draws it anew; one
    /// of three times, because the background may have had news between.
    func staysAsItIs(after key: String) throws -> Bool {
      for _ in 0..<3 {
        usleep(200_000)
        let before = try cells()
        _ = try run(["send-keys", key])
        usleep(200_000)
        if try cells() == before { return true }
      }
      return false
    }

    /// The pane's cells as an eye sees them: a blank has no ink.
    private func cells() throws -> [VirtualTerminal.Cell?] {
      let screen = try VirtualTerminal(width: 120, height: 35)
      for (row, line) in try run(["capture-pane", "-p", "-e"]).split(
        separator: "\n", omittingEmptySubsequences: false
      ).prefix(35).enumerated() {
        screen.write(Array("\u{1b}[\(row + 1);1H\(line)".utf8))
      }
      return (0..<35).flatMap { row in (0..<120).map { screen[$0, row] } }
    }

    /// Starts the program in a shell of 120x35.
    func startProgram(_ arguments: String) throws {
      let program = try BuildProducts.executable("lodestone")
      _ = try run(["new-session", "-d", "-x", "120", "-y", "35", "/bin/sh"])
      _ = try run(["send-keys", "'\(program)' \(arguments)", "Enter"])
    }
  }

  @Test("A map is drawn in colour, keys arrive, and q leaves the shell as it was")
  func session() throws {
    let server = Server()
    defer { _ = try? server.run(["kill-server"]) }
    try server.startProgram("BTC --source demo --timeframe 1d")
    let frame = try #require(
      try server.pane { $0.contains("Total Long Liq") && $0.contains("100x") })
    #expect(frame.contains("SIMULATED") && frame.contains("◆"))
    #expect(frame.split(separator: "\n").allSatisfy { $0.unicodeScalars.count <= 120 })
    let colours = try server.run(["capture-pane", "-p", "-e"])
    #expect(colours.contains("\u{1b}[") && colours.contains("48;"))
    _ = try server.run(["send-keys", "?"])
    #expect(try server.pane { $0.contains("Esc closes") } != nil)
    _ = try server.run(["send-keys", "Escape"])
    #expect(try server.pane { !$0.contains("Esc closes") } != nil)
    _ = try server.run(["send-keys", "Right"])
    #expect(try server.pane { $0.contains("from the price to here") } != nil)
    _ = try server.run(["resize-window", "-x", "80", "-y", "24"])
    // There what the crosshair is at takes the place of the hints.
    #expect(
      try server.pane { $0.split(separator: "\n").suffix(2).contains { $0.contains("to here") } }
        != nil)
    _ = try server.run(["send-keys", "Escape"])
    #expect(try server.pane { $0.split(separator: "\n").last?.contains("q quit") ?? false } != nil)
    _ = try server.run(["send-keys", "q"])
    #expect(try server.pane { !$0.contains("Total Long Liq") } != nil)
    #expect(
      try server.run(["display", "-p", "#{alternate_on} #{cursor_flag} #{mouse_any_flag}"])
        == "0 1 0\n")
  }

  @Test("Every view is whole inside of tmux, and a redraw changes nothing of it")
  func views() throws {
    let server = Server()
    defer { _ = try? server.run(["kill-server"]) }
    try server.startProgram("BTC --source demo --seed 1 --timeframe 1d")
    _ = try #require(try server.pane { $0.contains("Total Long Liq") })
    _ = try server.run(["send-keys", "Space"])
    // A market that stands still goes on filling in its past.
    _ = try #require(try server.pane { $0.contains("PAUSED") && !$0.contains("catching up") })
    for view in ViewKind.allCases {
      _ = try server.run(["send-keys", "\(view.rawValue)"])
      guard let shown = try server.pane(where: { view.isShown(by: $0) }) else {
        Issue.record("\(view)\n\(try server.run(["capture-pane", "-p"]))")
        continue
      }
      #expect(
        shown.split(separator: "\n").allSatisfy { $0.unicodeScalars.count < 120 }, "\(shown)")
      let colors = SentColors(Array(try server.run(["capture-pane", "-p", "-e"]).utf8))
      #expect(colors.indexed.count + colors.direct.count >= 8, "\(view): \(colors)")
      #expect(try server.staysAsItIs(after: "C-l"), "\(view)")
    }
    _ = try server.run(["send-keys", "q"])
    #expect(try server.pane { !$0.contains("BTCUSDT") } != nil)
  }
}
