import Market
import Terminal

extension AppState {
  /// Opens or closes the list of venues.
  mutating func toggleVenueList() {
    guard source.isLive else {
      message = Message(
        source.isSimulated
          ? "The simulator has no venues to choose from" : "A file has no venues to choose from")
      return
    }
    isVenueListOpen.toggle()
  }

  /// Lets the venue of that number take part, or leaves it out.
  mutating func toggleVenue(number: Int) -> [Effect] {
    guard source.feeds.indices.contains(number - 1) else {
      message = Message("There is no venue \(number): 1 to \(source.feeds.count) are listed")
      return []
    }
    let feed = source.feeds[number - 1]
    // The background's next word on the source confirms it; the key shows at once.
    source.feeds[number - 1].isEnabled = !feed.isEnabled
    return [.enable(feed.venue, !feed.isEnabled)]
  }

  /// Asks venues again that have refused or can't be reached.
  mutating func retry() -> [Effect] {
    guard source.isLive else {
      message = Message("There are no venues to ask again: \(source.name)")
      return []
    }
    message = Message("Asking the venues again")
    return [.retry]
  }

  /// Changes over to the other source, the simulator or the venues. Nothing of the one is left on
  /// the screen when the other comes.
  mutating func changeSource() -> [Effect] {
    guard let other else {
      message = Message(
        source.isSimulated
          ? "Opened as a simulation: `lodestone \(symbol.base)` shows the venues"
          : "Opened on a file: `lodestone \(symbol.base) --source demo` shows the simulator")
      return []
    }
    self.other = OtherSource(
      symbols: symbols, symbol: symbol, source: source, watchlist: watchlist)
    watchlist = other.watchlist
    watched = []
    symbols = other.symbols
    // The same instrument where the other source has it.
    symbol = other.symbols.contains(symbol) ? symbol : other.symbol
    source = other.source
    timeframes = timeframes.map { TimeframeChoice($0.timeframe) }
    snapshot = nil
    heldSnapshot = nil
    silentTicks = 0
    viewport = .whole
    crosshair = nil
    magnetRank = nil
    forgetMarket()
    isVenueListOpen = false
    listed = []
    let way = keymap.offer(.changeSource, "goes back to the venues")
    message = Message(
      source.isSimulated
        ? "Simulated: none of this is a real market" + (way.isEmpty ? "" : ". " + way)
        : "Back to the venues")
    // A moment of the one market says nothing in the other.
    let thaw: [Effect] = learning == .live ? [] : [.learn(.live)]
    learning = .live
    return thaw + [
      source.isSimulated ? .simulate : .leaveSimulator,
      .request(symbol: symbol, timeframe: timeframe), .list(watchlist),
    ]
  }

  /// What a key does while the list of venues is open; nil where it does what it always does.
  mutating func handleInVenueList(_ action: Action, _ key: Key) -> [Effect]? {
    if case .character(let digit) = key, digit.isASCII, let number = digit.wholeNumberValue {
      return toggleVenue(number: number)
    }
    switch action {
    case .toggleVenueList, .leave:
      isVenueListOpen = false
      return []
    case .toggleHelp, .retry, .changeSource, .quit, .suspend, .redraw, .cycleTheme, .togglePause,
      .commands, .saveScreen:
      return nil
    default:
      return []
    }
  }
}
