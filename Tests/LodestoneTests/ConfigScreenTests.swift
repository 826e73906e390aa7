import Foundation
import TestSupport
import Testing

extension OnScreen {
  /// A configuration and what is kept of a session, seen on the screen.
  @Suite struct ConfigScreenTests {
    private func open(_ folder: ConfigFolder, _ options: [String] = []) throws -> PseudoTerminal {
      let terminal = try PseudoTerminal(
        executable: BuildProducts.executable("lodestone"),
        arguments: ["--source", "demo"] + options,
        environment: PseudoTerminal.environment([
          "XDG_CONFIG_HOME": folder.path, "XDG_STATE_HOME": folder.path + "/state",
        ]), width: 160, height: 40)
      try #require(
        terminal.waits { $0.screen.text.contains("Total Long Liq") }, "\(terminal.screen.text)")
      return terminal
    }

    private func quit(_ terminal: PseudoTerminal, by key: String = "q") {
      terminal.send(key)
      // The market's background is let finish what it has begun.
      #expect(terminal.end(limitMilliseconds: 120_000) == .exited(0))
    }

    @Test func `a saved change takes effect at once, and what is wrong leaves the old in force`()
      throws
    {
      let folder = try ConfigFolder()
      try folder.write("lodestone/config.toml", "decimal = \",\"")
      let terminal = try open(folder, ["BTC", "--timeframe", "1d"])
      #expect(terminal.screen.title.contains("UTC") && terminal.screen.footer.contains("q quit"))
      #expect(terminal.screen.text.firstMatch(of: /\$[0-9]+\.[0-9]{3},[0-9]/) != nil)
      let ground = terminal.screen[0, 0]?.background
      try folder.write(
        "lodestone/config.toml",
        """
        decimal = ";"
        theme = "light"
        time_zone = "Asia/Kathmandu"
        units = "coin"
        [keys]
        quit = "f10"
        """)
      #expect(
        terminal.waits { $0.screen.footer.contains("config.toml:1: decimal: \";\" is no") },
        "\(terminal.screen.text)")
      #expect(
        terminal.waits {
          $0.screen[0, 0]?.background != ground && $0.screen.title.contains("UTC+5:45")
            && $0.screen.text.contains("   BTC  ")
        }, "\(terminal.screen.text)")
      #expect(terminal.screen.text.firstMatch(of: /\$[0-9]+\.[0-9]{3},[0-9]/) != nil)
      // q is no key any more; Esc takes the message away.
      terminal.send("q+")
      #expect(
        terminal.waits { $0.screen.footer.contains("F10 quit") }, "\(terminal.screen.text)")
      quit(terminal, by: "\u{1b}[21~")
    }

    @Test func `alerts, layers and the depth of colour change on the open screen`() throws {
      let folder = try ConfigFolder()
      try folder.write(
        "lodestone/config.toml", "[[alerts]]\nrule = \"price:above=9000000\"")
      let terminal = try open(folder, ["BTC", "--timeframe", "1d"])
      #expect(terminal.screen.text.contains("100x"))
      terminal.send("A")
      #expect(terminal.waits { $0.screen.text.contains("above 9,000,000") })
      // Snoozed by a key, which a save that says the same again leaves alone.
      terminal.send("z")
      #expect(terminal.waits { $0.screen.text.contains("snoozed") }, "\(terminal.screen.text)")
      try folder.write(
        "lodestone/config.toml",
        """
        layers = ["calm=1", "wild=20"]
        color = "16"
        [[alerts]]
        rule = "price:above=1"
        [[alerts]]
        rule = "price:above=9000000"
        """)
      #expect(
        terminal.waits {
          $0.screen.text.contains("wild") && $0.screen.text.contains("ALERT")
            && !$0.screen.text.contains("100x")
        }, "\(terminal.screen.text)")
      #expect(
        terminal.waits { $0.screen.text.contains("snoozed") }, "\(terminal.screen.text)")
      let cells = (0..<160).compactMap { terminal.screen[$0, 0] }
      #expect(cells.allSatisfy { $0.background == nil || $0.backgroundIndex != nil })
      quit(terminal)
    }

    @Test func `the next session begins where the last one ended`() throws {
      let folder = try ConfigFolder()
      try folder.write(
        "state/lodestone/state.json", #"{"symbol": "BTC", "timeframe": "1d"}"#)
      let first = try open(folder)
      #expect(first.screen.title.contains("BTCUSDT 1d"))
      first.send("\t")
      #expect(first.waits { $0.screen.title.contains("ETHUSDT 1d") })
      first.send("[T")
      #expect(
        first.waits {
          $0.screen.title.contains("ETHUSDT 12h") && $0.screen.footer.contains("Theme: light")
        }, "\(first.screen.text)")
      quit(first)
      let kept = try String(
        contentsOfFile: folder.path + "/state/lodestone/state.json", encoding: .utf8)
      #expect(kept.contains("\"ETH\"") && kept.contains("\"light\""))
      let second = try open(folder)
      #expect(second.screen.title.contains("ETHUSDT 12h"), "\(second.screen.text)")
      #expect(second.screen[0, 0]?.background != nil)
      quit(second)
      let told = try open(folder, ["BTC", "--timeframe", "1d"])
      #expect(told.screen.title.contains("BTCUSDT 1d"))
      quit(told)
      try folder.write("state/lodestone/state.json", "{")
      let broken = try open(folder, ["--timeframe", "12h"])
      #expect(broken.screen.title.contains("BTCUSDT 12h"))
      quit(broken)
    }

    @Test func `without state nothing is restored and nothing is kept`() throws {
      let folder = try ConfigFolder()
      let text = #"{"symbol": "ETH", "timeframe": "1d"}"#
      try folder.write("state/lodestone/state.json", text)
      let terminal = try open(folder, ["--no-state"])
      #expect(terminal.screen.title.contains("BTCUSDT 7d"))
      quit(terminal)
      #expect(
        try String(contentsOfFile: folder.path + "/state/lodestone/state.json", encoding: .utf8)
          == text)
    }
  }
}
