import LiveMap
import MapUI
import Terminal

/// Keeps a running screen in step with the file.
@MainActor
struct SettingsFollower {
  /// What a save changes, and what is said of it.
  struct Change {
    var preferences = Preferences()
    /// How alerts are told from now on; nil where that stays.
    var ways: AlertWays?
    /// How venues are reached from now on; nil where that stays.
    var connection: ConnectionFollower.Change?
    var message: Message
  }

  private let flags: SettingFlags
  private let environment: [String: String]
  private let state: SavedState
  private let own: TerminalLook
  private let reloads: Mailbox<SettingsReload>
  private var configuration: Configuration
  /// The alerts of arguments, which no save changes.
  private let stated: StatedAlerts
  private var configured: ConfiguredAlerts
  private var connection: ConnectionFollower
  /// The settings in force.
  private(set) var settings: Settings

  /// Settings that came about so, and what is saved from now on.
  /// - Parameters:
  ///   - own: what the terminal has where nobody says otherwise.
  ///   - stated: the alerts of arguments.
  ///   - configured: the alerts of the configuration.
  init(
    flags: SettingFlags, environment: [String: String], configuration: Configuration,
    state: SavedState, settings: Settings, own: TerminalLook, alerts stated: StatedAlerts,
    configured: ConfiguredAlerts, connection: ConnectionFollower,
    reloads: Mailbox<SettingsReload>
  ) {
    self.flags = flags
    self.environment = environment
    self.configuration = configuration
    self.state = state
    self.own = own
    self.stated = stated
    self.configured = configured
    self.connection = connection
    self.settings = settings
    self.reloads = reloads
  }

  /// What has been saved since the last time; nil where nothing has.
  mutating func next() -> Change? {
    guard let reload = reloads.take() else { return nil }
    let saved: Configuration
    switch reload.found {
    case .success(let found): saved = found
    case .failure(let error):
      return Change(message: Message([error]) ?? Message(error.short))
    }
    let before = configuration
    let old = settings
    var problems = saved.problems
    configuration = saved.keeping(before)
    var change = Change(message: Message("Configuration taken over"))
    follow(before, &change, &problems)
    settings = Settings(
      flags: flags, environment: environment, configuration: configuration, state: state,
      themes: reload.themes.map(\.name))
    let alerts = change.preferences.alerts
    change.preferences = settings.preferences(after: old, themes: reload.themes, own: own)
    change.preferences.alerts = alerts
    change.message = Message(problems) ?? change.message
    return change
  }

  /// Follows what is more than a value on the screen: how venues are reached, and the alerts. Where
  /// that can't be, all of it stays as it was before.
  private mutating func follow(
    _ before: Configuration, _ change: inout Change, _ problems: inout [ConfigurationError]
  ) {
    let isReachedAnew =
      configuration.proxy != before.proxy || configuration.venues != before.venues
    if isReachedAnew {
      do {
        change.connection = try connection.follow(configuration)
      } catch {
        configuration.proxy = before.proxy
        configuration.venues = before.venues
        problems.append(problem("venues", error))
      }
    }
    guard configuration.alerts != before.alerts || configuration.proxy != before.proxy else {
      return
    }
    do {
      let next = try ConfiguredAlerts(
        configuration.alerts, path: configuration.path, environment: environment,
        after: configured)
      change.ways = try stated.ways(beside: next) { try connection.reach(configuration) }
      configured = next
      change.preferences.alerts = next.rules + stated.rules
    } catch {
      configuration.alerts = before.alerts
      problems.append(problem("alerts", error))
    }
  }

  private func problem(_ key: String, _ error: any Error) -> ConfigurationError {
    (error as? ConfigurationError)
      ?? ConfigurationError(
        path: configuration.path ?? "config.toml", line: nil, key: key, problem: "\(error)")
  }
}
