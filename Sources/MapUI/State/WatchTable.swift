import MapEngine
import Market
import Terminal

/// The watchlist, open.
struct WatchTable: Hashable, Sendable {
  /// Where it is scrolled to, and which row is selected.
  var scroll = TableScroll()
}

/// The orders of the watchlist, in which a key walks them.
public enum WatchOrder: Int, CaseIterable, Hashable, Sendable {
  /// As the user has put them.
  case own
  /// By the change of a day, the largest gain first.
  case change
  /// By the distance to the nearest large cluster.
  case distance
  /// By the dollars of the larger one of the two nearest clusters.
  case usd

  /// The next order, around the end.
  var next: WatchOrder { WatchOrder(rawValue: rawValue + 1) ?? .own }

  /// The order in words.
  var title: String {
    switch self {
    case .own: "own order"
    case .change: "by change"
    case .distance: "by distance"
    case .usd: "by USD"
    }
  }
}

/// A line of the watchlist: an instrument, and its map in one line where there is one.
struct WatchEntry: Hashable, Sendable {
  /// The instrument.
  let instrument: Instrument
  /// Its map in one line; nil while there is none.
  let row: WatchRow?
  /// Whether no venue lists it, so that there won't be one.
  var isUnlisted = false

  /// Percent to the nearer one of the two clusters; nil where there is none.
  var distance: Double? {
    clusters.map { abs($0.distancePercent) }.min()
  }

  /// Dollars of the larger one of the two clusters; nil where there is none.
  var usd: Double? { clusters.map(\.usd).max() }

  private var clusters: [Cluster] { [row?.nearestLong, row?.nearestShort].compactMap { $0 } }

  /// Entries in an order; those that have nothing to be ordered by stay last, as they were.
  static func sorted(_ entries: [WatchEntry], by order: WatchOrder) -> [WatchEntry] {
    func key(_ entry: WatchEntry) -> Double? {
      switch order {
      case .own: 0
      case .change: entry.row?.change.map { -$0 }
      case .distance: entry.distance
      case .usd: entry.usd.map { -$0 }
      }
    }
    return entries.enumerated().sorted { left, right in
      (key(left.element) ?? .infinity, left.offset)
        < (key(right.element) ?? .infinity, right.offset)
    }.map(\.element)
  }
}

extension AppState {
  /// How many instruments a watchlist holds: each is kept warm.
  public static let watchlistLimit = 12

  /// The list of the venues as it was left on the screen; nil where nobody has changed it there.
  public var editedWatchlist: [Instrument]? {
    guard isWatchlistEdited else { return nil }
    return source.isLive ? watchlist : other?.watchlist
  }

  /// Takes up a list as it was left on the screen.
  public mutating func restore(watchlist edited: [Instrument]) {
    var seen = Set<Instrument>()
    watchlist = Array(edited.filter { seen.insert($0).inserted }.prefix(Self.watchlistLimit))
    isWatchlistEdited = true
  }

  /// The lines of the watchlist in their order. Rows of the other source are no facts of this one.
  var watchEntries: [WatchEntry] {
    var rows = Dictionary(
      watched.filter { $0.isSimulated == source.isSimulated }.map { ($0.instrument, $0) },
      uniquingKeysWith: { $1 })
    // The shown map was made before anything was listed: its line needn't wait for the next one.
    if let snapshot, matches(snapshot), rows[symbol] == nil {
      rows[symbol] = WatchRow(snapshot, dayAgo: nil)
    }
    return WatchEntry.sorted(
      watchlist.map {
        WatchEntry(instrument: $0, row: rows[$0], isUnlisted: isUnlisted($0))
      }, by: watchOrder)
  }

  /// Whether the venues have said what they list, and this isn't among it.
  private func isUnlisted(_ instrument: Instrument) -> Bool {
    source.isLive && !listed.isEmpty && source.chosen.allSatisfy { $0.hasAnswered || $0.isFailing }
      && !listed.contains { $0.symbol == instrument }
  }

  /// Opens the watchlist at the instrument that is shown.
  mutating func openWatchlist() -> [Effect] {
    isVenueListOpen = false
    alertList = nil
    var table = WatchTable()
    table.scroll.selected = watchEntries.firstIndex { $0.instrument == symbol } ?? 0
    watchTable = table
    return [.list(watchlist)]
  }

  /// What a key does while the watchlist is open; nil where it does what it always does.
  mutating func handleInWatchlist(_ key: Key) -> [Effect]? {
    guard watchTable != nil else { return nil }
    switch key {
    case .escape:
      watchTable = nil
      return []
    case .enter: return jumpToWatched()
    case .character("x"): return removeWatched()
    case .character("s"):
      orderWatched()
      return []
    case .character("+"), .character("/"):
      openWatchSearch()
      return []
    default: break
    }
    guard let action = keymap.action(for: key) else { return [] }
    if let step = action.tableStep {
      scrollWatched(step)
      return []
    }
    switch action {
    case .openWatchlist:
      watchTable = nil
      return []
    case .setAlert:
      openWatchedAlert()
      return []
    case .listAlerts, .toggleHelp, .quit, .suspend, .redraw, .cycleTheme, .commands,
      .saveScreen:
      return nil
    default: return []
    }
  }

  /// The selected line; nil where there is none.
  private var selectedEntry: WatchEntry? {
    let entries = watchEntries
    guard let table = watchTable, !entries.isEmpty else { return nil }
    return entries[min(max(table.scroll.selected, 0), entries.count - 1)]
  }

  mutating func scrollWatched(_ step: TableScroll.Step) {
    let visible = WatchLayout(self).visibleRows
    watchTable?.scroll.take(step, count: watchlist.count, visible: visible)
  }

  /// Shows the selected instrument.
  private mutating func jumpToWatched() -> [Effect] {
    guard let entry = selectedEntry else {
      openWatchSearch()
      return []
    }
    watchTable = nil
    if !symbols.contains(entry.instrument) { symbols.insert(entry.instrument, at: 0) }
    return choose(symbol: entry.instrument)
  }

  private mutating func removeWatched() -> [Effect] {
    guard let entry = selectedEntry else { return [] }
    watchlist.removeAll { $0 == entry.instrument }
    watched.removeAll { $0.instrument == entry.instrument }
    if source.isLive { isWatchlistEdited = true }
    let visible = WatchLayout(self).visibleRows
    if let scroll = watchTable?.scroll {
      watchTable?.scroll = scroll.settled(count: watchlist.count, visible: visible)
    }
    message = Message("\(entry.instrument) is off the watchlist")
    return [.list(watchlist)]
  }

  /// Changes the order; the selected instrument stays selected.
  private mutating func orderWatched() {
    let selected = selectedEntry?.instrument
    watchOrder = watchOrder.next
    let place = watchEntries.firstIndex { $0.instrument == selected }
    watchTable?.scroll.selected = place ?? 0
  }

  private mutating func openWatchSearch() {
    guard watchlist.count < Self.watchlistLimit else {
      message = Message(
        "The watchlist is full: \(Self.watchlistLimit) instruments are kept warm", isWarning: true)
      return
    }
    search = SymbolSearch()
    search?.isForWatchlist = true
  }

  /// Opens the line for an alert on the selected instrument.
  private mutating func openWatchedAlert() {
    guard let entry = selectedEntry else { return }
    guard let row = entry.row else {
      message = Message(
        entry.isUnlisted
          ? "No venue lists \(entry.instrument.base): no alert can fire"
          : "\(entry.instrument) has no map yet to set an alert on")
      return
    }
    alertPrompt = AlertPrompt(offers: AlertOffers(row, isLive: source.isLive).texts)
  }

  /// Puts an instrument that was searched for onto the watchlist.
  mutating func addWatched(_ instrument: Instrument) -> [Effect] {
    guard !watchlist.contains(instrument) else {
      message = Message("\(instrument) is on the watchlist already")
      return []
    }
    guard watchlist.count < Self.watchlistLimit else { return [] }
    watchlist.append(instrument)
    if source.isLive { isWatchlistEdited = true }
    let place = watchEntries.firstIndex { $0.instrument == instrument }
    watchTable?.scroll.selected = place ?? watchlist.count - 1
    return [.list(watchlist)]
  }

  // MARK: - The mouse

  /// What the mouse does to the watchlist; nil where it does what it always does.
  mutating func handleInWatchlist(_ mouse: MouseEvent) -> [Effect]? {
    guard mouse.action == .press, mode == .watchlist, let table = watchTable,
      !Layout(width: width, height: height).isTooSmall
    else { return nil }
    let layout = WatchLayout(self)
    guard layout.x.contains(mouse.x), layout.table.dropFirst().contains(mouse.y) else { return nil }
    let settled = table.scroll.settled(count: watchlist.count, visible: layout.visibleRows)
    let row = settled.top + mouse.y - layout.table.lowerBound - 1
    guard watchlist.indices.contains(row) else { return [] }
    // The first click selects it, the second one shows it.
    if row == settled.selected { return jumpToWatched() }
    scrollWatched(.rows(row - settled.selected))
    return []
  }
}
