import Foundation
import LiveMap
import MapEngine
import MapUI
import Market
import MarketData
import Terminal
import Testing

@testable import lodestone

@Suite("A running screen follows the file")
@MainActor
struct SettingsFollowerTests {
  private static let themes = ThemeLibrary().themes
  private static let environment = ["PATH": "/usr/bin:/bin"]

  /// A follower of a file, and what is saved.
  @MainActor
  private struct Followed {
    var follower: SettingsFollower
    let reloads: Mailbox<SettingsReload>

    init(_ text: String, isLive: Bool = true, _ options: [String] = []) throws {
      let environment = SettingsFollowerTests.environment
      let configuration = try SettingsFollowerTests.read(text)
      let names = SettingsFollowerTests.themes.map(\.name)
      let reloads = Mailbox<SettingsReload> {}
      let stated = StatedAlerts(rules: [try AlertRule("cascade")])
      self.reloads = reloads
      follower = SettingsFollower(
        flags: SettingFlags(), environment: environment, configuration: configuration,
        state: SavedState(),
        settings: Settings(
          flags: SettingFlags(), environment: environment, configuration: configuration,
          themes: names),
        own: TerminalLook(depth: .truecolor, glyphs: .full), alerts: stated,
        configured: try ConfiguredAlerts(configuration, environment: environment),
        connection: try ConnectionFollower(
          try ConnectionOptions.parse(options), environment: environment,
          configuration: configuration, isLive: isLive),
        reloads: reloads)
    }

    mutating func save(_ text: String) throws -> SettingsFollower.Change {
      reloads.put(
        SettingsReload(
          found: .success(try SettingsFollowerTests.read(text)),
          themes: SettingsFollowerTests.themes))
      let change = follower.next()
      return try #require(change)
    }
  }

  nonisolated private static func read(_ text: String) throws -> Configuration {
    try Configuration(
      text: text, path: "/c/config.toml", themes: ThemeLibrary().themes.map(\.name))
  }

  private static func alert(_ rule: String, _ more: String = "") -> String {
    "[[alerts]]\nrule = \"\(rule)\"\n\(more)\n"
  }

  // MARK: - Alerts

  @Test func `alerts that are saved are in force, those of the arguments behind them`() throws {
    var followed = try Followed("")
    let change = try followed.save(Self.alert("bias", "bell = true"))
    let rules = try #require(change.preferences.alerts)
    #expect(rules.map(\.description) == ["bias,to=toast+bell", "cascade"])
    #expect(change.ways != nil && change.connection == nil)
    #expect(change.message.text == "Configuration taken over")
    // A save that doesn't speak of them leaves them alone.
    let other = try followed.save("units = \"coin\"\n" + Self.alert("bias", "bell = true"))
    #expect(other.preferences.formatting?.unit == .coin)
    let gone = try followed.save("units = \"coin\"")
    #expect(gone.preferences.alerts?.map(\.description) == ["cascade"])
  }

  @Test func `an alert keeps its name wherever it stands and however it is told`() throws {
    var followed = try Followed(Self.alert("bias") + Self.alert("feed", "symbol = \"BTC\""))
    let change = try followed.save(
      Self.alert("swept") + Self.alert("feed", "symbol = \"BTC\"\ncommand = \"true\"")
        + Self.alert("bias"))
    let rules = try #require(change.preferences.alerts)
    #expect(rules.prefix(3).map(\.id) == ["config-3", "config-2", "config-1"])
    #expect(rules[1].channels.command && change.ways?.command != nil)
    // A name is not given twice: what is snoozed or off under it is another alert.
    _ = try followed.save(Self.alert("bias"))
    let again = try followed.save(Self.alert("swept") + Self.alert("bias"))
    #expect(again.preferences.alerts?.prefix(2).map(\.id) == ["config-4", "config-1"])
  }

  @Test(arguments: [
    ("rule = \"whales\"", "config.toml:4: alerts[1].rule: \"whales\" is no kind of alert"),
    ("rule = \"feed\"\ncommand = \"no-such-program\"", "\"no-such-program\" is no program"),
  ])
  func `alerts that can't be used leave the old ones in force, and the rest applies`(
    wrong: String, words: String
  ) throws {
    var followed = try Followed(Self.alert("bias"))
    let text = "[[alerts]]\nrule = \"swept\"\n[[alerts]]\n\(wrong)"
    let change = try followed.save(text)
    #expect(change.preferences.alerts == nil && change.ways == nil)
    #expect(change.message.isWarning && change.message.text.contains(words), "\(change.message)")
    #expect(followed.follower.settings.alerts.map(\.rule) == ["bias"])
    let right = try followed.save("theme = \"light\"\n" + Self.alert("swept"))
    #expect(right.preferences.alerts?.first?.description == "swept")
    #expect(right.preferences.theme == "light" && !right.message.isWarning)
  }

  @Test func `webhooks go through the proxy that is in force`() async throws {
    let hook = Self.alert("bias", "webhook = \"https://example.com/hook\"")
    var followed = try Followed(hook, isLive: false)
    let change = try followed.save("proxy = \"http://127.0.0.1:3128\"\n" + hook)
    let ways = try #require(change.ways)
    #expect(ways.sender != nil && ways.webhooks.keys.sorted() == ["config-1"])
    await ways.sender?.shutdown()
  }

  // MARK: - Venues

  @Test func `another address or proxy is another connection, a switch is none`() async throws {
    var followed = try Followed("")
    let off = try followed.save("[venues.okx]\nenabled = false")
    guard case .enable(let venues) = off.connection else {
      Issue.record("\(off)")
      return
    }
    #expect(venues == [.okx: false])
    for text in [
      "[venues.okx]\nenabled = false\nrest_url = \"https://mirror.example\"",
      "proxy = \"socks5://127.0.0.1:1080\"\n[venues.okx]\nenabled = false",
    ] {
      let change = try followed.save(text)
      guard case .connect(let source) = change.connection else {
        Issue.record("\(change)")
        continue
      }
      #expect(source.venues[.okx] == false && source.venues[.binance] == true)
      await source.feeds.shutdown()
    }
  }

  @Test func `what the arguments say of venues no save changes`() throws {
    var followed = try Followed("", ["--venues", "okx", "--proxy", "http://127.0.0.1:1"])
    let change = try followed.save(
      "proxy = \"http://127.0.0.1:2\"\n[venues.bybit]\nenabled = true")
    #expect(change.connection == nil && !change.message.isWarning)
  }

  @Test func `an address that can't be used leaves the connection as it is until it is right`()
    async throws
  {
    var followed = try Followed("")
    let wrong = try followed.save("[venues.okx]\nrest_url = \"http://mirror.example\"")
    #expect(wrong.connection == nil && wrong.message.isWarning)
    let right = try followed.save("[venues.okx]\nrest_url = \"https://mirror.example\"")
    guard case .connect(let source) = right.connection else {
      Issue.record("\(right)")
      return
    }
    await source.feeds.shutdown()
  }

  @Test func `a simulated market has no venues to connect to`() throws {
    var followed = try Followed("", isLive: false)
    let change = try followed.save("proxy = \"http://127.0.0.1:3128\"")
    #expect(change.connection == nil && change.message.text == "Configuration taken over")
  }
}
