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
      let command = "`lodestone \(symbol.base)\(source.isSimulated ? "" : " --source demo")`"
      message = Message(
        source.isSimulated
          ? ["Opened as a simulation: \(command) shows the venues", "\(command) shows the venues"]
          : [
            "Opened on a file: \(command) shows the simulator",
            "\(command) shows the simulator",
          ])
      return []
    }
    var left = OtherSource(
      symbols: symbols, symbol: symbol, source: source, watchlist: watchlist)
    watchlist = other.watchlist
    watched = []
    symbols = other.symbols
    // The same instrument where the other source has it, and the one that was left there where
    // nobody has chosen another.
    let isKnown = symbol != other.standIn && other.symbols.contains(symbol)
    symbol = isKnown ? symbol : other.symbol
    left.standIn = symbol
    self.other = left
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
    let warning = "Simulated: none of this is a real market"
    message = Message(
      source.isSimulated
        ? [warning + (way.isEmpty ? "" : ". " + way), warning] : ["Back to the venues"])
    // A moment of the one market says nothing in the other.
    let thaw: [Effect] = learning == .live ? [] : [.learn(.live)]
    learning = .live
    return thaw + [
      source.isSimulated ? .simulate : .leaveSimulator,
      .request(symbol: symbol, timeframe: timeframe), .list(watchlist),
    ]
  }

  /// What a key does while the list of venues is open; nil where it does what it always does.
  mutating func handleInVenueList(_ action: Action) -> [Effect]? {
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

extension Key {
  /// The digit that it types; nil for other keys.
  var digit: Int? {
    guard case .character(let digit) = self, digit.isASCII else { return nil }
    return digit.wholeNumberValue
  }
}
