import Market

/// What a trader wants to be told of, and how.
public struct AlertRule: Hashable, Sendable, Identifiable {
  /// What it is known by; its text unless told otherwise.
  public let id: String
  /// Of which instrument; nil for any that is watched.
  public var instrument: Instrument?
  /// What it waits for.
  public var condition: AlertCondition
  /// How long it keeps silent after it has fired, for each instrument, side and venue alone. What
  /// is still true afterwards is told then, if it had been clearly over in between.
  public var cooldown: Span
  /// Until when it keeps silent; nil while it isn't snoozed.
  public var snoozedUntil: Timestamp?
  /// Whether it takes part.
  public var isEnabled: Bool
  /// How it is told.
  public var channels: AlertChannels

  /// How long a rule keeps silent unless told otherwise.
  public static let standardCooldown = Span.minutes(5)

  /// A rule. Its `id` is its text unless given.
  public init(
    id: String? = nil, _ condition: AlertCondition, instrument: Instrument? = nil,
    cooldown: Span = AlertRule.standardCooldown, snoozedUntil: Timestamp? = nil,
    isEnabled: Bool = true, channels: AlertChannels = .standard
  ) {
    self.condition = condition
    self.instrument = instrument
    self.cooldown = cooldown
    self.snoozedUntil = snoozedUntil
    self.isEnabled = isEnabled
    self.channels = channels
    self.id =
      id
      ?? AlertText.text(
        condition, instrument: instrument, cooldown: cooldown, channels: channels)
  }

  /// Whether it is snoozed at a moment.
  public func isSnoozed(at time: Timestamp) -> Bool {
    snoozedUntil.map { time < $0 } ?? false
  }
}

/// The ways in which an alert is told.
public struct AlertChannels: Hashable, Sendable {
  /// A line on the screen for a while.
  public var toast: Bool
  /// The terminal's bell.
  public var bell: Bool
  /// A notice of the desktop, through the terminal.
  public var desktop: Bool
  /// The configured command.
  public var command: Bool
  /// The webhooks, by their configured names.
  public var webhooks: Set<String>

  /// Those ways.
  public init(
    toast: Bool = false, bell: Bool = false, desktop: Bool = false, command: Bool = false,
    webhooks: Set<String> = []
  ) {
    self.toast = toast
    self.bell = bell
    self.desktop = desktop
    self.command = command
    self.webhooks = webhooks
  }

  /// On the screen alone.
  public static let standard = AlertChannels(toast: true)
}
