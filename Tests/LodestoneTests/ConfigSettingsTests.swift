import Foundation
import MapEngine
import MapUI
import Market
import Terminal
import Testing

@testable import lodestone

@Suite("What is in force, and where it comes from")
struct ConfigSettingsTests {
  private static let themes = ["default", "light", "mono"]

  private func settings(
    file: String = "", environment: [String: String] = [:], state: SavedState? = nil,
    _ change: (inout SettingFlags) -> Void = { _ in }
  ) throws -> Settings {
    var flags = SettingFlags()
    change(&flags)
    return Settings(
      flags: flags, environment: environment,
      configuration: try Configuration(text: file, path: "c.toml", themes: Self.themes),
      state: state, themes: Self.themes)
  }

  @Test func `arguments go before the environment, it before the file, it before defaults`() throws
  {
    let file = "\ntheme = \"light\"\nsymbol = \"ETH\"\ntimeframe = \"1d\""
    let environment = ["LODESTONE_THEME": "mono", "LODESTONE_TIMEFRAME": "3d"]
    let all = try settings(file: file, environment: environment) { $0.timeframe = .days30 }
    #expect(all.timeframe == Setting(value: .days30, origin: .flag("--timeframe")))
    #expect(all.theme == Setting(value: "mono", origin: .environment("LODESTONE_THEME")))
    #expect(
      all.symbol == Setting(value: Instrument(base: "ETH"), origin: .file("c.toml", line: 3)))
    #expect(all.frameRate == Setting(value: 20, origin: .standard))
    #expect(all.glyphs.value == nil && all.problems.isEmpty)
  }

  @Test func `the last session counts where nobody says anything`() throws {
    var state = SavedState()
    state.symbol = "SOL"
    state.timeframe = .days90
    state.theme = "light"
    let plain = try settings(state: state)
    #expect(plain.symbol == Setting(value: Instrument(base: "SOL"), origin: .state))
    #expect(plain.timeframe.value == .days90 && plain.theme.value == "light")
    let told = try settings(
      file: "symbol = \"ETH\"", environment: ["LODESTONE_THEME": "mono"], state: state)
    #expect(told.symbol.value.base == "ETH" && told.theme.value == "mono")
    #expect(told.timeframe.value == .days90)
    state.theme = "gone"
    #expect(try settings(state: state).theme == Setting(value: "default", origin: .standard))
  }

  @Test(arguments: [
    ("LODESTONE_THEME", "dark", "no theme is named \"dark\"; allowed are default, light and mono"),
    ("LODESTONE_FRAME_RATE", "0", "0 can't be used; allowed are whole numbers from 1 to 60"),
    ("LODESTONE_GLYPHS", "x", "\"x\" is no set of characters; allowed are \"full\""),
    ("LODESTONE_REDUCED_MOTION", "yes", "\"yes\" must be true or false"),
    ("LODESTONE_TIME_ZONE", "x/y", "\"x/y\" is no time zone"),
  ])
  func `what the environment says wrongly is told, and the file applies`(
    variable: String, text: String, words: String
  ) throws {
    let settings = try settings(
      file: "theme = \"light\"\nframe_rate = 10", environment: [variable: text])
    #expect(settings.problems.count == 1)
    let sentence = settings.problems[0].description
    #expect(sentence.hasPrefix("the environment: \(variable): \(words)"), "\(sentence)")
    #expect(settings.theme.value == "light" && settings.frameRate.value == 10)
  }

  @Test func `who wants a decimal comma gets a point between thousands`() throws {
    let settings = try settings(file: "decimal = \",\"")
    #expect(settings.grouping.value == .point && settings.problems.isEmpty)
    let clash = try self.settings(
      file: "grouping = \",\"", environment: ["LODESTONE_DECIMAL": ","])
    #expect(clash.grouping.value == .point)
    #expect(clash.problems.map(\.line) == [1])
  }

  @Test func `time zones are told apart by their offsets, summer and winter`() throws {
    func offset(_ name: String, _ day: String) throws -> Int64 {
      let zone = try #require(ClockZone(named: name))
      let date = try #require(ISO8601DateFormatter().date(from: day + "T12:00:00Z"))
      let moment = Timestamp(milliseconds: Int64(date.timeIntervalSince1970) * 1_000)
      return zone.offset(at: moment).milliseconds / 60_000
    }
    #expect(try offset("UTC", "2026-07-01") == 0)
    #expect(try offset("Europe/Berlin", "2026-07-01") == 120)
    #expect(try offset("Europe/Berlin", "2026-01-15") == 60)
    #expect(try offset("Europe/Berlin", "2026-03-28") == 60)
    #expect(try offset("Europe/Berlin", "2026-03-29") == 120)
    #expect(try offset("America/New_York", "2026-01-15") == -300)
    #expect(try offset("Asia/Kathmandu", "2026-01-15") == 345)
    #expect(ClockZone(named: "local") != nil && ClockZone(named: "") == nil)
  }

  @Test func `a save changes what it speaks of and leaves alone what keys have chosen`() throws {
    let own = TerminalLook(depth: .ansi256, glyphs: .blocks)
    let old = try settings(file: "frame_rate = 10")
    let same = try settings(file: "frame_rate = 10\n# A remark.")
    var nothing = Preferences()
    nothing.themes = UITheme.all
    #expect(same.preferences(after: old, themes: UITheme.all, own: own) == nothing)
    let new = try settings(
      file: "theme = \"light\"\nunits = \"coin\"\ncolor = \"16\"\nlayers = [\"5x=1\"]\n"
        + "glyphs = \"ascii\"")
    let preferences = new.preferences(after: old, themes: UITheme.all, own: own)
    #expect(preferences.theme == "light" && preferences.formatting?.unit == .coin)
    #expect(preferences.keymap == nil && preferences.symbol == nil)
    #expect(preferences.depth == .ansi16 && preferences.glyphs == .ascii)
    #expect(preferences.layers?.map(\.label) == ["5x"])
    // What is said no more is the terminal's again.
    let back = same.preferences(after: new, themes: UITheme.all, own: own)
    #expect(back.depth == .ansi256 && back.glyphs == .blocks)
    #expect(back.layers == LeverageLayer.standard)
  }

  private enum UITheme {
    static let all = ThemeLibrary().themes
  }
}

@Suite("How often frames are drawn")
struct ConfigFrameBudgetTests {
  private let start = ContinuousClock.now

  @Test func `data waits for its turn, a key does not`() {
    var budget = FrameBudget(frameRate: 10, bytesPerSecond: 0, hasReducedMotion: false)
    #expect(budget.wait(at: start, isUrgent: false) <= .zero)
    budget.spend(5_000, at: start)
    let soon = start + .milliseconds(40)
    #expect(budget.wait(at: soon, isUrgent: false) == .milliseconds(60))
    #expect(budget.wait(at: soon, isUrgent: true) <= .zero)
    #expect(budget.wait(at: start + .milliseconds(100), isUrgent: false) <= .zero)
  }

  @Test func `reduced motion is a frame a second`() {
    var budget = FrameBudget(frameRate: 60, bytesPerSecond: 0, hasReducedMotion: true)
    budget.spend(1, at: start)
    #expect(budget.wait(at: start, isUrgent: false) == .seconds(1))
    #expect(budget.wait(at: start, isUrgent: true) <= .zero)
  }

  @Test func `a slow line takes so many bytes a second and no more, keys or not`() {
    var budget = FrameBudget(frameRate: 60, bytesPerSecond: 2_000, hasReducedMotion: false)
    budget.spend(1_500, at: start)
    #expect(budget.wait(at: start, isUrgent: true) <= .zero)
    budget.spend(2_500, at: start)
    #expect(budget.wait(at: start, isUrgent: true) == .seconds(1))
    #expect(budget.wait(at: start + .milliseconds(500), isUrgent: true) == .milliseconds(500))
    #expect(budget.wait(at: start + .seconds(1), isUrgent: true) <= .zero)
    // A long silence saves up a second's worth.
    budget.spend(4_000, at: start + .seconds(60))
    #expect(budget.wait(at: start + .seconds(60), isUrgent: true) == .seconds(1))
  }

  @Test func `over a minute the line gets what it can take`() {
    var budget = FrameBudget(frameRate: 60, bytesPerSecond: 10_000, hasReducedMotion: false)
    var now = start
    var sum = 0
    while now < start + .seconds(60) {
      let wait = budget.wait(at: now, isUrgent: false)
      guard wait <= .zero else {
        now += wait
        continue
      }
      budget.spend(3_000, at: now)
      sum += 3_000
    }
    #expect((600_000...620_000).contains(sum))
  }
}
