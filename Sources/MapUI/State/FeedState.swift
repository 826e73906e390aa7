import Market

/// How one venue takes part in the map, as the screen shows it.
public struct FeedState: Hashable, Sendable {
  /// The venue.
  public let venue: Venue
  /// Whether it was chosen to take part.
  public var isEnabled: Bool
  /// How its feed stands.
  public var status: FeedStatus

  /// A venue in that state.
  public init(venue: Venue, isEnabled: Bool, status: FeedStatus) {
    self.venue = venue
    self.isEnabled = isEnabled
    self.status = status
  }

  /// Whether history has begun to come, or the feed is past that.
  var hasAnswered: Bool {
    switch status.health {
    case .catchingUp: isEnabled && (status.progress ?? 1) > 0
    case .live, .complete: isEnabled
    case .stale: isEnabled && status.progress != 0
    case .partial, .refused: false
    }
  }

  /// Whether it was chosen and gives nothing, or not all, of what it should.
  var isFailing: Bool {
    switch status.health {
    case .partial, .stale, .refused: isEnabled
    case .catchingUp, .live, .complete: false
    }
  }

  /// Whether it was chosen and nothing new comes from it.
  var isSilent: Bool {
    switch status.health {
    case .stale, .refused: isEnabled
    case .catchingUp, .live, .complete, .partial: false
    }
  }
}

extension SourceState {
  /// Whether the facts come from live venues.
  public var isLive: Bool { !feeds.isEmpty }

  /// The venues that were chosen.
  var chosen: [FeedState] { feeds.filter(\.isEnabled) }

  /// Whether there are venues and none of them gives anything new.
  var isSilent: Bool { isLive && chosen.allSatisfy(\.isSilent) }
}

/// A source that a key changes over to, and what it has to choose from.
public struct OtherSource: Hashable, Sendable {
  /// The instruments, in the order in which Tab walks them; never empty.
  public var symbols: [Instrument]
  /// The one that was shown last.
  public var symbol: Instrument
  /// The source.
  public var source: SourceState
  /// Its watchlist.
  public var watchlist: [Instrument]
  /// What was shown in its stead when it was left; nil where it wasn't left yet. Where nobody has
  /// chosen another one since, going back brings `symbol` back.
  var standIn: Instrument?

  /// A source of those instruments, which begins with `symbol`; its watchlist begins with the first
  /// ones of them.
  public init(
    symbols: [Instrument], symbol: Instrument, source: SourceState,
    watchlist: [Instrument]? = nil
  ) {
    self.symbols = symbols.contains(symbol) ? symbols : [symbol] + symbols
    self.symbol = symbol
    self.source = source
    self.watchlist = watchlist ?? Array(symbols.prefix(7))
  }
}
