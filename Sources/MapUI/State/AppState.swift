import MapEngine
import Market
import Terminal

/// Everything that the screen shows, as a value.
public struct AppState: Equatable, Sendable {
  /// Columns of the window.
  public var width: Int
  /// Rows of the window.
  public var height: Int
  /// The instruments that can be shown, in the order in which Tab walks them.
  public var symbols: [Instrument]
  /// What can be searched for besides: all that the venues list; none where the source has no
  /// more than `symbols`.
  public var listed: [SymbolChoice] = []
  /// The instrument that was asked for.
  public var symbol: Instrument
  /// The timeframes, and why some cannot be shown.
  public var timeframes: [TimeframeChoice]
  /// The timeframe that was asked for.
  public var timeframe: Timeframe
  /// The source and how it is doing.
  public var source: SourceState
  /// The map on the screen. It can be of an earlier wish until the new map arrives; the screen
  /// says so.
  public var snapshot: MapSnapshot?
  /// The newest map that arrived while the picture was held.
  public var heldSnapshot: MapSnapshot?
  /// Whether the picture is held.
  public var isPaused = false
  /// The newest study of the market; it can be some seconds older than the map.
  public var study: MapStudy?
  /// Realised liquidations of the instrument that was asked for.
  public var tape = LiquidationTape()
  /// What each venue says of it, in a fixed order.
  public var figures: [VenueFigures] = []
  /// The instruments that are listed, in the user's order.
  public var watchlist: [Instrument] = []
  /// The list that a configuration has put them in the place of; nil where none has named any.
  public var watchlistOrigin: [Instrument]?
  /// Whether somebody has changed the list of the venues on the screen.
  var isWatchlistEdited = false
  /// A row of each of them that there is a map of.
  public var watched: [WatchRow] = []
  /// The watchlist, when it is open, and its order.
  var watchTable: WatchTable?
  public var watchOrder = WatchOrder.own
  /// The alert rules, in the user's order.
  public internal(set) var alerts: [AlertRule] = []
  /// What has become of them.
  public internal(set) var alertStory = AlertStory()
  /// The list of alerts, when it is open.
  var alertList: AlertList?
  /// The line that an alert is typed into, when it is open.
  var alertPrompt: AlertPrompt?
  /// The view that is shown.
  public var view = ViewKind.map
  /// How the maps of the venues are looked at.
  var venueMapsLook = VenueMapsLook()
  /// What stands around the map and on it.
  public var panels = MapPanels()
  /// The position that somebody asks about; nil for none.
  public var position: PositionWish?
  /// The line that a position is typed into, when it is open.
  public var positionPrompt: PositionPrompt?
  /// Whether the key of a place is waited for.
  var isGoingTo = false
  /// How the map is to be drawn: what its dollars mean, and what-if factors of the layers. The
  /// map on the screen says itself how it was drawn.
  public var weights = MapWeights()
  /// The layers that were asked for since the screen opened; nil for those that it opened with.
  var wishedLayers: [LeverageLayer]?
  /// The sliders of the layers, when they are open.
  public var sliders: WhatIfSliders?
  /// Where the shares of the map are to come from.
  public var learning = ShareLearning.live
  /// How the tape is looked at.
  var tapeLook = TapeLook()
  /// How the accuracy is looked at.
  var accuracyLook = AccuracyLook()
  /// How the ledger is looked at.
  var ledgerLook = LedgerLook()
  /// How the map over time is looked at.
  var heatmap = HeatmapState()
  /// Whether the heatmap shows market structure and magnets, or the map and the price alone.
  public var showsHeatmapStructure: Bool {
    get { heatmap.hasStructure }
    set { heatmap.hasStructure = newValue }
  }
  /// The stretch of the map in sight.
  public var viewport = Viewport.whole
  /// The crosshair; nil where it isn't shown.
  public var crosshair: Crosshair?
  /// The magnet that was gone to last, by its rank.
  public var magnetRank: Int?
  /// The layer that stands alone, by its index; nil for all of them.
  public var isolatedLayer: Int?
  /// The themes, in the order in which the theme key walks them; never empty.
  public var themes: [Theme]
  /// The theme in use, by its index.
  public var themeIndex: Int
  /// How many colours the terminal shows.
  public var depth: ColorDepth
  /// Which characters the terminal's font has.
  public var glyphs: GlyphSet
  /// What keys do.
  public var keymap = Keymap.standard
  /// How numbers and moments are written.
  public var formatting = Formatting.standard
  /// Whether the picture should move as little as it can.
  public var hasReducedMotion = false
  /// The help, when it is open.
  public var help: HelpOverlay?
  /// Whether the list of venues is open.
  public var isVenueListOpen = false
  /// The search for a symbol, when it is open.
  public var search: SymbolSearch?
  /// The command palette, when it is open.
  public var commandPalette: CommandPalette?
  /// The list of themes, when it is open.
  public var themePreview: ThemePreview?
  /// The source that a key changes over to; nil where there is none.
  public var other: OtherSource?
  /// A line that says what just happened.
  public var message: Message?
  /// Ticks that passed without a map or an answer of any venue, counted as far as it matters.
  var silentTicks = 0
  /// The ends of the axes, kept so that they don't tremble.
  var ceilings: Ceilings?
  /// Where a drag began.
  var drag: Drag?
  /// Where a drag of the position began.
  var positionDrag: PositionDrag?

  /// A state that waits for its first map. `themes` must not be empty; `theme` is a name among
  /// them, the first one where it isn't.
  public init(
    symbols: [Instrument], symbol: Instrument, timeframes: [TimeframeChoice],
    timeframe: Timeframe, source: SourceState, themes: [Theme], theme: String,
    depth: ColorDepth, glyphs: GlyphSet, width: Int, height: Int
  ) {
    precondition(!themes.isEmpty, "a screen needs a theme")
    self.symbols = symbols.contains(symbol) ? symbols : [symbol] + symbols
    self.symbol = symbol
    self.timeframes = timeframes
    self.timeframe = timeframe
    self.source = source
    self.themes = themes
    themeIndex = themes.firstIndex { $0.name == theme } ?? 0
    self.depth = depth
    self.glyphs = glyphs
    self.width = width
    self.height = height
  }

  /// A state that shows one map, as `snapshot` prints it.
  public init(
    showing snapshot: MapSnapshot, health: FeedHealth, feeds: [FeedState] = [], theme: Theme,
    depth: ColorDepth, glyphs: GlyphSet, width: Int, height: Int
  ) {
    self.init(
      symbols: [snapshot.instrument], symbol: snapshot.instrument,
      timeframes: Timeframe.allCases.map { TimeframeChoice($0) }, timeframe: snapshot.timeframe,
      source: SourceState(
        name: snapshot.source, health: health, isSimulated: snapshot.isSimulated, feeds: feeds),
      themes: [theme], theme: theme.name, depth: depth, glyphs: glyphs, width: width,
      height: height)
    self.snapshot = snapshot
    weights = snapshot.weights
    panels = .none
  }

  /// The theme in use.
  public var theme: Theme { themes[min(max(themeIndex, 0), themes.count - 1)] }

  /// Whether the map on the screen is the one that was asked for.
  public var isLoading: Bool {
    guard let snapshot else { return true }
    return !matches(snapshot)
  }

  /// Whether time itself changes what is in sight, so that ticks are needed.
  public var isAging: Bool {
    message != nil || !alertStory.toasts.isEmpty
      || (isUnanswered && silentTicks < Self.patience)
      || awaitsHeatmap
  }

  /// Ticks after which the silence of all venues is worth a word.
  static let patience = 2

  /// Whether live venues were asked and none has answered in any way.
  var isUnanswered: Bool {
    source.isLive && snapshot == nil && source.feeds.allSatisfy { !$0.hasAnswered }
  }

  /// Whether the heatmap is looked at and its map over time isn't there yet.
  var awaitsHeatmap: Bool {
    view == .heatmap && snapshot != nil && currentStudy?.history == nil
  }

  /// The study, where it is of the instrument and the timeframe that were asked for.
  var currentStudy: MapStudy? {
    study.flatMap { matches($0.snapshot) ? $0 : nil }
  }

  /// Whether a map is the one that was asked for.
  func matches(_ snapshot: MapSnapshot) -> Bool {
    snapshot.instrument == symbol && snapshot.timeframe == timeframe
      && (wishedLayers.map { $0 == snapshot.map.layers } ?? true)
  }
}

/// A timeframe, and whether the source can fill it.
public struct TimeframeChoice: Hashable, Sendable {
  /// The timeframe.
  public let timeframe: Timeframe
  /// Why it cannot be shown; nil when it can.
  public let reason: String?

  /// A timeframe that can be shown, or that cannot for that reason.
  public init(_ timeframe: Timeframe, reason: String? = nil) {
    self.timeframe = timeframe
    self.reason = reason
  }
}

/// A source of facts and how it is doing.
public struct SourceState: Hashable, Sendable {
  /// The source in words: `demo (seed 7)` or a file's name.
  public var name: String
  /// How it is doing.
  public var health: FeedHealth
  /// Whether its market is simulated.
  public var isSimulated: Bool
  /// How each venue takes part, in a fixed order; none where the source isn't live.
  public var feeds: [FeedState]

  /// A source in that state.
  public init(name: String, health: FeedHealth, isSimulated: Bool, feeds: [FeedState] = []) {
    self.name = name
    self.health = health
    self.isSimulated = isSimulated
    self.feeds = feeds
  }
}

/// The crosshair, in terms of the market, so that it stays where it is when the picture changes.
public struct Crosshair: Hashable, Sendable {
  /// Log distance from the price to the middle of the column; 0 for the price's own column.
  public var distance: Double
  /// Dollars that the level line lies at; nil while it follows the bar's top.
  public var level: Double?

  /// A crosshair at that distance and level.
  public init(distance: Double, level: Double? = nil) {
    self.distance = distance
    self.level = level
  }
}

/// The help, open.
public struct HelpOverlay: Hashable, Sendable {
  /// Lines scrolled out of sight above.
  public var scroll: Int

  /// The help, scrolled by so many lines.
  public init(scroll: Int = 0) {
    self.scroll = scroll
  }
}

/// The ends of both axes, and what they were made for.
struct Ceilings: Hashable, Sendable {
  /// What was shown when they were made; other pictures get axes of their own.
  struct Subject: Hashable, Sendable {
    var instrument: Instrument
    var timeframe: Timeframe
    var span: Double?
    var isolatedLayer: Int?
    var hasBands = false
    var width: Int
    var unit = Formatting.Unit.usd
  }

  var subject: Subject
  /// Dollars at the top of the bars' axis.
  var bars: Double
  /// Dollars at the top of the cumulative axis.
  var cumulative: Double
  /// Dollars in one of the units that the ends are round numbers of.
  var rate = 1.0
}

/// Where a drag began.
struct Drag: Hashable, Sendable {
  /// The column that was pressed.
  var column: Int
  /// The middle of the stretch in sight at that moment.
  var centre: Double
}
