import MapEngine
import MapUI
import Market
import Terminal

/// What was said by arguments.
struct SettingFlags: Hashable, Sendable {
  var symbol: Instrument?
  var timeframe: Timeframe?
  var layers: [LeverageLayer]?
  var theme: String?
  var glyphs: GlyphSet?
  var color: ColorDepth?
  var frameRate: Int?
  var bytesPerSecond: Int?
  var reducedMotion: Bool?
  var units: Formatting.Unit?
  var timeZone: String?
}

/// Every setting in force, and where it comes from: arguments, then the environment, then the file,
/// then what the last session left, then the defaults.
struct Settings: Hashable, Sendable {
  let symbol: Setting<Instrument>
  let timeframe: Setting<Timeframe>
  /// Nil where nobody has named any: then the source's own.
  let watchlist: Setting<[Instrument]?>
  let layers: Setting<[LeverageLayer]>
  let theme: Setting<String>
  /// Nil for what the terminal has.
  let glyphs: Setting<GlyphSet?>
  /// Nil for what the terminal says.
  let color: Setting<ColorDepth?>
  let frameRate: Setting<Int>
  let bytesPerSecond: Setting<Int>
  let reducedMotion: Setting<Bool>
  let units: Setting<Formatting.Unit>
  let prefixes: Setting<Formatting.Prefixes>
  let timeZone: Setting<String>
  let decimal: Setting<Formatting.DecimalMark>
  let grouping: Setting<Formatting.GroupingMark>
  let keymap: Keymap
  let alerts: [ConfiguredAlert]
  /// How venues are reached, as far as the file says.
  let venues: [Venue: Configuration.VenuePart]
  let proxy: String?
  /// What of the environment and of the file can't be used.
  let problems: [ConfigurationError]

  /// The settings in force. `themes` are the names that there are.
  init(
    flags: SettingFlags, environment: [String: String], configuration: Configuration,
    state: SavedState? = nil, themes: [String]
  ) {
    var sources = SettingSources(environment: environment, configuration: configuration)
    symbol = sources.setting(
      SettingKeys.symbol, flags.symbol, configuration.symbol, state: state?.instrument,
      Instrument(base: "BTC"))
    timeframe = sources.setting(
      SettingKeys.timeframe, flags.timeframe, configuration.timeframe, state: state?.timeframe,
      .days7)
    watchlist = sources.optional(SettingKeys.watchlist, nil, configuration.watchlist)
    layers = sources.setting(
      SettingKeys.layers, flags.layers, configuration.layers, LeverageLayer.standard)
    theme = sources.setting(
      SettingKeys.theme, flags.theme, configuration.theme,
      state: state?.theme.flatMap { themes.contains($0) ? $0 : nil }, "default"
    ) { name in
      guard themes.contains(name) else {
        let allowed = ConfigurationReader.list(themes, "and")
        throw Refusal("no theme is named \"\(name)\"; allowed are \(allowed)")
      }
    }
    glyphs = sources.optional(SettingKeys.glyphs, flags.glyphs, configuration.glyphs)
    color = sources.optional(SettingKeys.color, flags.color, configuration.color)
    frameRate = sources.setting(
      SettingKeys.frameRate, flags.frameRate, configuration.frameRate, 20)
    bytesPerSecond = sources.setting(
      SettingKeys.bytesPerSecond, flags.bytesPerSecond, configuration.bytesPerSecond, 0)
    reducedMotion = sources.setting(
      SettingKeys.reducedMotion, flags.reducedMotion, configuration.reducedMotion, false)
    units = sources.setting(SettingKeys.units, flags.units, configuration.units, .usd)
    prefixes = sources.setting(SettingKeys.prefixes, nil, configuration.prefixes, .trade)
    timeZone = sources.setting(
      SettingKeys.timeZone, flags.timeZone, configuration.timeZone, "UTC")
    decimal = sources.setting(SettingKeys.decimal, nil, configuration.decimal, .point)
    // Who asks for one mark and not for the other gets the pair that is in use somewhere.
    let mark = decimal.value
    let usual: Formatting.GroupingMark = mark == .comma ? .point : .comma
    grouping = sources.setting(SettingKeys.grouping, nil, configuration.grouping, usual) { text in
      guard text.rawValue != mark.rawValue else {
        throw Refusal("\"\(text.rawValue)\" is the decimal mark, too; take another one")
      }
    }
    keymap = configuration.keymap
    alerts = configuration.alerts
    venues = configuration.venues
    proxy = configuration.proxy
    problems = sources.problems + configuration.problems
  }

  /// How numbers and moments are written.
  var formatting: Formatting {
    var formatting = Formatting()
    formatting.unit = units.value
    formatting.prefixes = prefixes.value
    formatting.decimal = decimal.value
    formatting.grouping = grouping.value
    formatting.clock = ClockZone(named: timeZone.value) ?? .utc
    return formatting
  }
}

/// Walks the places where a setting can be, in the order of precedence.
private struct SettingSources {
  let environment: [String: String]
  let configuration: Configuration
  var problems: [ConfigurationError] = []

  mutating func setting<Value: Hashable & Sendable>(
    _ key: SettingKey<Value>, _ flag: Value?, _ file: Value?, state: Value? = nil,
    _ standard: Value, check: (Value) throws -> Void = { _ in }
  ) -> Setting<Value> {
    let found = optional(key, flag, file, check: check)
    if let value = found.value { return Setting(value: value, origin: found.origin) }
    if let state { return Setting(value: state, origin: .state) }
    return Setting(value: standard, origin: .standard)
  }

  mutating func optional<Value: Hashable & Sendable>(
    _ key: SettingKey<Value>, _ flag: Value?, _ file: Value?,
    check: (Value) throws -> Void = { _ in }
  ) -> Setting<Value?> {
    if let flag { return Setting(value: flag, origin: .flag(key.argument)) }
    if let text = environment[key.variable], !text.isEmpty {
      do {
        let value = try key.parse(text)
        try check(value)
        return Setting(value: value, origin: .environment(key.variable))
      } catch {
        note("the environment", key.variable, error)
      }
    }
    if let file, let origin = configuration.origin(of: key.name) {
      do {
        try check(file)
        return Setting(value: file, origin: origin)
      } catch {
        guard case .file(let path, let line) = origin else {
          return .init(value: nil, origin: origin)
        }
        note(path, key.name, error, line: line)
      }
    }
    return Setting(value: nil, origin: .standard)
  }

  private mutating func note(
    _ path: String, _ key: String, _ error: any Error, line: Int? = nil
  ) {
    problems.append(
      ConfigurationError(path: path, line: line, key: key, problem: "\(error)"))
  }
}
