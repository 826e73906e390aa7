import MapEngine
import Market
import Terminal

/// What can happen to the screen.
public enum AppEvent: Sendable {
  /// A key, the mouse, the window.
  case input(InputEvent)
  /// A new map.
  case snapshot(MapSnapshot)
  /// A new study.
  case study(MapStudy)
  /// The tape, and what each venue says, of the instrument that was asked for.
  case market(tape: LiquidationTape, figures: [VenueFigures])
  /// Rows of the listed instruments.
  case watched([WatchRow])
  /// Alerts that have fired, and on which instruments rules rest until their condition is over.
  case alerts([FiredAlert], resting: [AlertRule.ID: Set<Instrument>])
  /// News of the source.
  case source(SourceState)
  /// Which timeframes the source can fill.
  case timeframes([TimeframeChoice])
  /// All that the venues list.
  case listed([SymbolChoice])
  /// Something to tell, such as an error that did not end the program.
  case notice(Message)
  /// What the user prefers has changed.
  case preferences(Preferences)
  /// Time has passed: about a second. Only messages age by it.
  case tick
}

/// What the shell has to do after an event.
public enum Effect: Hashable, Sendable {
  /// Something in sight has changed: draw a frame.
  case draw
  /// Paint every cell anew, whatever the screen is believed to show.
  case redraw
  /// Get the map of another instrument or timeframe.
  case request(symbol: Instrument, timeframe: Timeframe)
  /// List other instruments.
  case list([Instrument])
  /// Judge these rules from now on.
  case judge([AlertRule])
  /// Another view is shown: see to what it needs.
  case look(ViewKind)
  /// Draw the map with other weights.
  case weigh(MapWeights)
  /// Draw the map in other layers.
  case divide([LeverageLayer])
  /// Show so many colours.
  case color(ColorDepth)
  /// Take the shares from elsewhere.
  case learn(ShareLearning)
  /// Stop the market where it can be stopped; the picture is held in any case.
  case pause
  /// Let the market run again.
  case resume
  /// Let a venue take part, or leave it out.
  case enable(Venue, Bool)
  /// Ask venues again that have refused or can't be reached.
  case retry
  /// Change over to the simulator.
  case simulate
  /// Change back to the venues.
  case leaveSimulator
  /// Save the screen as pictures.
  case saveScreen
  /// Give the terminal back to the shell until the job is resumed.
  case suspend
  /// End the program.
  case quit
}
