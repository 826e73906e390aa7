import LiveMap
import MapUI

/// Keeps the settings of a running screen in step with the file.
@MainActor
struct SettingsFollower {
  /// What a save changes on the screen, and what is said of it.
  struct Change: Hashable {
    var preferences: Preferences
    var message: Message
  }

  private let flags: SettingFlags
  private let environment: [String: String]
  private let state: SavedState
  private let reloads: Mailbox<SettingsReload>
  private var configuration: Configuration
  /// The settings in force.
  private(set) var settings: Settings

  /// Settings that came about so, and what is saved from now on.
  init(
    flags: SettingFlags, environment: [String: String], configuration: Configuration,
    state: SavedState, settings: Settings, reloads: Mailbox<SettingsReload>
  ) {
    self.flags = flags
    self.environment = environment
    self.configuration = configuration
    self.state = state
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
      return Change(preferences: Preferences(), message: Message([error]) ?? Message(error.short))
    }
    configuration = saved.keeping(configuration)
    let old = settings
    settings = Settings(
      flags: flags, environment: environment, configuration: configuration, state: state,
      themes: reload.themes.map(\.name))
    let waiting = settings.waiting(after: old)
    var words = "Configuration taken over"
    if !waiting.isEmpty {
      words += "; \(ConfigurationReader.list(waiting, "and")) at the next start"
    }
    return Change(
      preferences: settings.preferences(after: old, themes: reload.themes),
      message: Message(saved.problems) ?? Message(words))
  }
}
